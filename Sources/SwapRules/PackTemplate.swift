import ByteIO
import StructuredText

/// Texts that new packs begin with. Each passes `rules check` and `rules test` as it is.
public enum PackTemplate {
  /// Words for words, one of them chosen by what follows it.
  case starter
  /// Two words that become each other.
  case swap
  /// Another pack, under a new name.
  case pack(path: String)

  /// `starter`, `swap`, or the path of a pack.
  public init(_ text: String) throws {
    switch text {
    case "starter": self = .starter
    case "swap": self = .swap
    default:
      guard FileSystem.exists(text) else {
        throw RulesFailure(
          .file, at: nil, "there is no template '\(text)'; expected 'starter', 'swap' or the path of a pack")
      }
      guard !PairTable.isOne(text) else {
        throw RulesFailure(
          .unsupported, at: nil, "'\(text)' is a table of pairs: copy the file to begin another, or name a pack (.yaml)"
        )
      }
      self = .pack(path: text)
    }
  }

  /// Whether a new pack can be called so; see ``nameRule``.
  public static func isName(_ name: String) -> Bool { PackParser.isPath(name) && !name.hasSuffix(".yaml") }

  /// What a pack's name is made of, for messages.
  public static let nameRule = "a name of letters, digits, '-', '_', '/' and inner dots, such as my-pack"

  /// Writes a new pack into a rules' folder and returns its path. Never writes over a file.
  public func write(_ name: String, in folder: String) throws -> String {
    guard Self.isName(name) else {
      throw RulesFailure(.definition, at: nil, "found '\(name)', expected \(Self.nameRule)")
    }
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    let path = root + name + ".yaml"
    guard !FileSystem.exists(path) else { throw RulesFailure(.file, at: nil, "\(path) is there already") }
    if let parent = FileSystem.parent(of: path) { try FileSystem.makeDirectory(parent) }
    try AtomicFile.replace(path, with: Array(text(name, root).utf8))
    return path
  }

  private func text(_ name: String, _ root: String) throws -> String {
    let first = "# yaml-language-server: $schema=" + SchemaLine.relativePath(from: name[...]) + "\n"
    switch self {
    case .starter: return first + Self.starter(name, hasBase: Self.hasBase(root))
    case .swap: return first + Self.swap(name, hasBase: Self.hasBase(root))
    case .pack(let path):
      return try first + Self.renamed(FileSystem.contents(of: path, limit: YAMLNode.maximumBytes), name, file: path)
    }
  }

  private static func hasBase(_ root: String) -> Bool {
    ["english-classes", "guards"].allSatisfy { FileSystem.exists("\(root)base/\($0).yaml") }
  }

  /// The pack's text with another name, and not yet released.
  private static func renamed(_ bytes: [UInt8], _ name: String, file: String) throws -> String {
    let lines = try TextLines(bytes, file: file).lines.map(\.text)
    let isNamed = lines.first?.hasPrefix("# yaml-language-server:") == true
    return lines.dropFirst(isNamed ? 1 : 0).map { line in
      if line.hasPrefix("pack:") { return "pack: \(name)" }
      if line.hasPrefix("version:") { return "version: 0.1.0" }
      return line.hasPrefix("status:") ? "status: experimental" : String(line)
    }.joined(separator: "\n")
  }

  // MARK: Texts

  private static func header(_ name: String, _ description: String, hasBase: Bool, more: String = "") -> String {
    """
    schema: 1
    pack: \(name)
    version: 0.1.0                # a released version never changes: a change is a new version
    status: experimental
    language: en
    description: \(description)
    \(more)\(hasBase ? bases : "")
    """
  }

  private static let bases = """
    # What this pack builds on: classes such as 'preposition', and places where nothing is edited (addresses, code).
    extends: [base/english-classes@1, base/guards@1]

    """

  private static let bothWays = """
    direction: both               # every word that is written must be a form that comes back
    paired_forms: swap            # "uncle or aunt" becomes "aunt or uncle"

    """

  private static func starter(_ name: String, hasBase: Bool) -> String {
    """
    # Say here what this pack is for. `tiresias rules check` finds mistakes, `tiresias rules test` runs the tests below.
    \(header(name, "uncle becomes aunt; his becomes her or hers.", hasBase: hasBase))
    classes:
      # Lists of words that conditions name. A long one can be a file: {file: classes/words.txt}, one word a line.
      short-pause: [and, or]

    lexicon:
      # One word for another. Case is carried over (Uncle, UNCLE). After 's the word is still the word.
      - {id: uncle, from: uncle, to: aunt, clitics: ["'s"]}
      # A word with two translations. The first branch that holds decides; the last has no 'when'.
      - id: his
        from: his
        choose:
          - {id: his-at-end, when: {next: {any: [stop, end]}}, to: hers}
          - {id: his-before-pause, when: {next: {in: [short-pause]}, next2: {any: [end]}}, to: hers}
          - {id: his-default, to: her}

    exceptions:
      # Texts in which a word stays what it is, with a reason for the log.
      - {text: Uncle Sam, reason: name}

    tests:
      # 'by' names the entry, branch or reason that must have decided.
      - {in: "My uncle's boat is his.", out: "My aunt's boat is hers.", by: his-at-end}
      - {in: "UNCLE! His boat sank.", out: "AUNT! Her boat sank.", by: his-default}
      - {in: "mine, yours, his and", out: "mine, yours, hers and", by: his-before-pause}
      - {in: "Uncle Sam wants you", same: true, by: "exception:name"}
      # A known limit: it may fail, and is reported once it passes.
      - {in: "They said it was his then.", out: "They said it was hers then.", todo: true}

    """
  }

  private static func swap(_ name: String, hasBase: Bool) -> String {
    """
    # A true swap: applied twice it gives the text back, and `tiresias rules check` holds it to that.
    \(header(name, "uncle and aunt change places.", hasBase: hasBase, more: bothWays))
    lexicon:
      - {id: uncle, from: uncle, to: aunt, clitics: ["'s"]}
      - {id: aunt, from: aunt, to: uncle, clitics: ["'s"]}

    tests:
      - {in: "My uncle met your aunt.", out: "My aunt met your uncle.", by: uncle}
      - {in: "AUNT'S HAT", out: "UNCLE'S HAT", by: aunt}
      - {in: "an uncle or aunt", out: "an aunt or uncle"}

    """
  }
}
