import StructuredText

/// A rule pack, compiled: what to swap, with what it needs to decide.
///
/// Immutable, so any number of workers share it; each has its own ``Matcher``.
public final class RulePack: Sendable {
  public enum Status: String, Sendable, CaseIterable {
    case stable
    case experimental
    case frozenReplica = "frozen-replica"
  }

  /// Which way a pack swaps.
  public enum Direction: String, Sendable, CaseIterable {
    /// Masculine words become feminine.
    case m2f
    /// Feminine words become masculine.
    case f2m
    /// Each becomes the other: the lexicon is its own inverse.
    case both
    /// Both become neutral.
    case neutral
  }

  /// What is a word to a pack.
  public enum Boundaries: String, Sendable, CaseIterable {
    /// Words by Unicode's UAX #29.
    case uax29
    /// What stands between two spaces: for replicas.
    case asciiSpace = "ascii-space"
    /// A token of a named tokenizer: for replicas. Such a pack maps ids and reads no text; see ``RulePack/tokenMap``.
    case tokenID = "token-id"
  }

  /// A file that the pack was made from.
  public struct SourceFile: Sendable {
    /// Relative to the rules' folder.
    public let path: String
    public let bytes: [UInt8]
  }

  /// A lexicon entry or a branch of one.
  public struct Rule: Sendable {
    public let id: String
    public let place: SourcePlace
    /// Of an entry, in the file's order.
    public var features: [Feature] = []

    /// The value of the feature with this name.
    public func feature(_ name: String) -> FeatureValue? { features.first { $0.name == name }?.value }
  }

  /// Something that a lexicon entry says of itself, such as `neutral-reading: true`. No rule reads it; statistics do.
  public struct Feature: Sendable, Equatable {
    public let name: String
    public let value: FeatureValue
  }

  public enum FeatureValue: Sendable, Equatable, CustomStringConvertible {
    case boolean(Bool)
    case number(Int)
    case text(String)

    /// `true` and `false` are booleans, digits a number, all else a text.
    init(_ text: String) {
      switch text {
      case "true": self = .boolean(true)
      case "false": self = .boolean(false)
      default:
        let isNumber = !text.isEmpty && text.utf8.allSatisfy(\.isASCIIDigit)
        self = (isNumber ? Int(text) : nil).map(FeatureValue.number) ?? .text(text)
      }
    }

    public var description: String {
      switch self {
      case .boolean(let value): value ? "true" : "false"
      case .number(let value): String(value)
      case .text(let text): text
      }
    }
  }

  public struct Exception: Sendable {
    public let text: String
    public let reason: String
    public let place: SourcePlace
  }

  public let name: String
  public let version: String
  public let status: Status
  public let language: String
  public let description: String
  public let citations: [String]
  /// Nil where the pack does not say.
  public let direction: Direction?
  public let boundaries: Boundaries
  /// The ids that a `token-id` pack maps; nil for all other packs.
  public let tokenMap: TokenMap?
  /// The pack, then what it extends and the class files, in the order they are read.
  public let sourceFiles: [SourceFile]

  public let entries: [Rule]
  /// The branches of all entries; an entry without `choose` has one, with the entry's id. A pack that swaps paired forms has
  /// one more at the end, `paired`.
  public let branches: [Rule]
  /// Guard names: `url`, `email`, …, and `regex:1`, `regex:2` in the file's order.
  public let guards: [String]
  public let exceptions: [Exception]

  let tables: Tables
  /// What the files say, extended packs included: for the lints and explanations.
  let definition: PackDefinition
  var tests: [TestDefinition] { definition.tests }

  init(_ definition: PackDefinition, sourceFiles: [SourceFile], compiled: Compiled) {
    name = definition.header.name
    version = definition.header.version
    status = definition.header.status
    language = definition.header.language
    description = definition.header.description
    citations = definition.header.citations
    direction = definition.header.direction
    boundaries = definition.header.boundaries
    tokenMap = TokenMap(definition)
    self.sourceFiles = sourceFiles
    entries = compiled.entries
    branches = compiled.branches
    guards = compiled.guards
    exceptions = compiled.exceptions
    tables = compiled.tables
    self.definition = definition
  }

  /// The bytes that a verdict writes, with one space between words. Valid as long as the pack is.
  public func bytes(of slice: ByteSlice) -> UnsafeBufferPointer<UInt8> { tables.text[slice] }

  /// What logs and tests call a reason: `edge`, `case`, `guard:url`, `exception:compound`, `keep:BRANCH`, …
  public func name(of reason: KeepReason) -> String {
    switch reason {
    case .edge: "edge"
    case .letterCase: "case"
    case .boundary: "boundary"
    case .combining: "combining"
    case .guarded(let index): "guard:\(guards[Int(index)])"
    case .exception(let index): "exception:\(exceptions[Int(index)].reason)"
    case .paired: "paired"
    case .branch(let index): "keep:\(branches[Int(index)].id)"
    case .none: "none"
    }
  }
}
