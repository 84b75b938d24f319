import Testing

@Suite struct UnreachableBranchTests {
  /// What is said of a branch `b` behind a branch `a`, each with a condition.
  private func verdict(_ first: String, _ second: String, to words: (String, String) = ("x", "y")) throws -> String? {
    let lexicon = """
        - id: e
          from: he
          choose:
            - {id: a, when: \(first), to: \(words.0)}
            - {id: b, when: \(second), to: \(words.1)}
            - {id: c, to: z}
      """
    let classes = "classes: {small: [of, to], large: [of, to, in], ing: [going, doing]}"
    let found = try findings(of: "unreachable", lexicon: lexicon, more: classes)
    #expect(found.count < 2)
    return found.first
  }

  @Test(arguments: [
    ("{next: {in: [large]}}", "{next: {in: [small]}}"),
    ("{next: {in: [large]}}", "{next: {is: [Of, in]}}"),
    ("{next: {is: [of, to, by]}}", "{next: {in: [small]}}"),
    ("{next: {any: [punctuation]}}", "{next: {any: [stop, hyphen, open-quote]}}"),
    ("{next: {any: [stop]}}", "{next: {mark: [',', '.']}}"),
    ("{next: {any: [stop, end]}}", "{next: {any: [end]}, prev: {in: [small]}}"),
    ("{prev2: {suffix: [ing]}}", "{prev2: {suffix: [ning, ling]}}"),
    ("{prev2: {suffix: [ing]}}", "{prev2: {in: [ing]}}"),
    ("{next: {any: [word]}}", "{next: {in: [large]}, next2: {any: [end]}}"),
    ("{next: {not-in: [small]}}", "{next: {not-in: [large]}}"),
    ("{next: {not-in: [small]}}", "{next: {any: [end]}}"),
    ("{any: [{next: {is: [a]}}, {prev: {is: [b]}}]}", "{prev: {is: [b]}}"),
    ("{any: [{next: {is: [a]}}, {prev: {is: [b]}}]}", "{any: [{prev: {is: [b]}, match: lower}, {next: {is: [a]}}]}"),
    ("{match: [lower, title]}", "{match: lower}"),
    ("{not: {match: upper}}", "{match: [lower, title]}"),
    ("{next: {all: [newline], mark: '['}}", "{next: {all: [newline], mark: '['}, next2: {any: [number]}}"),
    ("{not: {next: {in: [small]}}}", "{not: {next: {in: [large]}}}"),
  ])
  func aBranchThatAnEarlierOneCoversIsFound(first: String, second: String) throws {
    let found = try #require(try verdict(first, second))
    #expect(
      found
        == "11:9 error branch 'b' is never reached: wherever it holds, so does 'a' in line 10, which does otherwise;"
        + " put 'b' before it [unreachable]")
    #expect(try verdict(first, second, to: ("x", "x"))?.contains(" warning ") == true)
  }

  @Test(arguments: [
    ("{next: {in: [small]}}", "{next: {in: [large]}}"),
    ("{next: {in: [large]}}", "{prev: {in: [small]}}"),
    ("{next: {any: [stop]}}", "{next: {any: [punctuation]}}"),
    ("{next: {any: [end]}, prev: {in: [small]}}", "{next: {any: [end]}}"),
    ("{next: {not-in: [large]}}", "{next: {not-in: [small]}}"),
    ("{next: {suffix: [ning]}}", "{next: {suffix: [ing]}}"),
    ("{match: lower}", "{match: [lower, title]}"),
    ("{next: {any: [number]}}", "{next: {any: [capitalised]}}"),
    ("{next: {mark: '.'}}", "{next: {mark: '...'}}"),
    ("{not: {next: {in: [large]}}}", "{not: {next: {in: [small]}}}"),
    // What is wrong with it is another thing.
    ("{next: {in: [small]}}", "{next: {is: [x], not: {is: [x]}}}"),
  ])
  func aBranchThatCanStillDecideIsNot(first: String, second: String) throws {
    #expect(try verdict(first, second) == nil)
  }
}
