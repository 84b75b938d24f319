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

  var records: String { unfinished + "/slices" }
  var logs: String { unfinished + "/edits" }

  func record(_ slice: Range<Int>) -> String { records + "/\(slice.lowerBound)-\(slice.upperBound).json" }
  func unfinishedLog(_ slice: Range<Int>) -> String {
    logs + "/\(slice.lowerBound)-\(slice.upperBound).jsonl.zst"
  }
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

  /// The items of a record, by its name; nil if it is no name of a record.
  static func items(ofRecord name: String) -> Range<Int>? {
    guard name.hasSuffix(".json") else { return nil }
    let ends = name.dropLast(".json".count).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let end = ends[1], first >= 0, first < end else { return nil }
    return first..<end
  }

  /// A range of items, cut where parts begin.
  static func slices(_ items: Range<Int>) -> [Range<Int>] {
    var slices: [Range<Int>] = []
    var first = items.lowerBound
    while first < items.upperBound {
      let end = min((first / partSequences + 1) * partSequences, items.upperBound)
      slices.append(first..<end)
      first = end
    }
    return slices
  }

  /// Removes what a finished run no longer needs, what killed ones left included.
  func removeUnfinished() throws {
    guard FileSystem.exists(unfinished) else { return }
    for folder in [records, logs] where FileSystem.exists(folder) {
      for name in try FileSystem.names(in: folder) { try FileSystem.remove(folder + "/" + name) }
      try FileSystem.removeEmptyDirectory(folder)
    }
    for name in try FileSystem.names(in: unfinished) { try FileSystem.remove(unfinished + "/" + name) }
    try FileSystem.removeEmptyDirectory(unfinished)
  }
}
