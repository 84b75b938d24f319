import ByteIO
import Pipeline
import TokenDataset
import TrainingOrder

/// What one or more arms of a run read, step by step: the base's order before a window and after it, an arm's own samples
/// within, with the subset that each token comes from where a sidecar knows it.
public struct Reading: Sendable {
  /// A run's data under a name.
  public struct Arm: Sendable {
    public let name: String
    /// Its own samples; nil for the base alone.
    let window: WindowSource?
    /// Whether its documents' ends stand where the base's do, however long its texts are.
    let keepsEnds: Bool
    /// Whether token i of a sample is the base's token i, or stands for it.
    let isAligned: Bool
  }

  public let arms: [Arm]
  public let batchSize: Int
  /// L.
  public let sequenceLength: Int
  let tokenType: TokenType
  /// Steps that can be asked for.
  public let steps: Range<Int>
  /// Subsets' names by number; number 0 is for documents without one. Empty where nothing is known of subsets.
  public let subsets: [String]
  /// What is missing, as sentences for the reader.
  public let notes: [String]
  let order: RunOrder?
  /// Of each data set of the order: the numbers in ``subsets`` of its sidecar's.
  private let origins: [(origin: Origin, numbers: [Int])?]

  /// A base alone.
  public init(_ order: RunOrder, batchSize: Int) throws {
    try self.init(
      arms: [Arm(name: "base", window: nil, keepsEnds: true, isAligned: true)], order: order, batchSize: batchSize,
      notes: [])
  }

  /// A window's arms, with the base's order around it where that is given. It must be the manifest's own.
  public init(windowManifest path: String, base: RunOrder? = nil) throws {
    let source = try WindowSource(manifestPath: path)
    let manifest = source.manifest
    let isAligned = manifest.length == .aligned && manifest.retokenized == nil
    let keepsEnds = (manifest.retokenized?.specialDropped ?? 0) == 0
    var arms: [Arm] = []
    var notes: [String] = []
    if source.hasControl {
      let control = try WindowSource(manifestPath: path, arm: .control)
      let name = manifest.randomEdits == nil ? "control" : "random-edits"
      arms.append(Arm(name: name, window: control, keepsEnds: true, isAligned: true))
    } else if base != nil, manifest.randomEdits == nil {
      // An unedited control is the base.
      arms.append(Arm(name: "control", window: nil, keepsEnds: true, isAligned: true))
    } else {
      notes.append(
        manifest.trainer.controlPrefix == nil
          ? "no control: the run wrote none (control: false). Its base as --dataset is counted in its place."
          : "no control: its files are not beside the manifest. `tiresias revert` makes them again.")
    }
    let name = manifest.evaluator.arm == "control" && !arms.isEmpty ? "window" : manifest.evaluator.arm
    arms.append(Arm(name: name, window: source, keepsEnds: keepsEnds, isAligned: isAligned))
    if base == nil { notes.append("no subsets: they are the base's. Name it with --dataset, once for each data set.") }
    if base != nil, !keepsEnds {
      notes.append("no subsets for \(name): it was encoded anew without the ends of documents.")
    }
    try self.init(arms: arms, order: base, batchSize: manifest.run.batchSize, notes: notes)
  }

  private init(arms: [Arm], order: RunOrder?, batchSize: Int, notes: [String]) throws {
    (self.arms, self.order, self.batchSize) = (arms, order, batchSize)
    guard let first = order as (any SampleSource)? ?? arms.first?.window else {
      throw TermFailure("reading", "there is neither a base nor a window")
    }
    (sequenceLength, tokenType) = (first.sequenceLength, first.tokenType)
    let positions = first.positions
    let firstStep = (positions.lowerBound + batchSize - 1) / batchSize
    steps = firstStep..<max(firstStep, positions.upperBound / batchSize)
    let (origins, names) = try Self.origins(order)
    (self.origins, subsets) = (origins, names)
    self.notes = notes + Self.notes(order, origins)
  }

  private static func origins(_ order: RunOrder?) throws -> ([(origin: Origin, numbers: [Int])?], [String]) {
    var names = ["(none)"]
    let origins = try (order?.parts ?? []).map { part -> (origin: Origin, numbers: [Int])? in
      guard let origin = try Origin.beside(part.dataset) else { return nil }
      let numbers = origin.record.subsets.map { name -> Int in
        if let known = names.firstIndex(of: name) { return known }
        names.append(name)
        return names.count - 1
      }
      return (origin, numbers)
    }
    return (origins, origins.contains { $0 != nil } ? names : [])
  }

  private static func notes(_ order: RunOrder?, _ origins: [(origin: Origin, numbers: [Int])?]) -> [String] {
    guard let order else { return [] }
    return zip(order.parts, origins).compactMap { part, origin in
      origin == nil
        ? "no subsets for \(FileSystem.name(of: part.dataset.prefix)): it has no sidecar (.origin.json), which "
          + "`tiresias tokenize` writes" : nil
    }
  }

  /// An arm's tokens of a sequence. The same for all arms outside a window.
  func copyTokens(ofSequence q: Int, arm: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    if let window = arms[arm].window, window.positions.contains(q) || order == nil {
      return try window.copyTokens(ofSequence: q, into: target)
    }
    try order?.copyTokens(ofSequence: q, into: target)
  }

  /// Whether two arms read the same at a sequence because both read the base there.
  func isShared(_ q: Int, _ arm: Int, _ other: Int) -> Bool {
    let isOwn = { (index: Int) in self.arms[index].window?.positions.contains(q) ?? false }
    return order != nil && !isOwn(arm) && !isOwn(other)
  }

  /// The base's tokens of a sequence by subset; all of one where nothing is known.
  func subsets(ofSequence q: Int) throws -> [SubsetSpan] {
    guard let order, !subsets.isEmpty else { return [SubsetSpan(tokens: 0..<sequenceLength + 1, subset: 0)] }
    var spans: [SubsetSpan] = []
    var start = 0
    try order.forEachSpan(ofSequence: q) { set, span in
      let subset = origins[set].flatMap { known in
        known.origin.subset(ofItem: span.item).map { known.numbers[$0] }
      }
      spans.append(SubsetSpan(tokens: start..<start + span.count, subset: subset ?? 0))
      start += span.count
    }
    return spans
  }
}

extension Origin {
  /// The sidecar of a data set; nil where it has none. Throws if it is another's.
  static func beside(_ dataset: TokenDataset) throws -> Origin? {
    guard FileSystem.exists(dataset.prefix + ".origin.json") else { return nil }
    let origin = try Origin(prefix: dataset.prefix)
    guard origin.count == dataset.itemCount else {
      throw TermFailure(
        dataset.prefix + ".origin.json",
        "it is of \(origin.count) items, the data set has \(dataset.itemCount). Tokenize the Pile again.")
    }
    return origin
  }
}
