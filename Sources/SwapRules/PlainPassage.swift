import CBytes

// The short way to most passages: plain text in which words of English stand near the match, 64 bytes at a time.
extension TextView {
  /// True if the words around a match tell of English, as they mostly do, or at least none of another language, and all that
  /// are read on the way are plain text. Where this says true, ``isForeign(_:_:_:)`` says no. `width` is the most bytes that
  /// are looked at in one step.
  func isPlainlyEnglish(_ start: Int, _ end: Int, _ words: LanguageWords, width: Int32 = 32) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var list = words.plainList
    return tiresias_is_plainly_not_foreign(base, lower, upper, start, end, &list, width)
  }
}
