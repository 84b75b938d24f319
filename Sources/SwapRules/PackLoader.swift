import ByteIO
import StructuredText

extension RulePack {
  /// Reads and compiles a pack with all that it extends, or a table of pairs (`.tsv`), which is a pack of its own.
  ///
  /// Names of packs and files are relative to the rules' folder: the pack's own, or for a pack called `base/guards` the
  /// one above `base`. Nothing outside that folder is read. Inline tests are not run; see ``runTests()``.
  /// - Throws: ``RulesFailure`` with file, line, column, what was found and what was expected.
  public static func load(path: String) throws(RulesFailure) -> RulePack {
    do {
      var loader = try PackLoader(path: path)
      // Two lines: the loader must have read before it is asked what it read.
      let definition = try loader.loadAll()
      return try loader.compile(definition)
    } catch let failure as RulesFailure {
      throw failure
    } catch let failure as YAMLFailure {
      throw RulesFailure(failure)
    } catch {
      throw RulesFailure(.file, at: nil, "\(error)")
    }
  }
}

/// Finds and reads a pack's files.
struct PackLoader {
  static let maximumPacks = 64

  private let path: String
  /// Ends in a slash, or is empty for the current folder.
  private(set) var root = ""
  private let omissions: Omissions
  private(set) var sources: [RulePack.SourceFile] = []
  private var loaded: [String: String] = [:]
  private var tables: [String: LearntTable] = [:]
  private var open: [String] = []

  /// `omissions`: what of the files is passed over, because it is known to be at fault.
  init(path: String, omissions: Omissions = Omissions()) throws {
    self.path = path
    self.omissions = omissions
    root = String(path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
  }

  /// A definition that was loaded, with its choices resolved and laid out as tables.
  func compile(_ loaded: PackDefinition) throws -> RulePack {
    var definition = loaded
    try definition.resolveChoices()
    return RulePack(definition, sourceFiles: sources, compiled: try PackCompiler.compile(definition))
  }

  /// The pack with classes, lexicon, guards and exceptions of all that it extends, those first.
  mutating func loadAll() throws -> PackDefinition {
    let bytes = try Self.bytes(of: path)
    var definition = try PackParser.parse(
      PairTable.isOne(path)
        ? PairTable.pack(bytes, file: path) : omissions.applied(to: YAMLNode.parse(bytes, file: path)))
    let own = String(path.dropFirst(root.count))
    let name = findRoot(ofPack: definition.header.name) ?? own
    sources.append(RulePack.SourceFile(path: name, bytes: bytes))
    open.append(definition.header.name)
    try resolve(&definition)
    return definition
  }

  /// For a pack called `base/guards` the rules' folder is the one above `base`, from wherever the pack is named: as
  /// `rules/base/guards.yaml`, or as `guards.yaml` in its own folder. Gives the pack's path in there; nil for any other pack.
  private mutating func findRoot(ofPack name: String) -> String? {
    let folders = name.count { $0 == "/" }
    guard folders > 0 else { return nil }
    let file = name + ".yaml"
    if path == file || path.hasSuffix("/" + file) {
      root = String(path.dropLast(file.count))
      return file
    }
    let above = root + String(repeating: "../", count: folders)
    guard (try? FileSystem.isSameFile(above + file, path)) == true else { return nil }
    root = above
    return file
  }

  private mutating func resolve(_ definition: inout PackDefinition) throws {
    var inherited = definition
    (inherited.classes, inherited.choices, inherited.lexicon) = ([], [], [])
    (inherited.guards, inherited.exceptions) = ([], [])
    for reference in definition.extends {
      guard let base = try load(reference) else { continue }
      inherited.classes += base.classes
      inherited.choices += base.choices
      inherited.lexicon += base.lexicon
      inherited.guards += base.guards
      inherited.exceptions += base.exceptions.map { exception in
        var exception = exception
        exception.isInherited = true
        return exception
      }
    }
    inherited.classes += try definition.classes.map { try withWords($0) }
    inherited.choices += try definition.choices.map { try withTables($0) }
    inherited.lexicon += try definition.lexicon.map { try withTables($0) }
    inherited.guards += definition.guards
    inherited.exceptions += definition.exceptions
    definition = inherited
  }

  /// Nil if the pack is part of this one already.
  private mutating func load(_ reference: Reference) throws -> PackDefinition? {
    guard !open.contains(reference.name) else {
      let cycle = (open + [reference.name]).joined(separator: " → ")
      throw RulesFailure.definition(reference.place, "packs extend each other in a circle: \(cycle)")
    }
    if let version = loaded[reference.name] {
      try check(version, reference)
      return nil
    }
    guard loaded.count < Self.maximumPacks else {
      throw RulesFailure.definition(reference.place, "more than \(Self.maximumPacks) packs are extended")
    }
    let (file, bytes) = try read(reference.name + ".yaml", at: reference.place)
    var definition = try PackParser.parse(omissions.applied(to: YAMLNode.parse(bytes, file: file)))
    guard definition.header.name == reference.name else {
      throw RulesFailure.definition(
        definition.header.place, "found the pack '\(definition.header.name)', expected '\(reference.name)'")
    }
    guard definition.header.boundaries == .uax29 else {
      throw RulesFailure.definition(
        reference.place,
        "found a pack with 'boundaries: \(definition.header.boundaries.rawValue)'; nothing can extend it")
    }
    try check(definition.header.version, reference)
    loaded[reference.name] = definition.header.version
    open.append(reference.name)
    try resolve(&definition)
    open.removeLast()
    return definition
  }

  private func check(_ version: String, _ reference: Reference) throws {
    guard version == reference.version || version.hasPrefix(reference.version + ".") else {
      throw RulesFailure.definition(
        reference.place, "found \(reference.name) in version \(version), expected \(reference.version)")
    }
  }

  /// One word a line; what follows `#` is a comment.
  private mutating func withWords(_ definition: ClassDefinition) throws -> ClassDefinition {
    guard case .file(let name) = definition.words else { return definition }
    guard PackParser.isPath(name.text) else {
      throw RulesFailure.definition(name.place, "found '\(name.text)', expected a path within the rules' folder")
    }
    let (file, bytes) = try read(name.text, at: name.place)
    let words: [Located] = try TextLines(bytes, file: file).lines.compactMap { line, place in
      let word = line.prefix { $0 != "#" }.trimmingSpaces
      return word.isEmpty ? nil : Located(text: String(word), place: place)
    }
    guard !words.isEmpty else {
      throw RulesFailure.definition(
        SourcePlace(file: file, line: 1, column: 1), "the word list is empty, expected a word a line")
    }
    var resolved = definition
    resolved.words = .inline(words)
    return resolved
  }

  private mutating func withTables(_ definition: ChoiceDefinition) throws -> ChoiceDefinition {
    var resolved = definition
    resolved.branches = try definition.branches.map { try withTable($0) }
    return resolved
  }

  private mutating func withTables(_ definition: EntryDefinition) throws -> EntryDefinition {
    var resolved = definition
    resolved.branches = try definition.branches.map { try withTable($0) }
    return resolved
  }

  private mutating func withTable(_ branch: BranchDefinition) throws -> BranchDefinition {
    guard let name = branch.table?.file else { return branch }
    guard PackParser.isPath(name.text) else {
      throw RulesFailure.definition(name.place, "found '\(name.text)', expected a path within the rules' folder")
    }
    var resolved = branch
    resolved.table?.table = try table(name)
    return resolved
  }

  /// Read once, however many branches name it.
  private mutating func table(_ name: Located) throws -> LearntTable {
    if let table = tables[name.text] { return table }
    let (file, bytes) = try read(name.text, at: name.place)
    let table = try LearntTableParser.parse(bytes, file: file)
    tables[name.text] = table
    return table
  }

  private mutating func read(_ name: String, at place: SourcePlace) throws -> (file: String, bytes: [UInt8]) {
    let file = root + name
    do {
      try refuseOutside(file, at: place)
      let bytes = try Self.bytes(of: file)
      if !sources.contains(where: { $0.path == name }) {
        sources.append(RulePack.SourceFile(path: name, bytes: bytes))
      }
      return (file, bytes)
    } catch let failure as IOFailure {
      throw RulesFailure(.file, at: place, "\(failure)")
    }
  }

  /// Links must not lead out of the rules' folder either.
  private func refuseOutside(_ file: String, at place: SourcePlace) throws {
    if FileSystem.leadsOutside(file, of: root) {
      throw RulesFailure(.file, at: place, "\(file) lies outside the rules' folder \(root.isEmpty ? "." : root)")
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let file = try MappedFile(path, access: .sequential)
    guard file.bytes.count <= YAMLNode.maximumBytes else {
      throw RulesFailure(
        .file, at: SourcePlace(file: path, line: 1, column: 1),
        "the file has \(file.bytes.count) bytes; at most \(YAMLNode.maximumBytes) are read")
    }
    return Array(file.bytes)
  }
}

extension Substring {
  var trimmingSpaces: Substring {
    var rest = self
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest.drop { $0.isWhitespace }
  }
}
