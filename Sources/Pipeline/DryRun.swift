import ByteIO
import Intervention
import SwapRules
import TokenDataset
import Tokenization
import TrainingOrder

/// What a run would read and write, for people: aligned lines, sizes in the units people use.
public struct DryRun {
  private let plan: WindowPlan
  private let folder: String

  public init(_ plan: WindowPlan, folder: String) {
    self.plan = plan
    self.folder = folder
  }

  /// Throws if the disk is too small for what would be written.
  public func text() throws -> String {
    let free = try FileSystem.freeSpace(at: folder)
    let rows = reads + work + writes + [("free there", byteAmount(Double(free)))]
    let width = rows.map(\.0.count).max() ?? 0
    let text = rows.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.count) + $0.1 }.joined(separator: "\n")
    guard plan.outputBytes <= free else {
      throw PipelineFailure(
        folder,
        "the results need about \(byteAmount(Double(plan.outputBytes))), but only \(byteAmount(Double(free))) are"
          + " free there. Make room, or choose another --output.\n\(text)")
    }
    return text
  }

  private var reads: [(String, String)] {
    plan.datasets.map {
      ("reads", "\($0.prefix): \($0.itemCount) items, \($0.tokenCount) tokens, \(byteAmount(Double($0.byteCount)))")
    } + plan.packs.map { ("rules", "\($0.name) \($0.version)") }
      + [("tokenizer", "\(plan.tokenizerRecord.name) (\(plan.tokenizerRecord.vocabularySize) ids)")]
  }

  private var work: [(String, String)] {
    let steps = plan.window.steps
    let share = Double(steps.count) * 100 / Double(plan.run.trainIterations)
    let rounded = Double(Int((share * 1000).rounded())) / 1000
    return [
      ("run", "\(plan.run.trainIterations) steps of \(plan.run.batchSize) samples of \(plan.sampleLength) tokens"),
      (
        "window",
        "steps \(steps.lowerBound)..<\(steps.upperBound), \(rounded) % of training, \(plan.sequences.count) samples"
      ),
    ]
      + plan.intervention.stages.enumerated().map { stage, swap in
        ("swap \(stage)", "\(swap.selection.fraction) by \(swap.selection.unit.rawValue), seed \(swap.selection.seed)")
      } + anew + [("length", plan.intervention.length.rawValue)] + control
  }

  private var anew: [(String, String)] {
    guard let stage = file.retokenize, stage.scope == .sample else { return [] }
    let samples = stage.containing.isEmpty ? "every sample" : "samples with one of \(stage.containing.count) texts"
    let special = stage.special == .drop ? "without" : "with"
    return [("encodes anew", "\(samples), \(special) special tokens")]
  }

  private var control: [(String, String)] {
    switch file.emit.control {
    case .none: [("control", "none")]
    case .unedited: [("control", "the same samples unedited")]
    case .randomEdits: [("control", "as many other edits, by \(plan.pairs.map { "\($0.name) \($0.version)" } ?? "")")]
    }
  }

  private var file: PipelineFile { plan.file }

  private var writes: [(String, String)] {
    let window = ("writes", "\(folder)/window_document.bin, \(byteAmount(Double(plan.windowBytes)))")
    let control = ("writes", "\(folder)/control_document.bin, \(byteAmount(Double(plan.windowBytes)))")
    return [window] + (plan.file.emit.hasControl ? [control] : [])
      + [("in all", "about \(byteAmount(Double(plan.outputBytes)))")]
  }
}
