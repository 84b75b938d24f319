import ByteIO
import Glibc
import StructuredText

/// Reads an edit log back.
package enum EditLogReader {
  /// What a line says of the tokens of window and control. Candidates that were left alone say nothing of them.
  package enum Line: Equatable {
    case edit(Edit)
    /// What the sample's end no longer holds of the control.
    case lost(sequence: Int, tokens: [UInt32])
    /// The sample was encoded anew as a whole.
    case retokenized(sequence: Int)
  }

  /// An edit that was made.
  package struct Edit: Equatable {
    let sequence: Int
    /// Of the region's first token in the control and in the window; below 0 where it begins in the sample before.
    let position: Int
    let outputPosition: Int
    let before: [UInt32]
    let after: [UInt32]
    let rule: String
    let branch: String
    /// Part of it, or all, fell off the end.
    let isCut: Bool
    /// What the control has in its place.
    let standIn: StandIn?
  }

  package struct StandIn: Equatable {
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

  /// `sequences` leaves out the lines of all others, which are not parsed: a log is in the sequences' order.
  package static func forEachLine(
    _ path: String, of sequences: Range<Int>? = nil, _ body: (Line) throws -> Void
  ) throws {
    struct Enough: Error {}
    let wanted = { (line: UnsafeBufferPointer<UInt8>) throws -> Bool in
      guard let sequences, let sequence = EditLogScanner.sequence(of: line) else { return true }
      if sequence >= sequences.upperBound { throw Enough() }
      return sequence >= sequences.lowerBound
    }
    do {
      try forEachLine(path, where: wanted, body)
    } catch is Enough {}
  }

  private static func forEachLine(
    _ path: String, where wanted: (UnsafeBufferPointer<UInt8>) throws -> Bool, _ body: (Line) throws -> Void
  ) throws {
    var number = 0
    try forEachRawLine(path) { line in
      number += 1
      guard try wanted(line) else { return }
      switch EditLogScanner.scan(line) {
      case .edit(let edit): try body(.edit(edit))
      case .left: break
      case .unknown:
        if let found = try parse(line, "\(path), line \(number)") { try body(found) }
      }
    }
  }

  /// A line of a whole sample that was encoded anew has some 10 kB; a few bytes of zstd can be gigabytes without an end.
  private static let longestLine = 1 << 26

  /// Lines without their ends; each lives only during the call.
  private static func forEachRawLine(_ path: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var carried: [UInt8] = []
    try forEachPiece(path) { piece in
      var rest = piece.bindMemory(to: UInt8.self)
      while let base = rest.baseAddress, let end = memchr(base, 0x0A, rest.count) {
        let count = UnsafeRawPointer(end) - UnsafeRawPointer(base)
        let part = UnsafeBufferPointer(rebasing: rest[..<count])
        if carried.isEmpty {
          try body(part)
        } else {
          carried += part
          try carried.withUnsafeBufferPointer { try body($0) }
          carried.removeAll(keepingCapacity: true)
        }
        rest = UnsafeBufferPointer(rebasing: rest[(count + 1)...])
      }
      carried += rest
      guard carried.count <= longestLine else {
        throw PipelineFailure(path, "a line has more than \(longestLine) bytes: this is no edit log")
      }
    }
  }

  /// Nil for a candidate that was left alone.
  package static func parse(_ line: UnsafeBufferPointer<UInt8>, _ name: String) throws -> Line? {
    let node = try JSONNode.parse(Array(line), name: name)
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
        rule: try node.member("rule").string(), branch: try node.member("branch").string(),
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
