import ByteIO
import StructuredText

/// Says that a slice of a window is complete and on the disk: written when it is, and never before.
///
/// A slice is what is made in one go: a part of 65,536 items, or the piece of a part in which a task begins or ends.
package struct SliceRecord: Equatable, Sendable {
  /// The request's hash: a record of another run is none.
  var run: String
  /// Items of the window.
  var items: Range<Int>
  var windowSHA256: String
  var controlSHA256: String?
  /// Of the log's lines, uncompressed.
  var logSHA256: String?
  var counts: WindowCounts

  /// `writer` tells apart those who may write the same record at once; see ``AtomicFile``.
  package func write(to path: String, writer: String) throws {
    let optional = { (text: String?) in text.map { JSONValue.string($0) } ?? .null }
    let value = JSONValue.object([
      JSONMember("run", .string(run)), JSONMember("first", .integer(Int64(items.lowerBound))),
      JSONMember("end", .integer(Int64(items.upperBound))), JSONMember("window_sha256", .string(windowSHA256)),
      JSONMember("control_sha256", optional(controlSHA256)), JSONMember("log_sha256", optional(logSHA256)),
      JSONMember("counts", counts.json),
    ])
    try SealedRecord.write(value, to: path, writer: writer)
  }

  package static func read(_ path: String) throws -> SliceRecord {
    let node = try SealedRecord.read(path, limit: 1 << 26)
    let optional = { (key: String) in
      let node = try node.member(key)
      return node.isNull ? nil : try node.string()
    }
    let first = try node.member("first").int(in: 0...Int.max)
    return SliceRecord(
      run: try node.member("run").string(), items: first..<(try node.member("end").int(in: first...Int.max)),
      windowSHA256: try node.member("window_sha256").string(), controlSHA256: try optional("control_sha256"),
      logSHA256: try optional("log_sha256"), counts: try WindowCounts(node.member("counts")))
  }
}
