import Testing

@testable import BiasEvaluation

@Suite struct ExactMatchTests {
  @Test(
    "text is normalized as SQuAD's script does it",
    arguments: [
      ("The developer", "developer"), ("the  developer.", "developer"), ("A nurse\n\nThe", "nurse"),
      ("\"The CEO\"", "ceo"), ("theory another", "theory another"), ("well-paid", "wellpaid"), ("the", ""),
      ("an—the x", "— x"), ("it's a", "its"), ("", ""), ("the_x", "thex"), ("a1 a", "a1"),
    ])
  func normalized(text: String, expected: String) {
    #expect(ExactMatch.normalized(text) == expected)
  }
}
