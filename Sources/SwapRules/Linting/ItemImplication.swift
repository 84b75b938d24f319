/// What follows from the tests of one item: see ``Implication``.
extension Implication {
  func isNever(_ test: ItemTest) -> Bool {
    switch test {
    case .any(let any): any.allSatisfy(isNever)
    case .not(let inner): isAlways(inner)
    case .memberOf(let name): classes[name.text]?.isEmpty ?? false
    case .word, .mark, .suffix, .kind: false
    case .all(let all):
      all.contains(where: isNever) || haveTwoApart(all, excludes)
    }
  }

  func isAlways(_ test: ItemTest) -> Bool {
    switch test {
    case .all(let all): all.allSatisfy(isAlways)
    case .any(let any): any.contains(where: isAlways)
    case .not(let inner): isNever(inner)
    default: false
    }
  }

  func implies(_ left: ItemTest, _ right: ItemTest) -> Bool {
    guard spend() else { return false }
    switch (left, right) {
    case (.any(let any), _): return any.allSatisfy { implies($0, right) }
    case (_, .all(let all)): return all.allSatisfy { implies(left, $0) }
    case (.all(let all), _) where all.contains { implies($0, right) }: return true
    case (_, .any(let any)) where any.contains { implies(left, $0) }: return true
    case (.not(let inner), .not(let other)): return implies(other, inner)
    case (_, .not(let other)): return excludes(left, other)
    case (.kind(let kind), .kind(let other)): return !kind.implied.isDisjoint(with: other)
    case (.mark(let marks), .mark(let others)): return folded(marks).isSubset(of: folded(others))
    case (.mark(let marks), .kind(let kind)): return marks.allSatisfy { isMark($0.text, kind) }
    case (.suffix(let endings), .suffix(let others)):
      return endings.allSatisfy { ending in ends(ending.text, inOneOf: others) }
    case (.suffix, .kind(let kind)): return kind.contains(.word)
    default: return wordsImply(left, right)
    }
  }

  private func wordsImply(_ left: ItemTest, _ right: ItemTest) -> Bool {
    guard let words = wordSet(of: left) else { return false }
    if let others = wordSet(of: right) { return words.isSubset(of: others) }
    switch right {
    case .suffix(let endings): return words.allSatisfy { ends($0, inOneOf: endings) }
    case .kind(let kind): return kind.contains(.word)
    default: return false
    }
  }

  func excludes(_ left: ItemTest, _ right: ItemTest) -> Bool {
    guard spend() else { return false }
    switch (left, right) {
    case (.any(let any), _): return any.allSatisfy { excludes($0, right) }
    case (_, .any(let any)): return any.allSatisfy { excludes(left, $0) }
    case (.all(let all), _): return all.contains { excludes($0, right) }
    case (_, .all(let all)): return all.contains { excludes(left, $0) }
    case (.not(let inner), _): return implies(right, inner)
    case (_, .not(let inner)): return implies(left, inner)
    default: return areApart(left, right)
    }
  }

  /// Words apart, or one a word and the other none.
  private func areApart(_ left: ItemTest, _ right: ItemTest) -> Bool {
    if let words = wordSet(of: left), let others = wordSet(of: right) { return words.isDisjoint(with: others) }
    if let words = wordSet(of: left), case .suffix(let endings) = right { return areApart(words, endings) }
    if let words = wordSet(of: right), case .suffix(let endings) = left { return areApart(words, endings) }
    if standsBeyondSpace(left) && isEnd(right) || isEnd(left) && standsBeyondSpace(right) { return true }
    let (nature, other) = (kindOfItem(left), kindOfItem(right))
    return !nature.isEmpty && !other.isEmpty && nature.isDisjoint(with: other)
  }

  /// The text's end and a paragraph's have neither of these kinds.
  private func standsBeyondSpace(_ test: ItemTest) -> Bool {
    if case .kind(let kind) = test { !kind.isDisjoint(with: [.newline, .adjacent]) } else { false }
  }

  private func isEnd(_ test: ItemTest) -> Bool {
    if case .kind(let kind) = test { !kind.isDisjoint(with: [.end, .paragraph]) } else { false }
  }

  private func areApart(_ words: Set<String>, _ endings: [Located]) -> Bool {
    !words.contains { ends($0, inOneOf: endings) }
  }

  /// Word, punctuation, end or paragraph: an item is one of these. Empty where a test does not say.
  private func kindOfItem(_ test: ItemTest) -> ItemKinds {
    switch test {
    case .memberOf, .word, .suffix: .word
    case .mark: .punctuation
    case .kind(let kind): kind.implied.intersection([.word, .punctuation, .end, .paragraph])
    case .all, .any, .not: []
    }
  }

  private func wordSet(of test: ItemTest) -> Set<String>? {
    switch test {
    case .word(let words): folded(words)
    case .memberOf(let name): classes[name.text]
    default: nil
    }
  }

  private func folded(_ words: [Located]) -> Set<String> { Set(words.map { Spellings.caseless($0.text) }) }

  private func ends(_ word: String, inOneOf endings: [Located]) -> Bool {
    endings.contains { Spellings.caseless(word).hasSuffix(Spellings.caseless($0.text)) }
  }

  private func isMark(_ text: String, _ kind: ItemKinds) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, scalars.allSatisfy({ $0 == first }) else { return kind.contains(.punctuation) }
    return !TextView.kinds(of: first.value, count: scalars.count).isDisjoint(with: kind)
  }
}

extension ItemKinds {
  /// This kind and those that come with it: a stop is punctuation.
  fileprivate var implied: ItemKinds {
    var kinds = self
    if !isDisjoint(with: [.number, .capitalised, .uppercase]) { kinds.insert(.word) }
    if !isDisjoint(with: [.openQuote, .closeQuote]) { kinds.insert(.quote) }
    if !isDisjoint(with: [.openBracket, .closeBracket]) { kinds.insert(.bracket) }
    if !kinds.isDisjoint(with: [.stop, .ellipsis, .hyphen, .dash, .slash, .quote, .bracket, .symbol]) {
      kinds.insert(.punctuation)
    }
    return kinds
  }
}
