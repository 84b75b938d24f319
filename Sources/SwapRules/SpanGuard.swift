/// Spans that are never edited. Each says how far it looks (bytes from the match); what it cannot see it calls unknown.
enum SpanGuard: String {
  /// In a run of URL characters after `://` or `www.`; 256 bytes to the left.
  case url
  /// `him@example.com`, `me@he.example`; 64 bytes.
  case email
  /// `@his`, `#his`; 1 byte.
  case handle
  /// `his()`, `his[i]`, `his = 3`, `$his`, `->his`, `his::`, `"his": 3`; 16 bytes.
  case identifier
  /// Between backticks on one line; 128 bytes.
  case inlineCode = "inline-code"
  /// Between lines that begin with three backticks or tildes; 1,000 bytes on either side, and both must be there.
  case codeFence = "code-fence"
  /// Inside `<…>` on one line; 128 bytes.
  case tag
  /// Among more words of another language than of English; twelve words and 160 bytes between them on either side.
  case foreign
  /// Where a line says who made something; twenty words and 64 bytes between them on either side.
  case credit
  case regex

  /// Those that a pack names under `spans`.
  static let allCases: [SpanGuard] = [
    .url, .email, .handle, .identifier, .inlineCode, .codeFence, .tag, .foreign, .credit,
  ]
}

extension SpanGuard {
  /// False for guards that hold no plain word (see ``Beside``): addresses, handles and identifiers.
  var reachesOverSpaces: Bool {
    switch self {
    case .url, .email, .handle, .identifier: false
    default: true
    }
  }

  /// True for guards that nothing is inside of unless a backtick, a tilde or `>` comes behind it: see ``Clearance``.
  var needsCodeMarks: Bool {
    switch self {
    case .inlineCode, .codeFence, .tag: true
    default: false
    }
  }
}

extension TextView {
  func isInside(_ span: SpanGuard, _ start: Int, _ end: Int, _ tables: Tables) -> Ternary {
    switch span {
    case .url: isInURL(start)
    case .email: isInEmail(start, end)
    case .handle: isAfterSigil(start)
    case .identifier: isIdentifier(start, end)
    case .inlineCode: isInInlineCode(start, end)
    case .codeFence: isInCodeFence(start, end)
    case .tag: isInTag(start, end)
    case .foreign: isForeign(start, end, tables.languages)
    case .credit: isInCredit(start, end)
    case .regex: .no
    }
  }

  private func isInURL(_ start: Int) -> Ternary {
    var position = start
    let limit = start - 256
    while position > limit, let byte = byte(at: position - 1) {
      guard TextView.urlBytes.contains(byte) else { return .no }
      position -= 1
      if byte == 0x3A, bytes[position...].starts(with: [0x3A, 0x2F, 0x2F]) {
        guard let before = self.byte(at: position - 1) else { return .unknown }
        if before.isASCIILetter { return .yes }
      }
      if byte | 0x20 == 0x77, isWWW(position) {
        guard let before = self.byte(at: position - 1) else { return .unknown }
        if !before.isASCIIWordByte { return .yes }
      }
    }
    return position > limit ? .unknown : .no
  }

  private func isWWW(_ place: Int) -> Bool {
    guard place + 3 < upper, bytes[place + 3] == 0x2E else { return false }
    return bytes[place..<place + 3].allSatisfy { $0 | 0x20 == 0x77 }
  }

  private static let urlBytes = ByteSet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%")
  private static let mailBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._%+")

  private func isInEmail(_ start: Int, _ end: Int) -> Ternary {
    isBeforeAt(end) || isAfterAt(start)
  }

  /// The name before the `@`: `him@`, `his.name@`, followed by a host.
  private func isBeforeAt(_ end: Int) -> Ternary {
    var position = end
    while position < end + 64 {
      guard let byte = byte(at: position) else { return .unknown }
      position += 1
      if byte == 0x40 {
        guard let next = self.byte(at: position) else { return .unknown }
        return Ternary(next.isASCIIWordByte)
      }
      if !TextView.mailBytes.contains(byte) { return .no }
    }
    return .no
  }

  /// The host after the `@`.
  private func isAfterAt(_ start: Int) -> Ternary {
    var position = start
    while position > start - 64 {
      position -= 1
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0x40 {
        guard let before = self.byte(at: position - 1) else { return .unknown }
        return Ternary(TextView.mailBytes.contains(before))
      }
      if !TextView.mailBytes.contains(byte) { return .no }
    }
    return .no
  }

  private func isAfterSigil(_ start: Int) -> Ternary {
    guard let byte = byte(at: start - 1) else { return .unknown }
    return Ternary(byte == 0x40 || byte == 0x23)
  }

  private func isIdentifier(_ start: Int, _ end: Int) -> Ternary {
    isAfterOperator(start) || isBeforeOperator(end) || isQuotedKey(start, end)
  }

  /// `"his": 3`, `code="he"`.
  private func isQuotedKey(_ start: Int, _ end: Int) -> Ternary {
    guard let quote = byte(at: start - 1) else { return .unknown }
    guard quote == 0x22 || quote == 0x27 else { return .no }
    guard let closing = byte(at: end) else { return .unknown }
    guard closing == quote else { return .no }
    guard let after = byte(at: end + 1) else { return .unknown }
    if after == 0x3A { return .yes }
    guard let before = byte(at: start - 2) else { return .unknown }
    return Ternary(before == 0x3D)
  }

  /// `$his`, `\his`, `->his`, `::his`.
  private func isAfterOperator(_ start: Int) -> Ternary {
    guard let last = byte(at: start - 1) else { return .unknown }
    switch last {
    case 0x24, 0x5C: return .yes
    case 0x3E, 0x3A:
      guard let before = byte(at: start - 2) else { return .unknown }
      return Ternary(before == (last == 0x3E ? 0x2D : 0x3A))
    default: return .no
    }
  }

  /// `his(`, `his[i]`, `his->`, `his::`, `his = 3`, `his += 3`.
  private func isBeforeOperator(_ end: Int) -> Ternary {
    guard let first = byte(at: end) else { return .unknown }
    switch first {
    case 0x28: return .yes
    case 0x5B: return isSubscript(end + 1)
    case 0x2D, 0x3A:
      guard let second = byte(at: end + 1) else { return .unknown }
      if second == (first == 0x2D ? 0x3E : 0x3A) { return .yes }
      return Ternary(second == 0x3D)
    case 0x20, 0x09, 0x3D, 0x2B: return isAssignment(end)
    default: return .no
    }
  }

  /// Digits in brackets are a reference; anything else that names an element is a subscript.
  private func isSubscript(_ place: Int) -> Ternary {
    guard let byte = byte(at: place) else { return .unknown }
    return Ternary(byte.isASCIILetter || [0x22, 0x27, 0x5F, 0x2D, 0x5D, 0x3A].contains(byte))
  }

  private func isAssignment(_ end: Int) -> Ternary {
    var position = end
    while position < end + 8 {
      guard let byte = byte(at: position) else { return .unknown }
      if byte == 0x3D { return .yes }
      if byte == 0x2B || byte == 0x3A || byte == 0x2D {
        guard let next = self.byte(at: position + 1) else { return .unknown }
        return Ternary(next == 0x3D)
      }
      guard byte == 0x20 || byte == 0x09 else { return .no }
      position += 1
    }
    return .no
  }
}

/// A set of bytes as four words.
struct ByteSet {
  private var bits: (UInt64, UInt64) = (0, 0)

  /// Of ASCII characters.
  init(_ text: StaticString) {
    text.withUTF8Buffer { buffer in
      for byte in buffer {
        if byte < 64 { bits.0 |= 1 << UInt64(byte) } else { bits.1 |= 1 << UInt64(byte & 63) }
      }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    if byte >= 128 { return false }
    return (byte < 64 ? bits.0 : bits.1) >> UInt64(byte & 63) & 1 != 0
  }
}
