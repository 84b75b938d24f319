import TestSupport
import Testing

@testable import SwapRules

@Suite struct WordMemoryTests {
  /// More words than the memory has places, so that they push each other out.
  private func words(_ random: inout SeededGenerator) -> [String] {
    let known = [
      "saw", "Saw", "SAW", "don’t", "don't", "naïve", "10th", "kindness", "friends", "the", "incomprehensible",
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
        let seen = memory.seen(at: place, byTable: 0)
        let values = tables.learnt[0].values(of: item, view, isShouting: false)
        #expect(values.map { [$0.word, $0.ending, $0.wordClass] } == [seen.word, seen.ending, seen.wordClass])
      }
    }
    #expect(places.count > 5000)
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
