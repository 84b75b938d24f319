import ByteIO
import Corpus
import TestSupport
import Testing

@testable import Workbench

@Suite struct TextSourceTests {
  private let folder = TemporaryFolder()

  private func file(_ name: String, _ text: String) throws -> String {
    try AtomicFile.replace(folder.file(name), with: Array(text.utf8))
    return folder.file(name)
  }

  private func texts(_ source: TextSource) throws -> [String] {
    var texts: [String] = []
    try source.forEach { text in
      let place = "\(text.file) \(text.fileName) \(text.line ?? 0) \(text.subset)"
      texts.append("\(place): \(String(decoding: text.text, as: UTF8.self))")
    }
    return texts
  }

  @Test func pilesGiveLinesAndTextFilesGiveThemselves() throws {
    let pile = try file(
      "a.jsonl", "{\"text\":\"one\",\"meta\":{\"pile_set_name\":\"S\"}}\n{\"text\":\"two\"}\n")
    let source = try TextSource([pile, file("b.txt", "three\nlines\n")])
    #expect(try texts(source) == ["0 a.jsonl 1 S: one", "0 a.jsonl 2 : two", "1 b.txt 0 : three\nlines\n"])
    #expect(source.bytesRead == source.byteCount)
  }

  @Test func aFolderGivesItsPileFiles() throws {
    _ = try file("b.jsonl", "{\"text\":\"b\"}\n")
    _ = try file("a.jsonl", "{\"text\":\"a\"}\n")
    #expect(try texts(TextSource([folder.path])) == ["0 a.jsonl 1 : a", "1 b.jsonl 1 : b"])
  }

  @Test(arguments: ["t.txt.zst", "t.zst", "t.txt.gz", "t.txt.xz", "a.jsonl.gz"])
  func compressedFilesAreNoText(name: String) throws {
    let path = try file(name, "he")
    #expect { try TextSource([path]) } throws: {
      "\($0)".hasSuffix("files are not read as text. Decompress it; JSON lines are read as .jsonl or .jsonl.zst.")
    }
  }

  @Test func badLinesStopOrAreCounted() throws {
    let pile = try file("a.jsonl", "{\"text\":\"a\"}\nno\n{\"text\":\"b\"}\n")
    #expect(throws: CorpusFailure.self) { try texts(TextSource([pile])) }
    let source = try TextSource([pile], policy: .skip)
    #expect(try texts(source).count == 2 && source.skipped.total == 1)
    #expect(throws: (any Error).self) { try TextSource([folder.file("none.txt")]) }
  }
}
