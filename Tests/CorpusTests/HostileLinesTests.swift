import Foundation
import TestSupport
import Testing

@testable import Corpus

/// Lines cut, bent and made up: the fast way, the careful way and Python's json agree on every one.
@Suite struct HostileLinesTests {
  static let valid = [
    #"{"text": "He said \"no\".\n\u00e9\ud83d\ude00 caf\u00e9 \\ / \/ \b\f\t", "meta": {"pile_set_name": "Pile-CC"}}"#,
    #" {"a":[1,2.5e+3,-0.0,[],{}],"text":["x","é😀",""],"meta":{"x":null,"pile_set_name":"s"},"b":{"c":[true,false]}} "#,
    #""just a string \u0000 \ud800 end""#,
    #"{"meta":{"n":NaN,"i":-Infinity},"text":"\udc00\ud83d","text":"last"}"#,
  ]

  @Test(arguments: valid)
  func everyTruncationIsRefusedByBothWaysOrTakenByBoth(line: String) {
    let bytes = Array(line.utf8)
    for length in 0...bytes.count { agree(Array(bytes[..<length])) }
  }

  @Test(arguments: valid)
  func everyByteReplacedByATellingOneIsJudgedAlike(line: String) {
    let bytes = Array(line.utf8)
    for at in bytes.indices {
      for byte in Array("\"\\{}[]:,u0-. ".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xED, 0xFF] {
        var bent = bytes
        bent[at] = byte
        agree(bent)
      }
    }
  }

  @Test(.enabled(if: python != nil, "needs python3"))
  func whatPythonTakesWeTakeAndReadAlike() throws {
    let python = try #require(Self.python)
    let lines = randomLines(count: 20_000, seed: 20_260_101)
    let answers = try ask(python, lines)
    try #require(answers.count == lines.count)
    for (line, answer) in zip(lines, answers) {
      let ours = (try? parse(line).get()).map { read in
        "=\(hexadecimal(read.text)) \(read.subset.map { "=" + hexadecimal($0) } ?? "-")"
      }
      #expect((ours ?? "-") == answer, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private func agree(_ line: [UInt8]) {
    guard !line.contains(0x0A) else { return }
    let fast = parse(line)
    let careful = carefully(line)
    #expect(fast == careful, "\(String(decoding: line, as: UTF8.self))")
  }

  /// Valid lines with one to three bytes bent, and lines put together from pieces of JSON.
  private func randomLines(count: Int, seed: UInt64) -> [[UInt8]] {
    var generator = SplitMix(state: seed)
    let pieces = [
      "{", "}", "[", "]", ":", ",", "\"text\"", "\"meta\"", "\"pile_set_name\"", "\"a\"", "\"\\ud83d\"", "\"\\ude00x\"",
      "1", "-1.5e3", "true", "null", "NaN", "Infinity", " ", "\t", "\r", "\"text\":", "\"\\u00e9\"", "0", "é",
      "\u{FEFF}",
    ].map { Array($0.utf8) }
    return (0..<count).map { index in
      if index % 4 == 3 {
        return (0..<Int.random(in: 1...12, using: &generator)).flatMap { _ in pieces.randomElement(using: &generator)! }
      }
      var line = Array(Self.valid.randomElement(using: &generator)!.utf8)
      for _ in 0..<Int.random(in: 0...3, using: &generator) { bend(&line, &generator) }
      return line.filter { $0 != 0x0A }
    }
  }

  private func bend(_ line: inout [UInt8], _ generator: inout SplitMix) {
    let at = Int.random(in: 0..<line.count, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: line[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: line[at] = UInt8.random(in: 0...255, using: &generator)
    case 2: if line.count > 1 { line.remove(at: at) }
    default: line.insert(line.randomElement(using: &generator)!, at: at)
    }
  }

  static let python: URL? =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(filePath: String($0)).appending(path: "python3") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  private func ask(_ python: URL, _ lines: [[UInt8]]) throws -> [String] {
    let folder = TemporaryFolder()
    let input = try folder.write("lines", lines.flatMap { $0 + [0x0A] })
    let output = try folder.write("answers", "")
    let process = Process()
    process.executableURL = python
    process.arguments = [Assets.root + "/Tests/Acceptance/corpus_reference.py"]
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
