import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

/// Text that is hostile to code that works by blocks of 64 bytes: everything that the pattern tells apart, in runs that end
/// around the blocks' edges.
struct HostileText {
  private static let runs: [[String]] = [
    [" "], ["a", "s", "T", "ll", "é", "е", "ё", "中", "한", "ª", "ǅ", "ʰ", "ﬁ", "\u{10400}", "\u{4DB5}", "\u{2CEB0}"],
    ["1", "9", "\u{663}", "Ⅷ", "½", "\u{1D7D8}"], ["\n", "\t", "\r\n", "\u{B}", "\u{C}", "\u{1C}"],
    ["\u{A0}", "\u{85}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{3000}", "\u{202F}"],
    [
      ".", "'", "\u{0}", "_", "<", "\u{2019}", "—", "×", "÷", "\u{301}", "\u{200B}", "\u{FEFF}", "\u{4DC0}", "€",
      "\u{1F600}",
    ],
    ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'l", "'r", "'vé", "'sé", "''s"],
    ["\u{378}", "\u{E000}", "\u{FFFE}", "\u{10FFFF}", "\u{D7FF}", "\u{E0100}"],
  ]

  static func make(_ generator: inout SplitMix) -> [UInt8] {
    (0..<Int.random(in: 1...8, using: &generator)).flatMap { _ in
      let length = [1, 1, 1, 2, 2, 3, 7, 15, 16, 23, 24, 25, 26, 48, 49, 62, 63, 64, 65, 66, 130].randomElement(
        using: &generator)!
      let parts = runs.randomElement(using: &generator)!
      let one = parts.randomElement(using: &generator)!
      let isMixed = Bool.random(using: &generator)
      return (0..<length).flatMap { _ in Array((isMixed ? parts.randomElement(using: &generator)! : one).utf8) }
    }
  }
}

@Suite struct PreTokenCutterTests {
  private static let patterns = [0, 2, 3, 15, 16, 17, 24, 40, 64, 65, 200].map { PreTokenPattern(longestRun: $0) }

  /// Starts of pre-tokens as the scan by characters finds them.
  private func slow(_ text: [UInt8], _ pattern: PreTokenPattern) -> [Int] {
    text.withUnsafeBufferPointer { text in
      var starts: [Int] = []
      var place = 0
      while place < text.count {
        starts.append(place)
        place = pattern.end(in: text, from: place, end: text.count)
      }
      return starts + [text.count]
    }
  }

  private func fast(_ text: [UInt8], _ pattern: PreTokenPattern, _ registers: Int) -> [Int] {
    // Without a byte to spare behind the text, so that a read beyond it is seen where memory is watched.
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    defer { copy.deallocate() }
    _ = copy.initialize(from: text)
    var cutter = PreTokenCutter(pattern, registers: registers)
    cutter.begin(UnsafeBufferPointer(copy))
    var starts: [Int] = []
    while true {
      let count = cutter.next()
      if count == 0 { return starts + [text.count] }
      starts += (0..<count).map { Int(cutter.starts[$0]) }
      if cutter.starts[count] > text.count || starts.last! >= cutter.starts[count] { return [-1] }
    }
  }

  private func compare(_ text: [UInt8], _ patterns: [PreTokenPattern] = patterns) {
    for pattern in patterns {
      let expected = slow(text, pattern)
      for registers in 0..<PreTokenCutter.kinds where fast(text, pattern, registers) != expected {
        Issue.record("\(pattern.longestRun) \(registers): \(String(decoding: text, as: UTF8.self).debugDescription)")
      }
    }
  }

  @Test func hostileTextIsCutAsCharacterByCharacter() {
    var generator = SplitMix(seed: 61)
    for _ in 0..<1500 { compare(HostileText.make(&generator)) }
  }

  @Test func ordinaryTextIsCutAsCharacterByCharacter() {
    var generator = SplitMix(seed: 62)
    for count in [3, 30, 300] {
      for _ in 0..<200 { compare(RandomText.make(&generator, upTo: count), Array(Self.patterns.prefix(6))) }
    }
  }

  @Test(arguments: [62, 63, 64, 65, 126, 127, 128, 129])
  func whatStandsAtABlocksEdgeIsCutRight(_ edge: Int) {
    let parts = [
      "'s", "'ll", "'re", " a", "  a", "\n a", "\n\na", "\u{A0}a", " \u{A0}", "\u{3000}\u{3000}中", "é1", "中 ",
      "\u{1F600}a",
      "'l", "'", "×é", "é×", "1'd2", "", "\u{2028}\n", "a\u{301}",
    ]
    for fill in ["a", " ", "1", ".", "\n", "é", "中"] {
      let before = [UInt8](repeating: UInt8(ascii: "x"), count: edge % fill.utf8.count)
      let filled = before + Array(String(repeating: fill, count: edge / fill.utf8.count).utf8)
      for part in parts {
        for (front, behind) in [(0, ""), (0, "a"), (0, " b"), (1, ""), (1, "'s"), (2, " "), (3, "é")] {
          compare(
            filled.dropLast(front * fill.utf8.count) + Array((part + behind).utf8),
            [Self.patterns[0], Self.patterns[6]])
        }
      }
    }
  }

  @Test func everyCharacterHasItsClass() {
    // One text of all characters, between letters and before spaces.
    for first in stride(from: UInt32(0), to: 0x110000, by: 0x1000) {
      let scalars = (first..<first + 0x1000).compactMap { Unicode.Scalar($0) }
      compare(scalars.flatMap { Array("a\($0)1".utf8) }, [Self.patterns[6]])
      compare(scalars.flatMap { Array("\($0)".utf8) }, [Self.patterns[0]])
    }
  }
}
