import Testing

import Pages

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
}
