import ByteIO
import Corpus
import Foundation
import TestSupport
import Testing

@Suite struct CorpusFileTests {
  @Test func aFolderStandsForItsFilesByName() throws {
    let folder = TemporaryFolder()
    for name in ["10.jsonl", "9.jsonl.zst", "README.md", ".hidden.jsonl", "a b.jsonl", "é.jsonl", "x.jsonl.partial"] {
      _ = try folder.write(name, "")
    }
    try FileSystem.makeDirectory(folder.file(".cache"))
    for path in [folder.path, folder.path + "/"] {
      let files = try CorpusFile.list([path])
      #expect(files.map(\.name) == ["10.jsonl", "9.jsonl.zst", "a b.jsonl", "é.jsonl"])
      #expect(files.allSatisfy { $0.path == folder.file($0.name) })
    }
  }

  @Test func aListKeepsItsOrder() throws {
    let folder = TemporaryFolder()
    let paths = try [folder.write("b.jsonl", ""), folder.write("a.jsonl", ""), folder.write("other", "")]
    #expect(try CorpusFile.list(paths).map(\.name) == ["b.jsonl", "a.jsonl", "other"])
  }

  @Test func whatCannotBeReadIsRefusedByName() throws {
    let folder = TemporaryFolder()
    #expect(try refusal([]) == "input: no file or folder was given")
    #expect(try refusal([folder.path]).hasSuffix("it holds no file that ends in .jsonl or .jsonl.zst"))
    #expect(throws: IOFailure.self) { try CorpusFile.list([folder.file("none.jsonl")]) }
    let packed = try folder.write("a.jsonl.gz", "")
    #expect(try refusal([packed]).contains(".gz files are not read"))
    #expect(try refusal([folder.path]).contains(".gz files are not read"))
    let other = try folder.write("other.gz", "")
    #expect(try refusal([other]).contains("other.gz: .gz files are not read. Decompress it,"))
    try FileSystem.remove(packed)
    try FileSystem.makeDirectory(folder.file("train"))
    #expect(try refusal([folder.path]).contains("it holds another folder, train."))
  }

  private func refusal(_ inputs: [String]) throws -> String {
    let failure = #expect(throws: CorpusFailure.self) { try CorpusFile.list(inputs) }
    return failure?.description ?? ""
  }
}
