/// Reads a line byte by byte: the slow way in, for lines that simdjson does not vouch for.
///
/// It takes what Python's `json.loads` takes (NaN, numbers of any length and lone surrogates included), and for
/// everything else knows the byte at which the line breaks, and why. Linear in the line's length; no recursion.
final class CarefulLine {
  private let text = Unescaped()
  private let subset = Unescaped()
  private let key = Unescaped()
  private var hasSubset = false
  private var loneSurrogates = 0
  /// Why there is no text, and where; nil once there is one.
  private var textFault: LineFault?

  /// The result's pointers stay valid until the next call.
  func parse(_ line: UnsafeBufferPointer<UInt8>) throws(LineFault) -> ParsedLine {
    if let offset = firstInvalidUTF8(in: line) {
      let byte = String(line[offset], radix: 16, uppercase: true)
      throw LineFault(kind: .invalidUTF8, offset: offset, reason: "byte 0x\(byte) starts no valid sequence")
    }
    for target in [text, subset, key] { target.reset(length: line.count) }
    hasSubset = false
    loneSurrogates = 0
    textFault = LineFault(kind: .noText, offset: 0, reason: "the object has no key \"text\"")
    var scanner = JSONScanner(line)
    try readLine(&scanner)
    try scanner.expectEnd()
    if let textFault { throw textFault }
    return ParsedLine(text: text.bytes, subset: hasSubset ? subset.bytes : nil, loneSurrogates: loneSurrogates)
  }

  private func readLine(_ scanner: inout JSONScanner) throws(LineFault) {
    if scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw scanner.fault("the line starts with a byte order mark, which JSON does not allow")
    }
    switch scanner.next() {
    case nil: throw scanner.fault("the line is blank")
    case UInt8(ascii: "{"): try readObject(&scanner)
    case UInt8(ascii: "\""): try readText(&scanner)
    default:
      textFault = LineFault(kind: .noText, offset: scanner.at, reason: "the line is neither an object nor a string")
      try scanner.skipValue()
    }
  }

  private func readObject(_ scanner: inout JSONScanner) throws(LineFault) {
    try readMembers(&scanner) { scanner throws(LineFault) in
      if key.equals("text") {
        try readText(&scanner)
      } else if key.equals("meta") {
        try readMeta(&scanner)
      } else {
        try scanner.skipValue()
      }
    }
  }

  /// Reads a string, or a list of strings joined with two line feeds. A value of another kind is a fault of the line,
  /// unless a later key of the same name makes good for it.
  private func readText(_ scanner: inout JSONScanner) throws(LineFault) {
    text.removeAll()
    loneSurrogates = 0
    textFault = nil
    switch scanner.next() {
    case UInt8(ascii: "\""): loneSurrogates = try scanner.string(into: text)
    case UInt8(ascii: "["): try readList(&scanner)
    default: try refuseText(&scanner, "\"text\" is neither a string nor a list of strings")
    }
  }

  private func readList(_ scanner: inout JSONScanner) throws(LineFault) {
    try scanner.expect(UInt8(ascii: "["), "a list")
    if scanner.take(UInt8(ascii: "]")) { return }
    var isFirst = true
    repeat {
      if scanner.next() == UInt8(ascii: "\"") {
        if !isFirst { text.append(scalar: 0x0A); text.append(scalar: 0x0A) }
        loneSurrogates += try scanner.string(into: text)
      } else {
        try refuseText(&scanner, "the list \"text\" holds something other than strings")
      }
      isFirst = false
    } while scanner.take(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "]"), "a comma or a closing bracket")
  }

  private func refuseText(_ scanner: inout JSONScanner, _ reason: String) throws(LineFault) {
    if textFault == nil { textFault = LineFault(kind: .noText, offset: scanner.at, reason: reason) }
    try scanner.skipValue()
  }

  private func readMeta(_ scanner: inout JSONScanner) throws(LineFault) {
    hasSubset = false
    guard scanner.next() == UInt8(ascii: "{") else { return try scanner.skipValue() }
    try readMembers(&scanner) { scanner throws(LineFault) in
      guard key.equals("pile_set_name") else { return try scanner.skipValue() }
      subset.removeAll()
      hasSubset = scanner.next() == UInt8(ascii: "\"")
      if hasSubset { try scanner.string(into: subset) } else { try scanner.skipValue() }
    }
  }

  /// Reads an object; `value` reads or skips the value of the key that ``key`` holds.
  private func readMembers(
    _ scanner: inout JSONScanner, value: (inout JSONScanner) throws(LineFault) -> Void
  ) throws(LineFault) {
    try scanner.expect(UInt8(ascii: "{"), "an object")
    if scanner.take(UInt8(ascii: "}")) { return }
    repeat {
      key.removeAll()
      try scanner.key(into: key)
      try value(&scanner)
    } while scanner.take(UInt8(ascii: ","))
    try scanner.expect(UInt8(ascii: "}"), "a comma or a closing brace")
  }
}
