import ByteIO
import Pipeline
import Tokenization
import TrainingOrder

/// A finished window for someone who leafs through it: any sample as it was and as it is, with what is known of it.
public final class BrowsedRun: Sendable {
  /// One sample of the window.
  public struct Sample: Sendable {
    public let reference: SampleReference
    /// The window's, with its edits and, where the base is given, its documents.
    public let window: SampleText
    /// The control's own, where its words were replaced too (`random-edits`).
    public let control: SampleText?
  }

  public let manifest: Manifest
  /// Of `manifest.json`.
  public let sha256: String
  /// What cannot be shown, and how it could be.
  public let notes: [String]
  let tokenizer: Tokenizer
  let base: OrderViewer?
  private let window: WindowSource
  private let control: WindowSource?
  private let assembly: SampleAssembly
  /// Nil where the log does not say what became of each token.
  private let log: EditCache?

  /// `base` is the window's own order, or nil.
  public init(manifestPath path: String, tokenizer given: String? = nil, base: RunOrder? = nil) throws {
    let window = try WindowSource(manifestPath: path)
    let manifest = window.manifest
    let tokenizer = try manifest.loadTokenizer(given)
    (self.window, self.manifest, self.tokenizer) = (window, manifest, tokenizer)
    sha256 = try SHA256.hash(file: path)
    control = window.hasControl ? try WindowSource(manifestPath: path, arm: .control) : nil
    self.base = try base.map { try OrderViewer($0, batchSize: manifest.run.batchSize, tokenizer) }
    assembly = SampleAssembly(text: TokenText(tokenizer: tokenizer), batchSize: manifest.run.batchSize)
    log = window.hasEditLog ? EditCache(window) : nil
    notes = Self.notes(window, hasLog: log != nil, base: self.base)
  }

  private static func notes(_ window: WindowSource, hasLog: Bool, base: OrderViewer?) -> [String] {
    let manifest = window.manifest
    let isMatched = manifest.randomEdits != nil
    var notes: [String] = []
    if !hasLog {
      let reason =
        manifest.retokenized != nil
        ? "samples were encoded anew as a whole"
        : manifest.outputs.contains { $0.role == .edits }
          ? "the edit log is not beside the manifest" : "the run kept no edit log (log: counts)"
      notes.append(
        window.hasControl && !isMatched
          ? "Edits are found by comparing with the control, without their rules: \(reason)."
          : "No edits: \(reason), and there is no unedited control to compare with.")
    }
    if manifest.trainer.controlPrefix == nil {
      notes.append("No control: the run wrote none (control: false).")
    } else if !window.hasControl, isMatched || !hasLog {
      notes.append("No control: its files are not beside the manifest. `tiresias revert` makes them again.")
    }
    if let base {
      for name in base.datasetsWithoutOrigin {
        notes.append("No subsets for \(name): it has no sidecar (.origin.json), which `tiresias tokenize` writes.")
      }
    } else {
      notes.append("No documents and subsets: they are the base's. Name it with --dataset, once for each data set.")
    }
    return notes
  }

  public var steps: Range<Int> { manifest.window.firstStep..<manifest.window.endStep }
  public var batchSize: Int { manifest.run.batchSize }
  var sequences: Range<Int> { window.positions }
  /// Rules that edits can have, the most frequent first; none where edits are found without them.
  var rules: [String] {
    guard log != nil else { return [] }
    let counts = manifest.counts.byRule.reduce(into: [String: Int]()) { $0[$1.rule, default: 0] += $1.edits }
    return counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
  var hasEdits: Bool { log != nil || canCompare }
  private var canCompare: Bool { control != nil && manifest.randomEdits == nil }

  public func reference(ofSequence q: Int) -> SampleReference {
    SampleReference(manifestHash: sha256, step: q / batchSize, row: q % batchSize)
  }

  /// The sample of a row of a step. Throws for one that the window does not have.
  public func sample(step: Int, row: Int) throws -> Sample {
    guard steps.contains(step) else {
      throw ViewingFailure("step \(step)", "the window has the steps \(steps)")
    }
    guard 0..<batchSize ~= row else {
      throw ViewingFailure("row \(row)", "a step has the rows 0 to \(batchSize - 1)")
    }
    return try sample(step * batchSize + row)
  }

  func sample(_ q: Int) throws -> Sample {
    let (tokens, edits) = (try window.tokens(ofSequence: q), try edits(ofSequence: q))
    return Sample(
      reference: reference(ofSequence: q),
      window: try assembly.sample(q, tokens, edits, documents: documents(q, tokens)),
      control: try manifest.randomEdits == nil ? nil : matched(q, edits))
  }

  func tokens(ofSequence q: Int) throws -> [UInt32] { try window.tokens(ofSequence: q) }

  /// In the order in which they stand in the sample.
  func edits(ofSequence q: Int) throws -> [WindowEdit] {
    if let log { return try log.edits(ofSequence: q).sorted { $0.outputPosition < $1.outputPosition } }
    guard canCompare, let control else { return [] }
    return TokenDifference.edits(
      from: try control.tokens(ofSequence: q), to: try window.tokens(ofSequence: q), isAligned: isAligned)
  }

  private var isAligned: Bool { manifest.length == .aligned && manifest.retokenized == nil }

  /// The control with the edits that stand in for the window's.
  private func matched(_ q: Int, _ edits: [WindowEdit]) throws -> SampleText? {
    guard let control else { return nil }
    let standIns = edits.compactMap(\.standIn).sorted { $0.position < $1.position }.map { edit in
      WindowEdit(
        position: edit.position, outputPosition: edit.position, before: edit.before, after: edit.after,
        rule: "random edit")
    }
    let tokens = try control.tokens(ofSequence: q)
    let starts = try base?.documents(ofSequence: q).map { ($0.places.lowerBound, $0.document) } ?? []
    return try assembly.sample(q, tokens, standIns, documents: starts)
  }

  /// Where the base's documents begin in the window's tokens.
  private func documents(_ q: Int, _ tokens: [UInt32]) throws -> [SampleAssembly.DocumentStart] {
    guard let base, (manifest.retokenized?.specialDropped ?? 0) == 0 else { return [] }
    let documents = try base.documents(ofSequence: q)
    guard !isAligned else { return documents.map { ($0.places.lowerBound, $0.document) } }
    let original = try [UInt32](unsafeUninitializedCapacity: tokens.count) { buffer, count in
      if let target = buffer.baseAddress { try base.copyTokens(ofSequence: q, into: target) }
      count = tokens.count
    }
    let ranges = original.withUnsafeBufferPointer { original in
      tokens.withUnsafeBufferPointer { tokens in
        MovedParts.ranges(of: documents.map(\.places), from: original, to: tokens, isSpecial: tokenizer.isSpecial)
      }
    }
    return zip(ranges, documents).filter { !$0.0.isEmpty }.map { ($0.0.lowerBound, $0.1.document) }
  }
}
