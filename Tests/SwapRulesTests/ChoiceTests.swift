import SwapRules
import Testing

@Suite struct ChoiceTests {
  private static let base = """
    schema: 1
    pack: base/sense
    version: 1.0.0
    choices:
      sense:
        - {id: at-end, when: {next: {any: [stop, end]}}, to: object}
        - {id: kept, when: {next: {is: [keep]}}, keep: true}
        - {id: else, to: possessive}

    """

  private func text(_ entries: String) -> String {
    lexicon(entries, more: "extends: [base/sense@1]")
  }

  @Test func packsShareBranchesAndPutThemIntoTheirOwnWords() throws {
    let files = ["base/sense.yaml": Self.base]
    let entry = "  - {id: her, from: her, choose: sense, words: {object: OBJECT, possessive: POSSESSIVE}}"
    for (object, possessive) in [("him", "his"), ("them", "their")] {
      let filled = entry.replacing("OBJECT", with: object).replacing("POSSESSIVE", with: possessive)
      let pack = try pack(text(filled), files: files)
      #expect(try pack.apply("her dog bit her. her keep") == "\(possessive) dog bit \(object). her keep")
      #expect(try pack.rules("her dog bit her. her keep") == ["else", "at-end", "keep:kept"])
      // What it writes is its counterpart in a paired form.
      #expect(try pack.rules("her or \(object)") == ["paired"])
    }
  }

  @Test func entriesShareAChoice() throws {
    let entries = """
        - {id: her, from: her, choose: sense, words: {object: him, possessive: his}}
        - {id: the, from: the, choose: sense, words: {object: it, possessive: its}}
      """
    let pack = try pack(text(entries), files: ["base/sense.yaml": Self.base])
    #expect(try pack.apply("the dog bit her, the cat") == "its dog bit him, its cat")
    #expect(try pack.rules("the dog bit her.") == ["else", "at-end"])
  }

  @Test(arguments: [
    ("words: {object: him}", "pack.yaml:6:34: 'words' has none for the sense 'possessive', which a branch at"),
    ("words: {object: him, possessive: his, x: y}", "pack.yaml:6:79: no branch of 'sense' is of the sense 'x'"),
    ("words: {object: '', possessive: his}", "a replacement cannot be empty"),
  ])
  func sensesAndWordsMustAgree(words: String, message: String) {
    let entry = "  - {id: her, from: her, choose: sense, \(words)}"
    let answer = refusal(text(entry), files: ["base/sense.yaml": Self.base])
    #expect(answer.contains(message), "\(answer)")
  }

  @Test func aChoiceStandsOnce() {
    let answer = refusal(
      lexicon("  - {id: a, from: a, to: b}", more: "extends: [base/sense@1]\nchoices: {sense: [{id: x, to: y}]}"),
      files: ["base/sense.yaml": Self.base])
    #expect(answer.contains("choice 'sense' stands twice; the first is at base/sense.yaml:5:3"), "\(answer)")
  }
}
