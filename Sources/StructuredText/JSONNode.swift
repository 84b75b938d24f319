/// A value with its place, for reading what a file must say: each reader returns what it names or throws what was
/// expected, what is there, and where.
public struct JSONNode: Sendable {
  public let value: JSONValue
  /// As `model.merges[3]`; empty for the document.
  public let path: String
  /// The file, as messages call it.
  public let name: String

  public init(_ value: JSONValue, name: String, path: String = "") {
    self.value = value
    self.name = name
    self.path = path
  }

  /// Reads a document; see ``JSONValue/parse(_:name:depthLimit:)``.
  public static func parse(_ bytes: [UInt8], name: String) throws(JSONFailure) -> JSONNode {
    JSONNode(try JSONValue.parse(bytes, name: name), name: name)
  }

  /// The failure that this value causes.
  public func failure(_ reason: String) -> JSONFailure {
    JSONFailure(.content, name: name, path: path, reason: reason)
  }

  private func mismatch(_ expected: String) -> JSONFailure { failure("expected \(expected), found \(value.kind)") }

  private func child(_ value: JSONValue, _ step: String) -> JSONNode {
    JSONNode(value, name: name, path: path.isEmpty || step.hasPrefix("[") ? path + step : path + "." + step)
  }

  public var isNull: Bool { value == .null }

  public func bool() throws(JSONFailure) -> Bool {
    guard case .bool(let value) = value else { throw mismatch("true or false") }
    return value
  }

  public func string() throws(JSONFailure) -> String {
    guard case .string(let value) = value else { throw mismatch("a string") }
    return value
  }

  /// An integer in a range; a number written with a point or an exponent is none.
  public func int(in range: ClosedRange<Int> = Int.min...Int.max) throws(JSONFailure) -> Int {
    guard case .integer(let integer) = value, range.contains(Int(integer)) else {
      if case .integer(let integer) = value { throw failure("\(integer) is outside \(range)") }
      if case .unsigned(let integer) = value { throw failure("\(integer) is outside \(range)") }
      throw mismatch("an integer")
    }
    return Int(integer)
  }

  public func uint64() throws(JSONFailure) -> UInt64 {
    switch value {
    case .unsigned(let value): return value
    case .integer(let integer):
      guard let value = UInt64(exactly: integer) else { throw failure("\(integer) is below 0") }
      return value
    default: throw mismatch("an integer")
    }
  }

  /// Any number; integers beyond 2^53 are rounded.
  public func double() throws(JSONFailure) -> Double {
    switch value {
    case .double(let value): return value
    case .integer(let value): return Double(value)
    case .unsigned(let value): return Double(value)
    default: throw mismatch("a number")
    }
  }

  public func elements() throws(JSONFailure) -> [JSONNode] {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    return elements.enumerated().map { child($1, "[\($0)]") }
  }

  /// Hands over each element's value, and its node where that is asked for: for long arrays, of which hardly any element is
  /// ever named in a message.
  public func forEachElement(_ body: (_ value: JSONValue, _ node: () -> JSONNode) throws -> Void) throws {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    for (index, element) in elements.enumerated() { try body(element) { child(element, "[\(index)]") } }
  }

  /// Hands over each member's key and value, and its node where that is asked for: for long objects.
  public func forEachMember(
    _ body: (_ key: String, _ value: JSONValue, _ node: () -> JSONNode) throws -> Void
  ) throws {
    guard case .object(let members) = value else { throw mismatch("an object") }
    for member in members { try body(member.key, member.value) { child(member.value, member.key) } }
  }

  public func members() throws(JSONFailure) -> [(key: String, node: JSONNode)] {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return members.map { ($0.key, child($0.value, $0.key)) }
  }

  /// The member of that key, which must be there.
  public func member(_ key: String) throws(JSONFailure) -> JSONNode {
    guard let member = try optionalMember(key) else { throw failure("key '\(key)' is missing") }
    return member
  }

  /// The member of that key; nil if it is missing. A member that is null is there.
  public func optionalMember(_ key: String) throws(JSONFailure) -> JSONNode? {
    guard case .object = value else { throw mismatch("an object") }
    return value[key].map { child($0, key) }
  }

  /// Refuses keys that are not in `known`.
  public func requireKeys(_ known: Set<String>) throws(JSONFailure) {
    for (key, node) in try members() where !known.contains(key) {
      throw node.failure("unknown key; expected one of \(known.sorted().joined(separator: ", "))")
    }
  }
}
