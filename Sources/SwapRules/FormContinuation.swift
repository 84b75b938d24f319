import CBytes

/// What a form has behind its first letters: nothing, a word that begins with letters that are known by a hash, another word,
/// or something else, such as an apostrophe.
///
/// Of a hundred forms that begin alike ("he is", "he never was", "he's") it rules out nearly all at a look.
struct FormContinuation: Equatable {
  /// Below ``hashes`` a word with that hash. What is longer than nothing has a lower code.
  let code: UInt16

  private static let hashBits: UInt64 = 9
  static let hashes: UInt16 = 1 << hashBits
  static let otherWord = FormContinuation(code: hashes)
  static let mark = FormContinuation(code: hashes + 1)
  static let none = FormContinuation(code: hashes + 2)

  private init(code: UInt16) { self.code = code }

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
  @inline(always)
  private static func word(_ bytes: UInt64) -> FormContinuation {
    FormContinuation(code: UInt16(truncatingIfNeeded: tiresias_letters_hash(bytes, 64 - hashBits)))
  }

  /// The word at `place` of a text; nil where that is not known or begins with no ASCII letter.
  @inline(always)
  static func word(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> FormContinuation? {
    guard place &+ 8 <= bytes.count, bytes[place].isASCIILetter, let base = UnsafeRawPointer(bytes.baseAddress) else {
      return nil
    }
    return word(base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
  }

  var isKnownWord: Bool { code < Self.hashes }

  /// Which bit of several words', in `Tables.continuations`, stands for a word: the integer and the bit in it.
  @inline(always)
  var place: (word: Int, bit: UInt64) { (Int(code &>> 6), UInt64(code & 63)) }

  /// Integers for the words of one front.
  static let wordsOfFront = Int(hashes) / 64

  /// What stands behind letters of a text.
  struct Seen {
    private enum Next {
      /// The text is not known so far.
      case cut
      case mark, space, other
    }

    private let next: Next
    /// The word behind white space, where there is one that is known.
    let word: FormContinuation?
    private static let longestGap = 17

    init(_ segment: SegmentText, behind run: Int) {
      guard run < segment.bytes.count else {
        (next, word) = (.cut, nil)
        return
      }
      let byte = segment.bytes[run]
      guard byte.isASCIISpace else {
        (next, word) = (byte == 0x27 || byte == 0xE2 ? .mark : .other, nil)
        return
      }
      var place = run + 1
      let limit = min(segment.bytes.count, run + Self.longestGap)
      while place < limit, segment.bytes[place].isASCIISpace { place += 1 }
      (next, word) = (.space, FormContinuation.word(at: place, in: segment.bytes))
    }

    /// False if a form with that continuation does not stand here.
    @inline(always)
    func allows(_ continuation: FormContinuation) -> Bool {
      if continuation == .none { return true }
      switch next {
      case .cut: return true
      case .mark: return continuation == .mark
      case .other: return false
      case .space: return continuation == .otherWord || continuation != .mark && (word == nil || word == continuation)
      }
    }
  }
}
