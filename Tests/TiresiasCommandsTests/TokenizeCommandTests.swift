import ByteIO
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TiresiasBinary.path != nil && Assets.tokenizer != nil, "needs the built command and the tokenizer"))
struct TokenizeCommandTests {
  /// Killed with SIGKILL at ten moments, then run to the end: the same bytes, and nothing half-written on the way.
  @Test func killedTenTimesItStillGivesTheSameBytes() throws {
    let folder = TemporaryFolder()
    try writePile(folder.file("pile.jsonl"), lines: 1500)
    let clock = ContinuousClock()
    var whole = 0.0
    let time = try clock.measure {
      let result = try run(folder, "whole", "7")
      #expect(result.status == 0, "\(result.errors)")
    }
    whole = Double(time.components.attoseconds) * 1e-18 + Double(time.components.seconds)
    var generator = SystemRandomNumberGenerator()
    var kills = 0
    while kills < 10 {
      let killed = try run(folder, "killed", "2", killedAfter: Double.random(in: 0...whole, using: &generator))
      let final = try names(folder, "killed").filter { !$0.hasSuffix(".partial") }
      try expectWhole(folder, final)
      if killed.status == 0 {
        // It was done before: from the start again.
        try names(folder, "killed").forEach { try FileSystem.remove(folder.file($0)) }
      } else {
        #expect(killed.status == -SIGKILL, "\(killed.errors)")
        kills += 1
      }
    }
    #expect(try run(folder, "killed", "1").status == 0)
    let left = try names(folder, "killed").filter { !$0.hasSuffix("stamps.json") }
    #expect(left == ["bin", "idx", "origin.bin", "origin.json"].map { "killed_text_document." + $0 })
    try expectWhole(folder, left)
  }

  @Test(
    arguments: [
      ("bad.jsonl", "\"a\"\nnot json\n", "bad.jsonl, line 2, byte 4: invalid JSON"),
      ("none.jsonl", nil, "none.jsonl: cannot open: No such file or directory"),
    ] as [(String, String?, String)])
  func badInputIsSaidOnceAndFails(name: String, content: String?, message: String) throws {
    let folder = TemporaryFolder()
    if let content { try AtomicFile.replace(folder.file(name), with: Array(content.utf8)) }
    let result = try TiresiasBinary.run(
      ["tokenize", folder.file(name), "--tokenizer", Assets.tokenizer ?? "", "--output", folder.file("out")])
    #expect(result.status == 1)
    #expect(result.errors.components(separatedBy: message).count == 2, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try names(folder, "out").allSatisfy { $0.hasSuffix(".partial") })
  }

  /// One that hangs must not keep a machine beyond the time that a cluster gives.
  @Test func aSilentInputCommandEndsWithSIGTERMAndTheNextRunGoesOn() throws {
    let folder = TemporaryFolder()
    try writePile(folder.file("pile.jsonl"), lines: 20)
    let slow = "cat {}; test -e \(folder.file("second")) || sleep 60"
    let arguments = [
      "tokenize", folder.file("pile.jsonl"), "--tokenizer", Assets.tokenizer ?? "", "--output", folder.file("out"),
      "--input-command",
    ]
    let begun = ContinuousClock.now
    let ended = try TiresiasBinary.run(arguments + [slow], killedAfter: 4, signal: SIGTERM)
    #expect(begun.duration(to: .now) < .seconds(20))
    #expect(ended.status == 1 && ended.errors.contains("stopped by SIGTERM"), "\(ended.errors)")
    try AtomicFile.replace(folder.file("second"), with: [])
    let next = try TiresiasBinary.run(arguments + [slow])
    #expect(next.status == 0 && next.output.contains("20 documents"), "\(next.errors)")
  }

  @Test func aSecondRunSaysThatAllIsThere() throws {
    let folder = TemporaryFolder()
    try writePile(folder.file("pile.jsonl"), lines: 10)
    #expect(try run(folder, "out", "1").output.contains("10 documents"))
    #expect(try run(folder, "out", "1").output.contains("it was there already"))
  }

  private func run(
    _ folder: TemporaryFolder, _ output: String, _ workers: String, killedAfter seconds: Double? = nil
  ) throws -> TiresiasBinary.Result {
    try TiresiasBinary.run(
      [
        "tokenize", folder.file("pile.jsonl"), "--tokenizer", Assets.tokenizer ?? "", "--output", folder.file(output),
        "--workers", workers, "--checkpoint-bytes", "20000",
      ], killedAfter: seconds)
  }

  /// What has a final name holds what it will hold in the end.
  private func expectWhole(_ folder: TemporaryFolder, _ names: [String]) throws {
    for name in names where !name.hasSuffix("stamps.json") {
      let other = folder.file(name.replacing("killed", with: "whole"))
      #expect(try FileSystem.contents(of: folder.file(name)) == FileSystem.contents(of: other), "\(name)")
    }
  }

  private func names(_ folder: TemporaryFolder, _ output: String) throws -> [String] {
    try FileSystem.names(in: folder.path).filter { $0.hasPrefix(output + "_") }
  }

  private func writePile(_ path: String, lines: Int) throws {
    let words = ["He", " said", " that", " she", " was", " there", ", and", " 17", " naïve", " 😀", ".\\n", "   x"]
    let texts = (0..<lines).map { line -> String in
      let picked: [String] = (0..<(line % 97 + 1)).map { words[($0 * 7 + line) % words.count] }
      return picked.joined()
    }
    let content = texts.map { "{\"text\": \"\($0)\", \"meta\": {\"pile_set_name\": \"S\"}}\n" }.joined()
    try AtomicFile.replace(path, with: Array(content.utf8))
  }
}
