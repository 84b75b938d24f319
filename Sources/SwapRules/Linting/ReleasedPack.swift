import ByteIO
import StructuredText

/// A released version never changes: `released.txt` in the rules' folder holds what it was.
///
/// A line of that file is `PACK VERSION SHA256`, and # begins a comment. The digest covers the pack, all that it extends,
/// its word lists and tables: it is what `sha256sum FILES | sha256sum` prints in the rules' folder, the files sorted by
/// the bytes of their paths.
struct ReleasedPack: Lint {
  static let name = "released"
  static let fileName = "released.txt"

  func findings(in linted: LintedPack) throws -> [Finding] {
    let pack = linted.pack
    let recorded = try records(linted.root + Self.fileName)["\(pack.name) \(pack.version)"]
    let digest = pack.digest
    if recorded == digest { return pack.status == .experimental ? [goneBack(linted)] : [] }
    if let recorded { return [changed(linted, recorded, digest)] }
    guard pack.status != .experimental else { return [] }
    return [
      Finding(
        .error, Self.name, at: linted.start,
        "\(pack.name) \(pack.version) is \(pack.status.rawValue), but \(Self.fileName) does not hold it; expected the line"
          + " '\(pack.name) \(pack.version) \(digest)' there, or 'status: experimental'")
    ]
  }

  private func changed(_ linted: LintedPack, _ recorded: String, _ digest: String) -> Finding {
    Finding(
      .error, Self.name, at: linted.start,
      "\(linted.pack.name) \(linted.pack.version) was released and has changed since, or a file that it is made of has:"
        + " found \(digest.prefix(12))…, expected \(recorded.prefix(12))…; give it a new version")
  }

  private func goneBack(_ linted: LintedPack) -> Finding {
    Finding(
      .error, Self.name, at: linted.start,
      "\(Self.fileName) says that \(linted.pack.name) \(linted.pack.version) was released: found 'status: experimental',"
        + " expected 'stable', or a new version")
  }

  private func records(_ path: String) throws -> [String: String] {
    guard FileSystem.exists(path) else { return [:] }
    let bytes = try FileSystem.contents(of: path, limit: 1 << 20)
    var records: [String: String] = [:]
    for (line, place) in try TextLines(bytes, file: path).lines {
      let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      guard words.count == 3, words[2].utf8.count == 64 else {
        throw RulesFailure(.file, at: place, "found '\(line)', expected PACK VERSION SHA256")
      }
      records[words[0] + " " + words[1]] = words[2]
    }
    return records
  }
}

extension RulePack {
  /// SHA-256 over all files that the pack is made of, as ``ReleasedPack`` has it.
  var digest: String {
    let files = sourceFiles.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    let lines = files.map { "\(SHA256.hash($0.bytes))  \($0.path)\n" }
    return SHA256.hash(Array(lines.joined().utf8))
  }
}
