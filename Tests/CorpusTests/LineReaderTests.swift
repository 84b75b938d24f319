import ByteIO
import Foundation
import TestSupport
import Testing

@testable import Corpus

@Suite struct LineReaderTests {
  static let files = [
    "", "\n", "a", "a\n", "a\nb", "a\nb\n", "a\n\n", "a\n\n\n", "\na\n", "\n\n", "a\n \t\r\n", "a\n  ", "a\r\nb\r\n",
    "first line\nsecond, somewhat longer line\nx\n\nlast one without an end",
  ]

  @Test(arguments: files)
  func batchesOfEverySizeHoldTheSameLines(content: String) throws {
    let expected = slowLines(Array(content.utf8))
    for size in 1...(content.utf8.count + 2) {
      let lines = try read(LineReader(ByteList(Array(content.utf8)), batchSize: size))
      #expect(lines == expected, "batches of \(size)")
    }
  }

  @Test func linesKnowTheirPlaceInEveryFile() throws {
    let folder = TemporaryFolder()
    let paths = try [
      folder.write("a.jsonl", "one\ntwo"), folder.write("b.jsonl", ""),
      folder.writeFrames("c.jsonl.zst", [Array("th".utf8), [], Array("ree\n".utf8), Array("four\n\n".utf8)]),
    ]
    for size in [1, 2, 5, 100] {
      let reader = try LineReader(CorpusFile.list(paths), batchSize: size)
      #expect(
        try read(reader) == [
          Line(file: 0, number: 1, offset: 0, "one"), Line(file: 0, number: 2, offset: 4, "two"),
          Line(file: 2, number: 1, offset: 0, "three"), Line(file: 2, number: 2, offset: 6, "four"),
        ])
    }
  }

  @Test func everyFileEndsWithItsSizeAndHash() throws {
    let folder = TemporaryFolder()
    let paths = try [
      folder.write("a.jsonl", "one\ntwo"), folder.write("b.jsonl", ""), folder.writeFrames("c.jsonl.zst", [[0x61]]),
    ]
    let reader = try LineReader(CorpusFile.list(paths), hashing: true, batchSize: 4)
    var summaries: [FileSummary] = []
    while let batch = try reader.next() {
      if let summary = batch.finished { summaries.append(summary) }
    }
    #expect(
      summaries
        == (try paths.map {
          FileSummary(size: try FileSystem.size(of: $0), sha256: try SHA256.hash(file: $0), cut: nil)
        }))
  }

  /// What a checkpoint relies on: from any batch's end, reading goes on as if it had never stopped.
  @Test func readingGoesOnFromAnyPlace() throws {
    let folder = TemporaryFolder()
    let first = (0..<50).map { "line \($0) \(String(repeating: "x", count: $0 % 7))\n" }.joined()
    let paths = try [
      folder.write("a.jsonl", first), folder.writeFrames("b.jsonl.zst", [Array(first.utf8), Array(first.utf8)]),
    ]
    let files = try CorpusFile.list(paths)
    let all = try read(LineReader(files, batchSize: 64))
    let reader = LineReader(files, batchSize: 64)
    var before = 0
    while let batch = try reader.next() {
      before += batch.count
      let place = batch.finished == nil ? batch.end : CorpusPosition(file: batch.end.file + 1)
      let rest = LineReader(files, hashing: true, from: place, batchSize: 64)
      #expect(try read(rest) == Array(all[before...]))
    }
    #expect(before == all.count)
  }

  @Test func aFileThatBecameShorterIsNotGoneOnWith() throws {
    let folder = TemporaryFolder()
    let files = try CorpusFile.list([folder.write("a.jsonl", "short\n")])
    let reader = LineReader(files, from: CorpusPosition(file: 0, line: 3, offset: 100))
    let failure = #expect(throws: IOFailure.self) { try reader.next() }
    #expect(failure?.reason == "it has become shorter than it was")
    #expect(throws: IOFailure.self) { try reader.next() }
  }

  @Test func aCutFrameEndsTheWorkAfterItsWholeLines() throws {
    let folder = TemporaryFolder()
    let files = try CorpusFile.list([cutFile(folder)])
    for size in [1, 10, 1000, 1 << 20] {
      let reader = LineReader(files, batchSize: size)
      var count = 0
      let failure = #expect(throws: CorpusFailure.self) {
        while let batch = try reader.next() { count += batch.count }
      }
      #expect(count == 2)
      #expect(failure?.kind == .fileCut)
      #expect(failure?.description.contains("cut.jsonl.zst: file cut short: ") == true)
      #expect(failure?.description.contains("Fetch the file again") == true)
    }
  }

  @Test func skippingACutGoesOnWithTheNextFile() throws {
    let folder = TemporaryFolder()
    let files = try CorpusFile.list([cutFile(folder), folder.write("next.jsonl", "x\n")])
    for size in [1, 10, 1000, 1 << 20] {
      let reader = LineReader(files, policy: .skip, batchSize: size)
      var cuts = 0
      var lines: [String] = []
      while let batch = try reader.next() {
        if batch.finished?.cut != nil { cuts += 1 }
        for index in 0..<batch.count { lines.append(String(decoding: batch.line(index), as: UTF8.self)) }
      }
      #expect(lines == ["first", "second", "x"])
      #expect(cuts == 1)
    }
  }

  @Test func damagedFramesAreNeverSkipped() throws {
    let folder = TemporaryFolder()
    let files = try CorpusFile.list([folder.write("bad.jsonl.zst", "this is no zstd frame")])
    for policy in ErrorPolicy.allCases {
      let reader = LineReader(files, policy: policy)
      let failure = #expect(throws: IOFailure.self) { while try reader.next() != nil {} }
      #expect(failure?.description.contains("bad zstd data") == true)
    }
  }

  @Test func aLineLongerThanTheLimitIsRefusedWithItsPlace() throws {
    let long = [UInt8](repeating: 0x61, count: 100)
    let reader = LineReader(
      try CorpusFile.list([TemporaryFolder.shared.write("long.jsonl", [0x62, 0x0A] + long)]), batchSize: 16,
      lineLimit: 50)
    let failure = #expect(throws: CorpusFailure.self) { while try reader.next() != nil {} }
    #expect(failure?.kind == .lineTooLong)
    #expect(failure?.line == 2)
    #expect(failure?.offset == 2)
  }

  /// Of a pipe the shell tells of the last program alone.
  @Test(arguments: ["true {}", "no-such-program {} | cat", ": {}"], ErrorPolicy.allCases)
  func aCommandThatGivesNoByteIsAnErrorThatNamesIt(command: String, policy: ErrorPolicy) throws {
    for name in ["a.jsonl", "a.jsonl.zst"] {
      let reader = LineReader(try CorpusFile.list([name], command: command), policy: policy)
      let failure = #expect(throws: CorpusFailure.self) { while try reader.next() != nil {} }
      #expect(failure?.description.contains("'\(command)' gave not one byte") == true)
      #expect(throws: CorpusFailure.self) { try reader.next() }
    }
  }

  @Test func aCommandThatGivesOneLineFeedIsNone() throws {
    let reader = LineReader(try CorpusFile.list(["a.jsonl"], command: "echo; : {}"))
    #expect(try reader.next()?.count == 0)
    #expect(try reader.next() == nil)
  }

  @Test func aCommandThatIsGivenUpLeavesTheLinesThatItGave() throws {
    let begun = ContinuousClock.now
    let reader = LineReader(try CorpusFile.list(["a"], command: #"printf 'one\ntwo\nthr'; sleep 30; : {}"#)) {
      begun.duration(to: .now) > .seconds(1)
    }
    #expect(try reader.next()?.count == 2)
    #expect(try reader.next() == nil)
    #expect(try reader.next() == nil)
    #expect(begun.duration(to: .now) < .seconds(10))
  }

  private func cutFile(_ folder: TemporaryFolder) throws -> String {
    var generator = SplitMix(state: 5)
    let noise = (0..<2000).map { _ in UInt8.random(in: 0x30...0x7A, using: &generator) }
    let path = try folder.writeFrames("cut.jsonl.zst", [Array("first\nsecond\n".utf8), noise + [0x0A]])
    return try folder.write("cut.jsonl.zst", FileSystem.contents(of: path).dropLast(7))
  }
}

extension TemporaryFolder {
  nonisolated(unsafe) static let shared = TemporaryFolder()
}

struct Line: Equatable {
  var file = 0
  var number: Int
  var offset: Int
  var bytes: [UInt8]

  init(file: Int = 0, number: Int, offset: Int, _ text: String) {
    self.init(file: file, number: number, offset: offset, bytes: Array(text.utf8))
  }

  init(file: Int = 0, number: Int, offset: Int, bytes: [UInt8]) {
    self.file = file
    self.number = number
    self.offset = offset
    self.bytes = bytes
  }
}

func read(_ reader: LineReader) throws -> [Line] {
  var lines: [Line] = []
  while let batch = try reader.next() {
    for index in 0..<batch.count {
      lines.append(
        Line(
          file: batch.start.file, number: batch.start.line + index + 1, offset: batch.offset(ofLine: index),
          bytes: Array(batch.line(index))))
    }
  }
  return lines
}

/// The obvious way: the whole file in memory, split, and one blank line at the end left out.
func slowLines(_ bytes: [UInt8]) -> [Line] {
  var pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  if pieces.last?.isEmpty == true { pieces.removeLast() }
  if let last = pieces.last, last.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { pieces.removeLast() }
  return pieces.enumerated().map { Line(number: $0 + 1, offset: $1.startIndex, bytes: Array($1)) }
}
