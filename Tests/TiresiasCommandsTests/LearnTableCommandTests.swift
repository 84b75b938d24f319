import ByteIO
import Corpus
import Foundation
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

  @Test(
    arguments: [
      (
        ["--pair", "him/his", "--pair", "his/him"], "--pair his/him: 'his' stands in --pair him/his too; give each word"
      ),
      (["--pair", "don't/x", "--pair", "y/don’t"], "--pair y/don’t: 'don’t' stands in --pair don't/x too;"),
    ])
  func aWordOfTwoPairsIsWrongUsage(options: [String], message: String) throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array("{\"text\":\"him\",\"meta\":{}}\n".utf8))
    let result = try learn(folder, "a.jsonl", "t.tsv", options)
    #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    let odd = try learn(folder, "a.jsonl", "t.tsv", ["--pair", "x-/z"])
    #expect(odd.errors.contains("--pair: ") && !odd.errors.contains("plan:"), "\(odd.errors)")
  }

  /// The command of a table's head.
  private func command(_ folder: TemporaryFolder, _ table: String) throws -> String {
    let text = String(decoding: try FileSystem.contents(of: folder.file(table)), as: UTF8.self)
    return String(text.split(separator: "\n").first { $0.hasPrefix("# command: ") } ?? "")
  }

  @Test(
    arguments: [
      ([], ""), (["--pair", "him/his", "--pair", "me/my", "--pair", "us/our", "--pair", "them/their"], ""),
      (["--pair", "him/his"], " --pair him/his"),
      (["--pair", "me/my", "--pair", "him/his"], " --pair me/my --pair him/his"),
      (["--corpus-name", "it's a, b"], " --corpus-name 'it'\\''s a, b'"), (["--corpus-name", "b"], " --corpus-name b"),
      (["--on-error", "skip"], ""),
    ] as [([String], String)])
  func theCommandInTheHeadGivesTheSameBytes(options: [String], more: String) throws {
    let folder = TemporaryFolder()
    let text = "{\"text\":\"I saw him and his dog. I gave him his hat.\",\"meta\":{}}\n"
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array(text.utf8))
    let made = try learn(folder, "a.jsonl", "t.tsv", options)
    #expect(made.status == 0, "\(made.errors)")
    let command = try command(folder, "t.tsv")
    #expect(
      command
        == "# command: tiresias rules learn-table a.jsonl --output FILE --min-count 2 --rows 3000 --step 0.05\(more)")
    try expectSameBytes(command, "t.tsv", folder)
  }

  @Test func theCommandInTheHeadLeavesOutWhatWasLeftOut() throws {
    let folder = TemporaryFolder()
    let text = "{\"text\":\"I saw him and his dog.\",\"meta\":{}}\n{\"text\":\n"
    try AtomicFile.replace(folder.file("a b.jsonl"), with: Array(text.utf8))
    #expect(try learn(folder, "a b.jsonl", "t.tsv", ["--on-error", "skip"]).status == 0)
    let command = try command(folder, "t.tsv")
    #expect(command.contains(" 'a b.jsonl' --output ") && command.hasSuffix(" --on-error skip"), "\(command)")
    try expectSameBytes(command, "t.tsv", folder)
  }

  /// Runs what a table's head names, as a shell takes it, where the corpus lies.
  private func expectSameBytes(_ command: String, _ table: String, _ folder: TemporaryFolder) throws {
    let line = command.replacing("# command: tiresias ", with: "exec \"$0\" ").replacing(" FILE ", with: " again.tsv ")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line, TiresiasBinary.path ?? ""]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(
      try FileSystem.contents(of: folder.file("again.tsv")) == FileSystem.contents(of: folder.file(table)), "\(line)")
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
