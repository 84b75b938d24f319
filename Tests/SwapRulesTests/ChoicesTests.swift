import SwapRules
import Testing

@Suite struct ChoicesTests {
  private static let base = """
    schema: 1
    pack: base/her
    version: 1.0.0
    choices:
      her:
        - {id: her-end, when: {next: {any: [end, stop]}}, to: object}
        - {id: her-else, to: possessive}
    """

  @Test func packsShareBranchesAndSayWhatTheyWrite() throws {
    let entry = "  - {id: her, from: her, choose: her, write: {object: them, possessive: their}}"
    let pack = try pack(lexicon(entry, more: "extends: [base/her@1]"), files: ["base/her.yaml": Self.base])
    #expect(try pack.apply("her dog, her") == "their dog, them")
    #expect(try pack.rules("her dog, her") == ["her-else", "her-end"])
  }

  @Test(arguments: [
    ("{object: them}", "choice 'her' writes 'possessive': 'write' needs a word for it"),
    ("{object: them, posessive: their}", "choice 'her' never writes 'posessive'; did you mean 'possessive'?"),
  ])
  func wordsForEachRoleAreNeeded(words: String, message: String) {
    let entry = "  - {id: her, from: her, choose: her, write: \(words)}"
    let text = refusal(lexicon(entry, more: "extends: [base/her@1]"), files: ["base/her.yaml": Self.base])
    #expect(text.contains(message), "\(text)")
  }

  @Test func featuresAreTyped() throws {
    let entry = "  - {id: a, from: a, to: b, features: {neutral-reading: true, rank: 12, kind: on}}"
    let features = try pack(lexicon(entry)).entries[0].features
    #expect(features.map(\.name) == ["neutral-reading", "rank", "kind"])
    #expect(features.map(\.value) == [.boolean(true), .number(12), .text("on")])
  }
}
