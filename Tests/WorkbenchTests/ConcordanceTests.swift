import Testing
import UnicodeText

@testable import Workbench

@Suite struct ConcordanceTests {
  private func lines(_ text: String, width: Int) throws -> [String] {
    let concordance = Concordance(width: width)
    return try hits(text, pack(pronouns)).map { concordance.line($0).map(\.text).joined() }
  }

  @Test(arguments: [40, 80, 119, 120, 200])
  func wordsAndRulesStandBelowEachOtherWhateverTheLetters(width: Int) throws {
    let text = "彼女は he 日本語 said\the\n e\u{301}te\u{301} his 👩‍👩‍👧 and he 한국어 his"
    let lines = try lines(text, width: width)
    #expect(lines.count == 5)
    let columns = lines.map { line in DisplayWidth.of(line.prefix { $0 != "[" }) }
    #expect(Set(columns).count == 1)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    let rules = try zip(lines, hits(text, pack(pronouns))).map { line, hit in
      DisplayWidth.of(line) - DisplayWidth.of(hit.rule + (hit.isUncertain ? " ?" : ""))
    }
    #expect(Set(rules).count == 1)
  }

  @Test func nothingInTheTextActsOnTheTerminal() throws {
    let line = try #require(try lines("\u{1B}[31m \u{202E}x\u{200B} he\u{0} y\r\n", width: 120).first)
    #expect(line.contains("␛[31m ⟨U+202E⟩x⟨U+200B⟩ [he→she]␀ y␍⏎"))
  }

  @Test(arguments: [99_999_999_999, Int.max]) func theWidthIsNeverMoreThanAnyTerminalHas(width: Int) throws {
    #expect(try lines("he", width: width).allSatisfy { DisplayWidth.of($0) <= Concordance.maximumWidth })
  }

  @Test func theWidthIsNeverBelowForty() throws {
    #expect(try lines("he", width: 1).allSatisfy { DisplayWidth.of($0) <= 40 })
  }
}
