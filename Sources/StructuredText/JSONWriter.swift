extension JSONValue {
  public enum Layout: Sendable {
    /// No white space at all.
    case oneLine
    /// Two spaces a level, one member or element a line, a line feed at the end.
    case pretty
  }

  /// The value as UTF-8. Same value, same bytes: members in their order, doubles in the fewest digits that read back the
  /// same, nothing escaped that need not be. Throws for a number that is not finite.
  public func serialized(_ layout: Layout = .oneLine) throws(JSONFailure) -> [UInt8] {
    var writer = JSONWriter(layout: layout)
    try writer.write(self, level: 0)
    if layout == .pretty { writer.bytes.append(UInt8(ascii: "\n")) }
    return writer.bytes
  }
}

/// Writes JSON piece by piece; for streams of lines that never become a `JSONValue`.
public struct JSONWriter {
  public var bytes: [UInt8] = []
  private let layout: JSONValue.Layout

  public init(layout: JSONValue.Layout = .oneLine) { self.layout = layout }

  mutating func write(_ value: JSONValue, level: Int) throws(JSONFailure) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += value.description.utf8
    case .unsigned(let value): bytes += value.description.utf8
    case .double(let value): try write(value)
    case .string(let value): write(Array(value.utf8))
    case .array(let elements): try writeArray(elements, level: level)
    case .object(let members): try writeObject(members, level: level)
    }
  }

  /// A string in quotes from UTF-8; bytes that are none become U+FFFD.
  public mutating func write(_ text: some Collection<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    let valid = text.withContiguousStorageIfAvailable { String(validating: $0, as: UTF8.self) != nil } ?? false
    if valid { writeEscaped(text) } else { writeEscaped(Array(String(decoding: text, as: UTF8.self).utf8)) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ text: some Collection<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x0C: bytes += "\\f".utf8
      case ..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
  }

  private mutating func write(_ value: Double) throws(JSONFailure) {
    guard value.isFinite else {
      throw JSONFailure(.notFinite, name: "JSON output", reason: "\(value) is no JSON number")
    }
    bytes += value.description.utf8
  }

  private mutating func writeArray(_ elements: [JSONValue], level: Int) throws(JSONFailure) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      startItem(index, level: level + 1)
      try write(element, level: level + 1)
    }
    if !elements.isEmpty { breakLine(level: level) }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func writeObject(_ members: [JSONMember], level: Int) throws(JSONFailure) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      startItem(index, level: level + 1)
      write(Array(member.key.utf8))
      bytes += (layout == .pretty ? ": " : ":").utf8
      try write(member.value, level: level + 1)
    }
    if !members.isEmpty { breakLine(level: level) }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func startItem(_ index: Int, level: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    breakLine(level: level)
  }

  private mutating func breakLine(level: Int) {
    guard layout == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }
}
