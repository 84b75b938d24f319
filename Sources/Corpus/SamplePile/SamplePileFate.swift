extension SamplePile {
  /// What is special about a document. Most are ordinary; each thousand has its share of everything that readers stumble over.
  enum Fate: CaseIterable {
    case ordinary
    // Documents that are nothing else.
    case empty, oneWord, blank, spaceLadder, unicodeZoo, controls, endOfText
    // Length.
    case long, giant
    // Something that happened to an ordinary text.
    case carriageReturns, decomposed, noBreakSpaces, zeroWidth, softHyphens, justified, allCapitals, allSmall, mojibake
    case replacementCharacters, formFeeds, trailingSpaces, wideSentences, tabIndents, byteOrderMark

    /// Documents with this fate among any aligned thousand. (A giant is only in one thousand of four.)
    var documentsPerThousand: Int {
      switch self {
      case .ordinary: 0
      case .empty, .blank, .spaceLadder, .controls, .giant: 1
      case .unicodeZoo, .endOfText, .long, .zeroWidth, .softHyphens, .allCapitals, .allSmall, .mojibake, .byteOrderMark:
        2
      case .oneWord, .decomposed, .replacementCharacters: 3
      case .formFeeds, .trailingSpaces, .justified, .noBreakSpaces, .tabIndents: 4
      case .carriageReturns: 8
      case .wideSentences: 40
      }
    }

    /// The symbol that the whole document is an expansion of, if it is that.
    var symbol: String? {
      switch self {
      case .empty: "odd.empty"
      case .oneWord: "odd.word"
      case .blank: "odd.blank"
      case .spaceLadder: "odd.ladder"
      case .unicodeZoo: "odd.unicode"
      case .controls: "odd.controls"
      case .endOfText: "odd.endoftext"
      default: nil
      }
    }

    /// How long the document should become, in bytes.
    func bytes(for subset: Subset, _ random: inout Random) -> Int {
      if symbol != nil { return 0 }
      if self == .giant { return random.within(900_000...1_100_000) }
      if self == .long { return random.within(100_000...200_000) }
      let u = random.below(1000)
      return subset.typicalBytes * (250 + u / 2 + 5 * (u * u / 1000) * (u * u / 1000) / 2000) / 1000
    }

    /// The fate at each place of a thousand, those apart that take the whole document.
    static let thousand: [Fate] = {
      let special = allCases.filter { $0.symbol == nil }.flatMap {
        Array(repeating: $0, count: $0.documentsPerThousand)
      }
      return special + Array(repeating: .ordinary, count: 1000 - special.count)
    }()

    /// The fates that take the whole document, as often as a thousand has them.
    static let whole = allCases.filter { $0.symbol != nil }.flatMap {
      Array(repeating: $0, count: $0.documentsPerThousand)
    }
  }

  struct Plan {
    let subset: Subset
    /// Counts through the documents of a subset, from anywhere: they take turns at its genres.
    let ordinal: Int
    let fate: Fate
  }

  /// What document `index` will be: decided by its place in its thousand, so that no thousand lacks anything.
  ///
  /// 619 and 377 have no divisor in common with 1,000: going round in such steps meets every place once, and spreads each
  /// subset and fate evenly. 619 is near 1,000 divided by the golden ratio, which spreads even a few dozen documents well.
  func plan(of index: Int) -> Plan {
    let thousand = SamplePile.mix(seed ^ UInt64(index / 1000) &* 0xD134_2543_DE82_EF95)
    let place = (index % 1000 * 619 + Int(thousand & 0xFFFF)) % 1000
    let ordinal = place + Int(thousand >> 32 & 0xFFFF)
    let fate = Fate.thousand[(index % 1000 * 377 + Int(thousand >> 16 & 0xFFFF)) % 1000]
    let isGiantTurn = (index / 1000 + Int(seed & 3)).isMultiple(of: 4)
    return Plan(
      subset: Subset.thousand[place], ordinal: ordinal,
      fate: wholeFate(place, ordinal) ?? (fate == .giant && !isGiantTurn ? .ordinary : fate))
  }

  /// Documents that are nothing but trouble stand among the web pages, which fill the first places, so that no small
  /// subset loses one of its few documents to them.
  private func wholeFate(_ place: Int, _ ordinal: Int) -> Fate? {
    let pages = Subset.pileCC.documentsPerThousand
    let turn = ordinal * 100 % pages
    return place < pages && turn < Fate.whole.count ? Fate.whole[turn] : nil
  }
}
