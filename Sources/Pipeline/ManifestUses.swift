// For those who go on from here: trainer and evaluator.
extension Manifest {
  /// How GPT-NeoX reads the window.
  public struct Trainer: Sendable, Equatable {
    /// The intervened window, and the control where there is one; relative to the manifest's folder.
    public var dataPrefix: String
    public var controlPrefix: String?
    /// What the names of the window's index maps start with; a naming's part and `_doc_idx.npy` … follow.
    public var indexMapPrefix: String
    public var namings: [Naming]
    /// The number of samples that GPT-NeoX asks for and writes into the names.
    public var samplesInName: Int
    public var resume: Checkpoint
    public var trainIterations: Int
    public var batchSize: Int
    public var sequenceLength: Int

    public init(
      dataPrefix: String, controlPrefix: String?, indexMapPrefix: String, namings: [Naming] = Naming.allCases,
      samplesInName: Int, resume: Checkpoint, trainIterations: Int, batchSize: Int, sequenceLength: Int
    ) {
      self.dataPrefix = dataPrefix
      self.controlPrefix = controlPrefix
      self.indexMapPrefix = indexMapPrefix
      self.namings = namings
      self.samplesInName = samplesInName
      self.resume = resume
      self.trainIterations = trainIterations
      self.batchSize = batchSize
      self.sequenceLength = sequenceLength
    }
  }

  /// What GPT-NeoX puts between the seed and `_doc_idx.npy`: nothing until August 2024, `_packedpi_ac` since.
  public enum Naming: String, Sendable, CaseIterable {
    case v1 = "v1.0"
    case current

    public var infix: String { self == .v1 ? "" : "_packedpi_ac" }
  }

  /// A checkpoint by the run's own step, and as its publisher labels it.
  public struct Checkpoint: Sendable, Equatable {
    public var iteration: Int
    /// Such as `step133000`.
    public var published: String

    public init(iteration: Int, published: String) {
      self.iteration = iteration
      self.published = published
    }
  }

  /// What to score.
  public struct Evaluator: Sendable, Equatable {
    public var name: String
    public var arm: String
    /// The name of the run to compare with; nil where there is none.
    public var control: String?
    public var checkpoints: [Checkpoint]

    public init(name: String, arm: String, control: String?, checkpoints: [Checkpoint]) {
      self.name = name
      self.arm = arm
      self.control = control
      self.checkpoints = checkpoints
    }
  }
}
