import Testing

@testable import Corpus

@Suite struct SamplePileGrammarTests {
  let grammar = SamplePile.Grammar.pile

  /// Symbols that one symbol's productions use.
  func uses(_ symbol: Int) -> Set<Int> {
    var used: Set<Int> = []
    for production in grammar.symbols[symbol].productions {
      for step in grammar.productions[production] {
        switch grammar.steps[step] {
        case .symbol(let symbol, _), .memo(let symbol, _, _, _), .article(let symbol): used.insert(symbol)
        default: break
        }
      }
    }
    return used
  }

  @Test func everySymbolIsUsed() {
    var reached = Set(["name.masculine", "name.feminine", "name.neutral", "name.family"].map(grammar.number))
    for genre in SamplePile.Genre.catalogue.values.joined() {
      reached.formUnion([genre.head, genre.body, genre.tail].compactMap { $0 })
    }
    reached.formUnion(SamplePile.Fate.allCases.compactMap { $0.symbol.map(grammar.number) })
    var open = Array(reached)
    while let symbol = open.popLast() {
      for used in uses(symbol) where reached.insert(used).inserted { open.append(used) }
    }
    let lost = grammar.symbols.indices.filter { !reached.contains($0) }.map { grammar.symbols[$0].name }
    #expect(lost == [])
  }

  @Test func noSymbolContainsItself() {
    var finished: Set<Int> = []
    func visit(_ symbol: Int, _ path: [Int]) {
      #expect(!path.contains(symbol), "\(path.map { grammar.symbols[$0].name })")
      if path.contains(symbol) || !finished.insert(symbol).inserted { return }
      for used in uses(symbol) { visit(used, path + [symbol]) }
    }
    for symbol in grammar.symbols.indices { visit(symbol, []) }
  }

  @Test func thereAreHundredsOfSentences() {
    let sentences = grammar.symbols.filter { !$0.name.hasPrefix("choice") }.map(\.productions.count).reduce(0, +)
    #expect(sentences > 1500)
  }

  @Test func theNotationReadsWhatItDescribes() {
    let grammar = SamplePile.Grammar.compile([
      "= a\n{{x}} {b|c} {#07-07} \\u{e9}\\n\\t{^d}\n| more\n= d\nword"
    ])
    let literals = String(decoding: grammar.literals, as: UTF8.self)
    #expect(literals.contains("{x} ") && literals.contains(" é\n\t") && literals.contains("\nmore"))
    #expect(grammar.symbols.count == 3)
  }

  @Test func pronounsAgree() {
    #expect(SamplePile.PersonForm.allCases.allSatisfy { [0, 3].contains($0.words.count) })
    for (word, form) in [("he", SamplePile.PersonForm.he), ("hers", .hers), ("himself", .himself)] {
      #expect(SamplePile.PersonForm.parse(word)?.0 == form)
      #expect(SamplePile.PersonForm.parse(word.uppercased() + "3")?.role == 2)
    }
    #expect(SamplePile.PersonForm.parse("the") == nil)
  }

  @Test func aBagGivesEveryNumberOnceBeforeItRepeatsOne() {
    var random = SamplePile.Random(key: 1)
    for count in [5, 6, 12, 30, 97] {
      var bag = SamplePile.Bag()
      for _ in 0..<3 { #expect(Set((0..<count).map { _ in bag.draw(count, &random) }) == Set(0..<count)) }
    }
  }

  /// SplitMix64's published first numbers for the state 1234567.
  @Test func theGeneratorIsSplitMix64() {
    var random = SamplePile.Random(key: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test func linesBreakAtTheirWidth() {
    var text: [UInt8] = []
    var typesetter = SamplePile.Typesetter(SamplePile.Layout(width: 10, firstIndent: 2, indent: 1))
    typesetter.set(Array("one two three fourteenletters é é é é é\n\u{1}mid\n\u{2}block text\n".utf8), onto: &text)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "  one two")
    #expect(lines[1] == " three" && lines[2] == " fourteenletters" && lines[3] == " é é é é é")
    #expect(lines[4] == "   mid")
  }
}
