import Foundation
import Testing

@testable import UnicodeText

@Suite struct NormalizationTests {
  private func normalized(_ scalars: [UInt32]) throws -> [UInt32] {
    var result: [UInt8] = []
    try withBytes(utf8(scalars)) { try Normalization.shared().normalize($0, into: &result) }
    return String(decoding: result, as: UTF8.self).unicodeScalars.map(\.value)
  }

  private func isNormalized(_ scalars: [UInt32]) throws -> Bool {
    try withBytes(utf8(scalars)) { try Normalization.shared().isNormalized($0) }
  }

  @Test func composesReordersAndReplacesSingletons() throws {
    #expect(try normalized([0x65, 0x301]) == [0xE9])
    #expect(try normalized([0x61, 0x301, 0x323]) == [0x1EA1, 0x301])
    #expect(try normalized([0x1100, 0x1161, 0x11A8]) == [0xAC01])
    #expect(try normalized([0x212A, 0x20, 0x1FEF]) == [0x4B, 0x20, 0x60])
  }

  @Test func leavesMarksThatAreYoungerThanUnicode9Alone() throws {
    // U+0898 has class 220 since Unicode 14; the reference does not know it.
    #expect(try normalized([0x61, 0x301, 0x898]) == [0xE1, 0x898])
    #expect(try normalized([0x61, 0x898, 0x301]) == [0x61, 0x898, 0x301])
    #expect(try normalized([0x11935, 0x11930]) == [0x11935, 0x11930])
  }

  @Test func agreesWithFoundationOnWhatUnicode9Had() throws {
    let old = (UInt32(0)...0x1F000).filter {
      guard let age = Unicode.Scalar($0)?.properties.age else { return false }
      return age.major <= 9
    }
    let busy = old.filter { Unicode.Scalar($0)!.properties.canonicalCombiningClass != .notReordered }
    let pool =
      busy + [0x61, 0x65, 0x41, 0xE9, 0x1EA1, 0x3B1, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x915, 0x93C, 0x20, 0x212A]
    var generator = SplitMix(seed: 5)
    for round in 0..<4000 {
      let scalars = randomScalars(round % 2 == 0 ? pool : old, upTo: 12, &generator)
      let text = String(decoding: utf8(scalars), as: UTF8.self)
      let expected = text.precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
      #expect(try normalized(scalars) == expected)
      #expect(try isNormalized(scalars) == (expected == scalars))
    }
  }

  @Test func textAroundChangesIsKept() throws {
    let long = [UInt32](repeating: 0x78, count: 100)
    #expect(try normalized(long + [0x65, 0x301] + long) == long + [0xE9] + long)
    #expect(try normalized(long + [0x2019] + long) == long + [0x2019] + long)
    #expect(try isNormalized(long + [0x2019, 0x4E00, 0x1F600] + long))
  }

  @Test func normalFormIsStableAndSplitsAtBoundaries() throws {
    var generator = SplitMix(seed: 6)
    let pool: [UInt32] = [0x61, 0x301, 0x323, 0x300, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x20, 0x915, 0x9BE, 0x9C7, 0x344]
    for _ in 0..<2000 {
      let left = randomScalars(pool, upTo: 6, &generator)
      let right = randomScalars(pool, upTo: 6, &generator)
      let whole = try normalized(left + right)
      #expect(try normalized(whole) == whole)
      if let first = right.first, try Normalization.shared().hasBoundaryBefore(first) {
        #expect(try normalized(left) + normalized(right) == whole)
      }
    }
  }

  @Test func marksHaveNoBoundaryBeforeThem() throws {
    #expect(try !Normalization.shared().hasBoundaryBefore(0x301))
    #expect(try !Normalization.shared().hasBoundaryBefore(0x1161))
    #expect(try Normalization.shared().hasBoundaryBefore(0x61))
    #expect(try Normalization.shared().hasBoundaryBefore(0xE9))
  }

  /// U+0F73 and U+0F81 are starters that decompose into marks: Foundation does not reorder across them, Unicode does.
  @Test func startersThatDecomposeIntoMarksAreReordered() throws {
    #expect(try normalized([0x61, 0xF73, 0x344]) == [0xE4, 0xF71, 0xF72, 0x301])
    #expect(try normalized([0x61, 0xF81, 0xF81, 0xF73]) == [0x61, 0xF71, 0xF71, 0xF71, 0xF80, 0xF80, 0xF72])
    let many = [UInt32](repeating: 0xF73, count: 200)
    #expect(try normalized(many) == .init(repeating: 0xF71, count: 200) + .init(repeating: 0xF72, count: 200))
  }

  @Test func longRunsOfMarksAreOrderedAlikeAndInNoQuadraticTime() throws {
    let pool: [UInt32] = [0x301, 0x323, 0x334, 0x345, 0x344, 0xF71, 0xF72, 0x898, 0x5B0, 0x3099]
    var generator = SplitMix(seed: 8)
    for count in [1, 2, 3, 4, 5, 60, 64, 65, 300] {
      for _ in 0..<40 {
        let scalars = [0x61] + (0..<count).map { _ in pool.randomElement(using: &generator)! }
        // The young mark is a wall to our data, not to Foundation's: each side alone.
        let expected = scalars.split(separator: 0x898, omittingEmptySubsequences: false).map {
          String(decoding: utf8(Array($0)), as: UTF8.self).precomposedStringWithCanonicalMapping.unicodeScalars.map(
            \.value)
        }
        #expect(try normalized(scalars) == Array(expected.joined(separator: [0x898])), "\(scalars)")
      }
    }
    let started = ContinuousClock.now
    let many = [0x61] + (0..<100_000).map { _ in pool[..<4].randomElement(using: &generator)! }
    #expect(try normalized(many).count <= many.count)
    #expect(ContinuousClock.now - started < .seconds(30))
  }
}
