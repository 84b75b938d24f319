import LoopbackServer
import Pipeline
import StructuredText
import TrainingOrder

/// What the page asks for, and what it gets: JSON out of a ``BrowsedRun``, and the page's own three files.
public struct ViewerAnswers: Sendable {
  private let run: BrowsedRun

  public init(_ run: BrowsedRun) { self.run = run }

  public func answer(_ question: Question) -> Answer {
    do {
      switch question.path {
      case "": return Answer(Array(ViewerPage.html.utf8), .html)
      case "page.css": return Answer(Array(ViewerPage.style.utf8), .css)
      case "page.js": return Answer(Array(ViewerPage.script.utf8), .script)
      case "api/run": return try Answer(runJSON.serialized(), .json)
      case "api/step": return try Answer(step(question).serialized(), .json)
      case "api/sample": return try Answer(sample(question).serialized(), .json)
      case "api/search": return try Answer(search(question).serialized(), .json)
      case "api/reference": return try Answer(reference(question).serialized(), .json)
      default: return Answer(status: 404, "there is no such page")
      }
    } catch let failure as Refusal {
      return Answer(status: 400, failure.reason)
    } catch {
      return Answer(status: 500, "\(error)")
    }
  }

  /// A question that does not make sense.
  private struct Refusal: Error {
    let reason: String
  }

  // MARK: Answers

  private var runJSON: JSONValue {
    let manifest = run.manifest
    return [
      "name": .string(manifest.name), "description": .string(manifest.description), "sha256": .string(run.sha256),
      "steps": [.integer(Int64(run.steps.lowerBound)), .integer(Int64(run.steps.upperBound))],
      "batch_size": .integer(Int64(run.batchSize)), "sequence_length": .integer(Int64(manifest.run.sequenceLength)),
      "length": .string(manifest.length.rawValue), "edits": .integer(Int64(manifest.counts.edits)),
      "encoded_anew": manifest.retokenized.map { .integer(Int64($0.samples)) } ?? .null,
      "has_edits": .bool(run.hasEdits),
      "has_documents": .bool(run.base != nil), "rules": .array(run.rules.map { .string($0) }),
      "subsets": .array((run.base?.subsetNames ?? []).map { .string($0) }),
      "notes": .array(run.notes.map { .string($0) }),
    ]
  }

  /// Rows at once; a page of a step that has more.
  private static let rowLimit = 2048

  private func step(_ question: Question) throws -> JSONValue {
    let step = try number(question, "step", in: run.steps)
    let rows = try (0..<min(run.batchSize, Self.rowLimit)).map { row -> JSONValue in
      let q = step * run.batchSize + row
      let rules = try run.edits(ofSequence: q).reduce(into: [String]()) {
        if !$0.contains($1.rule) { $0.append($1.rule) }
      }
      let subsets = try run.base?.subsets(ofSequence: q) ?? []
      return .object(
        [
          JSONMember("row", .integer(Int64(row))), JSONMember("rules", .array(rules.map { .string($0) })),
          JSONMember("subsets", .array(subsets.map { .string($0 ?? "(none)") })),
        ] + Self.members(try run.heading(ofSequence: q)))
    }
    return ["step": .integer(Int64(step)), "rows": .array(rows)]
  }

  private func sample(_ question: Question) throws -> JSONValue {
    let step = try number(question, "step", in: run.steps)
    let sample = try run.sample(step: step, row: number(question, "row", in: 0..<run.batchSize))
    var members = [
      JSONMember("reference", .string(sample.reference.description)),
      JSONMember("window", sample.window.json(withControl: false)),
    ]
    if let control = sample.control { members.append(JSONMember("control", control.json(withControl: false))) }
    return .object(members)
  }

  private func search(_ question: Question) throws -> JSONValue {
    var query = SampleQuery()
    query.text = question.query["text"] ?? ""
    (query.rule, query.subset) = (question.query["rule"] ?? "", question.query["subset"] ?? "")
    (query.isCaseSensitive, query.editedOnly) = (question.query["case"] == "1", question.query["edited"] == "1")
    guard query.text.utf8.count <= 1000 else { throw Refusal(reason: "a text to search for has at most 1000 bytes") }
    let all = run.sequences
    let from = try number(question, "from", in: all)
    let end = try number(question, "end", in: from..<all.upperBound + 1)
    let slice = try run.search(query, in: from..<end)
    return [
      "hits": .array(
        slice.hits.map { hit in
          .object(
            [
              JSONMember("step", .integer(Int64(hit.sequence / run.batchSize))),
              JSONMember("row", .integer(Int64(hit.sequence % run.batchSize))),
            ] + Self.members(hit))
        }), "next": slice.next.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  private func reference(_ question: Question) throws -> JSONValue {
    let reference: SampleReference
    do { reference = try SampleReference(question.query["text"] ?? "") } catch { throw Refusal(reason: "\(error)") }
    guard run.sha256.hasPrefix(reference.hash) else {
      throw Refusal(
        reason: "\(reference) is of another manifest; this one's SHA-256 begins with \(run.sha256.prefix(16))")
    }
    guard run.steps.contains(reference.step), 0..<run.batchSize ~= reference.row else {
      throw Refusal(reason: "\(reference) is not in the window, which has the steps \(run.steps)")
    }
    return ["step": .integer(Int64(reference.step)), "row": .integer(Int64(reference.row))]
  }

  private static func members(_ hit: SampleHit) -> [JSONMember] {
    [
      JSONMember("edits", .integer(Int64(hit.editCount))), JSONMember("left", .string(hit.left)),
      JSONMember("match", .string(hit.match)), JSONMember("right", .string(hit.right)),
    ]
  }

  private func number(_ question: Question, _ name: String, in range: Range<Int>) throws -> Int {
    guard let text = question.query[name], let value = Int(text), range.contains(value) else {
      throw Refusal(reason: "\(name) must be from \(range.lowerBound) to \(range.upperBound - 1)")
    }
    return value
  }
}
