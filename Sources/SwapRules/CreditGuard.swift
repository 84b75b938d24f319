// Lines that say who made something: "# Copyright (C) 2003 Mary Smith", "@author Mary Smith", "Mary Smith <ms@example.org>".
extension TextView {
  /// On the same line as an address with @, behind a word such as Copyright, or in a program's comment.
  func isInCredit(_ start: Int, _ end: Int) -> Ternary {
    isBehindCredit(start) || isBeforeAddress(end)
  }

  private func isBeforeAddress(_ end: Int) -> Ternary {
    var (position, reach) = (end, LineReach())
    while true {
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0x0A || byte == 0 || !reach.takes(byte) { return .no }
      if byte == 0x40 { return isAddressSign(at: position) }
      position += 1
    }
  }

  private func isBehindCredit(_ start: Int) -> Ternary {
    var (position, reach) = (start - 1, LineReach())
    while true {
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0x0A || byte == 0 { return Ternary(opensComment(position + 1, start)) }
      if !reach.takes(byte) { return .no }
      if byte == 0x40, isAddressSign(at: position) == .yes { return .yes }
      if isCreditWord(at: position, before: start) { return .yes }
      position -= 1
    }
  }

  /// An @ between letters or digits.
  private func isAddressSign(at place: Int) -> Ternary {
    guard let before = byte(at: place - 1), let after = byte(at: place + 1) else { return .unknown }
    return Ternary(before.isASCIIWordByte && after.isASCIIWordByte)
  }

  /// `# `, `// `, `/* `, `* `, `-- `, `; ` and `% ` behind white space, ` * ` with some before it: a list begins so at the margin.
  private func opensComment(_ lineStart: Int, _ end: Int) -> Bool {
    var position = lineStart
    while position < end, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    let mark = position
    while position < end, Self.commentMarks.contains(bytes[position]) { position += 1 }
    guard position > mark, position < end, bytes[position] == 0x20 || bytes[position] == 0x09 else { return false }
    return bytes[mark] != 0x2A && (bytes[mark] != 0x2D || position - mark > 1)
      || mark > lineStart && bytes[mark] == 0x2A
  }

  private static let commentMarks = ByteSet("#/*-;%!")

  /// `Copyright`, `(c)`, and `author`, `maintainer`, `credit` and `contributor` that name a field: `@author`, `Authors:`,
  /// `__author__ =`.
  private func isCreditWord(at place: Int, before limit: Int) -> Bool {
    switch bytes[place].foldedASCII {
    case 0x28: holds("(c)", at: place, before: limit) && !(place > lower && bytes[place - 1].isASCIIWordByte)
    case 0x61: isField("author", at: place, before: limit)
    case 0x63:
      holds("copyright", at: place, before: limit) || isField("credit", at: place, before: limit)
        || isField("contributor", at: place, before: limit)
    case 0x6D: isField("maintainer", at: place, before: limit)
    default: false
    }
  }

  private func isField(_ word: StaticString, at place: Int, before limit: Int) -> Bool {
    guard holds(word, at: place, before: limit) else { return false }
    if place > lower, bytes[place - 1] == 0x40 || bytes[place - 1] == 0x5C { return true }
    var position = place + word.utf8CodeUnitCount
    while position < limit, Self.fieldBytes.contains(bytes[position]) { position += 1 }
    return position < limit && (bytes[position] == 0x3A || bytes[position] == 0x3D)
  }

  private static let fieldBytes = ByteSet("sS()_\"' \t")

  private func holds(_ word: StaticString, at place: Int, before limit: Int) -> Bool {
    guard place + word.utf8CodeUnitCount <= limit else { return false }
    return word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { bytes[place + $0].foldedASCII == letters[$0] }
    }
  }
}

/// How far a line is read: at most twenty words and 64 bytes between them. What a swap writes may be longer than what stood
/// there, and must be seen as far.
private struct LineReach {
  private var words = 0
  private var letters = 0
  private var others = 0

  /// False if the byte lies too far away, or in a word longer than any.
  mutating func takes(_ byte: UInt8) -> Bool {
    if byte.isASCIILetter || byte >= 0x80 {
      letters += 1
      words += letters == 1 ? 1 : 0
      return letters <= 40 && words <= 20
    }
    letters = 0
    others += 1
    return others <= 64
  }
}
