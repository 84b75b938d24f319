import Yams

extension YAMLNode {
  /// The largest file that is read: rule and pipeline files are written by hand.
  public static let maximumBytes = 4 << 20
  /// The deepest nesting of lists and mappings.
  public static let maximumDepth = 64

  /// Parses one YAML document. `file` is what messages call it. A byte order mark is passed over.
  ///
  /// Refused, with the place: invalid UTF-8, a second document, duplicate keys, keys that are not scalars, anchors,
  /// aliases and tags, files larger than `maximumBytes`, nesting deeper than `maximumDepth`. Linear in the size.
  public static func parse(_ bytes: some Collection<UInt8>, file: String) throws -> YAMLNode {
    let start = SourcePlace(file: file, line: 1, column: 1)
    guard bytes.count <= maximumBytes else {
      throw YAMLFailure(start, "the file has \(bytes.count) bytes; at most \(maximumBytes) are read")
    }
    let bytes = Array(bytes.withoutByteOrderMark)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFailure(SourcePlace(ofInvalidUTF8In: bytes, file: file), "invalid UTF-8; save the file as UTF-8")
    }
    try refuseAliases(bytes, file: file)
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else { throw YAMLFailure(start, "the file is empty") }
      // A node holds its anchor weakly; the parser holds it strongly.
      return try withExtendedLifetime(parser) { try YAMLNode(root, file: file, depth: 0, fallback: start) }
    } catch let error as YamlError {
      throw YAMLFailure(error, text, file: file)
    }
  }

  private init(_ node: Node, file: String, depth: Int, fallback: SourcePlace) throws {
    let place = SourcePlace(node.mark, file: file) ?? fallback
    guard depth <= YAMLNode.maximumDepth else {
      throw YAMLFailure(place, "nested deeper than \(YAMLNode.maximumDepth) levels")
    }
    guard node.anchor == nil else { throw YAMLFailure(place, YAMLNode.aliasMessage) }
    self.place = place
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      try YAMLNode.refuse(scalar.tag, unless: isPlain ? nil : .str, at: place)
      content = .scalar(scalar.string, isQuoted: !isPlain)
    case .sequence(let items):
      try YAMLNode.refuse(items.tag, unless: nil, at: place)
      content = .list(try items.map { try YAMLNode($0, file: file, depth: depth + 1, fallback: place) })
    case .mapping(let pairs):
      try YAMLNode.refuse(pairs.tag, unless: nil, at: place)
      content = .mapping(try YAMLNode.entries(pairs, file: file, depth: depth, fallback: place))
    case .alias:
      throw YAMLFailure(place, YAMLNode.aliasMessage)
    }
  }

  /// Yams refuses duplicate keys itself, and in doing so resolves the keys' tags.
  private static func entries(
    _ pairs: Node.Mapping, file: String, depth: Int, fallback: SourcePlace
  ) throws -> [Entry] {
    try pairs.map { pair in
      let keyPlace = SourcePlace(pair.key.mark, file: file) ?? fallback
      guard let name = pair.key.scalar else {
        throw YAMLFailure(keyPlace, "found a list or mapping as a key, expected a word")
      }
      try refuse(name.tag, unless: .str, at: keyPlace)
      guard pair.key.anchor == nil else { throw YAMLFailure(keyPlace, aliasMessage) }
      let value = try YAMLNode(pair.value, file: file, depth: depth + 1, fallback: keyPlace)
      return Entry(key: name.string, keyPlace: keyPlace, value: value)
    }
  }

  /// `expected` is the tag that Yams itself may have given.
  private static func refuse(_ tag: Tag, unless expected: Tag.Name?, at place: SourcePlace) throws {
    let name = tag.description
    if name.isEmpty || name == expected?.rawValue { return }
    throw YAMLFailure(place, "tag '\(name)' is not allowed: a key's meaning says what type its value has")
  }

  private static let aliasMessage =
    "anchors (&name) and aliases (*name) are not allowed: write the value out, or quote it if it is text"

  /// Yams hashes keys with their aliases expanded, which a hostile file can make exponential: so names that occur
  /// both as `&name` and `*name` are refused before it sees them.
  private static func refuseAliases(_ bytes: [UInt8], file: String) throws {
    let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes).map { bytes[$0] })
    guard !anchors.isEmpty else { return }
    for name in names(after: UInt8(ascii: "*"), in: bytes) where anchors.contains(bytes[name]) {
      throw YAMLFailure(SourcePlace(of: name.lowerBound - 1, in: bytes, file: file), aliasMessage)
    }
  }

  private static func names(after sigil: UInt8, in bytes: [UInt8]) -> [Range<Int>] {
    bytes.indices.filter { bytes[$0] == sigil }.compactMap { index in
      let end = bytes[(index + 1)...].firstIndex { !isNameByte($0) } ?? bytes.count
      return end > index + 1 ? index + 1..<end : nil
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension SourcePlace {
  /// The line and column of a byte.
  public init(of offset: Int, in bytes: [UInt8], file: String) {
    let before = bytes[..<offset]
    let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
    let column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 } + 1
    self.init(file: file, line: before.count { $0 == 0x0A } + 1, column: column)
  }

  /// Where what is UTF-8 ends.
  public init(ofInvalidUTF8In bytes: [UInt8], file: String) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let encoded) = decoder.parseScalar(from: &iterator) { offset += encoded.count }
    self.init(of: offset, in: bytes, file: file)
  }

  fileprivate init?(_ mark: Mark?, file: String) {
    guard let mark else { return nil }
    self.init(file: file, line: mark.line, column: mark.column)
  }
}
