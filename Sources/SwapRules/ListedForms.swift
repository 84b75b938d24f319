// Lists that name both sides: "he, she or it", "his, her, or their", "man, woman or child".
//
// A comma alone joins nothing ("looked at him, her eyes wide"), nor does one before an "or" ("tell him, or he will"): the
// halves stand one behind the other, and an "or" goes on behind the second.
extension Surroundings {
  /// The half behind the match's comma.
  mutating func listedAfter(_ counterparts: TableRange) -> Pairing {
    guard isComma(next) else { return .none }
    let half = view.item(after: next.end)
    return listed(half, counterparts, isFrontMissing: false) { $0.goesOnWithOr(behind: half.end) }
  }

  /// The half before the comma that stands before the match.
  mutating func listedBefore(_ counterparts: TableRange) -> Pairing {
    guard isComma(previous) else { return .none }
    let half = view.item(before: previous.start)
    return listed(half, counterparts, isFrontMissing: true) { $0.goesOnWithOr(behind: $0.end) }
  }

  private func listed(
    _ half: Item, _ counterparts: TableRange, isFrontMissing: Bool, _ goesOn: (Surroundings) -> Ternary
  ) -> Pairing {
    if half.isUnknown { return goesOn(self) == .no ? .none : .unknown }
    guard half.isWord else { return .none }
    let word = half.isPartial ? nil : counterpart(half, counterparts)
    guard word != nil || half.isPartial && !isOtherWord(half, counterparts, isFrontMissing: isFrontMissing) else {
      return .none
    }
    switch goesOn(self) {
    case .no: return .none
    case .unknown: return .unknown
    case .yes: return word.map { .word($0, at: half.start) } ?? .unknown
    }
  }

  /// An "or" behind `place`, or behind a comma there.
  private func goesOnWithOr(behind place: Int) -> Ternary {
    var item = view.item(after: place)
    if isComma(item) { item = view.item(after: item.end) }
    if item.isUnknown { return .unknown }
    guard item.isWord else { return .no }
    if item.isPartial { return isOtherWord(item, TableRange(), isFrontMissing: false) ? .no : .unknown }
    return Ternary(isConnector(item))
  }

  private func isComma(_ item: Item) -> Bool {
    item.end - item.start == 1 && view.bytes[item.start] == 0x2C
  }
}

// What shows at once that there is no such list.
extension TextView {
  /// For a match behind which a comma and a space stand at `end`: a short word follows that no "or" follows.
  func isPlainlyUnlisted(after end: Int) -> Bool {
    guard end &+ 12 <= upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return false }
    let word = base.loadUnaligned(fromByteOffset: end &+ 2, as: UInt64.self).littleEndian
    let others = ~WordScan.letters(word) & 0x8080_8080_8080_8080
    // At least one letter, at most seven.
    guard others != 0, others & 0x80 == 0 else { return false }
    return isPlainlyNoOr(behind: end &+ 2 &+ others.trailingZeroBitCount &>> 3)
  }

  /// For a word that ends at `place`: a space and a word with another first letter than "or" and "and/or" follow, or a mark that
  /// is no comma.
  @inline(__always)
  func isPlainlyNoOr(behind place: Int) -> Bool {
    guard place &+ 1 < upper else { return false }
    let (byte, next) = (bytes[place], bytes[place &+ 1])
    if Self.isPlainSpace(byte) { return next.isASCIILetter && next | 0x20 != 0x6F && next | 0x20 != 0x61 }
    return Self.isPlainMark(byte) && byte != 0x2C && Self.isPlainSpace(next)
  }
}
