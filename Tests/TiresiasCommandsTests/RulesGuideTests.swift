import Foundation
import TestSupport
import Testing

/// What rules/README.md shows is so: its packs are sound, its commands print what stands there.
@Suite struct RulesGuideTests {
  private let blocks: [(language: String, text: String)]

  init() throws {
    let guide = try String(contentsOfFile: Assets.root + "/rules/README.md", encoding: .utf8)
    blocks = guide.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.map { _, block in
      let parts = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// A folder with the rules in it, as the repository's root is.
  private func root() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try FileManager.default.copyItem(atPath: Assets.root + "/rules", toPath: folder.file("rules"))
    return folder
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func `its packs pass check and test`() throws {
    let folder = try root()
    let packs = blocks.filter { $0.language == "yaml" && $0.text.contains("\npack: ") }
    #expect(packs.count == 3)
    for (number, pack) in packs.enumerated() {
      let path = folder.file("rules/guide-\(number).yaml")
      try pack.text.write(toFile: path, atomically: true, encoding: .utf8)
      let check = try TiresiasBinary.run(["rules", "check", path])
      #expect(check.status == 0, "\(check.output)\(check.errors)")
      let test = try TiresiasBinary.run(["rules", "test", path])
      #expect(test.status == 0 && test.output.hasSuffix(" 0 todo that now pass\n"), "\(test.output)\(test.errors)")
    }
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func `its commands print what it shows`() throws {
    let folder = try root()
    for block in blocks where block.language == "console" {
      for (command, expected) in Self.commands(block.text) {
        #expect(try Self.shell(command, in: folder.path) == expected, "\(command)")
      }
    }
  }

  @Test func `it shows every predicate and every kind`() throws {
    let shown = blocks.filter { $0.language == "yaml" }.map(\.text).joined()
    let data = try Data(contentsOf: URL(filePath: Assets.root + "/rules/schema.json"))
    let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
    for name in ["condition", "item", "entry", "branch", "exception", "test", "guards"] {
      let keys = try #require(definitions[name]?["properties"] as? [String: Any]).keys
      for key in keys where !["table", "threshold"].contains(key) {
        #expect(shown.contains("\(key): ") || shown.contains("\(key):\n"), "\(name): \(key)")
      }
    }
    for kind in try #require(definitions["kind"]?["enum"] as? [String]) {
      #expect(shown.firstMatch(of: try Regex("(any|all): \\[([a-z-]+, )*\(kind)[,\\]]")) != nil, "\(kind)")
    }
  }

  /// `$ COMMAND` and the lines up to the next.
  private static func commands(_ block: String) -> [(command: String, output: String)] {
    ("\n" + block).components(separatedBy: "\n$ ").dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let output = lines.count > 1 && !lines[1].isEmpty ? lines[1] + "\n" : ""
      return (String(lines[0]), String(output))
    }
  }

  /// What a command prints, errors included.
  private static func shell(_ command: String, in folder: String) throws -> String {
    let process = Process()
    let binary = URL(filePath: TiresiasBinary.path ?? "").deletingLastPathComponent().path
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1; PATH=\"\(binary):$PATH\"; \(command)"]
    process.currentDirectoryURL = URL(filePath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
