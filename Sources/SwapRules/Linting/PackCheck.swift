import ByteIO
import StructuredText

/// What 'rules check' does: everything that can be said about a pack without running it on text.
///
/// Reading and compiling report one fault at a time. Each is noted, the part of the file at fault is left out, and what
/// remains is read again: so every fault is found by the very code that a run uses.
public struct PackCheck {
  /// Readings after which the rest is left for the next time: each costs as much as the whole file, so that large ones get fewer.
  private static func maximumReadings(of path: String) -> Int {
    let size = (try? FileSystem.size(of: path)) ?? 0
    return min(20, max(2, (8 << 20) / max(1, size)))
  }

  private static let lints: [any Lint] = [
    ReleasedPack(), UnreachableBranch(), NeverHolds(), UnusedClass(), RepeatedWord(), SelfReplacement(), UntestedRule(),
    SwapInverse(),
  ]

  /// The findings of one pack, in the order of their places. Throws only where the system fails.
  public static func findings(path: String) throws -> [Finding] {
    var findings: [Finding] = []
    let linted = read(path, into: &findings)
    if !PairTable.isOne(path), let bytes = try? FileSystem.contents(of: path, limit: YAMLNode.maximumBytes) {
      findings += SchemaLine.findings(in: bytes, file: path, root: linted?.root)
    }
    // What was left out would make the rest look unused, untested or unreachable.
    if let linted, !findings.contains(where: { $0.lint == definitionLint }) {
      for lint in lints { findings += try lint.findings(in: linted) }
    }
    return Set(findings).sorted()
  }

  static let definitionLint = "language"

  /// The pack without what is at fault in it; nil if nothing usable remains.
  private static func read(_ path: String, into findings: inout [Finding]) -> LintedPack? {
    var omissions = Omissions()
    let maximumReadings = maximumReadings(of: path)
    for reading in 1... {
      var isParsed = false
      do {
        var loader = try PackLoader(path: path, omissions: omissions)
        let definition = try loader.loadAll()
        isParsed = true
        let pack = try loader.compile(definition)
        return LintedPack(pack: pack, definition: pack.definition, file: path, root: loader.root)
      } catch {
        let failure = RulesFailure(error, file: path)
        let place = failure.place ?? SourcePlace(file: path, line: 1, column: 1)
        if !omissions.explains(failureAt: place, isParsed: isParsed), !(failure.code == .missing && reading > 1) {
          findings.append(Finding(.error, definitionLint, at: place, failure.message))
        }
        // The rest of what is too much would be told one by one.
        if failure.code == .limit { return nil }
        guard omissions.leaveOut(what: place) else { return nil }
        if reading == maximumReadings {
          findings.append(Finding(.error, definitionLint, at: place, "there may be more faults; mend these first"))
          return nil
        }
      }
    }
    return nil
  }
}

extension RulesFailure {
  /// Whatever reading a pack threw.
  init(_ error: any Error, file: String) {
    switch error {
    case let failure as RulesFailure: self = failure
    case let failure as YAMLFailure: self.init(failure)
    default: self.init(.file, at: SourcePlace(file: file, line: 1, column: 1), "\(error)")
    }
  }
}
