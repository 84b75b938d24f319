import Foundation
import SwapRules
import TestSupport
import Testing

@Suite struct PairTableTests {
  static let shipped = Assets.root + "/rules/tables/neutral-pairs.tsv"

  private func load(_ text: String) throws -> RulePack {
    let folder = TemporaryFolder()
    let path = folder.file("pairs.tsv")
    try Data(text.utf8).write(to: URL(filePath: path))
    return try RulePack.load(path: path)
  }

  private func swapped(_ text: String, _ pack: RulePack) throws -> String {
    let matcher = try Matcher(pack)
    var candidates: [Candidate] = []
    let input = Array(text.utf8)
    let bytes = input.withUnsafeBufferPointer { bytes in
      matcher.candidates(in: SegmentText(bytes), into: &candidates)
      return pack.applying(candidates, to: SegmentText(bytes))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func eachWordBecomesItsPartnerInItsCase() throws {
    let pack = try load("# version: 1.2.3\nbig\tlarge # a comment\n\nhot\tcold\r\n")
    #expect(pack.name == "pairs" && pack.version == "1.2.3")
    #expect(try swapped("A Big, large, HOT `cold` day; biG", pack) == "A Large, big, COLD `cold` day; biG")
  }

  @Test func aByteOrderMarkIsPassedOver() throws {
    let pack = try load("\u{FEFF}# version: 1.2.3\r\nbig\tlarge\r\n")
    #expect(pack.version == "1.2.3" && pack.entries.map(\.id) == ["big", "large"])
  }

  @Test(arguments: [
    ("big\tlarge\n", "expected a comment such as '# version"),
    ("# version: 1.0.0\nbig large\n", "pairs.tsv:2:1: found 'big large', expected two words"),
    ("# version: 1.0.0\nbig\tlarge\tvast\n", "expected two words with a tab"),
    ("# version: 1.0.0\nbig\t\n", "expected two words with a tab"),
    ("# version: 1.0.0\nbig\tlarge\nvast\tbig\n", "stands twice"),
    ("# version: 1.0.0\nbig\tbig\n", "stands twice"),
    ("# version: 1.0.0\nBig\tlarge\n", "expected lower case"),
    ("# version: one\nbig\tlarge\n", "expected a version"),
  ])
  func aTableThatIsNoneIsRefusedWithItsPlace(_ text: String, _ message: String) {
    let refused = #expect(throws: RulesFailure.self) { try load(text) }
    #expect(refused?.description.contains(message) == true, "\(refused.map(\.description) ?? "")")
  }

  @Test func swappingTwiceGivesTheTextBack() throws {
    let pack = try RulePack.load(path: Self.shipped)
    #expect(pack.entries.count > 400)
    let text = pack.entries.map(\.id).joined(separator: " ")
    let once = try swapped(text, pack)
    #expect(zip(text.split(separator: " "), once.split(separator: " ")).allSatisfy { $0 != $1 })
    #expect(try swapped(once, pack) == text)
  }

  @Test func noPronounOrGenderedNounIsInTheTable() throws {
    let words = Set(try RulePack.load(path: Self.shipped).entries.map(\.id))
    let gendered = [
      "he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "man", "woman",
      "men", "women", "boy", "girl", "father", "mother", "son", "daughter", "husband", "wife", "king", "queen", "sir",
    ]
    #expect(words.isDisjoint(with: gendered))
  }
}
