import Testing

@testable import Intervention

@Suite struct FractionTests {
  @Test(arguments: [
    "0", "1", "0.25", "1.0", ".5", "0.000000000000000001", "0.999999999999999999", "1.000000000000000000",
  ])
  func decimalsAreRead(_ text: String) throws {
    #expect(Fraction(text)?.description == text)
  }

  @Test(
    arguments: [
      "", ".", "1.", "0.", "2", "1.1", "1.000000000000000001", "10", "00.5", "-0", "+1", "0,5", "1e-1", " 0.5", "0.5 ",
      "0.5.5", "½", "٠", "0.1234567890123456789", "nan",
    ])
  func anythingElseIsRefused(_ text: String) {
    #expect(Fraction(text) == nil)
  }

  /// The least hash that a fraction does not hold is the fraction of 2^64, rounded up.
  @Test func boundsAreExact() throws {
    let bounds: [(String, UInt64)] = [
      ("0.5", 1 << 63), ("0.25", 1 << 62), ("0.1", 1_844_674_407_370_955_162), (".3", 5_534_023_222_112_865_485),
      ("0.000000000000000001", 19), ("0.999999999999999999", 18_446_744_073_709_551_598),
    ]
    for (text, bound) in bounds {
      let fraction = try #require(Fraction(text))
      #expect(fraction.contains(bound - 1) && !fraction.contains(bound), "\(text)")
    }
  }

  @Test func oneHoldsAllAndZeroNothing() throws {
    for hash: UInt64 in [0, 1, 1 << 63, .max] {
      #expect(Fraction.one.contains(hash))
      #expect(try #require(Fraction("1.000")).contains(hash))
      #expect(!(try #require(Fraction("0")).contains(hash)))
    }
  }
}
