import TestSupport
import Testing

@testable import Intervention

@Suite struct SelectionTests {
  private func place(_ generator: inout SeededGenerator) -> Selection.Place {
    let keys = (0..<5).map { _ in UInt64.random(in: 0...1 << 33, using: &generator) }
    return Selection.Place(sequence: keys[0], dataset: keys[1], item: keys[2], token: keys[3], byte: keys[4])
  }

  /// The design's words, one after another.
  private func hash(_ values: [UInt64]) -> UInt64 {
    var hash: UInt64 = 0
    for value in values {
      var z = (hash ^ value) &+ 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      hash = z ^ (z >> 31)
    }
    return hash
  }

  @Test func mixIsTheKnownGenerator() {
    // The first three numbers of SplitMix64 seeded with 1234567, as its authors' code prints them.
    let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15
    let numbers = (0..<3).map { KeyedHash.mix(1_234_567 &+ UInt64($0) &* gamma) }
    #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test func hashFoldsUnitSeedAndKeys() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let (seed, at) = (generator.next(), place(&generator))
      let hashes = SelectionUnit.allCases.map { Selection(by: $0, seed: seed).hash(of: at) }
      #expect(hashes[0] == hash([0, seed, at.sequence]))
      #expect(hashes[1] == hash([1, seed, at.dataset, at.item]))
      #expect(hashes[2] == hash([2, seed, at.dataset, at.item, at.token, at.byte]))
    }
  }

  @Test(arguments: SelectionUnit.allCases)
  func aLargerFractionHoldsTheSmaller(_ unit: SelectionUnit) throws {
    let fractions = try ["0", "0.01", "0.1", "0.100000000000000001", "0.5", "0.99", "1"].map {
      try #require(Fraction($0))
    }
    var generator = SeededGenerator(seed: 2)
    var kept = [Int](repeating: 0, count: fractions.count)
    for _ in 0..<2000 {
      let at = place(&generator)
      let keeps = fractions.map { Selection(fraction: $0, by: unit, seed: 7).keeps(at) }
      #expect(keeps == keeps.sorted { !$0 && $1 })
      for index in kept.indices where keeps[index] { kept[index] += 1 }
    }
    #expect(kept[0] == 0 && kept[6] == 2000)
    #expect((140...260).contains(kept[2]) && (900...1100).contains(kept[4]))
  }
}
