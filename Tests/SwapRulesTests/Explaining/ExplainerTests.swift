import TestSupport
import Testing

@testable import SwapRules

@Suite struct ExplainerTests {
  private func explanations(_ text: String, _ pack: RulePack) throws -> [Explanation] {
    let matcher = try Matcher(pack)
    return try Array(text.utf8).withUnsafeBufferPointer { bytes in
      try pack.decide(bytes).map { matcher.explanation(of: $0, in: SegmentText(bytes)) }
    }
  }

  @Test func theWordsAroundHaveTheirKindsAndClasses() throws {
    let found = try explanations("Of, his\n3 dogs.", shippedPack())
    let items = try #require(found.first).items
    #expect(items.map(\.position) == ["prev3", "prev2", "prev", "next", "next2", "next3"])
    #expect(items.map(\.text) == ["", "Of", ",", "3", "dogs", "."])
    #expect(items[0].kinds == ["end"])
    #expect(items[1].kinds == ["word", "capitalised", "adjacent"] && items[1].classes == ["preposition"])
    #expect(items[3].kinds == ["word", "number", "newline"])
  }

  @Test func theBranchThatHeldIsTheLastThatWasAsked() throws {
    let found = try #require(try explanations("a friend of his who left", shippedPack()).first)
    #expect(found.rule == "his-after-of" && found.written == "hers")
    let asked = found.trials.filter(\.isAsked)
    #expect(asked.last?.branch == "his-after-of" && asked.last?.answer == .yes)
    #expect(asked.dropLast().allSatisfy { $0.answer == .no })
    #expect(found.trials.filter { !$0.isAsked }.map(\.branch) == ["his-default"])
    let predicate = try #require(asked.last?.predicate)
    #expect(predicate.parts.map(\.text) == ["prev is [of]", "next in [relative, determiner, pronoun]"])
  }

  @Test func whatLeavesAWordAloneIsNamed() throws {
    let found = try #require(try explanations("the bundle of His", shippedPack()).first)
    #expect(found.written == nil && found.trials.isEmpty)
    let held = found.checks.filter { $0.answer != .no }
    #expect(held.map(\.reason) == ["exception:anatomy"] && held.map(\.detail) == ["bundle of His"])
  }

  @Test func ofAPairedFormThatStaysWholeNoHalfIsSaidToChange() throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml")
    let whole = try explanations("see his/her.csv", pack)
    #expect(whole.map(\.rule) == ["paired", "boundary"] && whole.allSatisfy { $0.partner == nil && $0.trials.isEmpty })
    #expect(try explanations("his/her file", pack).map(\.partner) == ["her", "his"])
  }

  /// What is told leads to the verdict: the first check that holds, else the first branch that does.
  @Test(arguments: UInt64(1)...4) func whatIsToldLeadsToTheVerdict(seed: UInt64) throws {
    let pack = try shippedPack()
    let matcher = try Matcher(pack)
    let text = Array(Self.text(seed).utf8)
    try text.withUnsafeBufferPointer { bytes in
      for (leading, trailing) in [(SegmentText.Edge.end, SegmentText.Edge.end), (.cut, .cut)] {
        let segment = SegmentText(bytes, leading: leading, trailing: trailing)
        for candidate in try pack.decide(bytes, leading: leading, trailing: trailing) {
          let told = matcher.explanation(of: candidate, in: segment)
          #expect(Self.rule(of: told) == pack.rule(of: candidate), "\(told)")
        }
      }
    }
  }

  private static func rule(of told: Explanation) -> String {
    if let check = told.checks.first(where: { $0.answer != .no }) {
      return check.answer == .unknown ? "edge" : check.reason
    }
    guard let trial = told.trials.first(where: { $0.answer != .no }) else {
      return told.items.isEmpty ? "edge" : "none"
    }
    let keeps = trial.writes == nil ? "keep:" : ""
    return trial.answer == .unknown ? told.rule : keeps + trial.branch
  }

  private static func text(_ seed: UInt64) -> String {
    let words = [
      "he", "him", "his", "himself", "His", "HE", "hE", "he's", "or", "her", "of", "who", "will", "be", "the", "The",
      "dog", "and", "worth", "while", "3", ",", ".", "“", "”", "(", ")", "-", "`", "https://x.y/", "@", "=", "\n\n",
    ]
    var generator = SeededGenerator(seed: seed)
    return (0..<1500).map { _ in words.randomElement(using: &generator)! + (Bool.random(using: &generator) ? " " : "") }
      .joined()
  }
}
