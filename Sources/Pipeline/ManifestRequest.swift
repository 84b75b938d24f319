// What was asked for.
extension Manifest {
  /// The training run that the window belongs to.
  public struct Run: Sendable, Equatable {
    /// The name in `order: {run: NAME}`; nil where the pipeline gives the numbers.
    public var preset: String?
    public var trainIterations: Int
    public var batchSize: Int
    public var sequenceLength: Int
    public var seed: Int
    public var checkpointEvery: Int
    /// `969,30,1` where the base was split, else nil.
    public var split: String?

    public init(
      preset: String? = nil, trainIterations: Int, batchSize: Int, sequenceLength: Int, seed: Int,
      checkpointEvery: Int, split: String? = nil
    ) {
      self.preset = preset
      self.trainIterations = trainIterations
      self.batchSize = batchSize
      self.sequenceLength = sequenceLength
      self.seed = seed
      self.checkpointEvery = checkpointEvery
      self.split = split
    }
  }

  public struct WindowRecord: Sendable, Equatable {
    public var firstStep: Int
    /// One past the last step.
    public var endStep: Int
    /// The index into the training order of item 0 of the output.
    public var firstSample: Int
    public var samples: Int
    /// Steps of the window by steps of the run.
    public var share: Double

    public init(firstStep: Int, endStep: Int, firstSample: Int, samples: Int, share: Double) {
      self.firstStep = firstStep
      self.endStep = endStep
      self.firstSample = firstSample
      self.samples = samples
      self.share = share
    }
  }

  /// Which edits of a `swap` stage are applied.
  public struct Selection: Sendable, Equatable {
    public enum Unit: String, Sendable, CaseIterable { case sequence, document, occurrence }

    /// The `swap` stage's place in the pipeline, from 0.
    public var stage: Int
    /// Decimal text, so that 0.1 is one tenth.
    public var fraction: String
    public var by: Unit
    public var seed: Int

    public init(stage: Int, fraction: String, by: Unit, seed: Int) {
      self.stage = stage
      self.fraction = fraction
      self.by = by
      self.seed = seed
    }
  }

  /// How a sample keeps its length.
  public enum Length: String, Sendable, CaseIterable { case aligned, slide, pad }
}
