import CICU

/// Word_Break (UAX #29, table 3) of a code point, from the pinned table (Unicode 15.0).
enum WordBreakProperty: UInt8 {
  case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, regionalIndicator, format, katakana
  case hebrewLetter, letter, singleQuote, doubleQuote, midNumLet, midLetter, midNum, numeric, extendNumLet, spaceSegment

  static func of(_ scalar: UInt32) -> WordBreakProperty {
    WordBreakProperty(rawValue: tiresias_character_properties(scalar) & 31) ?? .other
  }

  static func isPictographic(_ scalar: UInt32) -> Bool { tiresias_character_properties(scalar) & 0x20 != 0 }

  /// AHLetter.
  var isLetter: Bool { self == .letter || self == .hebrewLetter }
  /// What WB4 looks through.
  var isIgnored: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }
  var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed || self == .newline }
  /// MidLetter or MidNumLetQ.
  var joinsLetters: Bool { self == .midLetter || self == .midNumLet || self == .singleQuote }
  /// MidNum or MidNumLetQ.
  var joinsDigits: Bool { self == .midNum || self == .midNumLet || self == .singleQuote }
  /// What WB13a and WB13b join by an underscore.
  var joinsUnderscore: Bool { isLetter || self == .numeric || self == .katakana || self == .extendNumLet }
}
