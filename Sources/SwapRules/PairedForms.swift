/// Forms that name both sides: "he or she", "his/her", "him & her", "s/he", "(s)he".
extension Surroundings {
  /// Items between two halves of a paired form: connectors, quotes, brackets.
  private static let longestConnection = 6

  /// Whether the match is half of a paired form with one of its entry's counterparts.
  mutating func isPaired(_ counterparts: TableRange, wordStart: Int, wordEnd: Int) -> Ternary {
    if counterparts.count == 0 { return .no }
    let prefixed = hasPrefixedS(counterparts, wordStart, wordEnd)
    if prefixed == .yes { return .yes }
    let after = connected(next, counterparts) { $0.item(after: $1.end) }
    if after == .yes { return .yes }
    let before = connected(previous, counterparts) { $0.item(before: $1.start) }
    return prefixed || after || before
  }

  private func connected(
    _ first: Item, _ counterparts: TableRange, _ step: (TextView, Item) -> Item
  ) -> Ternary {
    var (item, isConnected) = (first, false)
    for _ in 0..<Self.longestConnection {
      if item.isUnknown { return .unknown }
      if item.isBarrier { return .no }
      if item.isWord {
        if item.isPartial { return item.end - item.start > longestPart(counterparts) ? .no : .unknown }
        if isConnector(item) {
          isConnected = true
        } else {
          return Ternary(isConnected && isCounterpart(item, counterparts))
        }
      } else if isConnectingMark(item) {
        isConnected = true
      } else if item.kinds.isDisjoint(with: [.quote, .bracket, .hyphen]) {
        return item.doubtful.isEmpty ? .no : .unknown
      }
      item = step(view, item)
    }
    return .no
  }

  private func isConnector(_ item: Item) -> Bool {
    let length = item.end - item.start
    if length == 2 { return isText(item, "or") }
    // "and/or", read from either side.
    guard length == 3, isText(item, "and") else { return false }
    return view.byte(at: item.end) == 0x2F
  }

  private func isText(_ item: Item, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { FoldedWord(view.bytes, item.start, item.end).equals($0) }
  }

  private func isConnectingMark(_ item: Item) -> Bool {
    item.end - item.start == 1 && (view.bytes[item.start] == 0x2F || view.bytes[item.start] == 0x26)
  }

  /// The word up to a clitic is one of the counterparts.
  private func isCounterpart(_ item: Item, _ counterparts: TableRange) -> Bool {
    var end = item.start
    while end < item.end, view.bytes[end].isASCIILetter || view.bytes[end] >= 0x80 && !isTypographicApostrophe(end) {
      end += 1
    }
    let word = FoldedWord(view.bytes, item.start, end)
    return counterparts.indices.contains { word.equals(tables.text[tables.slices[$0]]) }
  }

  private func isTypographicApostrophe(_ place: Int) -> Bool {
    if case .scalar(0x2019, _) = view.glyph(at: place) { return true }
    return false
  }

  /// The longest word whose end or front could make or break the form.
  private func longestPart(_ counterparts: TableRange) -> Int {
    counterparts.indices.reduce(3) { max($0, Int(tables.slices[$1].count)) } + 8
  }

  /// "s/he" and "(s)he", if "s" and the word make a counterpart.
  private func hasPrefixedS(_ counterparts: TableRange, _ start: Int, _ end: Int) -> Ternary {
    guard start > view.lower else { return .no }
    let opener = view.bytes[start - 1]
    guard opener == 0x2F || opener == 0x29 else { return .no }
    let makesCounterpart = counterparts.indices.contains { index in
      let text = tables.text[tables.slices[index]]
      return text.first == 0x73 && FoldedWord(view.bytes, start, end).equals(UnsafeBufferPointer(rebasing: text[1...]))
    }
    guard makesCounterpart else { return .no }
    guard let letter = view.byte(at: start - 2) else { return .unknown }
    guard letter | 0x20 == 0x73 else { return .no }
    if opener == 0x29 {
      guard let bracket = view.byte(at: start - 3) else { return .unknown }
      return Ternary(bracket == 0x28)
    }
    switch view.glyph(before: start - 2) {
    case .unknown: return .unknown
    case .end: return .yes
    case .scalar(let scalar, _): return Ternary(!TextView.isWordScalar(scalar))
    }
  }
}
