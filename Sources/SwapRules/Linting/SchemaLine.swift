import ByteIO
import StructuredText

/// Editors complete and check a pack if its first line names the schema.
enum SchemaLine {
  static let name = "schema-line"
  private static let start = "# yaml-language-server: $schema="

  /// `root` is the rules' folder where it is known; else any path to a `schema.json` will do.
  static func findings(in bytes: [UInt8], file: String, root: String?) -> [Finding] {
    let line = String(decoding: bytes.withoutByteOrderMark.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    let place = SourcePlace(file: file, line: 1, column: 1)
    let path = root.map { relativePath(from: file.dropFirst($0.utf8.count)) }
    if line.hasPrefix(start), let path, line == start + path { return [] }
    if line.hasPrefix(start), line.hasSuffix("schema.json"), path == nil || isThere(line.dropFirst(start.count), file) {
      return []
    }
    let found = line.hasPrefix(start) ? "found '\(line)'" : "the first line does not name the schema"
    return [Finding(.error, name, at: place, "\(found), expected '\(start)\(path ?? "./schema.json")'")]
  }

  /// A pack in a folder of its own may name the schema by another path, if it is there.
  private static func isThere(_ path: Substring, _ file: String) -> Bool {
    let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
    return !path.hasPrefix("/") && FileSystem.exists(String(folder) + path)
  }

  /// From a pack in the rules' folder, or in one below it, to the schema.
  static func relativePath(from file: Substring) -> String {
    let depth = file.utf8.count { $0 == UInt8(ascii: "/") }
    return depth == 0 ? "./schema.json" : String(repeating: "../", count: depth) + "schema.json"
  }
}
