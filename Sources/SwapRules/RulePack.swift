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
  /// The pack, then what it extends and the class files, in the order they are read.
  public let sourceFiles: [SourceFile]

  public let entries: [Rule]
  /// The branches of all entries; an entry without `choose` has one, with the entry's id.
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
    self.sourceFiles = sourceFiles
    entries = compiled.entries
    branches = compiled.branches
    guards = compiled.guards
    exceptions = compiled.exceptions
    tables = compiled.tables
    self.definition = definition
  }

  /// The bytes that a verdict writes. Valid as long as the pack is.
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
