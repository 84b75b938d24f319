// Lists that name both sides: "he, she or it", "his, their, or her", "he/they/she", "man, woman or child".
//
// A comma alone joins nothing ("looked at him, her eyes wide"), nor does one before an "or" ("tell him, or he will"): what
// makes a list of two halves and a comma is an "or" behind both, and of more words that an "or" stands before the last.
extension Surroundings {
  /// What stands between two members of a list.
  private struct Separator {
    var hasComma = false
    var hasOr = false

    var isNone: Bool { !hasComma && !hasOr }
  }

  /// The members of a list on one side of the match: halves of paired forms and pronouns that are of neither side.
  private struct ListSide {
    var members = 0
    /// The half nearest to the match.
    var half: (word: ByteSlice, place: Int)?
    /// On the match's side of the nearest member, or of what is none.
    var first = Separator()
    /// On the match's side of the farthest member.
    var last = Separator()
    /// Beyond the farthest member, or the match where there is none.
    var rest = Separator()
    /// More may belong to the list than is known.
    var isCut = false

    mutating func add(_ half: (word: ByteSlice, place: Int)?, _ separator: Separator) {
      if members == 0 { first = separator }
      last = separator
      if self.half == nil { self.half = half }
      members += 1
    }

    func ended(with separator: Separator, isCut: Bool = false) -> ListSide {
      var side = self
      side.rest = separator
      if members == 0 { side.first = separator }
      side.isCut = isCut
      return side
    }
  }

  /// Items of a list on one side: longer ones are read as ending there.
  private static let longestSide = 24

  /// Pronouns that stand beside "he" and "she" in lists.
  private static let companions: [StaticString] = [
    "they", "them", "their", "theirs", "themself", "themselves", "it", "its", "itself",
  ]

  /// The half behind the match in its list.
  mutating func listedAfter(_ counterparts: TableRange) -> Pairing {
    guard isSeparator(next) else { return .none }
    let (behind, ahead) = listSides(counterparts)
    return pairing(with: behind, behind: behind, ahead: ahead)
  }

  /// The half before the match in its list.
  mutating func listedBefore(_ counterparts: TableRange) -> Pairing {
    guard isSeparator(previous) else { return .none }
    let (behind, ahead) = listSides(counterparts)
    return pairing(with: ahead, behind: behind, ahead: ahead)
  }

  private mutating func listSides(_ counterparts: TableRange) -> (behind: ListSide, ahead: ListSide) {
    (
      listSide(from: next, counterparts, isBackward: false) { $0.item(after: $1.end) },
      listSide(from: previous, counterparts, isBackward: true) { $0.item(before: $1.start) }
    )
  }

  /// `behind` is the side behind the match, whichever of the two may hold the half.
  private func pairing(with side: ListSide, behind: ListSide, ahead: ListSide) -> Pairing {
    let last = behind.members > 0 ? behind.last : ahead.first
    guard last.hasOr || behind.rest.hasOr || behind.isCut else { return .none }
    if behind.isCut || ahead.isCut { return .unknown }
    guard let half = side.half else { return .none }
    // Of two alone: "he, or she" is no list, and "he or she" is found before.
    if behind.members + ahead.members == 1, side.first.hasOr { return .none }
    return .word(half.word, at: half.place)
  }

  private func listSide(
    from first: Item, _ counterparts: TableRange, isBackward: Bool, _ step: (TextView, Item) -> Item
  ) -> ListSide {
    var (side, separator, item) = (ListSide(), Separator(), first)
    for _ in 0..<Self.longestSide {
      if item.isBarrier { return side.ended(with: separator, isCut: item.isUnknown) }
      if isComma(item) {
        separator.hasComma = true
      } else if item.isWord && item.isPartial {
        let mayGoOn = mayBeOfList(item, counterparts, isMember: !separator.isNone, isFrontMissing: isBackward)
        return side.ended(with: separator, isCut: mayGoOn)
      } else if isConnectingMark(item) || item.isWord && isConnector(item) {
        separator.hasOr = true
      } else {
        guard item.isWord, !separator.isNone else { return side.ended(with: separator) }
        let half = counterpart(item, counterparts)
        guard half != nil || isCompanion(item) else { return side.ended(with: separator) }
        side.add(half.map { ($0, item.start) }, separator)
        separator = Separator()
      }
      item = step(view, item)
    }
    return side.ended(with: separator)
  }

  /// Whether a word of which only a part is known can go on a list: as an "or", or, where a separator stands, as a member.
  private func mayBeOfList(
    _ item: Item, _ counterparts: TableRange, isMember: Bool, isFrontMissing: Bool
  ) -> Bool {
    !isOtherWord(
      item, isMember ? counterparts : TableRange(), among: isMember ? Self.companions : [],
      isFrontMissing: isFrontMissing)
  }

  private func isSeparator(_ item: Item) -> Bool {
    isComma(item) || isConnectingMark(item) || item.isWord && isConnector(item)
  }

  private func isComma(_ item: Item) -> Bool {
    item.end - item.start == 1 && view.bytes[item.start] == 0x2C
  }

  private func isCompanion(_ item: Item) -> Bool {
    Self.companions.contains { isText(item, $0) }
  }
}

// What shows at once that there is no such list.
extension TextView {
  /// For a match behind which a comma and a space stand at `end`: a short word follows that is not "or", and no "or" behind it.
  func isPlainlyUnlisted(after end: Int) -> Bool {
    guard end &+ 12 <= upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return false }
    let word = base.loadUnaligned(fromByteOffset: end &+ 2, as: UInt64.self).littleEndian
    let others = ~WordScan.letters(word) & 0x8080_8080_8080_8080
    // At least one letter, at most seven.
    guard others != 0, others & 0x80 == 0, (word | 0x2020) & 0xFFFF != Self.or else { return false }
    return isPlainlyNoOr(behind: end &+ 2 &+ others.trailingZeroBitCount &>> 3)
  }

  /// For a word that ends at `place`: a space and a word with another first letter than "or" and "and/or" follow, or a mark that
  /// is no comma.
  @inline(always)
  func isPlainlyNoOr(behind place: Int) -> Bool {
    guard place &+ 1 < upper else { return false }
    let (byte, next) = (bytes[place], bytes[place &+ 1])
    if Self.isPlainSpace(byte) { return next.isASCIILetter && next | 0x20 != 0x6F && next | 0x20 != 0x61 }
    return Self.isPlainMark(byte) && byte != 0x2C && Self.isPlainSpace(next)
  }
}
