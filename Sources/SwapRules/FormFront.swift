/// The forms that begin with the same letters: "he", "he is", "he was", "he's".
///
/// What stands behind the letters in a text rules out nearly always all but the one that is no longer than they are.
struct FormFront {
  /// The form that is one plain word, if there is one.
  private var alone: UInt32?
  /// What second words there are.
  private var words = FormContinuation.Several()
  /// All are that word or go on with a space or an apostrophe.
  private var isPlain = false
  /// In `Tables.groups`, where the forms of each continuation's code begin, of words and then of all else; nil for few forms.
  private(set) var groups: UInt32?

  /// So many are looked at one by one.
  private static let few = 8

  /// Of no forms.
  init() {}

  init(_ range: Range<Int>, of forms: [Form], _ groups: inout [UInt32]) {
    isPlain = true
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
      case .otherWord: words.formUnion(.anyWord)
      case let word: words.insert(word)
      }
    }
  }

  /// Of the forms those that may stand where the letters end at `run`.
  @inline(__always)
  func possible(_ forms: Range<Int>, behind run: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    guard isPlain, rulesOutLonger(bytes, run) else { return forms }
    return alone.map { Int($0)..<Int($0) &+ 1 } ?? forms.lowerBound..<forms.lowerBound
  }

  @inline(__always)
  private func rulesOutLonger(_ bytes: UnsafeBufferPointer<UInt8>, _ run: Int) -> Bool {
    guard run < bytes.count else { return false }
    if TextView.isPlainMark(bytes[run]) { return true }
    guard TextView.isPlainSpace(bytes[run]), let word = FormContinuation.word(at: run &+ 1, in: bytes) else {
      return false
    }
    return !words.contains(word)
  }
}
