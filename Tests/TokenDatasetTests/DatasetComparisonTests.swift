import ByteIO
import Foundation
import Testing
import TestSupport
import TokenDataset

struct DatasetComparisonTests {
  let folder = TemporaryFolder()
  let items = (0..<300).map { length in (0..<UInt32(length)).map { $0 * 7 % 251 + 1 } }

  @discardableResult
  private func write(_ name: String, _ items: [[UInt32]], _ type: TokenType = .uint16) throws -> TokenDataset {
    let writer = try TokenDatasetWriter(folder.file(name), type: type)
    for item in items { try writer.append(item) }
    try writer.finish()
    return try TokenDataset(prefix: folder.file(name))
  }

  private func difference(_ other: [[UInt32]]) throws -> String? {
    try DatasetComparison(write("a", items), write("b", other)).difference
  }

  @Test func typeAndShardsDoNotMatter() throws {
    let first = try write("a", items)
    try write("b", items, .int32)
    _ = try DatasetSharding(prefix: folder.file("b")).shard(size: 1001)
    try FileManager.default.removeItem(atPath: folder.file("b.bin"))
    let result = try DatasetComparison(first, TokenDataset(prefix: folder.file("b")))
    #expect(result.isSame)
    #expect(result.tokens == first.tokenCount)
  }

  @Test func theFirstDifferenceHasItsItemTokenAndByte() throws {
    var other = items
    other[40][3] = 9
    // Items 0 to 39 are 780 tokens of two bytes.
    #expect(
      try difference(other)?.hasPrefix("item 40, token 3: 22 in \(folder.file("a.bin")), byte 1566, 9 in ") == true)
    other = items
    other[40].removeLast()
    #expect(try difference(other)?.contains("item 40 has 40 tokens") == true)
    #expect(try difference(Array(items.dropLast()))?.contains("299; the first 299 are the same") == true)
    other = items
    other[299] = [UInt32](repeating: 1, count: 100_000) + [2]
    let long = try write("long", other)
    other[299][100_000] = 3
    let found = try DatasetComparison(long, write("b", other)).difference
    #expect(found?.hasPrefix("item 299, token 100000: 2 in ") == true)
  }

  @Test func zerosOfACopyThatWasNotFilledAreNamed() throws {
    let first = try write("a", items)
    try write("b", items)
    var data = try Data(contentsOf: URL(filePath: folder.file("b.bin")))
    data.replaceSubrange(4000..<data.count, with: Data(count: data.count - 4000))
    try data.write(to: URL(filePath: folder.file("b.bin")))
    let found = try DatasetComparison(first, TokenDataset(prefix: folder.file("b"))).difference
    #expect(found?.contains("bytes 4000 to \(data.count / 8 * 8) are all zero") == true, "\(found ?? "")")
  }

  @Test func hashesAreThoseOfSHA256SumInTheFormatOfTheList() throws {
    try write("a", items)
    _ = try DatasetSharding(prefix: folder.file("a")).shard(size: 30_000)
    try FileManager.default.removeItem(atPath: folder.file("a.bin"))
    var lines: [String] = []
    try DatasetHashing().forEachHash(ofDataset: folder.file("a")) { lines.append($0.line) }
    let names = ["a-00000-of-00002.bin", "a-00001-of-00002.bin", "a-00002-of-00002.bin", "a.idx"]
    #expect(try lines == names.map { "\($0) \(try SHA256.hash(file: folder.file($0)))" })
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: folder.file("list")))
    #expect(try outcomes(folder.file("list")) == [.same, .same, .same, .same])

    try FileManager.default.removeItem(atPath: folder.file(names[1]))
    try Data(count: 30_000).write(to: URL(filePath: folder.file(names[0])))
    var verdicts: [DatasetHashing.Verdict] = []
    try DatasetHashing().forEachVerdict(onDataset: folder.file("a"), HashList(path: folder.file("list"))) {
      verdicts.append($0)
    }
    #expect(verdicts.map(\.outcome) == [.differs, .missing, .same, .same])
    #expect(verdicts[0].detail.contains("all zero (100.0 %)"))
  }

  private func outcomes(_ list: String) throws -> [DatasetHashing.Verdict.Outcome] {
    var outcomes: [DatasetHashing.Verdict.Outcome] = []
    try DatasetHashing().forEachVerdict(onDataset: folder.file("a"), HashList(path: list)) {
      outcomes.append($0.outcome)
    }
    return outcomes
  }

  @Test func bothFormsOfListsAreReadAndOthersAreErrorsWithTheirLine() throws {
    func list(_ text: String) throws -> [HashList.Entry] {
      try Data(text.utf8).write(to: URL(filePath: folder.file("list")))
      return try HashList(path: folder.file("list")).entries
    }
    let hash = String(repeating: "0123456789abcdef", count: 4)
    let entry = HashList.Entry(name: "x.bin", sha256: hash)
    #expect(try list("x.bin \(hash)") == [entry])
    #expect(try list("\(hash)  some/folder/x.bin\r\n\n\(hash.uppercased()) *x.bin\n") == [entry, entry])
    for text in ["", "\n", "x.bin", "x.bin \(hash.dropLast())", "x.bin \(hash) y", "x.bin \(hash.dropLast())g"] {
      #expect(throws: DatasetFailure.self) { try list(text) }
    }
    let failure = #expect(throws: DatasetFailure.self) { try list("x.bin \(hash)\nwhat\n") }
    #expect(failure?.reason.contains("line 2") == true)
  }

  @Test func aListOfOtherDataIsRefused() throws {
    try write("a", items)
    let list = HashList(entries: [.init(name: "b.bin", sha256: String(repeating: "0", count: 64))])
    let failure = #expect(throws: DatasetFailure.self) {
      try DatasetHashing().forEachVerdict(onDataset: folder.file("a"), list) { _ in }
    }
    #expect(failure?.reason.contains("b.bin") == true)
  }
}
