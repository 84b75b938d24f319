import CICU
import Testing
import UnicodeText

@Suite struct CharacterClassTests {
  /// Swift's own data are younger; what they had by Unicode 16 is what the reference knows.
  @Test func agreesWithSwiftsDataOfUnicode16() {
    var differences: [UInt32] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if CharacterClass.of(value) != expected(scalar.properties) { differences.append(value) }
    }
    #expect(differences == [])
  }

  private func expected(_ properties: Unicode.Scalar.Properties) -> CharacterClass {
    if properties.isWhitespace { return .space }
    guard let age = properties.age, age.major <= 16 else { return .other }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return .other
    }
  }

  @Test func combiningMarksAreGeneralCategoryM() {
    let marks: Set<Unicode.GeneralCategory> = [.nonspacingMark, .spacingMark, .enclosingMark]
    for value in UInt32(0)...0x10FFFF {
      guard let properties = Unicode.Scalar(value)?.properties else { continue }
      let expected = marks.contains(properties.generalCategory) && (properties.age?.major ?? 99) <= 16
      if isCombiningMark(value) != expected { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test func valuesThatAreNoScalarsAreOther() {
    for value: UInt32 in [0xD800, 0xDFFF, 0x110000, .max] { #expect(CharacterClass.of(value) == .other) }
  }

  @Test func tableIsTheOneThatWasGenerated() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in UInt32(0)...0x10FFFF {
      for byte in [tiresias_character_class(value), tiresias_character_properties(value)] {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    #expect(hash == tiresias_character_checksum)
    #expect(dataVersion.contains("sha256:503a632a"))
  }
}
