/// Typed reading of one node. `what` names the value in messages: "found a list, expected WHAT".
extension YAMLNode {
  /// What this node is, for messages.
  public var kind: String {
    switch content {
    case .scalar(let text, let isQuoted): text.isEmpty && !isQuoted ? "nothing" : "'\(text)'"
    case .list(let items): items.isEmpty ? "an empty list" : "a list"
    case .mapping(let entries): entries.isEmpty ? "an empty mapping" : "a mapping"
    }
  }

  /// The failure "found this, expected `what`".
  public func mismatch(_ what: String) -> YAMLFailure { YAMLFailure(place, "found \(kind), expected \(what)") }

  /// The scalar's text, unchanged. A value left out (`key:`) is not a string; `key: ""` is.
  public func string(_ what: String) throws -> String {
    guard case .scalar(let text, let isQuoted) = content, isQuoted || !text.isEmpty else { throw mismatch(what) }
    return text
  }

  /// A decimal integer, digits and an optional `-` only.
  public func integer(_ what: String, in range: ClosedRange<Int> = 0...Int.max) throws -> Int {
    let text = try string(what)
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy(YAMLNode.isDigit), let value = Int(text) else { throw mismatch(what) }
    guard range.contains(value) else {
      throw YAMLFailure(place, "found \(value), expected \(what) from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A decimal number as its text, so that 0.1 stays exactly one tenth: digits, then maybe a point and digits.
  public func decimal(_ what: String) throws -> String {
    let text = try string(what)
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(YAMLNode.isDigit) }) else {
      throw mismatch(what)
    }
    return text
  }

  /// `true` or `false`, and nothing else: `yes`, `on` and `1` are words.
  public func boolean(_ what: String) throws -> Bool {
    switch try string("true or false for \(what)") {
    case "true": return true
    case "false": return false
    default: throw mismatch("true or false for \(what)")
    }
  }

  /// One of `names`; a near miss is suggested.
  public func oneOf(_ names: [String], _ what: String) throws -> String {
    let text = try string(what)
    guard names.contains(text) else {
      throw YAMLFailure(place, "unknown \(what) '\(text)'; \(Spelling.advice(for: text, among: names))")
    }
    return text
  }

  public func list(_ what: String) throws -> [YAMLNode] {
    guard case .list(let items) = content else { throw mismatch(what) }
    return items
  }

  /// The items of a list, or the node itself where it is none.
  public var items: [YAMLNode] { if case .list(let items) = content { items } else { [self] } }

  /// The same; an empty list is refused.
  public func oneOrMore(_ what: String) throws -> [YAMLNode] {
    guard !items.isEmpty else { throw mismatch(what) }
    return items
  }

  /// A list of strings; a lone scalar is a list of one.
  public func strings(_ what: String) throws -> [String] {
    if case .scalar = content { return [try string(what)] }
    return try list(what).map { try $0.string("a string in \(what)") }
  }

  /// A mapping whose keys are free, such as class names.
  public func entries(_ what: String) throws -> [Entry] {
    guard case .mapping(let entries) = content else { throw mismatch(what) }
    return entries
  }

  /// A mapping with fixed keys: any other is refused with the nearest valid one. `what` reads "a lexicon entry".
  public func fields(_ what: String, allowed: [String], required: [String] = []) throws -> YAMLFields {
    let entries = try entries(what)
    for entry in entries where !allowed.contains(entry.key) {
      let advice = Spelling.advice(for: entry.key, among: allowed)
      throw YAMLFailure(entry.keyPlace, "unknown key '\(entry.key)' in \(what); \(advice)")
    }
    let fields = YAMLFields(what: what, place: place, entries: entries)
    for key in required { _ = try fields.required(key) }
    return fields
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// A mapping whose keys are known to be allowed.
public struct YAMLFields: Sendable {
  public let what: String
  public let place: SourcePlace
  public let entries: [YAMLNode.Entry]

  /// The key's value, or nil where the key is left out.
  public subscript(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

  public func required(_ key: String) throws -> YAMLNode {
    guard let value = self[key] else { throw YAMLFailure(place, "\(what) needs the key '\(key)'") }
    return value
  }

  /// The one entry among `keys`; none and several are refused.
  public func exactlyOne(of keys: [String]) throws -> YAMLNode.Entry {
    guard let entry = try atMostOne(of: keys) else {
      throw YAMLFailure(place, "\(what) needs one of the keys \(Spelling.list(keys))")
    }
    return entry
  }

  /// The one entry among `keys`, or nil; several are refused.
  public func atMostOne(of keys: [String]) throws -> YAMLNode.Entry? {
    let present = entries.filter { keys.contains($0.key) }
    guard present.count < 2 else {
      throw YAMLFailure(
        present[1].keyPlace, "'\(present[1].key)' cannot stand beside '\(present[0].key)' in \(what); keep one")
    }
    return present.first
  }
}
