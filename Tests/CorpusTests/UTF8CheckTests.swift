import Testing

@testable import Corpus

@Suite struct UTF8CheckTests {
  @Test func agreesWithTheStandardLibraryOnEveryPairAndOnRandomBytes() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for tail in [[], [0x80], [0x80, 0x80], [0xBF, 0xBF], [0x41]] as [[UInt8]] { agree([first, second] + tail) }
      }
    }
    var generator = SplitMix(state: 9)
    for _ in 0..<5000 {
      agree((0..<8).map { _ in [0x41, 0xC3, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0xED].randomElement(using: &generator)! })
    }
  }

  private func agree(_ bytes: [UInt8]) {
    let offset = bytes.withUnsafeBufferPointer { firstInvalidUTF8(in: $0) }
    guard let offset else {
      #expect(String(validating: bytes, as: UTF8.self) != nil, "\(bytes)")
      return
    }
    #expect(String(validating: bytes, as: UTF8.self) == nil, "\(bytes)")
    #expect(String(validating: bytes[..<offset], as: UTF8.self) != nil, "\(bytes)")
  }
}
