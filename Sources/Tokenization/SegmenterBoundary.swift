import UnicodeText

extension Segmenter {
  /// The greatest place at or before `position` that is a boundary whatever stands before the text.
  ///
  /// Where no pre-token can have the characters on both sides, there is one. Within white space it takes the run's start
  /// to know, so that the search goes back to it; it goes back over any other pre-token too.
  func boundary(atOrBefore position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    if position >= text.count { return text.count }
    var place = position
    while place > 0 {
      if text[place] & 0xC0 != 0x80 {
        if isSeam(text, place) { return place }
        if isInsideRun(text, place), let (start, cut) = lastCut(text, place) {
          if let cut { return cut }
          place = start
          if start == 0 || isSeam(text, start) { break }
        }
      }
      place -= 1
    }
    return place > 0 ? place : nil
  }

  /// True if the place before the character at `place` is certain to be a boundary by what stands around it, runs of
  /// spaces left aside.
  private func isSeam(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    if seams.mayJoin(text[place - 1], text[place]) { return false }
    guard let before = scalar(text, before: place), let after = scalar(text, at: place) else { return false }
    switch (CharacterClass.of(before), CharacterClass.of(after.value)) {
    case (.space, .space): return isSeamInSpace(text, place, before, after)
    case (.space, _): return before != 0x20
    case (.other, .letter): return before != 0x27 || !mayContract(text, place - 1)
    case (let a, let b): return a != b
    }
  }

  private func mayContract(_ text: UnsafeBufferPointer<UInt8>, _ apostrophe: Int) -> Bool {
    text.baseAddress.map { PreTokenPattern.contractionLength($0, apostrophe, text.count) > 0 } ?? false
  }

  /// Between two white spaces: where a run of spaces begins, and before the last one that something follows.
  private func isSeamInSpace(
    _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ before: UInt32, _ after: (value: UInt32, end: Int)
  ) -> Bool {
    if seams.disturbSpaces { return false }
    let folds = pattern.longestRun > 0
    if folds && before == 0x20 && after.value == 0x20 { return false }
    guard after.end < text.count, let next = scalar(text, at: after.end) else { return false }
    if folds && after.value == 0x20 && next.value == 0x20 { return true }
    return CharacterClass.of(next.value) != .space && !seams.firstBytes.contains(text[after.end])
  }

  /// True if `place` lies within a run of spaces, or at its end.
  private func isInsideRun(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    pattern.longestRun > 0 && !seams.disturbSpaces && text[place - 1] == 0x20
  }

  /// The start of the run of spaces that holds `place` or ends there, and the last place at or before `place` where it is
  /// cut; nil for the cut if the run's start is not certain or no cut precedes.
  private func lastCut(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (start: Int, cut: Int?)? {
    var (start, end) = (place - 1, place)
    while start > 0 && text[start - 1] == 0x20 { start -= 1 }
    while end < text.count && text[end] == 0x20 { end += 1 }
    // Two spaces or more begin a token of their own, whatever precedes but a space.
    guard start > 0, end - start >= 2 else { return (start, nil) }
    let rest = (end - start) % pattern.longestRun
    if place == end && rest != 1 { return (start, end) }
    let cut = start + (place - start) / pattern.longestRun * pattern.longestRun
    return (start, cut > start ? cut : nil)
  }

  private func scalar(_ text: UnsafeBufferPointer<UInt8>, before place: Int) -> UInt32? {
    guard case .scalar(let value, _) = UTF8Text.read(text, before: place, start: 0) else { return nil }
    return value
  }

  private func scalar(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> (value: UInt32, end: Int)? {
    guard case .scalar(let value, let length) = UTF8Text.read(text, at: place, end: text.count) else { return nil }
    return (value, place + length)
  }
}
