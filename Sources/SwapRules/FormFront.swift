import CBytes

/// The forms that begin with the same letters: "he", "he is", "he was", "he's".
///
/// What stands behind the letters in a text rules out nearly always all but the one that is no longer than they are.
struct FormFront {
  /// The form that is one plain word, if there is one.
  private var alone: UInt32?
  /// A bit for each ``Form/second``; all where a second word has none.
  private var seconds: UInt64 = 0
  /// All are that word or go on with a space or an apostrophe.
  private var isPlain = false

  /// Of no forms.
  init() {}

  init(_ range: Range<Int>, of forms: [Form]) {
    isPlain = true
    for index in range {
      switch (forms[index].isPlain, forms[index].afterRun) {
      case (true, _): alone = UInt32(index)
      case (false, 0x20): seconds |= forms[index].second.map { 1 << UInt64($0) } ?? .max
      case (false, 0x27): break
      default: isPlain = false
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
    guard TextView.isPlainSpace(bytes[run]), let second = Self.hash(ofWordAt: run &+ 1, in: bytes) else { return false }
    return seconds >> UInt64(second) & 1 == 0
  }

  // MARK: Second words

  private static let hashBits: UInt64 = 6

  /// Of the ASCII letters, at most eight, that a word begins with.
  static func hash(ofWord word: [UInt8]) -> UInt8? {
    guard word.first?.isASCIILetter == true else { return nil }
    return hash(word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The same in a text; nil where not as many bytes are known.
  @inline(__always)
  static func hash(ofWordAt place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
    guard place &+ 8 <= bytes.count, bytes[place].isASCIILetter, let base = UnsafeRawPointer(bytes.baseAddress) else {
      return nil
    }
    return hash(base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
  }

  @inline(__always)
  private static func hash(_ word: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: tiresias_letters_hash(word, 64 - hashBits))
  }
}
