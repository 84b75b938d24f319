import ByteIO
import Corpus
import TestSupport
import Testing

@Suite(.enabled(if: TiresiasBinary.path != nil, "needs the built command")) struct LearnTableCommandTests {
  private func learn(_ folder: TemporaryFolder, _ corpus: String, _ output: String, _ more: [String] = []) throws
    -> TiresiasBinary.Result
  {
    try TiresiasBinary.run(
      ["rules", "learn-table", folder.file(corpus), "--output", folder.file(output), "--min-count", "2"] + more)
  }

  @Test func theSameCorpusGivesTheSameBytesWhereverItLies() throws {
    let folder = TemporaryFolder()
    for place in ["one", "two"] {
      _ = try SamplePile(seed: 3).write(to: folder.file(place + "/pile"), documents: 300, shards: 2, format: .zst)
    }
    let first = try learn(folder, "one/pile", "a.tsv")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("300 documents"))
    #expect(first.output.contains("held back: "))
    #expect(try learn(folder, "two/pile/", "b.tsv").status == 0)
    let table = try FileSystem.contents(of: folder.file("a.tsv"))
    #expect(table == (try FileSystem.contents(of: folder.file("b.tsv"))))
    let text = String(decoding: table, as: UTF8.self)
    #expect(text.hasPrefix("# tiresias learnt table 1\n# corpus: pile\n# command: tiresias rules learn-table pile "))
    #expect(
      text.contains("\n# input: 00.jsonl.zst sha256 \(try SHA256.hash(file: folder.file("one/pile/00.jsonl.zst")))\n"))
    #expect(!text.contains(folder.path))
    #expect(text.contains("\nweight\tnext.class="))
  }

  @Test(
    arguments: [
      (["--pair", "him"], 2), (["--rows", "0"], 2), (["--step", "much"], 2), (["--corpus-name", "a\nb"], 2),
      (["--pair", "him/him"], 2), (["--pair", "HIM/HIS"], 2), (["--pair", "x-/z"], 1),
    ] as [([String], Int32)])
  func badOptionsAreRefused(options: [String], status: Int32) throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array("{\"text\":\"him\",\"meta\":{}}\n".utf8))
    let result = try learn(folder, "a.jsonl", "t.tsv", options)
    #expect(result.status == status, "\(result.errors)")
    #expect(!FileSystem.exists(folder.file("t.tsv")))
  }

  @Test func nothingIsWrittenWhereThereIsNothingToLearn() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array("{\"text\":\"a dog\",\"meta\":{}}\n".utf8))
    let result = try learn(folder, "a.jsonl", "t.tsv")
    #expect(result.status == 1 && result.errors.contains("none of the words to learn from"))
    #expect(!FileSystem.exists(folder.file("t.tsv")))
  }

  @Test func linesThatCannotBeReadAreLeftOutWhereThatIsAskedFor() throws {
    let folder = TemporaryFolder()
    let text = "{\"text\":\"I saw him and his dog.\",\"meta\":{}}\n{\"text\":\n"
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array(text.utf8))
    let stopped = try learn(folder, "a.jsonl", "t.tsv")
    #expect(stopped.status == 1 && stopped.errors.contains("--on-error skip"))
    let result = try learn(folder, "a.jsonl", "t.tsv", ["--on-error", "skip"])
    #expect(result.status == 0 && result.errors.contains("1 line was left out"), "\(result.errors)")
  }
}
