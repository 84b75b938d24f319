import UnicodeText

@testable import Terms

/// Counting terms as slowly and plainly as it can be done: every place of every text is tried.
struct SlowTerms {
  let words: [String]
  let isCaseSensitive: Bool

  /// The terms' numbers and bytes where they begin, in a text whose ends are ends of words.
  func find(in text: [UInt8]) -> [(term: Int, start: Int)] {
    let scalars = Self.scalars(text)
    var found: [(term: Int, start: Int)] = []
    for start in scalars.indices where start == 0 || !joins(scalars[start - 1].scalar) {
      for (term, word) in words.enumerated() where begins(scalars[start].scalar, word) {
        for end in start + 1..<min(start + 40, scalars.count + 1) {
          let part = scalars[start..<end].map(\.scalar)
          if spells(part, word), isWord(scalars, start, end, text) { found.append((term, scalars[start].byte)) }
        }
      }
    }
    return found
  }

  /// Code points with the bytes where they begin; nil for what is no UTF-8.
  private static func scalars(_ text: [UInt8]) -> [(scalar: Unicode.Scalar?, byte: Int)] {
    var (scalars, place): ([(scalar: Unicode.Scalar?, byte: Int)], Int) = ([], 0)
    text.withUnsafeBufferPointer { text in
      while place < text.count {
        let reading = UTF8Text.read(text, at: place, end: text.count)
        if case .scalar(let value, _) = reading {
          scalars.append((Unicode.Scalar(value), place))
        } else {
          scalars.append((nil, place))
        }
        place += reading.length
      }
    }
    return scalars
  }

  /// Only so that it ends this week.
  private func begins(_ scalar: Unicode.Scalar?, _ word: String) -> Bool {
    scalar.map { String($0).lowercased() == word.prefix(1).lowercased() } ?? false
  }

  private func spells(_ part: [Unicode.Scalar?], _ word: String) -> Bool {
    var spelt = ""
    var gap = 0
    for scalar in part {
      guard let scalar else { return false }
      let isSpace = " \t\n\r\u{B}\u{C}".unicodeScalars.contains(scalar)
      gap = isSpace ? gap + 1 : 0
      if gap > 16 { return false }
      if gap > 1 { continue }
      spelt.unicodeScalars.append(isSpace ? " " : scalar == "’" ? "'" : scalar)
    }
    return isCaseSensitive ? spelt == word : spelt.lowercased() == word.lowercased()
  }

  private func isWord(_ scalars: [(scalar: Unicode.Scalar?, byte: Int)], _ start: Int, _ end: Int, _ text: [UInt8])
    -> Bool
  {
    if start > 0, joins(scalars[start - 1].scalar) || isBracketed(scalars, start) { return false }
    if !isBoundary(text, scalars[start].byte) { return false }
    if end == scalars.count { return true }
    if joins(scalars[end].scalar) { return false }
    return isBoundary(text, scalars[end].byte) || hasClitics(scalars, end, text)
  }

  private func isBoundary(_ text: [UInt8], _ byte: Int) -> Bool {
    text.withUnsafeBufferPointer { WordBreak.isBoundary(in: $0, at: byte) }
  }

  private func joins(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return true }
    return [.letter, .number].contains(CharacterClass.of(scalar.value)) || isCombiningMark(scalar.value)
  }

  /// One or two letters in square brackets before the word; one in round ones before a small letter, but no s.
  private func isBracketed(_ scalars: [(scalar: Unicode.Scalar?, byte: Int)], _ start: Int) -> Bool {
    let before = String(String.UnicodeScalarView(scalars[..<start].suffix(4).map { $0.scalar ?? "\u{0}" }))
    if before.contains(/\[[A-Za-z]{1,2}\]$/) { return true }
    let isSmall = scalars[start].scalar.map { ("a"..."z").contains($0) } ?? false
    return isSmall && before.contains(/\([A-Za-rt-z]\)$/) && !before.contains(/\(S\)$/)
  }

  private func hasClitics(_ scalars: [(scalar: Unicode.Scalar?, byte: Int)], _ end: Int, _ text: [UInt8]) -> Bool {
    let rest = String(String.UnicodeScalarView(scalars[end...].prefix(60).map { $0.scalar ?? "\u{0}" }))
    guard
      let match = rest.prefixMatch(
        of: /(?:['’](?:s|d|ll|ve|re|m)(?![A-Za-z]))+/.ignoresCase().matchingSemantics(.unicodeScalar))
    else { return false }
    let place = end + match.output.unicodeScalars.count
    if place == scalars.count { return true }
    return !joins(scalars[place].scalar) && isBoundary(text, scalars[place].byte)
  }
}
