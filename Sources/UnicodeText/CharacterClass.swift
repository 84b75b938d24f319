import CICU

/// What a pre-tokenizer's pattern sees of a code point: `\p{L}`, `\p{N}`, `\s`, or none of them.
///
/// Equal to what `tokenizers` 0.23.3 matches on every code point, whatever Unicode version the system's libraries know.
public enum CharacterClass: UInt8, Sendable {
  case letter, number, space, other

  /// The class of a code point; anything beyond U+10FFFF, and surrogates, are `other`. Two table reads.
  @inlinable @inline(__always)
  public static func of(_ scalar: UInt32) -> CharacterClass {
    CharacterClass(rawValue: tiresias_character_class(scalar)).unsafelyUnwrapped
  }
}

/// True for a code point that joins the one before it: general category M, as the reference's `\p{M}` has it.
public func isCombiningMark(_ scalar: UInt32) -> Bool {
  tiresias_character_properties(scalar) & 0x40 != 0
}
