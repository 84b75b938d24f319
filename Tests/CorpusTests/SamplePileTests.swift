import ByteIO
import Testing

@testable import Corpus

/// The first thousand documents of a few seeds, made once for all tests.
enum SampleFixture {
  static let seeds: [UInt64] = [1, 20_240_227]
  static let thousands: [UInt64: [SamplePile.Document]] = Dictionary(
    uniqueKeysWithValues: seeds.map { seed in (seed, (0..<1000).map(SamplePile(seed: seed).document)) })
  /// All text of a thousand as a C string, a line feed for each NUL.
  static let strings: [UInt64: [CChar]] = thousands.mapValues { documents in
    documents.flatMap { $0.text + [0x0A] }.map { CChar(bitPattern: $0 == 0 ? 0x0A : $0) } + [0]
  }
}

@Suite struct SamplePileTests {
  @Test func aDocumentDependsOnItsSeedAndNumberAlone() {
    let pile = SamplePile(seed: 5)
    let author = SamplePile.Author(pile)
    for index in [7, 3, 7, 250, 0, 3] {
      let subset = author.write(index)
      let alone = SamplePile(seed: 5).document(index)
      #expect(author.text == alone.text && subset == alone.subset)
    }
    #expect(SamplePile(seed: 6).document(7).text != pile.document(7).text)
  }

  /// The same bytes on every machine. Whoever changes the grammar changes this line, knowingly.
  @Test func theBytesAreKnown() {
    let hash = SHA256()
    for index in 0..<60 { SamplePile(seed: 1).document(index).text.withUnsafeBytes { hash.update($0) } }
    #expect(hash.finish() == "2febbd9b28184dcec84c682dccaf6369845ffde7fbae2aeffddb476bfc3f5e21")
  }

  @Test func seedsAndNumbersAtTheirLimitsWork() {
    for seed in [0, 1, UInt64.max] {
      for index in [0, 999, 1000, 1 << 40, Int.max] { _ = SamplePile(seed: seed).document(index) }
    }
  }

  @Test func everyThousandHasItsShareOfEverySubset() {
    #expect(SamplePile.Subset.thousand.count == 1000)
    #expect(SamplePile.Subset.allCases.count == 22)
    for thousand in [0, 1, 12_345] {
      let subsets = (0..<1000).map { SamplePile(seed: 9).plan(of: thousand * 1000 + $0).subset }
      for subset in SamplePile.Subset.allCases {
        #expect(subsets.count { $0 == subset } == subset.documentsPerThousand)
      }
    }
  }

  @Test func everyThousandHasItsShareOfEveryFate() {
    for seed: UInt64 in 0..<8 {
      let fates = (0..<4000).map { SamplePile(seed: seed).plan(of: $0).fate }
      for fate in SamplePile.Fate.allCases where fate != .ordinary && fate != .giant {
        let count = fates.count { $0 == fate }
        // A document that is nothing but trouble may take the place of one to which something happened.
        #expect(fate.symbol == nil ? count > 2 * fate.documentsPerThousand : count == 4 * fate.documentsPerThousand)
        #expect(count <= 4 * fate.documentsPerThousand)
      }
      #expect(fates.count { $0 == .giant } <= 1)
    }
  }

  @Test func aFewDozenDocumentsAlreadyShowMostSubsets() {
    for seed in SampleFixture.seeds {
      let subsets = Set((0..<60).map { SamplePile(seed: seed).plan(of: $0).subset })
      #expect(subsets.count >= 10)
    }
  }

  @Test func lengthsRunFromNothingToAMegabyte() throws {
    for documents in SampleFixture.thousands.values {
      let sizes = documents.map(\.text.count)
      #expect(sizes.min() == 0)
      #expect(documents.contains { (1...12).contains($0.text.count) && !$0.text.contains(0x20) })
      #expect(sizes.contains { (100_000...400_000).contains($0) })
      #expect((2_000_000...7_000_000).contains(sizes.reduce(0, +)))
    }
    let pile = SamplePile(seed: 3)
    let giant = try #require((0..<4000).first { pile.plan(of: $0).fate == .giant })
    #expect((900_000...1_300_000).contains(pile.document(giant).text.count))
  }

  @Test func textIsValidUTF8() {
    for document in SampleFixture.thousands.values.joined() {
      #expect(String(validating: document.text, as: UTF8.self) != nil)
    }
  }

  @Test func layoutMarksNeverReachTheText() {
    for (seed, documents) in SampleFixture.thousands {
      for (index, document) in documents.enumerated() where SamplePile(seed: seed).plan(of: index).fate != .controls {
        for mark: UInt8 in 1...4 { #expect(!document.text.contains(mark)) }
      }
    }
  }
}
