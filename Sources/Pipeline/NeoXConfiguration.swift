import Glibc

/// Complete GPT-NeoX configurations that train on a window: one for each size and arm.
///
/// Complete means that no published config stands beside them: of a key that two files give, GPT-NeoX refuses the
/// second or silently takes it, depending on its spelling. Every key here exists in GPT-NeoX v1.0 and in main of May
/// 2026, and is spelled with underscores, as their dataclasses spell it.
public enum NeoXConfiguration {
  /// The training run that the window belongs to. Steps and iterations are the same thing, counted from 0.
  public struct Run: Sendable, Equatable {
    /// What the output folder is called.
    public var name: String
    public var trainIterations: Int
    /// Sequences a step, over all GPUs.
    public var batchSize: Int
    /// Tokens that a model sees at once (L); a sample has one more.
    public var sequenceLength: Int
    public var seed: Int
    /// Steps between checkpoints.
    public var checkpointEvery: Int
    /// The window's first step: the iteration to resume at.
    public var firstStep: Int
    /// One past the window's last step.
    public var endStep: Int
    /// The label under which the checkpoint of `firstStep` is published, such as `step133000`. Pythia's v0 models of
    /// 160M, 410M and 1.4B count in steps of half their batch: there 66500 is `step133000`.
    public var published: String

    public init(
      name: String, trainIterations: Int, batchSize: Int, sequenceLength: Int, seed: Int = defaultSeed,
      checkpointEvery: Int, firstStep: Int, endStep: Int, published: String
    ) {
      self.name = name
      self.trainIterations = trainIterations
      self.batchSize = batchSize
      self.sequenceLength = sequenceLength
      self.seed = seed
      self.checkpointEvery = checkpointEvery
      self.firstStep = firstStep
      self.endStep = endStep
      self.published = published
    }

    /// The seed that GPT-NeoX takes where a config names none, as all of Pythia's do.
    public static let defaultSeed = 1234
  }

  /// One of the runs that are compared.
  public struct Arm: Sendable, Equatable {
    /// `intervention` or `control`; part of file and folder names.
    public var name: String
    /// What `.bin`, `.idx` and index maps start with, seen from the folder that training is started in.
    public var dataPrefix: String

    public init(name: String, dataPrefix: String) {
      self.name = name
      self.dataPrefix = dataPrefix
    }
  }

  /// The folder of the checkpoints to resume from, and the one that an arm writes its own to.
  public static func loadFolder(_ size: PythiaSize) -> String { "checkpoints/\(size.name)" }
  public static func saveFolder(_ size: PythiaSize, _ arm: Arm) -> String { "checkpoints/\(size.name)-\(arm.name)" }

  /// `410m-intervention.yml`.
  public static func fileName(_ size: PythiaSize, _ arm: Arm) -> String { "\(size.name)-\(arm.name).yml" }

  /// GPT-NeoX at two times. Their cosines differ: v1.0's, by which Pythia was trained, falls towards 0 over all iterations
  /// and is held at the minimum; that of main falls to the minimum itself.
  public enum Release: Sendable, CaseIterable {
    case v1
    case main
  }

  /// The learning rate of a step that is not the first, by a release's schedule.
  ///
  /// Steps that fp16 skipped do not count there, so a log can show a slightly larger one. Source: `AnnealingLR.get_lr` in
  /// `megatron/learning_rates.py` of tag v1.0 and of main of May 2026.
  public static func learningRate(_ size: PythiaSize, _ run: Run, at step: Int, release: Release) -> Double {
    let peak = Double(size.learningRate) ?? 0
    let minimum = Double(size.minimumLearningRate) ?? 0
    let (step, total) = (Double(step), Double(run.trainIterations))
    let warmup = warmupShare * total
    guard step > warmup else { return peak * max(1, step) / max(1, warmup) }
    switch release {
    case .v1:
      return max(minimum, peak / 2 * (cos(.pi * (min(step, total - warmup) - warmup) / total) + 1))
    case .main:
      return max(minimum, minimum + (peak - minimum) / 2 * (cos(.pi * (step - warmup) / (total - warmup)) + 1))
    }
  }

  /// The share of a run in which Pythia's learning rate rises.
  static let warmupShare = 0.01

  /// The largest micro batch that divides the run's batch and is not larger than the published one.
  public static func microBatchSize(_ size: PythiaSize, _ run: Run) -> Int {
    let limit = max(1, min(size.microBatchSize, run.batchSize))
    return (1...limit).last { run.batchSize % $0 == 0 } ?? 1
  }

  /// The configuration's text: valid YAML, the same for the same arguments.
  ///
  /// `heldOut` is the prefix that both arms are validated and tested on, the control. Paths are written as they come;
  /// relative ones hold from the folder that training is started in.
  public static func text(
    size: PythiaSize, arm: Arm, run: Run, heldOut: String, tokenizerFile: String
  ) -> String {
    let document = NeoXDocument(size: size, arm: arm, run: run, heldOut: heldOut, tokenizerFile: tokenizerFile)
    return ([document.title] + document.groups.map(\.text)).joined(separator: "\n")
  }
}
