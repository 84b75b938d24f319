import CBytes

// The short way to most passages: plain text in which words of English stand near the match, 64 bytes at a time.
extension TextView {
  /// On either side. So few have no ``foreignGaps`` bytes between words.
  private static let blocks = 2

  /// True if the words around a match tell of English, as they mostly do, and all that are read on the way are plain text.
  /// Where this says true, ``isForeign(_:_:_:)`` says no.
  func isPlainlyEnglish(_ start: Int, _ end: Int, _ words: LanguageWords) -> Bool {
    var reading = PlainReading(place: start)
    if let isEnglish = tells(&reading, isAhead: false, words) { return isEnglish }
    reading.turn(to: end)
    return tells(&reading, isAhead: true, words) ?? false
  }

  /// Whether the words on one side tell; nil if they do not, and all of them are plain.
  @inline(__always)
  private func tells(_ reading: inout PlainReading, isAhead: Bool, _ words: LanguageWords) -> Bool? {
    for _ in 0..<Self.blocks {
      guard var block = PlainBlock(self, at: reading.place, isAhead: isAhead) else { return false }
      switch reading.read(&block, in: bytes, words) {
      case .english: return true
      case .odd: return false
      case .end: return nil
      case .more: continue
      }
    }
    return false
  }
}

/// How far the words on one side of a match are read, and what they say.
private struct PlainReading {
  enum Told {
    case english
    /// Something is not plain, or tells of another language.
    case odd
    /// All words of the block are read.
    case more
    /// All words on this side are read.
    case end
  }

  /// Where the last word begins, or, ahead, where it ends.
  private(set) var place: Int
  private var words = 0
  /// A quotation's mark was passed.
  private var isBeyond = false
  private var balance = LanguageBalance()

  init(place: Int) { self.place = place }

  mutating func turn(to place: Int) { (self.place, words, isBeyond) = (place, 0, false) }

  @inline(__always)
  mutating func read(
    _ block: inout PlainBlock, in bytes: UnsafeBufferPointer<UInt8>, _ list: LanguageWords
  ) -> Told {
    while let word = block.next() {
      if block.endsParagraph(beside: word) { return .end }
      words &+= 1
      let (count, end) = (word.count, block.first &+ word.end)
      if count < PlainBlock.lead {
        let packed = PackedWord(upTo: end, count: count, in: bytes)
        if let language = list.language(of: packed) {
          guard block.isNoAddress(word) else { return .odd }
          let isCapital = bytes[end &- count] & 0x20 == 0
          let isNear = words <= TextView.nearWords && !isBeyond && !block.hasQuotes(before: word)
          balance.add(
            packed.bits, language == .english && isCapital ? .titleEnglish : language, isNear ? 2 : 1)
          guard balance.isEnglish else { return .odd }
          if balance.isSettled { return .english }
        }
      } else if count > TextView.longestWord {
        return .odd
      }
      if words == TextView.foreignWords { return .end }
      block.pass(word)
      place = block.isAhead ? end : end &- count
    }
    if block.endsParagraph { return .end }
    isBeyond = isBeyond || block.hasQuotes
    return block.isPlain ? .more : .odd
  }
}

/// The words of 64 bytes, from the match outwards, a bit for each byte.
private struct PlainBlock {
  private static let size = 64
  /// A word's letters are taken from the eight bytes before its end.
  static let lead = 8

  struct Word {
    /// The bits of its first letter and of its last.
    let start: UInt64
    let last: UInt64

    var count: Int { last.trailingZeroBitCount &- start.trailingZeroBitCount &+ 1 }
    var end: Int { last.trailingZeroBitCount &+ 1 }
    /// What stands on its two sides.
    var below: UInt64 { start &- 1 }
    var above: UInt64 { ~(last | (last &- 1)) }
  }

  let first: Int
  let isAhead: Bool
  private var text = tiresias_text_bits()
  /// From the match to the first byte that is not plain; never to the block's end, beyond which a word may go on.
  private let plain: UInt64
  private var starts: UInt64
  private var lasts: UInt64
  /// Of what is plain the rest, beyond the words that were passed.
  private var unread: UInt64
  /// Most blocks have one line's end at most.
  private let hasLines: Bool

  /// Nil where the text is not known so far.
  @inline(__always)
  init?(_ view: TextView, at place: Int, isAhead: Bool) {
    self.isAhead = isAhead
    first = isAhead ? place : place &- Self.size
    guard let base = view.bytes.baseAddress, first &- Self.lead >= view.lower, first &+ Self.size <= view.upper else {
      return nil
    }
    tiresias_read_text(base + first, &text, 32)
    let odd = isAhead ? Self.lowest(text.odd | 1 &<< 63) : Self.highest(text.odd | 1)
    plain = isAhead ? odd &- 1 : ~(odd | (odd &- 1))
    let letters = text.letters & plain
    (starts, lasts) = (letters & ~(letters &<< 1), letters & ~(letters &>> 1))
    // What touches a byte that is not plain may go on there.
    if (isAhead ? letters &<< 1 : letters &>> 1) & odd != 0 {
      starts ^= isAhead ? Self.highest(starts) : Self.lowest(starts)
      lasts ^= isAhead ? Self.highest(lasts) : Self.lowest(lasts)
    }
    unread = plain
    hasLines = Self.hasTwo(text.line_feeds)
  }

  @inline(__always)
  mutating func next() -> Word? {
    if lasts == 0 { return nil }
    let word =
      isAhead
      ? Word(start: Self.lowest(starts), last: Self.lowest(lasts))
      : Word(start: Self.highest(starts), last: Self.highest(lasts))
    (starts, lasts) = (starts ^ word.start, lasts ^ word.last)
    return word
  }

  @inline(__always)
  mutating func pass(_ word: Word) { unread = plain & (isAhead ? word.above : word.below) }

  /// No text ends within the block but at a word that may go on beyond it.
  var isPlain: Bool { text.odd == 0 && unread != plain }

  /// More than one line feed between the last word that was passed and this one.
  @inline(__always)
  func endsParagraph(beside word: Word) -> Bool { hasLines && Self.hasTwo(text.line_feeds & unread & between(word)) }

  /// The same behind the last word.
  var endsParagraph: Bool { hasLines && Self.hasTwo(text.line_feeds & unread) }

  /// A quotation's mark between the match and the word.
  @inline(__always)
  func hasQuotes(before word: Word) -> Bool { text.quotes & between(word) != 0 }

  /// The same for the last word.
  var hasQuotes: Bool { text.quotes & ~unread != 0 }

  /// An address ends at white space and at quotation marks: there are some before the word and behind it.
  @inline(__always)
  func isNoAddress(_ word: Word) -> Bool {
    text.ends & plain & word.below != 0 && text.ends & plain & word.above != 0
  }

  @inline(__always)
  private func between(_ word: Word) -> UInt64 { isAhead ? word.below : word.above }

  @inline(__always)
  private static func hasTwo(_ bits: UInt64) -> Bool { bits & (bits &- 1) != 0 }

  @inline(__always)
  private static func lowest(_ bits: UInt64) -> UInt64 { bits & (0 &- bits) }

  /// There is one.
  @inline(__always)
  private static func highest(_ bits: UInt64) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: 63 &- bits.leadingZeroBitCount)
  }
}

extension PackedWord {
  /// The `count` ASCII letters before `end`, 1 to 7; eight bytes can be read there.
  @inline(__always)
  fileprivate init(upTo end: Int, count: Int, in text: UnsafeBufferPointer<UInt8>) {
    let unused = UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let bytes = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self).littleEndian
    self.init(bits: (bytes &>> unused).byteSwapped &>> unused | 0x2020_2020_2020_2020 &>> unused, count: count)
  }
}
