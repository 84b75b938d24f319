/// A reader for the published configs of Pythia: JSON with comments, with commas missing or one too many, and with
/// `-` and `_` used alike. Keys come out with `_`, nested ones joined by a dot; numbers as Doubles print.
struct PublishedConfiguration {
  private var rest: Substring
  private(set) var settings: [String: String] = [:]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.prefix { $0 != "#" } }
    rest = lines.joined(separator: "\n")[...]
    object("")
  }

  /// A scalar as both this reader and the tests' YAML reader spell it.
  static func canonical(_ scalar: some StringProtocol) -> String {
    Double(scalar).map { "\($0)" } ?? String(scalar)
  }

  private mutating func skip() {
    rest = rest.drop { $0.isWhitespace || $0 == "," || $0 == ":" }
  }

  private mutating func object(_ prefix: String) {
    skip()
    rest = rest.dropFirst()
    skip()
    while let next = rest.first, next != "}" {
      let key = prefix + scalar().replacing("-", with: "_")
      skip()
      if rest.first == "{" { object(key + ".") } else { settings[key] = value() }
      skip()
    }
    rest = rest.dropFirst()
  }

  private mutating func value() -> String {
    guard rest.first == "[" else { return Self.canonical(scalar()) }
    rest = rest.dropFirst()
    var items: [String] = []
    skip()
    while let next = rest.first, next != "]" {
      items.append(value())
      skip()
    }
    rest = rest.dropFirst()
    return "[" + items.joined(separator: ", ") + "]"
  }

  private mutating func scalar() -> Substring {
    let isQuoted = rest.first == "\""
    if isQuoted { rest = rest.dropFirst() }
    let text = rest.prefix { isQuoted ? $0 != "\"" : !$0.isWhitespace && !",:[]{}".contains($0) }
    rest = rest.dropFirst(text.count + (isQuoted ? 1 : 0))
    return text
  }
}
