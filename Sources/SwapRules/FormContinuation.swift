import CBytes

/// What a form has behind its first letters: nothing, a word that begins with letters that are known by a hash, another word,
/// or something else, such as an apostrophe.
///
/// Of a hundred forms that begin alike ("he is", "he never was", "he's") it rules out nearly all at a look.
struct FormContinuation: Equatable {
  /// Below ``hashes`` a word with that hash. What is longer than nothing has a lower code.
  let code: UInt8

  private static let hashBits: UInt64 = 6
  static let hashes: UInt8 = 1 << hashBits
  static let otherWord = FormContinuation(code: hashes)
  static let mark = FormContinuation(code: hashes + 1)
  static let none = FormContinuation(code: hashes + 2)

  private init(code: UInt8) { self.code = code }

  /// Of the folded bytes behind a form's first letters.
  init(_ rest: [UInt8]) {
    switch rest.first {
    case nil: self = .none
    case 0x20:
      let word = rest.dropFirst().prefix { $0 != 0x20 }
      // In capitals ß is SS: other letters than those here.
      let isKnown = word.first?.isASCIILetter == true && word.allSatisfy { $0 < 0x80 }
      self = isKnown ? Self.word(rest.dropFirst().prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }) : .otherWord
    default: self = .mark
    }
  }

  /// Of the ASCII letters, at most eight, that a word begins with.
  @inline(__always)
  private static func word(_ bytes: UInt64) -> FormContinuation {
    FormContinuation(code: UInt8(truncatingIfNeeded: tiresias_letters_hash(bytes, 64 - hashBits)))
  }

  /// The word at `place` of a text; nil where that is not known or begins with no ASCII letter.
  @inline(__always)
  static func word(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> FormContinuation? {
    guard place &+ 8 <= bytes.count, bytes[place].isASCIILetter, let base = UnsafeRawPointer(bytes.baseAddress) else {
      return nil
    }
    return word(base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
  }

  /// Several of them, a bit each.
  struct Several {
    private var words: UInt64 = 0
    private var others: UInt64 = 0

    static let anyWord = Several(words: .max, others: 1)

    @inline(__always)
    func contains(_ one: FormContinuation) -> Bool {
      (one.code < hashes ? words : others) &>> UInt64(one.code & (hashes - 1)) & 1 != 0
    }

    @inline(__always)
    mutating func insert(_ one: FormContinuation) {
      let bit: UInt64 = 1 &<< UInt64(one.code & (hashes - 1))
      if one.code < hashes { words |= bit } else { others |= bit }
    }

    mutating func formUnion(_ other: Several) { (words, others) = (words | other.words, others | other.others) }
  }

  /// What may stand behind letters of a text.
  struct Seen {
    private var allowed = Several()
    private var isCut = false
    /// The word, where there is one that is known.
    private(set) var word: FormContinuation?
    private static let longestGap = 17

    init(_ segment: SegmentText, behind run: Int) {
      guard run < segment.bytes.count else {
        isCut = true
        return
      }
      allowed.insert(.none)
      let byte = segment.bytes[run]
      if byte == 0x27 || byte == 0xE2 { allowed.insert(.mark) }
      guard byte.isASCIISpace else { return }
      var place = run + 1
      let limit = min(segment.bytes.count, run + Self.longestGap)
      while place < limit, segment.bytes[place].isASCIISpace { place += 1 }
      allowed.insert(.otherWord)
      word = FormContinuation.word(at: place, in: segment.bytes)
      if let word {
        allowed.insert(word)
      } else {
        allowed.formUnion(.anyWord)
      }
    }

    @inline(__always)
    func allows(_ continuation: FormContinuation) -> Bool { isCut || allowed.contains(continuation) }
  }
}
