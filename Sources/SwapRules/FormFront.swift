import CBytes

/// The forms that begin with the same letters: "he", "he is", "he was", "he's".
///
/// What stands behind the letters in a text rules out nearly always all but the one that is no longer than they are.
struct FormFront {
  /// The form that is one plain word, if there is one.
  private var alone: UInt32?
  /// A bit for each hash of the letters that a second word begins with; all where it begins otherwise.
  private var seconds: UInt64 = 0
  /// All are that word or go on with a space or an apostrophe.
  private var isPlain = false

  /// Of no forms.
  init() {}

  init(_ forms: Range<Int>, _ parts: TableParts) {
    isPlain = true
    for index in forms {
      let form = parts.forms[index]
      if form.isPlain {
        alone = UInt32(index)
      } else if form.afterRun == 0x20 {
        seconds |= Self.bits(ofSecondWord: Array(parts.text.string(parts.formWords[Int(form.words.first) + 1].lower).utf8))
      } else if form.afterRun != 0x27 {
        isPlain = false
      }
    }
  }

  private static func bits(ofSecondWord word: [UInt8]) -> UInt64 {
    guard word.first?.isASCIILetter == true else { return .max }
    return bit(of: word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }

  private static func bit(of word: UInt64) -> UInt64 { 1 &<< tiresias_letters_hash(word, 64 - 6) }

  /// Of the forms those that may stand where the letters end at `run`.
  @inline(__always)
  func possible(_ forms: Range<Int>, behind run: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    guard isPlain, run &+ 9 <= bytes.count, rulesOutLonger(bytes, run) else { return forms }
    return alone.map { Int($0)..<Int($0) &+ 1 } ?? forms.lowerBound..<forms.lowerBound
  }

  @inline(__always)
  private func rulesOutLonger(_ bytes: UnsafeBufferPointer<UInt8>, _ run: Int) -> Bool {
    let byte = bytes[run]
    guard TextView.isPlainSpace(byte) else { return TextView.isPlainMark(byte) }
    guard bytes[run &+ 1].isASCIILetter, let base = UnsafeRawPointer(bytes.baseAddress) else { return false }
    let next = base.loadUnaligned(fromByteOffset: run &+ 1, as: UInt64.self).littleEndian
    return seconds & Self.bit(of: next) == 0
  }
}
