import ByteIO
import Foundation
import TestSupport
import Testing

@testable import Corpus

@Suite struct SamplePileFilesTests {
  struct Line: Decodable {
    struct Meta: Decodable { let pile_set_name: String }
    let text: String
    let meta: Meta
  }

  static func contents(_ path: String) throws -> [UInt8] {
    let stream = try openStream(path)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  @Test func everyLineIsJSONOfItsDocument() throws {
    var writer = SamplePile.LineWriter()
    for (seed, documents) in SampleFixture.thousands {
      for (index, document) in documents.enumerated() where document.text.count < 20_000 {
        writer.write(document.text, document.subset, key: SamplePile(seed: seed).key(of: index))
        #expect(writer.line.firstIndex(of: 0x0A) == writer.line.count - 1)
        let line = try JSONDecoder().decode(Line.self, from: Data(writer.line))
        #expect(line.text.utf8.elementsEqual(document.text) && line.meta.pile_set_name == document.subset.name)
      }
    }
  }

  @Test func linesAreEscapedInEveryWay() throws {
    var writer = SamplePile.LineWriter()
    var lines: [UInt8] = []
    for (index, document) in SampleFixture.thousands[1]!.enumerated() where document.text.count < 20_000 {
      writer.write(document.text, document.subset, key: UInt64(index))
      lines += writer.line
    }
    let string = lines.map { CChar(bitPattern: $0) } + [0]
    for needle in [
      "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\r", "\\f", "\\b", "\\u0000", "\\u001b", "\\u2019", "’", "\\ud83d\\u", "🙂",
      "\\u0065", "\\u000a", "\\u00e9", "é", "\\uD83", "{\"text\": \"\", \"meta\"", "\"}}\n{\"text\": \"",
    ] {
      #expect(SamplePileFeatureTests.contains(string, needle), "no \(needle.debugDescription)")
    }
  }

  @Test func shardsInOrderAreTheSameDocuments() throws {
    let folder = TemporaryFolder()
    let pile = SamplePile(seed: 4)
    for shards in [1, 2, 7, 150] {
      try pile.write(to: folder.file("\(shards)"), documents: 120, shards: shards)
    }
    let whole = try Self.contents(folder.file("1/00.jsonl.zst"))
    for shards in [2, 7, 150] {
      let names = try FileSystem.names(in: folder.file("\(shards)"))
      #expect(names.count == shards)
      #expect(try names.flatMap { try Self.contents(folder.file("\(shards)/\($0)")) } == whole)
    }
    #expect(try FileSystem.names(in: folder.file("150")).first == "000.jsonl.zst")
    try pile.write(to: folder.file("plain"), documents: 120, format: .jsonl)
    #expect(try Self.contents(folder.file("plain/00.jsonl")) == whole)
  }

  @Test func aLargerSampleBeginsWithTheSmaller() throws {
    let folder = TemporaryFolder()
    for documents in [0, 1, 50, 90] {
      try SamplePile(seed: 4).write(to: folder.file("\(documents)"), documents: documents, format: .jsonl)
    }
    let largest = try Self.contents(folder.file("90/00.jsonl"))
    for documents in [0, 1, 50] {
      let smaller = try Self.contents(folder.file("\(documents)/00.jsonl"))
      #expect(largest.starts(with: smaller) && smaller.count { $0 == 0x0A } == documents)
    }
  }

  @Test func theSameArgumentsGiveTheSameBytes() throws {
    let folder = TemporaryFolder()
    var progress: [SamplePile.Progress] = []
    let done = try SamplePile(seed: 8).write(to: folder.path, documents: 60, shards: 2) { progress.append($0) }
    let first = try SHA256.hash(file: folder.file("01.jsonl.zst"))
    try SamplePile(seed: 8).write(to: folder.path, documents: 60, shards: 2)
    #expect(try SHA256.hash(file: folder.file("01.jsonl.zst")) == first)
    #expect(try FileSystem.names(in: folder.path) == ["00.jsonl.zst", "01.jsonl.zst"])
    #expect(progress.last == done && done.documents == 60 && done.shards == 2)
    let texts = (0..<60).map { SamplePile(seed: 8).document($0).text.count }
    #expect(done.textBytes == texts.reduce(0, +))
  }

  @Test func aFolderWithOtherDataIsRefused() throws {
    let folder = TemporaryFolder()
    try SamplePile(seed: 1).write(to: folder.path, documents: 6, shards: 3)
    let failure = #expect(throws: IOFailure.self) {
      try SamplePile(seed: 1).write(to: folder.path, documents: 6, shards: 2)
    }
    #expect(failure?.description.contains("02.jsonl.zst") == true)
    #expect(throws: IOFailure.self) { try SamplePile(seed: 1).write(to: folder.path, documents: 6, format: .jsonl) }
    #expect(try FileSystem.names(in: folder.path).count == 3)
  }

  @Test func shardBoundsDoNotOverflow() {
    #expect(SamplePile.documents(ofShard: 9_999, of: 10_000, Int.max).upperBound == Int.max)
    #expect(SamplePile.documents(ofShard: 0, of: 3, 10) == 0..<3)
    #expect(SamplePile.documents(ofShard: 1, of: 3, 10) == 3..<6)
    #expect(SamplePile.documents(ofShard: 2, of: 3, 10) == 6..<10)
  }
}
