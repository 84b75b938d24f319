import Testing
import UnicodeText

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("a\tb\nc", "a⇥b⏎c"), ("\r\u{0}\u{1B}\u{7F}", "␍␀␛␡"), ("\u{202E}x\u{FEFF}\u{85}", "⟨U+202E⟩x⟨U+FEFF⟩⟨U+0085⟩"),
    ("é e\u{301} \u{301}\n\u{301}", "é e\u{301} \u{301}⏎\u{25CC}\u{301}"), ("\u{301}x", "\u{25CC}\u{301}x"),
    ("日本 👩‍👩‍👧", "日本 👩‍👩‍👧"),
  ])
  func everythingIsVisibleOnOneLine(text: String, shown: String) {
    #expect(VisibleText.line(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
  }

  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("\u{301}", 0), ("한", 2), ("ｈｅ", 4), ("👩‍👩‍👧", 2), ("🇫🇷", 2), ("☺\u{FE0F}", 2),
    ("⏎→", 2), ("", 0),
  ])
  func widthsAreThoseOfATerminal(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func partsOfATextHaveWholeCharacters() {
    #expect(DisplayWidth.front(of: "日本x", width: 3) == "日")
    #expect(DisplayWidth.back(of: "日本e\u{301}", width: 3) == "本e\u{301}")
    #expect(DisplayWidth.front(of: "abc", width: 0) == "" && DisplayWidth.back(of: "abc", width: 9) == "abc")
  }
}
