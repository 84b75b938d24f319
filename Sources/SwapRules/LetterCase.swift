/// How the words of a match are written, each lower, Title or UPPER.
struct LetterCase: Equatable {
  /// Words that a form or a replacement has at most.
  static let maximumWords = 4

  private let digits: UInt8
  private let wordCount: UInt8
  /// Of the first word.
  let first: WordCase

  @inline(always)
  init(code: Int, words: Int) {
    (digits, wordCount) = (UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: words))
    first = code % 3 == 0 ? .lower : code % 3 == 1 ? .title : .upper
  }

  /// In base 3, the first word's digit the lowest: 0 lower, 1 Title, 2 UPPER.
  var code: Int { Int(digits) }
  var words: Int { Int(wordCount) }

  /// Of one word, by their codes.
  static let ofOneWord = (0..<count(words: 1)).map { LetterCase(code: $0, words: 1) }

  static func count(words: Int) -> Int { (0..<words).reduce(1) { count, _ in count * 3 } }

  /// The case for as many words as are written: word by word where the numbers are equal, else what all words have in
  /// common: lower, Title (the first word or every word) or UPPER. Nil for any other mix.
  func carried(to written: Int) -> Int? {
    if written == words { return code }
    let all = Self.count(words: written) - 1
    switch code {
    case 0: return 0
    case 1: return 1
    case (Self.count(words: words) - 1) / 2: return all / 2
    case Self.count(words: words) - 1: return all
    default: return nil
    }
  }
}

extension LetterCase {
  private static let step = 8

  /// How one word of ASCII letters is written; nil for a mix of cases.
  @inline(always)
  init?(ofLetters range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) {
    let count = range.upperBound &- range.lowerBound
    guard count <= Self.step, range.lowerBound &+ Self.step <= bytes.count,
      let base = UnsafeRawPointer(bytes.baseAddress)
    else {
      self.init(
        capitals: range.count { bytes[$0] & 0x20 == 0 }, of: range.count, isFirst: bytes[range.lowerBound] & 0x20 == 0)
      return
    }
    // Bit 5 tells small letters from capitals.
    let letters = 0x2020_2020_2020_2020 &>> UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let word = base.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self).littleEndian
    switch ~word & letters {
    case 0: self.init(code: 0, words: 1)
    case 0x20: self.init(code: 1, words: 1)
    case letters: self.init(code: 2, words: 1)
    default: return nil
    }
  }

  private init?(capitals: Int, of count: Int, isFirst: Bool) {
    switch capitals {
    case 0: self.init(code: 0, words: 1)
    case 1 where isFirst: self.init(code: 1, words: 1)
    case count: self.init(code: 2, words: 1)
    default: return nil
    }
  }
}
