import CBytes

// The short way to most passages: plain text in which words of English stand near the match, a block at a time.
extension TextView {
  /// True if the words around a match tell of English, as they mostly do, or at least none of another language, and all that
  /// are read on the way are plain text. Where this says true, ``isForeign(_:_:_:)`` says no.
  @inline(always)
  func isPlainlyEnglish(_ start: Int, _ end: Int, _ words: LanguageWords) -> Bool {
    // Beyond an edge there may be more of an address, whose words are not told from others here.
    let (lower, upper) = (lower + (openStart ? Self.addressReach : 0), upper - (openEnd ? Self.addressReach : 0))
    guard let base = bytes.baseAddress, lower <= start, end <= upper else { return false }
    return tiresias_is_plainly_not_foreign(base, lower, upper, start, end, words.plainList)
  }
}
