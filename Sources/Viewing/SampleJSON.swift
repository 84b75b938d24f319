import StructuredText

extension SampleText {
  /// The sample as one JSON object: `step`, `row`, `q`, `text`, for a window with its log `control`, and `pieces`
  /// (docs/formats.md). Bytes that are no UTF-8 become U+FFFD.
  public func json(withControl: Bool) -> JSONValue {
    var members = [
      JSONMember("step", .integer(Int64(step))), JSONMember("row", .integer(Int64(row))),
      JSONMember("q", .integer(Int64(sequence))), JSONMember("text", Self.string(text(edited: true))),
    ]
    if withControl { members.append(JSONMember("control", Self.string(text(edited: false)))) }
    return .object(members + [JSONMember("pieces", .array(pieces.map(Self.json)))])
  }

  private static func string(_ bytes: [UInt8]) -> JSONValue { .string(String(decoding: bytes, as: UTF8.self)) }

  private static func json(_ piece: Piece) -> JSONValue {
    switch piece {
    case .text(let bytes): ["text": string(bytes)]
    case .special(let name): ["special": .string(name)]
    case .document(let document): ["document": json(document)]
    case .edit(let edit):
      [
        "edit": [
          "position": .integer(Int64(edit.position)), "output_position": .integer(Int64(edit.outputPosition)),
          "rule": .string(edit.rule), "branch": .string(edit.branch), "before": string(edit.before),
          "after": string(edit.after),
        ]
      ]
    }
  }

  private static func json(_ document: Document) -> JSONValue {
    var members = [
      JSONMember("dataset", .string(document.dataset)), JSONMember("item", .integer(Int64(document.item))),
      JSONMember("token", .integer(Int64(document.tokens.lowerBound))),
      JSONMember("count", .integer(Int64(document.tokens.count))), JSONMember("size", .integer(Int64(document.size))),
    ]
    if let subset = document.subset { members.append(JSONMember("subset", .string(subset))) }
    if let place = document.place {
      members += [JSONMember("file", .string(place.file)), JSONMember("line", .integer(Int64(place.line)))]
    }
    return .object(members)
  }
}
