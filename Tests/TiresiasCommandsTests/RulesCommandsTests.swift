import Foundation
import TestSupport
import Testing

/// The rules commands as users run them: what they exit with, and what the terminal gets.
@Suite(.enabled(if: TiresiasBinary.path != nil)) struct RulesCommandsTests {
  private let folder = TemporaryFolder()
  private let head = "# yaml-language-server: $schema=./schema.json\nschema: 1\npack: p\nversion: 1.0.0\n"

  private func file(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    return folder.file(name)
  }

  private func pack() throws -> String {
    try file(
      "p.yaml", head + "lexicon: [{id: he, from: he, to: she}]\ntests: [{in: he, out: she}]\n")
  }

  @Test func `check exits with 1 for errors and 0 for warnings`() throws {
    let bad = try TiresiasBinary.run(["rules", "check", file("bad.yaml", head + "lexikon: []\n")])
    #expect(bad.status == 1 && bad.errors.isEmpty)
    #expect(bad.output.contains(":5:1: error: unknown key 'lexikon' in a rule pack; did you mean 'lexicon'?"))
    #expect(bad.output.hasSuffix("1 pack: 1 error, 0 warnings\n"))
    let doubtful = try TiresiasBinary.run(
      ["rules", "check", file("w.yaml", head + "lexicon: [{id: he, from: he, to: she}]\n")])
    #expect(doubtful.status == 0 && doubtful.output.hasSuffix("1 pack: 0 errors, 1 warning\n"))
  }

  @Test func `check and test take folders, and packs in folders below`() throws {
    _ = try pack()
    try FileManager.default.createDirectory(atPath: folder.file("base"), withIntermediateDirectories: true)
    let base = head.replacing("./schema", with: "../schema").replacing("pack: p", with: "pack: base/q")
    _ = try file("base/q.yaml", base + "classes: {a: [b]}\n")
    let check = try TiresiasBinary.run(["rules", "check", folder.path])
    #expect(check.status == 0 && check.output == "2 packs: 0 errors, 0 warnings\n")
    #expect(try TiresiasBinary.run(["rules", "test", folder.path]).output.hasPrefix("1 passed, 0 failed"))
  }

  @Test func `a base pack may be named from its own folder`() throws {
    let rules = Assets.root + "/rules"
    for path in [rules + "/base/./her.yaml", rules + "/tables/../base/her.yaml"] {
      let check = try TiresiasBinary.run(["rules", "check", path])
      #expect(check.status == 0 && check.output == "1 pack: 0 errors, 0 warnings\n", "\(check.output)")
    }
    let check = try TiresiasBinary.run(["rules", "check", "her.yaml"], in: rules + "/base")
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `findings are one line each, whatever a file holds`() throws {
    let pack = try file("odd.yaml", head + "\"a\\nb\\e[31mX\": 1\n")
    let check = try TiresiasBinary.run(["rules", "check", pack])
    #expect(check.output.split(separator: "\n").count == 2 && !check.output.contains("\u{1B}"))
    #expect(check.output.contains("unknown key 'a⏎b␛[31mX'"))
  }

  @Test func `places of bytes that are no UTF-8 in a word list`() throws {
    try Data("one\ntwo\nthr".utf8 + [0xFF]).write(to: URL(fileURLWithPath: folder.file("words.txt")))
    let pack = try file("list.yaml", head + "classes: {a: {file: words.txt}}\n")
    let check = try TiresiasBinary.run(["rules", "check", pack])
    #expect(check.output.contains("words.txt:3:4: error: invalid UTF-8"), "\(check.output)")
  }

  @Test func `nothing that is read is written over`() throws {
    let text = try file("t.txt", "he said")
    for output in [text, try pack()] {
      let preview = try TiresiasBinary.run(["rules", "preview", pack(), text, "--html", output])
      #expect(preview.status == 1 && preview.errors.contains("it is read here, and would be lost"))
    }
    #expect(try String(contentsOfFile: text, encoding: .utf8) == "he said")
    let corpus = try file("c.jsonl", "{\"text\": \"I saw him and his dog.\"}\n")
    let learn = try TiresiasBinary.run(["rules", "learn-table", corpus, "--output", corpus])
    #expect(learn.status == 1 && learn.errors.contains("it is read here, and would be lost"))
    #expect(try String(contentsOfFile: corpus, encoding: .utf8).hasPrefix("{\"text\""))
  }

  @Test func `preview colours only where it is asked to, or a terminal is there`() throws {
    let text = try file("t.txt", "he said")
    let plain = try TiresiasBinary.run(["rules", "preview", pack(), text, "--width", "60"])
    #expect(plain.output.contains("[he→she] said") && !plain.output.contains("\u{1B}"))
    #expect(plain.errors == "1 word\n")
    let coloured = try TiresiasBinary.run(["rules", "preview", pack(), text, "--color", "always"])
    #expect(coloured.output.contains("\u{1B}[31;9mhe\u{1B}[0m"))
  }

  @Test func `preview draws the same sample each time, and writes it as a page`() throws {
    let text = try file("t.txt", (0..<500).map { "\($0) he" }.joined(separator: "\n"))
    let arguments = ["rules", "preview", try pack(), text, "--sample", "20", "--seed", "3"]
    let lines = try TiresiasBinary.run(arguments)
    #expect(lines.output.split(separator: "\n").count == 20 && lines.errors == "20 of 500 words\n")
    #expect(try TiresiasBinary.run(arguments).output == lines.output)
    let page = folder.file("page.html")
    #expect(try TiresiasBinary.run(arguments + ["--html", page]).status == 0)
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.components(separatedBy: "<tr data-rule").count == 21)
  }

  @Test func `names that are not known are refused`() throws {
    let text = try file("t.txt", "he said")
    let result = try TiresiasBinary.run(["rules", "preview", pack(), text, "--rule", "ha"])
    #expect(result.status == 1 && result.errors.contains("p has no rule 'ha'; did you mean 'he'?"))
    #expect(try TiresiasBinary.run(["rules", "preview", pack(), text, "--sample", "0"]).status == 2)
    #expect(try TiresiasBinary.run(["rules", "stats", pack(), folder.file("none.txt")]).status == 1)
  }

  @Test func `stats come as JSON and TSV too`() throws {
    let text = try file("t.jsonl", "{\"text\":\"he and he\",\"meta\":{\"pile_set_name\":\"S\"}}\n")
    let json = try TiresiasBinary.run(["rules", "stats", pack(), text, "--format", "json"])
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["edits"] as? Int == 2 && object["words"] as? Int == 3)
    let tsv = try TiresiasBinary.run(["rules", "stats", pack(), text, "--format", "tsv"])
    #expect(tsv.output.contains("edits\the\the\tS\t\t2\n"))
  }

  @Test func `diff shows where packs differ`() throws {
    let text = try file("t.txt", "he said")
    let other = try file("other.yaml", head + "lexicon: [{id: he, from: he, to: they}]\n")
    let none = try TiresiasBinary.run(["rules", "diff", pack(), pack(), text])
    #expect(none.status == 0 && !none.output.contains("["))
    let result = try TiresiasBinary.run(["rules", "diff", pack(), other, text, "--width", "60"])
    #expect(result.status == 0 && result.output.contains("[he→she|they] said"))
  }

  @Test(arguments: ["0", "-5", "10001", "99999999999", "9223372036854775807"])
  func `a width that no line can have is wrong usage`(width: String) throws {
    let text = try file("t.txt", "he said")
    for arguments in [["preview", try pack(), text], ["diff", try pack(), try pack(), text]] {
      let result = try TiresiasBinary.run(["rules"] + arguments + ["--width=\(width)"])
      #expect(result.status == 2 && result.errors.contains("--width must be from 1 to 10000."), "\(result.errors)")
    }
    #expect(try TiresiasBinary.run(["rules", "preview", pack(), text, "--width", "10000"]).status == 0)
  }

  @Test func `compressed text is refused`() throws {
    let text = try file("t.txt.zst", "he said")
    for command in [["stats", try pack()], ["preview", try pack()], ["diff", try pack(), try pack()]] {
      let result = try TiresiasBinary.run(["rules"] + command + [text])
      #expect(result.status == 1 && result.output.isEmpty, "\(result.output)")
      #expect(result.errors.contains("t.txt.zst: .zst files are not read as text. Decompress it;"), "\(result.errors)")
    }
  }

  @Test(
    arguments: [
      (
        "lexicon: [{id: a, from: a, choose: [{id: b, table: t, threshold: 1000, to: c}]}]",
        ":5:66: error: found '1000', expected a number from -999.999 to 999.999 "
      ),
      (
        "lexicon: [{id: a, from: a, choose: [{id: b, table: t, threshold: -01000.5, to: c}]}]",
        ":5:66: error: found '-01000.5', expected a number from -999.999 to 999.999 "
      ),
      (
        "lexicon: [{id: a, from: a, choose: [{id: b, table: t, threshold: 1000.0005, to: c}]}]",
        ":5:66: error: found '1000.0005', expected a number such as 0.6, with at most three decimals "
      ),
      ("apostrophes: [\"'\", \"`\"]", ":5:20: error: found '`', expected ' or ’ "),
      ("apostrophes: \"`\"", ":5:14: error: found '`', expected ' or ’ "),
      (
        "lexicon: [{id: a, from: a, choose: [{id: b, when: {next: {}}, to: c}]}]",
        ":5:58: error: found an empty mapping, expected a test such as {in: [preposition]} "
      ),
    ])
  func `what was found is told at its place`(text: String, finding: String) throws {
    let check = try TiresiasBinary.run(["rules", "check", file("bad.yaml", head + text + "\n")])
    #expect(check.status == 1 && check.output.contains(finding), "\(check.output)")
  }

  @Test func `explain reads standard input or its argument`() throws {
    let result = try TiresiasBinary.run(["rules", "explain", pack(), "he said"])
    #expect(result.output.hasPrefix("he → she  by he  (entry he, lower, bytes 0..<2)\n"))
    #expect(try TiresiasBinary.run(["rules", "explain", pack(), "none"]).output.hasPrefix("nothing in this text"))
  }

  @Test func `explain takes bytes that are no UTF-8 as they are`() throws {
    let script = "exec \"$0\" rules explain \"$1\" \"$(printf 'he\\377 her')\""
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = try ["-c", script, TiresiasBinary.path ?? "", pack()]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("he stays  by edge"))
  }

  @Test func `a name that no pack can have is a usage error`() throws {
    let result = try TiresiasBinary.run(["rules", "new", "a b", "--folder", folder.path])
    #expect(result.status == 2 && result.errors.contains("Found 'a b', expected a name of letters"))
  }

  @Test func `a subset that no text is of is refused with the nearest`() throws {
    let text = try file("t.jsonl", "{\"text\":\"he\",\"meta\":{\"pile_set_name\":\"FreeLaw\"}}\n")
    let result = try TiresiasBinary.run(["rules", "preview", pack(), text, "--subset", "FreeLw"])
    #expect(result.status == 1 && result.errors.contains("no text is of subset 'FreeLw'; did you mean 'FreeLaw'?"))
    let found = try TiresiasBinary.run(["rules", "preview", pack(), text, "--subset", "FreeLaw"])
    #expect(found.status == 0 && found.errors == "1 word\n")
  }

  @Test func `a sample of a run is for dry runs only`() throws {
    let result = try TiresiasBinary.run(["run", "pipelines/demo.yaml", "--sample", "5"])
    #expect(result.status == 2 && result.errors.contains("add --dry-run"))
  }
}
