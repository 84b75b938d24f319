import TestSupport
import Testing

@testable import SwapRules

extension WordMemory {
  /// The place of an item that has a key, which it has then.
  func place(of item: Item, in view: TextView) -> Int? {
    guard let key = key(of: item, in: view) else { return nil }
    if !has(key) { learn(key, item, in: view) }
    return key.place
  }
}

extension Surroundings {
  mutating func outcome(of entry: Entry) -> Outcome { withUnsafePointer(to: entry) { outcome(of: $0) } }
}

@Suite struct WordMemoryTests {
  /// More words than the memory has places, so that they push each other out.
  private func words(_ random: inout SeededGenerator) -> [String] {
    let known = [
      "saw", "Saw", "SAW", "don’t", "don't", "naïve", "10th", "kindness", "friends", "the", "incomprehensible",
      ",", ".", ";", ":", "?", "!",
    ]
    let letters = Array("abcdeghinorst")
    return known
      + (0..<20_000).map { _ in
        String((0..<Int.random(in: 1...17, using: &random)).map { _ in letters.randomElement(using: &random)! })
      }
  }

  @Test func whatIsRememberedIsWhatLookingItUpGives() throws {
    let tables = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml").tables
    let memory = WordMemory(tables)
    defer { memory.deallocate() }
    var random = SeededGenerator(seed: 71)
    let words = words(&random)
    var places = Set<Int>()
    for _ in 0..<60_000 {
      // The nearest words come again, as they do in a text.
      let word = words[
        min(Int.random(in: 0..<words.count, using: &random), Int.random(in: 0..<words.count, using: &random))]
      let text = Array(("over there stood " + word + " beside her").utf8)
      text.withUnsafeBufferPointer { bytes in
        let view = TextView(SegmentText(bytes), around: bytes.count - 3, bytes.count)
        let item = view.item(after: 16)
        let place = memory.place(of: item, in: view)
        #expect((place != nil) == (item.end - item.start <= 16))
        guard let place else { return }
        places.insert(place)
        let folded = FoldedWord(bytes, item.start, item.end)
        #expect(memory.classes(at: place) == tables.classes.value(of: folded) ?? 0)
        #expect(memory.texts(at: place) == tables.textTests.passed(by: item, view))
        let seen = memory.seen(at: place, byTable: 0).pointee
        let values = tables.learnt[0].values(of: item, view, isShouting: false)
        let numbers = { (values: LearntScorer.Values) in
          [values.word, values.ending, values.wordClass, values.parts]
        }
        #expect(values.map(numbers) == numbers(seen))
        for index in seen.alone.indices { #expect(values?.alone[index] == seen.alone[index]) }
      }
    }
    #expect(places.count > 5000)
  }

  /// Words that take each other's place stand beside one match: none is taken for the other.
  @Test func wordsWithOnePlaceAreToldApart() throws {
    let tables = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml").tables
    let memory = WordMemory(tables)
    defer { memory.deallocate() }
    let entry = try #require(tables.entries.first { $0.program != nil && $0.branches.count > 5 })
    var random = SeededGenerator(seed: 73)
    var pairs = 0
    for (word, other) in wordsWithOnePlace(&random, memory) {
      pairs += 1
      for (before, after) in [(word, other + " " + word), (other, word + " " + other), (word, "to " + other)] {
        let front = "over there they stood and so " + before + " "
        Array((front + "her " + after + " x").utf8).withUnsafeBufferPointer { bytes in
          let start = front.utf8.count
          let view = TextView(SegmentText(bytes), around: start, start + 3)
          var quick = Surroundings(view, tables, memory, wordCase: .lower, start: start, end: start + 3)
          var slow = Surroundings(view, tables, nil, wordCase: .lower, start: start, end: start + 3)
          for _ in 0..<2 {
            #expect("\(quick.outcome(of: entry))" == "\(slow.outcome(of: entry))", "\(before) her \(after)")
          }
        }
      }
    }
    #expect(pairs > 20)
  }

  /// Whatever the next word is, behind a space or a line's end, and whatever stands before the match.
  @Test func whatIsLeftOfAProgramGivesWhatTheProgramGives() throws {
    let tables = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml").tables
    let memory = WordMemory(tables)
    defer { memory.deallocate() }
    let entries = tables.entries.filter { $0.programNumber != .max }
    let words = [
      "own", "all", "every", "and", "or", "in", "to", "hair", "house", "friends", "running", "Miriam", "MIRIAM", "she",
      "not",
      "once", "her", "while", "one", "10", "don't", "he'd", ".", ",", "?", "-", "--", "]", "”", "\"", "home", "let",
      "of",
    ]
    let gaps = [" ", " ", " ", "\n", "", "\n\n"]
    var random = SeededGenerator(seed: 74)
    var outcomes = Set<String>()
    for _ in 0..<20_000 {
      let near = (0..<6).map { _ in words.randomElement(using: &random)! + gaps.randomElement(using: &random)! }
      let front = "over there they stood " + near[0] + near[1] + near[2]
      Array((front + "her" + gaps.randomElement(using: &random)! + near[3] + near[4] + near[5]).utf8)
        .withUnsafeBufferPointer { bytes in
          let start = front.utf8.count
          let view = TextView(SegmentText(bytes), around: start, start + 3)
          for entry in entries {
            var quick = Surroundings(view, tables, memory, wordCase: .lower, start: start, end: start + 3)
            var slow = Surroundings(view, tables, nil, wordCase: .lower, start: start, end: start + 3)
            let outcome = "\(slow.outcome(of: entry))"
            #expect("\(quick.outcome(of: entry))" == outcome, "\(String(decoding: bytes, as: UTF8.self))")
            outcomes.insert(outcome)
          }
        }
    }
    #expect(outcomes.count > 15, "\(outcomes)")
  }

  @Test func aProgramThatHasNoRoomForItsRestsIsRunFromItsBeginning() throws {
    let tables = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml").tables
    let facts = NextWordPrograms.Facts(kinds: UInt64(ItemKinds.word.rawValue))
    let (none, some) = (NextWordPrograms(tables, maximumSteps: 0), NextWordPrograms(tables))
    for (number, program) in tables.programs.enumerated() {
      #expect(none.rest(ofProgram: number, facts) == program)
      let rest = some.rest(ofProgram: number, facts)
      #expect(rest != program && some.rest(ofProgram: number, facts) == rest)
    }
  }

  private func wordsWithOnePlace(_ random: inout SeededGenerator, _ memory: WordMemory) -> [(String, String)] {
    let known = ["saw", "gave", "friends", "standing", "own", "back", "made", "her", "mother", "and", "home", "let"]
    var pairs: [(String, String)] = []
    let places = Dictionary(known.compactMap { word in place(of: word, memory).map { ($0, word) } }) { first, _ in first
    }
    for word in (0..<12).flatMap({ _ in words(&random) }) {
      if let place = place(of: word, memory), let other = places[place], other != word { pairs.append((word, other)) }
    }
    return pairs
  }

  private func place(of word: String, _ memory: WordMemory) -> Int? {
    Array(("over there they stood " + word + " x").utf8).withUnsafeBufferPointer { bytes in
      let view = TextView(SegmentText(bytes), around: 22, 22)
      return memory.place(of: view.item(after: 21), in: view)
    }
  }

  @Test func whatIsNotKnownWholeIsNotRemembered() throws {
    let tables = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml").tables
    let memory = WordMemory(tables)
    defer { memory.deallocate() }
    Array("over there she stood beside her frie".utf8).withUnsafeBufferPointer { bytes in
      let view = TextView(SegmentText(bytes, trailing: .cut), around: 28, 31)
      #expect(memory.place(of: view.item(after: 31), in: view) == nil)
      #expect(memory.place(of: view.item(before: 28), in: view) != nil)
      // Sixteen bytes are read at once.
      #expect(memory.place(of: view.item(after: 4), in: view) == nil)
      #expect(memory.place(of: .unknown(20), in: view) == nil)
    }
  }
}
