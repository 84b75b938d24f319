import ByteIO
import Intervention
import StructuredText
import SwapRules
import Synchronization
import TokenDataset
import Tokenization
import TrainingOrder

/// A pipeline with everything it names opened and checked: data, run, window, rules, tokenizer.
///
/// What is costly, the training order, is built only when it is asked for.
public struct WindowPlan: Sendable {
  public let file: PipelineFile
  public let run: TrainingRun
  public let window: Window
  /// Indices into the run's shuffle_idx.
  public let sequences: Range<Int>
  public let kind: Manifest.Base.Kind
  public let datasets: [TokenDataset]
  /// Of the base's files when they were opened.
  private let stamps: [FileStamp]
  private let knownIdentities = IdentityMemory()
  public let weights: [Double]
  let origins: [Origin?]
  let packs: [RulePack]
  /// The table of pairs of `control: random-edits`.
  let pairs: RulePack?
  let tokenizer: Tokenizer
  let tokenizerRecord: Manifest.TokenizerRecord
  let intervention: InterventionPlan
  /// How whole samples are encoded anew (`scope: sample`).
  let retokenization: SampleRetokenization?

  /// Tokens of a sample.
  public var sampleLength: Int { run.sequenceLength + 1 }
  public var tokenType: TokenType { datasets[0].tokenType }
  /// Bytes of the window's `.bin`.
  public var windowBytes: Int { sequences.count * sampleLength * tokenType.byteCount }

  /// Opens what a pipeline names. `base` are the prefixes of the base: those of `read`, or of the tokenized Pile. Rules
  /// are looked for from `folder`, or from where the program was started; `tokenizer` stands for the pipeline's own.
  public init(_ file: PipelineFile, base: [String], folder: String? = nil, tokenizer path: String? = nil) throws {
    self.file = file
    run = try file.order.trainingRun()
    window = try file.window.window(of: run)
    sequences = window.sequences(of: run)
    (kind, datasets) = (file.read.kind, try base.map { try TokenDataset(prefix: $0, access: .random) })
    stamps = try datasets.flatMap { try $0.stamps() }
    weights = try file.order.weights(for: datasets)
    origins = try datasets.map {
      FileSystem.exists($0.prefix + ".origin.json") ? try Origin(prefix: $0.prefix) : nil
    }
    packs = try file.swaps.map { try Self.pack($0.stage.rules, $0.stage.rulesPlace, folder) }
    pairs = file.emit.control == .randomEdits ? try Self.pack(file.emit.pairs, file.emit.place, folder) : nil
    let source = path.map { TokenizerSource($0) } ?? TokenizerSource(file)
    (tokenizer, tokenizerRecord) = try source.load()
    let stages = zip(packs, file.swaps).map { SwapStage(pack: $0, selection: $1.select?.selection ?? Selection()) }
    intervention = try InterventionPlan(
      tokenizer: tokenizer, stages: stages, length: file.retokenize?.length ?? .aligned,
      sampleLength: run.sequenceLength + 1)
    retokenization = file.retokenize.flatMap(SampleRetokenization.init)
    try check()
  }

  /// A pack whose own tests pass.
  private static func pack(_ rules: String, _ place: SourcePlace, _ folder: String?) throws -> RulePack {
    let path = (folder.map { $0 + "/" } ?? "") + rules
    guard FileSystem.exists(path) else {
      throw PipelineFailure(
        place, "there is no rule pack at '\(rules)'. Paths are relative to where tiresias is started.")
    }
    let pack = try RulePack.load(path: path)
    try pack.requirePassingTests()
    return pack
  }

  // MARK: What does not fit together

  private func check() throws {
    for dataset in datasets where dataset.tokenType != tokenType {
      throw PipelineFailure(
        dataset.prefix, "its tokens are \(dataset.tokenType.name), the first data set's \(tokenType.name)")
    }
    guard tokenizer.vocabularySize - 1 <= Int(tokenType.maximum) else {
      throw PipelineFailure(
        datasets[0].prefix,
        "its tokens are \(tokenType.name), too small for the tokenizer's \(tokenizer.vocabularySize) ids")
    }
    if kind == .preshuffled { try checkPreshuffled() }
    try checkFilter()
  }

  private func checkPreshuffled() throws {
    for swap in file.swaps where swap.select.map({ $0.selection.unit != .sequence }) ?? false {
      throw YAMLFailure(
        swap.select!.place, "a preshuffled base does not know documents: select 'by: sequence', or read an idxmap")
    }
    if intervention.length == .slide {
      throw YAMLFailure(
        file.retokenize!.place,
        "'length: slide' needs the text that follows a sample, which a preshuffled base does not"
          + " have; use 'aligned' or 'pad'")
    }
    if file.order.split != nil || datasets.count != 1 {
      throw YAMLFailure(
        file.order.place, "a preshuffled base is one data set in the order of the run: no split, no weights")
    }
  }

  private func checkFilter() throws {
    guard let filter = file.filter else { return }
    for (dataset, origin) in zip(datasets, origins) {
      guard let origin else {
        throw PipelineFailure(
          filter.place,
          "'filter' needs to know each document's subset, but \(dataset.prefix) has no .origin.json beside it."
            + " `tiresias tokenize` writes one.")
      }
      guard origin.count == dataset.itemCount else {
        throw PipelineFailure(
          dataset.prefix + ".origin.json", "it is for \(origin.count) items, the data have \(dataset.itemCount)")
      }
    }
    let known = Set(origins.flatMap { $0!.record.subsets })
    for name in filter.subsets where !known.contains(name) {
      throw YAMLFailure(
        filter.subsetPlace, "no document is of subset '\(name)'; \(Spelling.advice(for: name, among: known.sorted()))")
    }
  }

  /// Throws if a file of the base is not as it was when it was opened: what was read since may be of two contents.
  func requireUnchangedBase() throws {
    for (was, now) in try zip(stamps, datasets.flatMap { try $0.stamps() }) where was != now {
      throw PipelineFailure(was.path, "it changed while it was read. Remove what was made of it, and run again.")
    }
  }

  /// The base's files as they were when it was opened, in their order.
  package var baseStamps: [InputStamp] {
    stamps.map { InputStamp(name: FileSystem.name(of: $0.path), size: $0.size, modified: $0.modified) }
  }

  /// What the data sets are. The first call reads each `.idx`, gigabytes for a whole Pile; the next ones remember it, as files
  /// that change meanwhile are noticed by ``requireUnchangedBase()``.
  func identities() throws -> [DatasetIdentity] {
    try knownIdentities.value { try datasets.map { try $0.identity() } }
  }

  // MARK: What workers need

  var base: BaseData { BaseData(datasets: datasets, itemsAreCut: kind == .preshuffled) }

  /// Builds the part of the training order that the window needs. Half a minute and 2 GB for a whole Pile.
  public func order() throws -> RunOrder {
    if kind == .preshuffled {
      return try RunOrder(preshuffled: datasets[0], sequenceLength: run.sequenceLength, window: sequences)
    }
    if let split = file.order.split {
      return try RunOrder(run: run, dataset: datasets[0], split: split, window: sequences)
    }
    return try RunOrder(
      run: run, sources: zip(datasets, weights).map { (dataset: $0, weight: $1) }, window: sequences)
  }

  /// Whether `filter` lets a span be edited.
  func eligibility() -> @Sendable (Span) -> Bool {
    guard let filter = file.filter else { return { _ in true } }
    let allowed = origins.map { origin in
      Set(filter.subsets.compactMap { name in origin!.record.subsets.firstIndex(of: name) })
    }
    let origins = origins
    return { span in
      origins[span.dataset]!.subset(ofItem: span.item).map { allowed[span.dataset].contains($0) } ?? false
    }
  }
}

/// Shared by the copies of a plan.
private final class IdentityMemory: Sendable {
  private let known = Mutex<[DatasetIdentity]?>(nil)

  func value(_ read: () throws -> [DatasetIdentity]) throws -> [DatasetIdentity] {
    try known.withLock { known in
      if let known { return known }
      let identities = try read()
      known = identities
      return identities
    }
  }
}

extension SampleRetokenization {
  /// Nil where only edits are encoded.
  init?(_ stage: RetokenizeStage) {
    guard stage.scope == .sample else { return nil }
    self.init(dropsSpecial: stage.special == .drop, containing: stage.containing.map { Array($0.utf8) })
  }
}

extension EmitStage {
  var hasControl: Bool { control != .none }
}

extension ReadStage {
  var kind: Manifest.Base.Kind {
    switch source {
    case .idxmap: .idxmap
    case .pile: .pile
    case .preshuffled: .preshuffled
    }
  }
}

extension OrderStage {
  /// The preset's numbers, with those that are given in their place.
  public func trainingRun() throws -> TrainingRun {
    let base = try preset.map { try TrainingRun.preset($0) }
    do {
      return try TrainingRun(
        trainIterations: trainIterations ?? base!.trainIterations, batchSize: batchSize ?? base!.batchSize,
        sequenceLength: sequenceLength ?? base!.sequenceLength, seed: seed.map { UInt32($0) } ?? base?.seed ?? 1234,
        checkpointEvery: checkpointEvery ?? base?.checkpointEvery,
        evalInterval: evalInterval ?? base?.evalInterval ?? 1000,
        evalIterations: evalIterations ?? base?.evalIterations ?? 10)
    } catch let failure as OrderFailure {
      throw YAMLFailure(place, failure.description)
    }
  }

  func weights(for datasets: [TokenDataset]) throws -> [Double] {
    guard let weights else { return datasets.map { _ in 1 } }
    guard split == nil else {
      throw YAMLFailure(place, "'split' is for one data set; it cannot stand beside 'weights'")
    }
    guard weights.count == datasets.count else {
      throw YAMLFailure(place, "there are \(weights.count) weights for \(datasets.count) data sets")
    }
    return weights
  }
}
