import ByteIO
import Corpus
import Foundation
import TestSupport
import Testing

@Suite struct DocumentReaderTests {
  @Test func documentsComeInOrderWithTheirPlace() throws {
    let folder = TemporaryFolder()
    _ = try folder.write("0.jsonl", "{\"text\":\"a\"}\r\n\"b\"\n\n")
    _ = try folder.writeFrames(
      "1.jsonl.zst",
      [Array("{\"text\":\"c\\ud800\",\"meta\":{\"pi".utf8), Array("le_set_name\":\"Enron Emails\"}}".utf8)])
    #expect(
      try readAll(DocumentReader([folder.path])) == [
        Copied(text: [0x61], subset: nil, line: 1, offset: 0), Copied(text: [0x62], subset: nil, line: 2, offset: 14),
        Copied(
          text: Array("c\u{FFFD}".utf8), subset: Array("Enron Emails".utf8), file: 1, line: 1, offset: 0,
          loneSurrogates: 1),
      ])
  }

  @Test func aBadLineStopsWithFileLineByteReasonAndAdvice() throws {
    let folder = TemporaryFolder()
    let good = "{\"text\": \"x\"}\n"
    let path = try folder.write("f.jsonl", String(repeating: good, count: 999) + "{\"text\": \"x\n" + good)
    let reader = try DocumentReader([path])
    var count = 0
    let failure = #expect(throws: CorpusFailure.self) { while try reader.read() != nil { count += 1 } }
    #expect(count == 999)
    #expect(
      failure?.description == "\(path), line 1000, byte \(999 * 14 + 11): invalid JSON: the line ends inside a string. "
        + "Mend the line, or leave such lines out and count them with --on-error skip.")
  }

  @Test func skippingCountsByKindAndGoesOn() throws {
    let folder = TemporaryFolder()
    let bytes = Array("\"a\"\n\n{\"text\":1}\n\"".utf8) + [0xFF] + Array("\"\n{]\n\"b\"\n".utf8)
    let path = try folder.write("f.jsonl", bytes)
    for size in [1, 4, 1000] {
      let lines = try LineReader(CorpusFile.list([path]), policy: .skip, batchSize: size)
      let reader = try DocumentReader(lines)
      #expect(try readAll(reader).map(\.line) == [1, 6])
      #expect(reader.skipped.counts == [.invalidJSON: 2, .noText: 1, .invalidUTF8: 1])
      #expect(reader.skipped.total == 4)
    }
  }

  @Test func aDocumentOfAHundredMegabytesIsOneDocument() throws {
    let folder = TemporaryFolder()
    let size = 100_000_000
    let path = folder.file("big.jsonl.zst")
    let writer = try ZstdFileWriter(path, level: 1)
    let piece = [UInt8](repeating: UInt8(ascii: "y"), count: 1_000_000)
    try writer.write(Array("\"small\"\n{\"text\":\"\\u00e9".utf8))
    for _ in 0..<(size / piece.count) { try writer.write(piece) }
    try writer.write(Array("\\n\"}\n\"after\"\n".utf8))
    try writer.commit()
    let reader = try DocumentReader([path])
    #expect(try reader.read()?.text.count == 5)
    let big = try reader.read()
    #expect(big?.text.count == size + 3)
    #expect(big?.text.last == 0x0A)
    let after = try reader.read()
    #expect(after?.text.count == 5)
    #expect(after?.line == 3)
    #expect(try reader.read() == nil)
  }
}

extension ZstdFileWriter {
  func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }
}
