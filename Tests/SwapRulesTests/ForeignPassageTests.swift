import SwapRules
import Testing

@Suite struct ForeignPassageTests {
  private func pack() throws -> RulePack {
    try SwapRulesTests.pack(
      lexicon("  - {id: he, from: [he, her, his], to: x}", more: "guards: {spans: [foreign]}"))
  }

  @Test(arguments: [
    "hin und her", "Hun er her", "Sie ging im Zimmer hin und her.", "La verdad que no he ido (solo he ido 5) y ya.",
    "Kommer du her?\nJa, jeg er her nu.", "he visto que no está", "— Il a son his et pour elle", "»Han er her ikke«",
    "für her und über", "ER IST HER UND DA NICHT", "er his og",
  ])
  func wordsOfOtherLanguagesAreLeftAlone(text: String) throws {
    let rules = try pack().rules(text)
    #expect(!rules.isEmpty && rules.allSatisfy { $0 == "guard:foreign" }, "\(rules)")
  }

  @Test(arguments: [
    "“Es ist nicht wahr,” he said.", "\"Es ist nicht wahr,\" he said.", "«Il est mort», he cried",
    "He said: and the ist und nicht das", "her und", "his", "he he he", "Es ist nicht das\n\nHer mother",
    "the phrase hin und her", "her hin und then the",
  ])
  func englishBesideThemIsNot(text: String) throws {
    #expect(try !pack().rules(text).contains("guard:foreign"))
  }

  @Test func whatAnEdgeHidesMayBeEnglish() throws {
    let pack = try pack()
    #expect(try pack.rules("x hin und her ist ", leading: .cut, trailing: .cut) == ["edge"])
    #expect(try pack.rules("hin und her ist", trailing: .cut) == ["edge"])
    #expect(try pack.rules("ist und her the ", leading: .cut, trailing: .cut) == ["he"])
    #expect(try pack.rules("\"ist und her nicht\"", leading: .cut, trailing: .cut) == ["guard:foreign"])
    #expect(try pack.rules("\"ist und her nicht", leading: .cut) == ["guard:foreign"])
    let far = String(repeating: "ooo ", count: 60)
    #expect(try pack.rules(far + "ist und her nicht das " + far, leading: .cut, trailing: .cut) == ["guard:foreign"])
  }
}
