/// The numbers of a training run that decide which samples it reads when.
public struct TrainingRun: Sendable, Equatable {
  /// I: the number of steps.
  public var trainIterations: Int
  /// B: samples a step, over all ranks and micro-steps.
  public var batchSize: Int
  /// L: tokens a sample is trained on; it has one more.
  public var sequenceLength: Int
  public var seed: UInt32
  /// A checkpoint every so many steps; nil if the run has no such rhythm.
  public var checkpointEvery: Int?
  /// Steps between evaluations, and steps an evaluation takes: they decide the names of validation and test maps only.
  public var evalInterval: Int
  public var evalIterations: Int

  public init(
    trainIterations: Int, batchSize: Int, sequenceLength: Int, seed: UInt32 = 1234, checkpointEvery: Int? = nil,
    evalInterval: Int = 1000, evalIterations: Int = 10
  ) throws {
    guard trainIterations > 0, batchSize > 0, sequenceLength > 0, evalInterval > 0, evalIterations >= 0,
      checkpointEvery ?? 1 > 0
    else {
      throw OrderFailure(
        .parameter, "run", "steps, batch size, sequence length, checkpoint and evaluation intervals must be above 0")
    }
    self.trainIterations = trainIterations
    self.batchSize = batchSize
    self.sequenceLength = sequenceLength
    self.seed = seed
    self.checkpointEvery = checkpointEvery
    self.evalInterval = evalInterval
    self.evalIterations = evalIterations
    let (samples, overflow) = trainIterations.multipliedReportingOverflow(by: batchSize)
    guard !overflow, samples < 1 << 52 else {
      throw OrderFailure(
        .parameter, "run", "\(trainIterations) steps of \(batchSize) samples are more than can be counted")
    }
  }

  /// The published runs, by name: `pythia`, and `pythia-v0-4m` for the first 160M, 410M and 1.4B models, which had
  /// batches of four million tokens. Their evaluation interval is 40000 in most configurations, 1000 or 100000 in some.
  public static let presets: [String: TrainingRun] = [
    "pythia": TrainingRun(published: 143_000, batchSize: 1024, checkpointEvery: 1000),
    "pythia-v0-4m": TrainingRun(published: 71_500, batchSize: 2048, checkpointEvery: 500),
  ]

  /// A published run by its name.
  public static func preset(_ name: String) throws -> TrainingRun {
    if let run = presets[name] { return run }
    let known = presets.keys.sorted().joined(separator: ", ")
    throw OrderFailure(.parameter, "run", "'\(name)' is no known run; there are \(known)")
  }

  private init(published iterations: Int, batchSize: Int, checkpointEvery: Int) {
    trainIterations = iterations
    self.batchSize = batchSize
    sequenceLength = 2048
    seed = 1234
    self.checkpointEvery = checkpointEvery
    evalInterval = 40_000
    evalIterations = 10
  }

  /// n: how many samples a part of the run reads, before any reserve.
  public func sampleCount(_ part: RunPart) -> Int {
    switch part {
    case .train: trainIterations * batchSize
    case .valid: (trainIterations / evalInterval + 1) * evalIterations * batchSize
    case .test: evalIterations * batchSize
    }
  }
}
