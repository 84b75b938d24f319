import Foundation
import TestSupport
import Testing

@testable import UnicodeText

/// ICU's own word boundaries, through the functions that this machine's version has.
private final class ICUWords {
  private typealias Open =
    @convention(c) (
      Int32, UnsafePointer<CChar>?, UnsafePointer<UInt16>?, Int32, UnsafeMutablePointer<Int32>
    ) -> OpaquePointer?
  private typealias Next = @convention(c) (OpaquePointer) -> Int32
  private let open: Open
  private let next: Next
  private let close: @convention(c) (OpaquePointer) -> Void

  init?() {
    let major = libraryVersion.prefix { $0 != "." }
    func symbol<Function>(_ name: String, as: Function.Type) -> Function? {
      dlsym(UnsafeMutableRawPointer(bitPattern: 0), "\(name)_\(major)").map { unsafeBitCast($0, to: Function.self) }
    }
    guard let open = symbol("ubrk_open", as: Open.self), let next = symbol("ubrk_next", as: Next.self),
      let close = symbol("ubrk_close", as: (@convention(c) (OpaquePointer) -> Void).self)
    else { return nil }
    (self.open, self.next, self.close) = (open, next, close)
  }

  /// Boundaries as counts of scalars.
  func boundaries(_ scalars: [UInt32]) -> Set<Int> {
    let units = String(decoding: utf8(scalars), as: UTF8.self).utf16.map { $0 }
    var status: Int32 = 0
    guard let iterator = open(1, "", units, Int32(units.count), &status), status <= 0 else { return [] }
    defer { close(iterator) }
    var byUnit = [0: 0]
    var unit = 0
    for (index, scalar) in scalars.enumerated() {
      unit += scalar > 0xFFFF ? 2 : 1
      byUnit[unit] = index + 1
    }
    var found: Set<Int> = [0]
    while case let place = next(iterator), place >= 0 { found.insert(byUnit[Int(place)] ?? -1) }
    return found
  }
}

@Suite struct WordBreakTests {
  private func boundaries(_ scalars: [UInt32]) -> Set<Int> {
    var found: Set<Int> = []
    let text = utf8(scalars)
    var place = 0
    for index in 0...scalars.count {
      if withBytes(text, { WordBreak.isBoundary(in: $0, at: place) }) { found.insert(index) }
      if index < scalars.count { place += utf8([scalars[index]]).count }
    }
    return found
  }

  /// Scripts that ICU splits by dictionary, and what its rules tailor (CLDR takes colons out of MidLetter).
  private func isTailored(_ value: UInt32) -> Bool {
    switch value {
    case 0x3A, 0x40, 0xFE55, 0xFF1A: return true
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF, 0xA9E0...0xA9FF,
      0xAA60...0xAA7F, 0xAA80...0xAADF, 0x11700...0x1174F:
      return true
    case 0x2E80...0x33FF, 0x3400...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
      0x16F00...0x1B2FF, 0x20000...0x3FFFF:
      return true
    default: return false
    }
  }

  @Test func agreesWithICUOnRandomStrings() throws {
    let icu = try #require(ICUWords())
    let all = (UInt32(0)..<0x20000).filter { Unicode.Scalar($0) != nil && !isTailored($0) }
    var pools = Dictionary(grouping: all, by: { tiresiasProperties($0) }).values.map { Array($0) }
    pools.sort { $0[0] < $1[0] }
    var generator = SplitMix(seed: 11)
    for _ in 0..<20_000 {
      let scalars = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        pools.randomElement(using: &generator)!.randomElement(using: &generator)!
      }
      let expected = icu.boundaries(scalars)
      if boundaries(scalars) != expected {
        Issue.record(
          "\(scalars.map { String($0, radix: 16) }): \(boundaries(scalars).sorted()), ICU \(expected.sorted())")
        break
      }
    }
  }

  private func tiresiasProperties(_ value: UInt32) -> Int {
    Int(WordBreakProperty.of(value).rawValue) * 2 + (WordBreakProperty.isPictographic(value) ? 1 : 0)
  }

  @Test func agreesWithICUOnProse() throws {
    let icu = try #require(ICUWords())
    let text = """
      "He can't," she said -- 'twas 3.14 (or 1,000)\r\n\r\nhe_said snake_case; l'homme, O'Brien’s rock'n'roll e.g. U.S.A.\t
      co-operate naïve Ünïcode\u{301} \u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7} \u{1F468}\u{200D}\u{1F469}  שָׁלוֹם צה\"ל 42nd $5 50% a\u{AD}b
      """
    let scalars = text.unicodeScalars.map(\.value)
    #expect(boundaries(scalars) == icu.boundaries(scalars))
  }

  @Test func decidesLocallyWhateverFollowsOrSaysThatItCannot() {
    var generator = SplitMix(seed: 12)
    let pool: [UInt32] = [
      0x61, 0x31, 0x27, 0x2E, 0x2C, 0x22, 0x5D0, 0x5F, 0x20, 0x301, 0x200D, 0x1F1E6, 0x1F600, 0xD, 0xA,
    ]
    for _ in 0..<20_000 {
      let left = utf8(randomScalars(pool, upTo: 4, &generator))
      let middle = utf8(randomScalars(pool, upTo: 5, &generator))
      let right = utf8(randomScalars(pool, upTo: 4, &generator))
      for place in 0...middle.count {
        let decision = withBytes(middle) { WordBreak.decide(in: $0, at: place, openStart: true, openEnd: true) }
        if decision == .undecided { continue }
        let whole = withBytes(left + middle + right) { WordBreak.decide(in: $0, at: left.count + place) }
        #expect(decision == whole)
      }
    }
  }

  @Test func textBeyondTheEdgeMatters() {
    func decide(_ text: String, _ place: Int) -> WordBreak.Decision {
      withBytes(Array(text.utf8)) { WordBreak.decide(in: $0, at: place, openStart: true, openEnd: true) }
    }
    #expect(decide("he'", 2) == .undecided)
    #expect(decide("he's", 2) == .noBoundary)
    #expect(decide("he'.", 2) == .boundary)
    #expect(decide("he said", 2) == .boundary)
    #expect(decide("he", 2) == .undecided)
    #expect(decide("he", 0) == .undecided)
    #expect(decide("'he", 1) == .undecided)
  }

  @Test func positionsInsideCharactersAreNoBoundaries() {
    let text = Array("é €".utf8)
    #expect(
      (0...text.count).filter { place in withBytes(text) { WordBreak.isBoundary(in: $0, at: place) } } == [0, 2, 3, 6])
  }
}
