// Packs with `boundaries: ascii-space`: Python's `text.replace(" he ", " she ")`, word after word, as GPT-NeoX's branch of
// January 2023 has it.
extension Matcher {
  /// Appends the words that stand between two spaces of the text and are searched for.
  func findSpacedWords(in segment: SegmentText, _ range: Range<Int>, _ candidates: inout [Candidate]) {
    for start in range where segment.byte(at: start - 1) == 0x20 || start == 0 && segment.leading == .cut {
      for word in tables.spacedWords where segment.holds(tables.text[word.from], at: start) {
        guard let verdict = verdict(of: word, segment, start) else { continue }
        candidates.append(
          Candidate(
            start: start, end: start + Int(word.from.count), verdict: verdict, entry: word.entry,
            branch: UInt16(tables.entries[Int(word.entry)].branches.first), isUncertain: false))
      }
    }
  }

  /// Nil if no space follows.
  private func verdict(of word: SpacedWord, _ segment: SegmentText, _ start: Int) -> Verdict? {
    guard let after = segment.byte(at: start + Int(word.from.count)) else {
      return segment.trailing == .cut ? .keep(.edge) : nil
    }
    guard after == 0x20 else { return nil }
    // "he he he": the space between two is used up by the first.
    var (position, isFree) = (start, true)
    while true {
      guard let space = segment.byte(at: position - 1) else { return segment.leading == .cut ? .keep(.edge) : nil }
      guard space == 0x20 else { return nil }
      let previous = position - 1 - Int(word.from.count)
      // A run that goes further than a decision may see.
      if start - previous > Self.reach { return .keep(.edge) }
      if previous < 0 {
        if segment.leading == .cut { return .keep(.edge) }
        break
      }
      guard segment.holds(tables.text[word.from], at: previous) else { break }
      if previous == 0, segment.leading == .end { break }
      if previous > 0, segment.bytes[previous - 1] != 0x20 { break }
      isFree.toggle()
      position = previous
    }
    return isFree ? .replace(word.to) : .keep(.boundary)
  }
}

extension SegmentText {
  fileprivate func byte(at place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

  fileprivate func holds(_ word: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    place >= 0 && place + word.count <= bytes.count && bytes[place..<place + word.count].elementsEqual(word)
  }
}
