/// Several forms that begin with the same letters: "he", "he is", "he was", "he's".
///
/// What stands behind the letters in a text rules out nearly always all but the one that is no longer than they are.
struct FormFront {
  /// The form that is one plain word, if there is one.
  private var alone: UInt32?
  /// What second words there are: where their bits begin in `Tables.continuations`.
  private var words: UInt32 = 0
  /// All are that word or go on with a space or an apostrophe.
  private var isPlain = false
  /// In `Tables.groups`, where the forms of each continuation's code begin, of words and then of all else; nil for few forms.
  private(set) var groups: UInt32?

  /// So many are looked at one by one.
  private static let few = 8

  /// Of one form, or none, which is not asked what follows.
  init() {}

  init(_ range: Range<Int>, of forms: [Form], _ groups: inout [UInt32], _ continuations: inout [UInt64]) {
    isPlain = true
    words = UInt32(continuations.count)
    continuations += [UInt64](repeating: 0, count: FormContinuation.wordsOfFront)
    if range.count > Self.few {
      self.groups = UInt32(groups.count)
      groups += (0...FormContinuation.hashes).map { code in
        UInt32(range.first { forms[$0].continuation.code >= code } ?? range.upperBound)
      }
    }
    for index in range {
      switch forms[index].continuation {
      case _ where forms[index].isPlain: alone = UInt32(index)
      case .none: isPlain = false
      case .mark: break
      case .otherWord:
        for word in Int(words)..<continuations.count { continuations[word] = .max }
      case let continuation:
        let (word, bit) = continuation.place
        continuations[Int(words) + word] |= 1 << bit
      }
    }
  }

  /// Of the forms those that may stand where the letters end at `run`.
  @inline(always)
  func possible(
    _ forms: Range<Int>, behind run: Int, in bytes: UnsafeBufferPointer<UInt8>, _ continuations: UnsafePointer<UInt64>
  ) -> Range<Int> {
    guard isPlain, rulesOutLonger(bytes, run, continuations) else { return forms }
    guard let alone else { return Range(uncheckedBounds: (forms.lowerBound, forms.lowerBound)) }
    return Range(uncheckedBounds: (Int(alone), Int(alone) &+ 1))
  }

  @inline(always)
  private func rulesOutLonger(
    _ bytes: UnsafeBufferPointer<UInt8>, _ run: Int, _ continuations: UnsafePointer<UInt64>
  ) -> Bool {
    guard run < bytes.count else { return false }
    let byte = bytes[run]
    if byte < 0x80, byte != 0x27, !byte.isASCIISpace { return true }
    guard TextView.isPlainSpace(byte), let word = FormContinuation.word(at: run &+ 1, in: bytes) else {
      return false
    }
    let place = word.place
    return continuations[Int(words) &+ place.word] &>> place.bit & 1 == 0
  }
}
