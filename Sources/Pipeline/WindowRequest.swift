import ByteIO
import Intervention
import StructuredText
import SwapRules
import TokenDataset
import TrainingOrder
import UnicodeText

/// Everything that decides a window's bytes, as the manifest records it: two runs with equal requests give equal bytes.
public struct WindowRequest: Equatable, Sendable {
  let pipeline: Manifest.PipelineText
  let rules: [Manifest.RulePackRecord]
  /// The table of pairs of `control: random-edits`; empty without one.
  let pairs: [Manifest.HashedFile]
  let tokenizer: Manifest.TokenizerRecord
  let unicode: Manifest.UnicodeRecord
  let base: Manifest.Base
  let run: Manifest.Run
  let window: Manifest.WindowRecord
  let selection: [Manifest.Selection]
  let length: Manifest.Length

  /// Reads each data set's `.idx`, for its hash, unless another request of the plan has done so.
  public init(_ plan: WindowPlan) throws {
    let text = try PipelineText(
      plan.file, rules: plan.packs.map { WindowFolder.rules($0)[0].path },
      pairs: plan.pairs.map { WindowFolder.rules($0)[0].path }
    ).text
    pipeline = Manifest.PipelineText(text: text, sha256: SHA256.hash(Array(text.utf8)))
    rules = plan.packs.enumerated().map { stage, pack in
      Manifest.RulePackRecord(stage: stage, pack: pack.name, version: pack.version, files: Self.files(pack))
    }
    pairs = plan.pairs.map(Self.files) ?? []
    tokenizer = plan.tokenizerRecord
    unicode = Manifest.UnicodeRecord(version: dataVersion, sha256: tableSHA256)
    base = Manifest.Base(
      kind: plan.kind,
      datasets: try zip(zip(plan.datasets, plan.identities()), plan.weights).map {
        try Self.dataset($0.0, $0.1, weight: $1)
      })
    run = Manifest.Run(
      preset: plan.file.order.preset, trainIterations: plan.run.trainIterations, batchSize: plan.run.batchSize,
      sequenceLength: plan.run.sequenceLength, seed: Int(plan.run.seed),
      checkpointEvery: plan.run.checkpointEvery ?? plan.window.steps.count, split: plan.file.order.split)
    window = Manifest.WindowRecord(
      firstStep: plan.window.steps.lowerBound, endStep: plan.window.steps.upperBound,
      firstSample: plan.sequences.lowerBound, samples: plan.sequences.count,
      share: Double(plan.window.steps.count) / Double(plan.run.trainIterations))
    selection = plan.intervention.stages.enumerated().map { stage, swap in
      Manifest.Selection(
        stage: stage, fraction: swap.selection.fraction.description,
        by: Manifest.Selection.Unit(rawValue: swap.selection.unit.rawValue)!, seed: Int(swap.selection.seed))
    }
    length = Manifest.Length(rawValue: plan.intervention.length.rawValue)!
  }

  package init(_ manifest: Manifest) {
    pipeline = manifest.pipeline
    rules = manifest.rules
    pairs = manifest.randomEdits?.files ?? []
    tokenizer = manifest.tokenizer
    unicode = manifest.unicode
    base = manifest.base
    run = manifest.run
    window = manifest.window
    selection = manifest.selection
    length = manifest.length
  }

  private static func files(_ pack: RulePack) -> [Manifest.HashedFile] {
    WindowFolder.rules(pack).map { Manifest.HashedFile(path: $0.path, sha256: SHA256.hash($0.bytes)) }
  }

  private static func dataset(
    _ dataset: TokenDataset, _ identity: DatasetIdentity, weight: Double
  ) throws -> Manifest.Dataset {
    let origin = dataset.prefix + ".origin.json"
    return Manifest.Dataset(
      name: FileSystem.name(of: dataset.prefix), weight: weight, items: identity.itemCount, tokens: identity.tokenCount,
      tokenType: identity.tokenType, idxSHA256: identity.indexSHA256,
      files: identity.data.map { Manifest.SizedFile(path: $0.name, bytes: $0.size) },
      originSHA256: FileSystem.exists(origin) ? try SHA256.hash(file: origin) : nil)
  }

  /// The first thing in which two requests differ, in words; nil if they are equal.
  public func difference(from other: WindowRequest) -> String? {
    if rules != other.rules { return "the rule packs" }
    if pairs != other.pairs { return "the table of pairs" }
    if tokenizer != other.tokenizer { return "the tokenizer" }
    if unicode != other.unicode { return "the Unicode data" }
    if base != other.base { return "the base data" }
    if run != other.run || window != other.window { return "the run or its window" }
    if selection != other.selection || length != other.length { return "the selection or the length policy" }
    if pipeline != other.pipeline { return "the pipeline" }
    return nil
  }

  /// A hash of all of it, which names the run.
  func hash() throws -> String {
    var text = "\(pipeline.sha256) \(tokenizer.sha256) \(unicode.version) \(window) \(run) \(length) \(selection)"
    for pack in rules { text += " \(pack.pack) \(pack.files.map { $0.path + $0.sha256 })" }
    if !pairs.isEmpty { text += " \(pairs.map { $0.path + $0.sha256 })" }
    for dataset in base.datasets { text += " \(dataset)" }
    return SHA256.hash(Array(text.utf8))
  }
}
