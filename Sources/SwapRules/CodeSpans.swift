import Glibc

// Code and markup around a match. Each asks for evidence on both sides, so that one unknown edge settles nothing by itself.
extension TextView {
  static let lineReach = 128
  static let fenceReach = 1000

  /// No mark that ends code or a tag as far as any of these looks: nothing is inside of one.
  @inline(always)
  func isClearOfCode(behind end: Int) -> Bool {
    codeClearEnd > end &+ TextView.fenceReach && tagClearEnd >= end &+ TextView.lineReach
  }

  /// For packs that guard no code: all is clear of it.
  @inline(always)
  mutating func ignoreCode() { (codeClearEnd, tagClearEnd) = (.max, .max) }

  /// A run of backticks that opens to the left and the same run closing to the right, on one line: an opening one has no
  /// word before it and no space after it, a closing one no space or bracket before it and no word after it.
  func isInInlineCode(_ start: Int, _ end: Int) -> Ternary {
    guard let closing = tick(from: end, step: 1) else { return .no }
    let isClosing = isTickClosing(closing)
    if isClosing == .no { return .no }
    guard let opening = tick(from: start - 1, step: -1) else { return .no }
    return isClosing && isTickOpening(opening)
      && Ternary(closing.isCut || opening.isCut || closing.range.count == opening.range.count)
  }

  private struct Tick {
    var range: Range<Int>
    /// An edge came before a backtick did, or cuts the run.
    var isCut = false
  }

  /// The nearest run of backticks on the line.
  private func tick(from place: Int, step: Int) -> Tick? {
    if step > 0, codeClearEnd >= place + TextView.lineReach { return nil }
    var position = place
    for _ in 0..<TextView.lineReach {
      guard let byte = byte(at: position) else { return Tick(range: position..<position, isCut: true) }
      if byte == 0x0A || byte == 0 { return nil }
      if byte == 0x60 {
        var last = position
        while self.byte(at: last + step) == 0x60 { last += step }
        return Tick(range: min(position, last)..<max(position, last) + 1, isCut: self.byte(at: last + step) == nil)
      }
      position += step
    }
    return nil
  }

  private func isTickClosing(_ tick: Tick) -> Ternary {
    if tick.isCut { return .unknown }
    guard let before = byte(at: tick.range.lowerBound - 1), let after = byte(at: tick.range.upperBound) else {
      return .unknown
    }
    // Some write ``quotations`` so; those end in . or ,
    if tick.range.count > 1, before == 0x2E || before == 0x2C { return .no }
    return Ternary(!before.isASCIISpace && before != 0x28 && before != 0x5B && !after.isASCIIWordByte)
  }

  private func isTickOpening(_ tick: Tick) -> Ternary {
    if tick.isCut { return .unknown }
    guard let before = byte(at: tick.range.lowerBound - 1), let after = byte(at: tick.range.upperBound) else {
      return .unknown
    }
    return Ternary(!after.isASCIISpace && !before.isASCIIWordByte)
  }

  /// The nearest fence on each side: the match is in code unless the one below opens a block (it names a language).
  func isInCodeFence(_ start: Int, _ end: Int) -> Ternary {
    closingFence(after: end) && openingFence(before: start)
  }

  private func closingFence(after end: Int) -> Ternary {
    var position = end + 1
    let limit = end + TextView.fenceReach + 1
    while true {
      position = fenceByte(from: position, to: min(limit, upper))
      if position >= limit { return .no }
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0 { return .no }
      if bytes[position - 1] == 0x0A {
        let fence = isFence(position)
        if fence != .no { return fence == .yes ? !namesLanguage(position + 3) : .unknown }
      }
      position += 1
    }
  }

  /// The first backtick, tilde or NUL from `start` on, or `end`. Nearly every match asks, and nearly none finds one: by
  /// memchr (a third of the time on novels went here byte by byte).
  private func fenceByte(from start: Int, to end: Int) -> Int {
    let start = max(start, min(codeClearEnd, end))
    guard start < end, let base = UnsafeRawPointer(bytes.baseAddress) else { return start }
    var nearest = end
    if let found = memchr(base + start, 0x60, nearest - start) { nearest = UnsafeRawPointer(found) - base }
    if let found = memchr(base + start, 0x7E, nearest - start) { nearest = UnsafeRawPointer(found) - base }
    if let found = memchr(base + start, 0, nearest - start) { nearest = UnsafeRawPointer(found) - base }
    return nearest
  }

  private func openingFence(before start: Int) -> Ternary {
    var position = start - 3
    while position >= start - TextView.fenceReach {
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0 { return .no }
      if byte == 0x60 || byte == 0x7E, isFence(position) == .yes {
        guard let before = self.byte(at: position - 1) else { return .unknown }
        if before == 0x0A || before == 0 { return .yes }
      }
      position -= 1
    }
    return .no
  }

  /// Three backticks or tildes.
  private func isFence(_ place: Int) -> Ternary {
    guard let first = byte(at: place) else { return .unknown }
    guard first == 0x60 || first == 0x7E else { return .no }
    guard let second = byte(at: place + 1) else { return .unknown }
    guard second == first else { return .no }
    guard let third = byte(at: place + 2) else { return .unknown }
    return Ternary(third == first)
  }

  private func namesLanguage(_ place: Int) -> Ternary {
    guard let byte = byte(at: place) else { return .unknown }
    return Ternary(byte.isASCIIWordByte)
  }

  /// `<` that begins a tag to the left, `>` to the right, none of the other in between.
  func isInTag(_ start: Int, _ end: Int) -> Ternary {
    tagEnd(after: end) && tagStart(before: start)
  }

  private func tagEnd(after end: Int) -> Ternary {
    let limit = end + TextView.lineReach
    if tagClearEnd >= limit { return .no }
    guard end < upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return openEnd ? .unknown : .no }
    let seen = min(limit, upper)
    // Most often there is none, which is quickly seen.
    guard let found = memchr(base + end, 0x3E, seen - end) else {
      return seen == limit || !openEnd || hasTagBreak(end, seen) ? .no : .unknown
    }
    return Ternary(!hasTagBreak(end, UnsafeRawPointer(found) - base))
  }

  /// `<`, a line's end or NUL in a range.
  private func hasTagBreak(_ start: Int, _ end: Int) -> Bool {
    (start..<end).contains { bytes[$0] == 0x3C || bytes[$0] == 0x0A || bytes[$0] == 0 }
  }

  private func tagStart(before start: Int) -> Ternary {
    var position = start - 1
    while position >= start - TextView.lineReach {
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0x3E || byte == 0x0A || byte == 0 { return .no }
      if byte == 0x3C {
        guard let next = self.byte(at: position + 1) else { return .unknown }
        return Ternary(next.isASCIILetter || next == 0x2F)
      }
      position -= 1
    }
    return .no
  }
}
