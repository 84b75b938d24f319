extension SamplePile {
  /// Writes documents, one after the other, into the same memory. One per thread; what it wrote before does not show.
  final class Author {
    /// The document written last.
    private(set) var text: [UInt8] = []

    private let pile: SamplePile
    private let grammar = Grammar.pile
    private let catalogue = Genre.catalogue
    private let words = PersonForm.allCases.map { $0.words.map { Array($0.utf8) } }
    private let given: [Int]
    private let family: Int

    private var random = Random(key: 0)
    /// What choices depend on that are to stay the same throughout a document, and throughout a block.
    private var key: UInt64 = 0
    private var blockKey: UInt64 = 0
    private var isRemembering = false
    private var bags: [Bag]
    private var cast: [Person] = []
    /// The cast members that A, B, C and D are at the moment.
    private var roles = [0, 1, 2, 3]
    private var style = Style.plain
    private var page: [UInt8] = []

    init(_ pile: SamplePile) {
      self.pile = pile
      bags = Array(repeating: Bag(), count: grammar.symbols.count)
      given = Gender.names.map(Grammar.pile.number)
      family = grammar.number(of: "name.family")
    }

    /// Writes document `index` into ``text``.
    func write(_ index: Int) -> Subset {
      let plan = pile.plan(of: index)
      begin(pile.key(of: index), plan.subset)
      let genres = plan.fate.symbol.map { [Genre.oddity(grammar.number(of: $0))] } ?? catalogue[plan.subset]!
      compose(genres[plan.ordinal % genres.count], bytes: plan.fate.bytes(for: plan.subset, &random))
      plan.fate.weather(&text, &random)
      return plan.subset
    }
  }
}

// MARK: - A document

extension SamplePile.Author {
  private func begin(_ key: UInt64, _ subset: SamplePile.Subset) {
    self.key = key
    random = SamplePile.Random(key: key)
    text.removeAll(keepingCapacity: true)
    for index in bags.indices { bags[index].left = 0 }
    style = SamplePile.Style.choose(for: subset, &random)
    cast = (0..<6).map { _ in person() }
    roles = [0, 1, 2, 3]
    assignRoles()
  }

  private func compose(_ genre: SamplePile.Genre, bytes: Int) {
    var typesetter = SamplePile.Typesetter(genre.layout)
    if let head = genre.head { set(head, genre, &typesetter) }
    repeat {
      if random.chance(genre.recast) { assignRoles() }
      set(genre.body, genre, &typesetter)
    } while text.count < bytes
    if let tail = genre.tail { set(tail, genre, &typesetter) }
    if !random.chance(12) { while text.last == 0x0A { text.removeLast() } }
  }

  /// Writes one expansion with the genre's layout and what separates its blocks.
  private func set(_ symbol: Int, _ genre: SamplePile.Genre, _ typesetter: inout SamplePile.Typesetter) {
    blockKey = random.next()
    if genre.layout.width == 0 {
      expand(symbol)
      text += genre.separator
      return
    }
    swap(&text, &page)
    text.removeAll(keepingCapacity: true)
    expand(symbol)
    text += genre.separator
    swap(&text, &page)
    typesetter.set(page, onto: &text)
  }

  private func person() -> SamplePile.Person {
    let (occupation, gender) = SamplePile.Person.drawOccupation(&random)
    return SamplePile.Person(
      gender: gender, given: choose(given[gender.rawValue]), family: choose(family), occupation: occupation)
  }

  /// Deals the four roles anew. A and B are of different gender more often than not, so that their pronouns tell them apart.
  private func assignRoles() {
    for role in 0..<4 { roles.swapAt(role, random.within(role...3)) }
    let other = cast.indices.first { cast[$0].gender != cast[roles[0]].gender && !roles.contains($0) }
    if cast[roles[0]].gender == cast[roles[1]].gender, let other, random.chance(70) { roles[1] = other }
  }
}

// MARK: - Expansion

extension SamplePile.Author {
  private func expand(_ symbol: Int) { expand(production: choose(symbol)) }

  private func expand(production: Int) {
    for step in grammar.productions[production] {
      switch grammar.steps[step] {
      case .literal(let start, let count): text += grammar.literals[start..<start + count]
      case .symbol(let symbol, let casing): cased(casing) { expand(symbol) }
      case .memo(let symbol, let number, let scope, let casing):
        cased(casing) { remember(symbol, scope == .document ? key : blockKey, number) }
      case .article(let symbol): article { expand(symbol) }
      case .number(let range, let digits): append(random.within(range), digits: digits)
      case .person(let role, let form, let casing): cased(casing) { speak(of: cast[roles[role]], form) }
      case .mark(let mark): text += style.marks[mark.rawValue]
      }
    }
  }

  /// A production of a symbol. A symbol with many uses each of them once, in a random order, before it repeats one.
  private func choose(_ symbol: Int) -> Int {
    let range = grammar.symbols[symbol].productions
    if isRemembering || range.count < 5 { return range.lowerBound + random.below(range.count) }
    return range.lowerBound + bags[symbol].draw(range.count, &random)
  }

  /// Writes an expansion that depends on `key` and `number` and on nothing written before.
  private func remember(_ symbol: Int, _ key: UInt64, _ number: UInt64) {
    let saved = (random, isRemembering)
    random = SamplePile.Random(key: key ^ UInt64(symbol) << 8 ^ number)
    isRemembering = true
    expand(symbol)
    (random, isRemembering) = saved
  }

  private func cased(_ casing: SamplePile.Grammar.Casing, _ body: () -> Void) {
    let start = text.count
    body()
    switch casing {
    case .asIs: break
    case .capital: if start < text.count { text[start].raise() }
    case .upper: SamplePile.uppercase(&text, from: start)
    case .lower: for index in start..<text.count { text[index].lower() }
    }
  }

  /// Puts "a" or "an" before what `body` writes: by its letter, except where a u is spoken as in "user".
  private func article(_ body: () -> Void) {
    let start = text.count
    text += [0x61, 0x20]
    body()
    let word = text[(start + 2)...].prefix(3)
    let isYou = ["use", "uni"].contains { word.elementsEqual($0.utf8) }
    if let first = word.first, "aeiouAEIO".utf8.contains(first), !isYou { text.insert(0x6E, at: start + 1) }
  }

  private func append(_ number: Int, digits: Int) {
    let decimal = String(number).utf8
    text.append(contentsOf: repeatElement(0x30, count: max(0, digits - decimal.count)))
    text += decimal
  }

  private func speak(of person: SamplePile.Person, _ form: SamplePile.PersonForm) {
    switch form {
    case .given: expand(production: person.given)
    case .last: expand(production: person.family)
    case .full:
      expand(production: person.given)
      text.append(0x20)
      expand(production: person.family)
    case .job: text += SamplePile.occupations[person.occupation].name.utf8
    case .nick, .mail, .initial: write(address: form, of: person)
    default:
      for byte in words[form.rawValue][person.gender.rawValue] {
        if byte == 0x27 { text += style.marks[SamplePile.Mark.apostrophe.rawValue] } else { text.append(byte) }
      }
    }
  }

  /// Names as networks have them: in ASCII, without spaces.
  private func write(address form: SamplePile.PersonForm, of person: SamplePile.Person) {
    let start = text.count
    expand(production: person.given)
    if form == .initial { return text.removeSubrange((start + 1)...) }
    if form == .mail {
      text.append(0x2E)
      expand(production: person.family)
    }
    for index in start..<text.count { text[index].lower() }
    var end = start
    for index in start..<text.count where text[index] < 0x80 && text[index] != 0x20 && text[index] != 0x27 {
      text[end] = text[index]
      end += 1
    }
    text.removeSubrange(end...)
  }
}
