import ByteIO
import Testing

@Suite struct ReleasedPackTests {
  private let text = schemaLine + "schema: 1\npack: p\nversion: 1.0.0\nstatus: stable\nclasses: {w: {file: w.txt}}\n"

  /// What `sha256sum pack.yaml w.txt | sha256sum` prints.
  private func digest(_ words: String) -> String {
    let lines = [("pack.yaml", text), ("w.txt", words)].map { "\(SHA256.hash(Array($0.1.utf8)))  \($0.0)\n" }
    return SHA256.hash(Array(lines.joined().utf8))
  }

  @Test func aStablePackMustBeRecorded() throws {
    let found = try findings(text, files: ["w.txt": "a\n"])
    #expect(found.count == 1)
    #expect(found[0].contains("expected the line 'p 1.0.0 \(digest("a\n"))' there"))
    #expect(
      try findings(text, files: ["w.txt": "a\n", "released.txt": "# a comment\np 1.0.0 \(digest("a\n"))\n"]).isEmpty)
  }

  @Test func aReleasedVersionNeverChangesNorDoItsFiles() throws {
    let found = try findings(text, files: ["w.txt": "b\n", "released.txt": "p 1.0.0 \(digest("a\n"))\n"])
    #expect(found.count == 1)
    #expect(found[0].contains("has changed since") && found[0].contains("give it a new version"))
  }

  @Test func anExperimentalPackNeedsNoRecord() throws {
    #expect(try findings(text.replacing("stable", with: "experimental"), files: ["w.txt": "a\n"]).isEmpty)
  }
}
