/// A form of ASCII letters and single spaces as sixteen bytes, so that one look says of most places whether it stands there: as
/// it is in lower case, or with a capital at its beginning.
struct PlainSpelling: Equatable {
  private static let size = 16

  /// In lower case, the first byte the lowest; 0 behind its end.
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var lowMask: UInt64 = 0
  private var highMask: UInt64 = 0
  private var count = 0
  private var words = 0

  /// Of a form that is not so plain: it says nothing.
  init() {}

  /// Of a form's words in lower case, with a capital and in capitals.
  init(_ cases: [(lower: String, title: String, upper: String)]) {
    let bytes = Array(cases.map(\.lower).joined(separator: " ").utf8)
    guard bytes.count <= Self.size, let first = cases.first, first.lower.utf8.count > 1,
      cases.allSatisfy({ Self.isPlain($0.lower) && $0.upper == $0.lower.uppercased() }),
      first.title == first.lower.prefix(1).uppercased() + first.lower.dropFirst()
    else { return }
    for (place, byte) in bytes.enumerated() {
      let shift = UInt64(place % 8 * 8)
      if place < 8 {
        low |= UInt64(byte) << shift
        lowMask |= 0xFF << shift
      } else {
        high |= UInt64(byte) << shift
        highMask |= 0xFF << shift
      }
    }
    (count, words) = (bytes.count, cases.count)
  }

  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { $0.isASCIILetter && $0 & 0x20 != 0 }
  }

  /// Whether the form stands at `start`; nil where this look does not say.
  @inline(always)
  func reading(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Matcher.Spelled? {
    guard count > 0, start &+ Self.size <= bytes.count, let base = UnsafeRawPointer(bytes.baseAddress) else {
      return nil
    }
    let first = base.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
    let second = base.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self).littleEndian
    let others = ((first | Self.small) ^ low) & lowMask
    let furtherOthers = ((second | Self.small) ^ high) & highMask
    guard others | furtherOthers == 0 else {
      let place = others != 0 ? others.trailingZeroBitCount &>> 3 : 8 &+ furtherOthers.trailingZeroBitCount &>> 3
      // White space between words can be written otherwise.
      return bytes[start &+ place].isASCIILetter ? .no : nil
    }
    // Bit 5 tells small letters and spaces from capitals, and from NUL.
    let capitals = ~first & lowMask & Self.small
    guard ~second & highMask & Self.small == 0, capitals & ~0xFF == 0 else { return nil }
    return .yes(end: start &+ count, LetterCase(code: capitals == 0 ? 0 : 1, words: words))
  }

  private static var small: UInt64 { 0x2020_2020_2020_2020 }
}
