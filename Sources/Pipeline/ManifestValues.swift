import StructuredText
import TokenDataset

/// The kinds of values that a manifest has.
extension JSONNode {
  func count(from minimum: Int = 0) throws(JSONFailure) -> Int { try int(in: minimum...Int.max) }

  /// A string with something in it.
  func word() throws(JSONFailure) -> String {
    let text = try string()
    guard !text.isEmpty else { throw failure("it is empty") }
    return text
  }

  func sha256() throws(JSONFailure) -> String {
    let text = try string()
    let isDigest = text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    guard isDigest else { throw failure("expected a SHA-256: 64 lower-case hexadecimal digits") }
    return text
  }

  /// A relative path none of whose components leads up or nowhere.
  package func path() throws(JSONFailure) -> String {
    let text = try string()
    let components = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isInside = components.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    guard isInside && isPlain else { throw failure("'\(text)' is not a path that stays inside the folder") }
    return text
  }

  func tokenType() throws(JSONFailure) -> TokenType {
    let text = try string()
    guard let type = TokenType.allCases.first(where: { $0.name == text }) else {
      throw failure("'\(text)' is none of \(TokenType.allCases.map(\.name).joined(separator: ", "))")
    }
    return type
  }

  func choice<Choice>() throws(JSONFailure) -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      throw failure("'\(text)' is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  package func number(in range: ClosedRange<Double>) throws(JSONFailure) -> Double {
    let number = try double()
    guard range.contains(number) else { throw failure("\(number) is outside \(range)") }
    return number
  }

  func orNull<Value>(
    _ read: (JSONNode) throws(JSONFailure) -> Value
  ) throws(JSONFailure) -> Value? {
    isNull ? nil : try read(self)
  }

  func list<Value>(
    from minimum: Int = 0, _ read: (JSONNode) throws(JSONFailure) -> Value
  ) throws(JSONFailure) -> [Value] {
    let nodes = try elements()
    guard nodes.count >= minimum else { throw failure("it is empty") }
    var values: [Value] = []
    for node in nodes { values.append(try read(node)) }
    return values
  }

  func counts() throws(JSONFailure) -> [Manifest.NamedCount] {
    var counts: [Manifest.NamedCount] = []
    for member in try members() {
      counts.append(Manifest.NamedCount(name: member.key, count: try member.node.count()))
    }
    return counts
  }

  /// Decimal text from 0 to 1: `0`, `0.25`, `1`, `1.0`.
  func fraction() throws(JSONFailure) -> String {
    let text = try string()
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.count == 2 ? Array(parts[1]) : [UInt8(ascii: "0")]
    let allowed: ClosedRange<UInt8>? =
      switch parts[0].map({ $0 }) {
      case Array("0".utf8): UInt8(ascii: "0")...UInt8(ascii: "9")
      case Array("1".utf8): UInt8(ascii: "0")...UInt8(ascii: "0")
      default: nil
      }
    guard let allowed, !digits.isEmpty, digits.allSatisfy(allowed.contains) else {
      throw failure("'\(text)' is not a decimal number from 0 to 1")
    }
    return text
  }
}
