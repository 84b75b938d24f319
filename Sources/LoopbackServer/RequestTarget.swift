/// The target of a request (RFC 9112, origin form), taken apart and decoded.
struct RequestTarget: Equatable {
  /// Parts of the path between slashes, decoded; `/a//b/` has the parts a, "", b and "".
  let parts: [String]
  let query: [String: String]

  static let longest = 4096

  /// Nil for anything but a path with an optional query, both right in percent signs and UTF-8.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longest, bytes.first == UInt8(ascii: "/") else { return nil }
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
    var parts: [String] = []
    for part in bytes[1..<end].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let decoded = Self.decoded(part, plusIsSpace: false) else { return nil }
      parts.append(decoded)
    }
    var query: [String: String] = [:]
    for pair in bytes[min(end + 1, bytes.count)...].split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = Self.decoded(pair[..<equals], plusIsSpace: true),
        let value = Self.decoded(pair[equals...].dropFirst(), plusIsSpace: true)
      else { return nil }
      query[name] = value
    }
    (self.parts, self.query) = (parts, query)
  }

  /// Percent signs resolved; nil where two hexadecimal digits do not follow, or the bytes are no UTF-8.
  private static func decoded(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
    var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], text)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
