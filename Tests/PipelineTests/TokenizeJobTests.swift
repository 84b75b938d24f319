import ByteIO
import Corpus
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct TokenizeJobTests {
  @Test(arguments: [1, 2, 7], [true, false])
  func theOutputIsThatOfTheObviousWayForAnyWorkers(workers: Int, eod: Bool) throws {
    let fixture = try TokenizeFixture()
    let twin = try SlowTwin([fixture.pile], fixture.tokenizer, eod: eod)
    for batchSize in [1, 333, 1 << 20] {
      let output = "out\(batchSize)"
      var job = fixture.job(output, workers: workers)
      job.batchSize = batchSize
      job.appendEOD = eod
      let report = try job.run()
      let bytes = try fixture.bytes(output)
      #expect(bytes.keys.sorted() == ["bin", "idx", "origin.bin", "origin.json"].map { "_text_document." + $0 })
      #expect(difference(bytes["_text_document.bin"], twin.bin) == nil)
      #expect(difference(bytes["_text_document.idx"], twin.idx()) == nil)
      #expect(difference(bytes["_text_document.origin.bin"], twin.origin) == nil)
      #expect(report.documents == twin.sizes.count)
      #expect(report.tokens == twin.sizes.reduce(0, +))
      #expect(report.dropped == twin.dropped.reduce(0, +))
      #expect(report.loneSurrogates == twin.loneSurrogates.reduce(0, +))
      #expect(report.skipped.total == 0)
      #expect(!report.isReused)
    }
  }

  @Test func theRecordHoldsNamesHashesAndCountsAndNoPath() throws {
    let fixture = try TokenizeFixture()
    _ = try fixture.job("out").run()
    let twin = try SlowTwin([fixture.pile], fixture.tokenizer, eod: true)
    let path = fixture.folder.file("out_text_document.origin.json")
    let record = try OriginRecord.read(path)
    #expect(record.subsets == twin.subsets)
    #expect(record.files.map(\.name) == ["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl.zst"])
    #expect(record.files.map(\.documents) == twin.documents)
    #expect(record.files.map(\.dropped) == twin.dropped)
    #expect(record.files.map(\.loneSurrogates) == twin.loneSurrogates)
    #expect(
      record.files.map(\.sha256) == (try record.files.map { try SHA256.hash(file: fixture.pile + "/" + $0.name) }))
    #expect(record.tokenizerHash == (try SHA256.hash(file: fixture.tokenizer)))
    let text = String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
    #expect(!text.contains(fixture.folder.path))
  }

  @Test func aVocabularyTooLargeForSixteenBitsTakesThirtyTwo() throws {
    let fixture = try TokenizeFixture(documents: 30)
    for (vocabulary, width) in [(65_499, 2), (65_500, 4)] {
      try TinyTokenizer.write(fixture.tokenizer, lastID: vocabulary - 1)
      _ = try fixture.job("out").run()
      let twin = try SlowTwin([fixture.pile], fixture.tokenizer, eod: true, width: width)
      let bytes = try fixture.bytes("out")
      #expect(difference(bytes["_text_document.bin"], twin.bin) == nil)
      #expect(difference(bytes["_text_document.idx"], twin.idx(width: width)) == nil)
    }
  }

  @Test func badInputStopsWithItsPlaceAndLeavesNothingUnderAFinalName() throws {
    let fixture = try TokenizeFixture(documents: 30)
    let good = Array("{\"text\": \"fine\"}\n".utf8)
    let cut = try FileSystem.contents(of: fixture.pile + "/3.jsonl.zst").dropLast(9)
    let cases: [(String, [UInt8], String)] = [
      (
        "4.jsonl", Array(repeating: good, count: 999).flatMap { $0 } + Array("{\"text\": }\n".utf8),
        "4.jsonl, line 1000, byte 16992: invalid JSON: '}' stands where a value should."
      ),
      (
        "4.jsonl", good + Array("\"".utf8) + [0xC3, 0x28] + Array("\"\n".utf8),
        "4.jsonl, line 2, byte 18: invalid UTF-8: byte 0xC3 starts no valid sequence."
      ),
      ("4.jsonl", good + Array("{\"txt\": 1}\n".utf8), "4.jsonl, line 2, byte 17: no text:"),
      ("4.jsonl.zst", Array(cut), "4.jsonl.zst: file cut short: "),
      ("4.jsonl.zst", [], "4.jsonl.zst: file cut short: "),
      ("4.jsonl.zst", good, "4.jsonl.zst, byte "),
    ]
    for workers in [1, 7] {
      for (index, (name, bytes, message)) in cases.enumerated() {
        try fixture.write(name, bytes)
        let output = "out\(workers)-\(index)"
        let failure = #expect(throws: (any Error).self) { try fixture.job(output, workers: workers).run() }
        let text = failure.map { "\($0)" } ?? ""
        #expect(text.contains(message), "\(text)")
        #expect(try fixture.finalNames(output).isEmpty)
        try FileSystem.remove(fixture.pile + "/" + name)
      }
    }
  }

  @Test func skippedLinesAreCountedByKindAndFile() throws {
    let fixture = try TokenizeFixture(documents: 30)
    try fixture.write("4.jsonl", Array("\"a\"\n{\n[]\n\"b\"\n\n\"c\"\n".utf8))
    try fixture.write("5.jsonl.zst", Array(try FileSystem.contents(of: fixture.pile + "/3.jsonl.zst").dropLast(9)))
    for workers in [1, 7] {
      var job = fixture.job("out\(workers)", workers: workers)
      job.onError = .skip
      let report = try job.run()
      #expect(report.skipped.counts == [.invalidJSON: 2, .noText: 1, .fileCut: 1])
      let record = try OriginRecord.read(fixture.folder.file("out\(workers)_text_document.origin.json"))
      #expect(record.files[4].skipped.counts == [.invalidJSON: 2, .noText: 1])
      #expect(record.files[4].documents == 3)
      #expect(record.files[5].skipped.counts == [.fileCut: 1])
    }
    #expect(try difference(fixture.bytes("out1"), fixture.bytes("out7")) == nil)
  }

  @Test func aDiskTooSmallIsRefusedBeforehand() throws {
    let fixture = try TokenizeFixture(documents: 3)
    let file = try PositionedFile(fixture.pile + "/9.jsonl")
    try file.setSize(1 << 43)
    let failure = #expect(throws: TokenizeFailure.self) { try fixture.job("out").run() }
    #expect(failure?.description.contains("about 3.5 TB are needed") == true)
    #expect(try fixture.names("out").isEmpty)
  }

  @Test func tooManySubsetsAreRefused() throws {
    let fixture = try TokenizeFixture(documents: 3)
    let lines = (0...65535).map { #"{"text":"a","meta":{"pile_set_name":"\#($0)"}}"# }
    try fixture.write("4.jsonl", Array(lines.joined(separator: "\n").utf8))
    var job = fixture.job("out")
    job.batchSize = 1 << 20
    job.checkpointBytes = 1 << 30
    let failure = #expect(throws: TokenizeFailure.self) { try job.run() }
    #expect(failure?.description.contains("65534") == true)
  }
}
