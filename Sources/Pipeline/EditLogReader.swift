import ByteIO
import StructuredText

/// Reads an edit log back.
enum EditLogReader {
  /// What a line says of the tokens of window and control. Candidates that were left alone say nothing of them.
  enum Line {
    case edit(Edit)
    /// What the sample's end no longer holds of the control.
    case lost(sequence: Int, tokens: [UInt32])
    /// The sample was encoded anew as a whole.
    case retokenized(sequence: Int)
  }

  /// An edit that was made.
  struct Edit {
    let sequence: Int
    /// Of the region's first token in the control and in the window; below 0 where it begins in the sample before.
    let position: Int
    let outputPosition: Int
    let before: [UInt32]
    let after: [UInt32]
    /// Part of it, or all, fell off the end.
    let isCut: Bool
    /// What the control has in its place.
    let standIn: StandIn?
  }

  struct StandIn {
    let position: Int
    let before: [UInt32]
    let after: [UInt32]
  }

  static func forEachPiece(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let stream = try openStream(path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try stream.read(into: buffer), count > 0 {
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  static func forEachLine(_ path: String, _ body: (Line) throws -> Void) throws {
    var line: [UInt8] = []
    var number = 0
    try forEachPiece(path) { piece in
      var rest = piece[...]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line.append(contentsOf: rest[rest.startIndex..<end])
        number += 1
        if let found = try parse(line, "\(path), line \(number)") { try body(found) }
        line.removeAll(keepingCapacity: true)
        rest = rest[(end + 1)...]
      }
      line.append(contentsOf: rest)
    }
  }

  private static func parse(_ line: [UInt8], _ name: String) throws -> Line? {
    let node = try JSONNode.parse(line, name: name)
    let sequence = try node.member("q").int(in: 0...Int.max)
    if let lost = try node.optionalMember("lost_ids") { return .lost(sequence: sequence, tokens: try ids(lost)) }
    if try node.optionalMember("special_dropped") != nil { return .retokenized(sequence: sequence) }
    guard let before = try node.optionalMember("before_ids"), let after = try node.optionalMember("after_ids") else {
      return nil
    }
    return .edit(
      Edit(
        sequence: sequence, position: try node.member("position").int(),
        outputPosition: try node.member("output_position").int(), before: try ids(before), after: try ids(after),
        isCut: try node.optionalMember("cut")?.bool() ?? false, standIn: try standIn(node)))
  }

  private static func standIn(_ node: JSONNode) throws -> StandIn? {
    guard let node = try node.optionalMember("stand_in"), !node.isNull else { return nil }
    return StandIn(
      position: try node.member("position").int(), before: try ids(node.member("before_ids")),
      after: try ids(node.member("after_ids")))
  }

  private static func ids(_ node: JSONNode) throws -> [UInt32] {
    try node.elements().map { UInt32(try $0.int(in: 0...Int(UInt32.max))) }
  }
}
