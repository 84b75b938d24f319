import SwapRules
import TestSupport
import Testing

/// Lists that name both sides.
@Suite struct ListedFormsTests {
  private func rules(_ text: String, pack name: String = "pronouns-m2f", trailing: SegmentText.Edge = .end) throws
    -> [String]
  {
    try RulePack.load(path: Assets.root + "/rules/\(name).yaml").rules(text, trailing: trailing)
  }

  private func applying(_ name: String, _ text: String) throws -> String {
    try RulePack.load(path: Assets.root + "/rules/\(name).yaml").apply(text)
  }

  @Test(arguments: [
    "he, she or it", "He, she, or they", "she, he or it", "his, her or its", "His, Her,\nor their", "HIM, HER, OR IT",
    "himself, herself, or itself", "he, she and/or they", "he , she , or it", "he’d, she’d or they’d",
    "the man himself, herself or itself", "he, she, they or it", "his, their, or her name", "he, they, or she",
    "they, she, or he", "he, it or she", "he/they/she", "he or they or she", "he, they, she, and/or it",
    "it or he or she", "him, or it, or her",
  ])
  func bothHalvesOfAListThatAnOrEndsStay(text: String) throws {
    for name in ["pronouns-m2f", "pronouns-f2m", "pronouns-neutral"] {
      #expect(try applying(name, text) == text, "\(name)")
    }
  }

  @Test func aTrueSwapTurnsListsAround() throws {
    #expect(try applying("pronouns-swap", "If he, she or it fails") == "If she, he or it fails")
    #expect(try applying("pronouns-swap", "his, her, or its heirs") == "her, his, or its heirs")
    #expect(try applying("pronouns-swap", "Him, her or it") == "Her, him or it")
    #expect(try applying("pronouns-swap", "his, their, or her heirs") == "her, their, or his heirs")
    #expect(try applying("pronouns-swap", "he/they/she") == "she/they/he")
  }

  @Test func nounsStandInListsToo() throws {
    for text in ["every man, woman, or child", "a son, daughter or ward", "Brother, sister or friend"] {
      #expect(try applying("gendered-nouns-m2f", text) == text)
      #expect(try applying("gendered-nouns-f2m", text) == text)
    }
    #expect(try applying("gendered-nouns", "every man, woman, or child") == "every woman, man, or child")
  }

  /// Commas mostly end what is said of one person.
  @Test(arguments: [
    "tell him, or she will", "looked at him, her eyes wide", "he, and she or it", "his, her and their",
    "him, Ann or her",
    "he, she said, or wrote", "he; she or it", "he, she. Or it", "he,\n\nShe or it", "to him, she or they",
    "he, sheer or it", "it or he, she said", "he, or they", "asked them, she said, or him", "to them, he told her",
    "she or they, he said", "he, they, she said",
  ])
  func noOtherCommaJoins(text: String) throws {
    #expect(try !rules(text).contains("paired"))
  }

  @Test func theFirstOfThreeAndTheLastMayBeTheOther() throws {
    #expect(try rules("it, he or she") == ["paired"])
    #expect(try rules("“he”, she or it") == ["he"])
  }

  @Test func whatIsNotSeenOfAListIsAskedForOnlyIfItMatters() throws {
    let filler = String(repeating: "word ", count: 200) + "and that said "
    for text in [
      "he", "he,", "he, ", "he, sh", "he, she", "he, she,", "he, she, o", "he, she an", "he, she, i", "he, th",
      "he, they, sh",
    ] {
      #expect(try rules(filler + text, trailing: .cut) == ["edge"], "\(text)")
    }
    for text in ["he, sheep", "he, some", "he, she w", "he, she th", "he, she, w", "he, they, w"] {
      #expect(try rules(filler + text, trailing: .cut) == ["he"], "\(text)")
    }
  }
}
