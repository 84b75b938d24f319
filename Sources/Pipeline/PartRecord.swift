import ByteIO
import StructuredText

/// Says that a part of a window is complete and on the disk: written when it is, and never before.
struct PartRecord: Equatable {
  /// The request's hash: a record of another run is none.
  var run: String
  var part: Int
  var windowSHA256: String
  var controlSHA256: String?
  var logSHA256: String?
  var counts: WindowCounts

  func write(to path: String) throws {
    let optional = { (text: String?) in text.map { JSONValue.string($0) } ?? .null }
    let value = JSONValue.object([
      JSONMember("run", .string(run)), JSONMember("part", .integer(Int64(part))),
      JSONMember("window_sha256", .string(windowSHA256)), JSONMember("control_sha256", optional(controlSHA256)),
      JSONMember("log_sha256", optional(logSHA256)), JSONMember("counts", counts.json),
    ])
    try AtomicFile.replace(path, with: value.serialized())
  }

  /// The record at a path; nil if there is none.
  static func read(_ path: String) throws -> PartRecord? {
    guard FileSystem.exists(path) else { return nil }
    let node = try JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 26), name: path)
    let optional = { (key: String) in
      let node = try node.member(key)
      return node.isNull ? nil : try node.string()
    }
    return PartRecord(
      run: try node.member("run").string(), part: try node.member("part").int(in: 0...Int.max),
      windowSHA256: try node.member("window_sha256").string(), controlSHA256: try optional("control_sha256"),
      logSHA256: try optional("log_sha256"), counts: try WindowCounts(node.member("counts")))
  }
}
