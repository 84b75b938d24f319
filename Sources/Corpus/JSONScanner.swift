/// Steps through one line of JSON (RFC 8259, and Python's NaN and infinities), and knows where it breaks.
///
/// The bytes must be valid UTF-8.
struct JSONScanner {
  /// The deepest nesting that is read, as in simdjson.
  static let depthLimit = 1024

  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The byte that comes next, after whitespace; nil at the end.
  mutating func next() -> UInt8? {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    return at < bytes.count ? bytes[at] : nil
  }

  /// Steps over `byte` if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(_ byte: UInt8, _ what: String) throws(LineFault) {
    if !take(byte) { throw unexpected(what) }
  }

  /// Nothing but whitespace may follow.
  mutating func expectEnd() throws(LineFault) {
    if next() != nil { throw unexpected("the end of the line") }
  }

  /// Steps over a key and its colon.
  mutating func key(into name: Unescaped?) throws(LineFault) {
    guard next() == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
    try string(into: name)
    try expect(UInt8(ascii: ":"), "a colon")
  }

  /// Steps over a value of any kind.
  mutating func skipValue() throws(LineFault) {
    var closers: [UInt8] = []
    repeat {
      if try !opens(&closers) { try closes(&closers) }
    } while !closers.isEmpty
  }

  /// Reads a value's start. True if it is a container whose first value comes next.
  private mutating func opens(_ closers: inout [UInt8]) throws(LineFault) -> Bool {
    switch next() {
    case UInt8(ascii: "\""): try string(into: nil)
    case UInt8(ascii: "{"): return try opens(UInt8(ascii: "}"), &closers)
    case UInt8(ascii: "["): return try opens(UInt8(ascii: "]"), &closers)
    default: try scalar()
    }
    return false
  }

  private mutating func opens(_ closer: UInt8, _ closers: inout [UInt8]) throws(LineFault) -> Bool {
    guard closers.count < JSONScanner.depthLimit else {
      throw fault("it is nested more than \(JSONScanner.depthLimit) deep")
    }
    at += 1
    if take(closer) { return false }
    closers.append(closer)
    if closer == UInt8(ascii: "}") { try key(into: nil) }
    return true
  }

  /// After a value: steps over the containers that end there, or over the comma before the next value.
  private mutating func closes(_ closers: inout [UInt8]) throws(LineFault) {
    while let closer = closers.last {
      if take(closer) {
        closers.removeLast()
        continue
      }
      let isObject = closer == UInt8(ascii: "}")
      try expect(UInt8(ascii: ","), isObject ? "a comma or a closing brace" : "a comma or a closing bracket")
      if isObject { try key(into: nil) }
      return
    }
  }

  // MARK: - Numbers and names

  private mutating func scalar() throws(LineFault) {
    let start = at
    for name in ["true", "false", "null", "NaN", "Infinity", "-Infinity"] where takeName(name) { return }
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard takeInteger() else {
      at = start
      throw unexpected("a value")
    }
    takeFraction()
    takeExponent()
  }

  private mutating func takeName(_ name: String) -> Bool {
    guard at + name.utf8.count <= bytes.count, zip(name.utf8, bytes[at...]).allSatisfy({ $0 == $1 }) else {
      return false
    }
    at += name.utf8.count
    return true
  }

  private mutating func takeInteger() -> Bool {
    if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
      at += 1
      return true
    }
    return takeDigits()
  }

  /// What is no fraction is left for the caller's next expectation to refuse.
  private mutating func takeFraction() {
    let start = at
    guard at < bytes.count, bytes[at] == UInt8(ascii: ".") else { return }
    at += 1
    if !takeDigits() { at = start }
  }

  private mutating func takeExponent() {
    let start = at
    guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") else { return }
    at += 1
    if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
    if !takeDigits() { at = start }
  }

  private mutating func takeDigits() -> Bool {
    let start = at
    while at < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] { at += 1 }
    return at > start
  }

  // MARK: - Faults

  func fault(_ reason: String) -> LineFault { LineFault(kind: .invalidJSON, offset: at, reason: reason) }

  mutating func unexpected(_ wanted: String) -> LineFault {
    guard let byte = next() else { return fault("the line ends where \(wanted) should stand") }
    let seen =
      0x21...0x7E ~= byte ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x" + String(byte, radix: 16, uppercase: true)
    return fault("\(seen) stands where \(wanted) should")
  }
}
