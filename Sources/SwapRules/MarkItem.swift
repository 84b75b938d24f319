/// Punctuation as conditions see it.
extension TextView {
  /// The mark that begins at `start`: one character, or a run of full stops, hyphens or equal quotes.
  func mark(from start: Int, hasSpace: Bool) -> Item {
    guard case .scalar(let scalar, let length) = glyph(at: start) else { return .unknown(start) }
    var end = start + length
    if TextView.runs(scalar) {
      while case .scalar(scalar, _) = glyph(at: end) { end += 1 }
    }
    var item = Item(start: start, end: end, kinds: TextView.kinds(of: scalar, count: (end - start) / length))
    let following = glyph(at: end)
    if case .unknown = following, TextView.runs(scalar) { item.cutRun() }
    if item.kinds.contains(.quote) { direct(&item, scalar, outer: hasSpace, inner: following) }
    return item
  }

  /// The mark that ends at `end`.
  func mark(before end: Int, hasSpace: Bool) -> Item {
    guard case .scalar(let scalar, let length) = glyph(before: end) else { return .unknown(end) }
    var start = end - length
    if TextView.runs(scalar) {
      while case .scalar(scalar, _) = glyph(before: start) { start -= 1 }
    }
    var item = Item(start: start, end: end, kinds: TextView.kinds(of: scalar, count: (end - start) / length))
    let preceding = glyph(before: start)
    if case .unknown = preceding, TextView.runs(scalar) { item.cutRun() }
    guard item.kinds.contains(.quote) else { return item }
    switch preceding {
    case .unknown: item.doubtful.formUnion([.openQuote, .closeQuote])
    case .end: direct(&item, scalar, outer: true, inner: glyph(at: end))
    case .scalar(let before, _):
      let isOuter =
        TextView.isSpace(before) || !TextView.kinds(of: before, count: 1).isDisjoint(with: [.openBracket, .dash])
      direct(&item, scalar, outer: isOuter, inner: glyph(at: end))
    }
    return item
  }

  /// Several of these in a row are one mark.
  static func runs(_ scalar: UInt32) -> Bool {
    scalar == 0x2E || scalar == 0x2D || scalar == 0x27 || scalar == 0x60
  }

  /// Whether a quotation mark opens or closes: by its shape, or else it opens if space stands outside of it and none inside.
  private func direct(_ item: inout Item, _ scalar: UInt32, outer: Bool, inner: Glyph) {
    switch scalar {
    case 0x201C, 0x201E, 0x201A, 0x2018, 0xAB, 0x2039: item.kinds.insert(.openQuote)
    case 0x201D, 0xBB, 0x203A: item.kinds.insert(.closeQuote)
    default:
      guard outer else {
        item.kinds.insert(.closeQuote)
        return
      }
      switch inner {
      case .unknown: item.doubtful.formUnion([.openQuote, .closeQuote])
      case .end: item.kinds.insert(.closeQuote)
      case .scalar(let scalar, _): item.kinds.insert(TextView.isSpace(scalar) ? .closeQuote : .openQuote)
      }
    }
  }

  static func kinds(of scalar: UInt32, count: Int) -> ItemKinds {
    switch scalar {
    case 0x2E: count > 1 ? [.punctuation, .ellipsis] : [.punctuation, .stop]
    case 0x2C, 0x3B, 0x3A, 0x3F, 0x21: [.punctuation, .stop]
    case 0x2026: [.punctuation, .ellipsis]
    case 0x2D: count > 1 ? [.punctuation, .dash] : [.punctuation, .hyphen]
    case 0x2010, 0x2011: [.punctuation, .hyphen]
    case 0x2012...0x2015: [.punctuation, .dash]
    case 0x2F: [.punctuation, .slash]
    case 0x22, 0x27, 0x60, 0xB4, 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A: [.punctuation, .quote]
    case 0x28, 0x5B, 0x7B: [.punctuation, .bracket, .openBracket]
    case 0x29, 0x5D, 0x7D: [.punctuation, .bracket, .closeBracket]
    default: [.punctuation, .symbol]
    }
  }
}

extension Item {
  /// An edge cuts a run of marks: one full stop or hyphen may be more.
  fileprivate mutating func cutRun() {
    isPartial = true
    if kinds.contains(.stop) { doubtful.formUnion([.stop, .ellipsis]) }
    if kinds.contains(.hyphen) { doubtful.formUnion([.hyphen, .dash]) }
    kinds.subtract([.stop, .hyphen])
  }
}
