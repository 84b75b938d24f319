import CICU
import Testing

@testable import UnicodeText

func withBytes<Result>(_ text: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
  try text.withUnsafeBufferPointer(body)
}

func utf8(_ scalars: [UInt32]) -> [UInt8] {
  var text = String.UnicodeScalarView()
  text.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
  return Array(String(text).utf8)
}

func normalized(_ scalars: [UInt32]) throws -> [UInt32] {
  var result: [UInt8] = []
  try withBytes(utf8(scalars)) { try Normalization.shared().normalize($0, into: &result) }
  return String(decoding: result, as: UTF8.self).unicodeScalars.map(\.value)
}

@Suite struct NormalizationTests {
  @Test func composesAndReorders() throws {
    #expect(try normalized([0x65, 0x301]) == [0xE9])
    #expect(try normalized([0x61, 0x301, 0x323]) == [0x1EA1, 0x301])
    #expect(try normalized([0x1100, 0x1161, 0x11A8]) == [0xAC01])
    #expect(try normalized([0x212A, 0x20, 0x1FEF]) == [0x4B, 0x20, 0x60])
  }
}
