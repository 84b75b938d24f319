/// Puts every item around a word into one class: the closed word classes and endings that a table brings, or a kind.
///
/// Plain memory that its owner frees.
struct ContextClasses {
  /// The classes that need no list. The first of those of marks and ends that an item is of names it.
  static let builtIn: [(name: String, kind: ItemKinds)] = [
    ("end", .end), ("paragraph", .paragraph), ("stop", .stop), ("ellipsis", .ellipsis), ("hyphen", .hyphen),
    ("dash", .dash), ("slash", .slash), ("open-quote", .openQuote), ("close-quote", .closeQuote),
    ("open-bracket", .openBracket), ("close-bracket", .closeBracket), ("symbol", .punctuation), ("number", .number),
    ("capital", .capitalised), ("other", .word),
  ]
  private static let numberOfOthers = builtIn.count

  /// All classes; a class's number is its place here and one more.
  let names: [String]
  private let words: WordTable
  private let endings: UnsafeBufferPointer<Ending>
  private let kinds: UnsafeBufferPointer<ItemKinds>

  private struct Ending {
    let text: ByteSlice
    let number: UInt16
    /// Its last bytes, the last lowest, as ``BytesAtMatch`` has them; empty if an apostrophe is among them.
    let last: BytesAtMatch
  }

  /// Letters that a word has before its ending.
  private static let shortestStem = 2

  private let text: TextTable

  init(_ classes: [LearntTable.WordClass], endings: [LearntTable.WordClass]) {
    var names = Self.builtIn.map(\.name)
    var numbers = Dictionary(uniqueKeysWithValues: zip(names, UInt16(1)...))
    func number(_ name: String) -> UInt16 {
      if let number = numbers[name] { return number }
      names.append(name)
      numbers[name] = UInt16(names.count)
      return UInt16(names.count)
    }
    var interner = TextInterner()
    let slots = classes.flatMap { wordClass in
      let number = number(wordClass.name)
      return wordClass.texts.map { WordTable.Slot(word: interner.slice($0), value: UInt64(number)) }
    }
    let ends = endings.flatMap { wordClass in
      let number = number(wordClass.name)
      return wordClass.texts.map {
        let last = $0.utf8.contains(0x27) ? BytesAtMatch() : BytesAtMatch($0.utf8.reversed())
        return Ending(text: interner.slice($0), number: number, last: last)
      }
    }
    text = TextTable(bytes: Tables.copy(interner.bytes))
    words = WordTable(slots, text: text)
    // The longest fits first; of equal ones at most one fits.
    self.endings = Tables.copy(ends.sorted { $0.text.count > $1.text.count })
    kinds = Tables.copy(Self.builtIn.map(\.kind))
    self.names = names
  }

  func deallocate() {
    words.deallocate()
    endings.deallocate()
    kinds.deallocate()
    text.bytes.deallocate()
  }

  /// An item's class, or nil where what is known of it does not settle that.
  func number(of item: Item, in view: TextView, isShouting: Bool) -> UInt16? {
    if item.isPartial || !item.doubtful.isEmpty { return nil }
    guard item.isWord else { return builtIn(item) }
    let word = FoldedWord(view.bytes, item.start, item.end)
    if let number = words.value(of: word) { return UInt16(truncatingIfNeeded: number) }
    if item.kinds.contains(.number) { return Self.numberClass }
    // In a text all in capitals they say nothing.
    if item.kinds.contains(.capitalised), !(isShouting && item.kinds.contains(.uppercase)) { return Self.capitalClass }
    return ending(of: word, item.end - item.start, BytesBeside.last(of: view.bytes, before: item.end))
      ?? Self.otherClass
  }

  /// `last` are the last bytes of the word, and of what stands before it if that is short; 0 if so much is not there.
  private func ending(of word: FoldedWord, _ count: Int, _ last: UInt64) -> UInt16? {
    for ending in endings
    where ending.last.agree(with: last) || last == 0 {
      if count >= Int(ending.text.count) + Self.shortestStem, word.ends(in: text[ending.text]) { return ending.number }
    }
    return nil
  }

  private static let numberClass = UInt16(numberOfOthers - 2)
  private static let capitalClass = UInt16(numberOfOthers - 1)
  private static let otherClass = UInt16(numberOfOthers)

  private func builtIn(_ item: Item) -> UInt16 {
    for (index, kind) in kinds.enumerated() where !item.kinds.isDisjoint(with: kind) { return UInt16(index + 1) }
    return Self.otherClass
  }
}
