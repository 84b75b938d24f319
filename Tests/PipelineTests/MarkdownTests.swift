import Testing

@testable import Pipeline

@Suite struct MarkdownTests {
  @Test func textStaysText() {
    #expect(Markdown.text("a*b_c|d<e>`f`\\[g]") == "a\\*b\\_c\\|d\\<e\\>\\`f\\`\\\\\\[g\\]")
    #expect(Markdown.text("two\nlines\u{7}\u{2028} and  spaces ") == "two lines and spaces")
  }

  @Test func aParagraphIsNoHeadingListQuoteOrRule() {
    #expect(Markdown.paragraph("# one") == "\\# one")
    #expect(Markdown.paragraph("- one") == "\\- one")
    #expect(Markdown.paragraph("12. one") == "12\\. one")
    #expect(Markdown.paragraph("3) one") == "3\\) one")
    #expect(Markdown.paragraph("12 one") == "12 one")
    #expect(Markdown.paragraph("--- ") == "\\---")
    #expect(Markdown.paragraph("    code") == "code")
    #expect(Markdown.paragraph("") == "")
  }

  @Test func codeSpansAndBlocksCannotBeClosedFromInside() {
    #expect(Markdown.code("a_b") == "`a_b`")
    #expect(Markdown.code("a`b``c") == "``` a`b``c ```")
    #expect(Markdown.code("a|b\nc") == "`a\\|b c`")
    #expect(Markdown.block("a\n```\nb") == "````\na\n```\nb\n````\n")
  }

  @Test func tablesLineUp() {
    let table = Markdown.table([.left("é"), .right("number")], [["a", "1"], ["long", "22"]])
    #expect(
      table == """
        | é    | number |
        | ---- | -----: |
        | a    |      1 |
        | long |     22 |

        """)
  }

  @Test func numbersAreGroupedAndSharesRounded() {
    #expect(
      [0, 7, 999, 1000, -1234, 10_240_000].map(Markdown.number) == ["0", "7", "999", "1,000", "-1,234", "10,240,000"])
    #expect(Markdown.number(Int.min) == "-9,223,372,036,854,775,808")
    #expect(Markdown.percent(1, of: 8) == "12.50 %" && Markdown.percent(1, of: 0) == "–")
    #expect(Markdown.percent(0.0699300699) == "6.99 %" && Markdown.percent(1) == "100.00 %")
    #expect(Markdown.percent(.nan) == "–" && Markdown.percent(.infinity) == "–")
  }
}
