import ByteIO
import SwapRules

/// Where a window's files are: under construction, and at last.
///
/// All that is unfinished is in one subfolder; nothing has its final name before everything is complete.
struct WindowFolder: Sendable {
  let path: String

  static let partSequences = 65_536
  static let windowPrefix = "window_document"
  static let controlPrefix = "control_document"

  var unfinished: String { path + "/unfinished" }
  var manifest: String { path + "/manifest.json" }
  var request: String { unfinished + "/request" }
  var lock: String { unfinished + "/lock" }

  func partRecord(_ part: Int) -> String { unfinished + "/parts/\(Self.number(part)).json" }
  func unfinishedLog(_ part: Int) -> String { unfinished + "/edits/\(Self.number(part)).jsonl.zst" }
  func unfinishedData(_ prefix: String) -> String { unfinished + "/\(prefix).bin" }

  /// The files of a pack as the output folder keeps them, the pack itself first: what was run can be run again.
  static func rules(_ pack: RulePack) -> [(path: String, bytes: [UInt8])] {
    let folder = "rules/\(FileSystem.name(of: pack.name))-\(pack.version)/"
    return pack.sourceFiles.map { (folder + $0.path, $0.bytes) }
  }

  static func log(_ part: Int) -> String { "edits/\(number(part)).jsonl.zst" }

  /// Five digits: 00042.
  static func number(_ value: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  /// Removes what a finished run no longer needs.
  func removeUnfinished(parts: Int) throws {
    for part in 0..<parts { try FileSystem.remove(partRecord(part)) }
    try FileSystem.removeEmptyDirectory(unfinished + "/parts")
    try FileSystem.removeEmptyDirectory(unfinished + "/edits")
    try FileSystem.remove(request)
    try FileSystem.remove(lock)
    try FileSystem.removeEmptyDirectory(unfinished)
  }
}
