/// One size of the Pythia suite: the numbers of its published GPT-NeoX configuration.
///
/// Source: the `models/*/pythia-SIZE.yml` files of EleutherAI/pythia (Apache-2.0), in which the standard and the
/// deduplicated model of a size differ in their data paths only. `pythia-12b.yml` lacks a comma, and
/// `pythia-12b-deduped.yml` has layers and heads exchanged: 36 layers of 40 heads are what the weights have.
public struct PythiaSize: Sendable, Equatable {
  /// As it stands in the models' names: `410m`, `1.4b`.
  public let name: String
  public let layers: Int
  public let hiddenSize: Int
  public let attentionHeads: Int
  /// Peak and final learning rate, as decimal text: the config shows them as they were written.
  public let learningRate: String
  public let minimumLearningRate: String
  /// Sequences that one GPU works on at a time, and the GPUs that the published run had.
  public let microBatchSize: Int
  public let gpus: Int
  public let modelParallelSize: Int
  public let pipeParallelSize: Int
  public let zeroStage: Int
  /// DeepSpeed's bucket for gathering and reducing, in elements.
  public let bucketSize: Int
  /// Whether activations are computed again in the backward pass, and split over model-parallel ranks.
  public let checkpointsActivations: Bool
  /// Processes that read data; nil leaves GPT-NeoX's default.
  public let loaderWorkers: Int?
  /// Steps between evaluations.
  public let evaluationInterval: Int
  /// Whether the config names `small_init` and `wang_init`; the two largest leave GPT-NeoX's default and name the norm.
  public let namesInitialization: Bool

  /// The size with this name, in any letter case, or nil.
  public static func named(_ name: String) -> PythiaSize? { all.first { $0.name == name.lowercased() } }

  /// The published sizes, smallest first.
  public static let all: [PythiaSize] = [
    PythiaSize(
      "14m", layers: 6, hidden: 128, heads: 4, rate: "0.001", to: "0.0001", .tiny(workers: 4, bucket: 50_000_000)),
    PythiaSize("31m", layers: 6, hidden: 256, heads: 8, rate: "0.001", to: "0.0001", .tiny(workers: 2)),
    PythiaSize("70m", layers: 6, hidden: 512, heads: 8, rate: "0.001", to: "0.0001", .small(evaluating: 100_000)),
    PythiaSize("160m", layers: 12, hidden: 768, heads: 12, rate: "0.0006", to: "0.00006", .small()),
    PythiaSize("410m", layers: 24, hidden: 1024, heads: 16, rate: "0.0003", to: "0.00003", .small()),
    PythiaSize("1b", layers: 16, hidden: 2048, heads: 8, rate: "0.00025", to: "0.000025", .medium),
    PythiaSize("1.4b", layers: 24, hidden: 2048, heads: 16, rate: "0.0002", to: "0.00002", .medium),
    PythiaSize("2.8b", layers: 32, hidden: 2560, heads: 32, rate: "0.00016", to: "0.000016", .medium),
    PythiaSize(
      "6.9b", layers: 32, hidden: 4096, heads: 32, rate: "0.00012", to: "0.000012", .large(gpus: 128, split: 2)),
    PythiaSize(
      "12b", layers: 36, hidden: 5120, heads: 40, rate: "0.00012", to: "0.000012", .large(gpus: 256, split: 4)),
  ]

  private init(
    _ name: String, layers: Int, hidden: Int, heads: Int, rate: String, to minimum: String, _ layout: Layout
  ) {
    self.name = name
    self.layers = layers
    hiddenSize = hidden
    attentionHeads = heads
    learningRate = rate
    minimumLearningRate = minimum
    microBatchSize = layout.microBatchSize
    gpus = layout.gpus
    modelParallelSize = layout.modelParallelSize
    pipeParallelSize = layout.pipeParallelSize
    zeroStage = layout.zeroStage
    bucketSize = layout.bucketSize
    checkpointsActivations = layout.checkpointsActivations
    loaderWorkers = layout.loaderWorkers
    evaluationInterval = layout.evaluationInterval
    namesInitialization = layout.namesInitialization
  }
}

/// How a size was spread over GPUs; sizes of one class share it.
private struct Layout {
  var microBatchSize: Int
  var gpus: Int
  var modelParallelSize = 1
  var pipeParallelSize = 1
  var zeroStage = 1
  var bucketSize = 500_000_000
  var checkpointsActivations = true
  var loaderWorkers: Int? = 1
  var evaluationInterval = 40_000
  var namesInitialization = true

  static func tiny(workers: Int, bucket: Int = 500_000_000) -> Layout {
    Layout(
      microBatchSize: 32, gpus: 32, pipeParallelSize: 0, zeroStage: 0, bucketSize: bucket,
      checkpointsActivations: false, loaderWorkers: workers, evaluationInterval: 100_000)
  }

  static func small(evaluating interval: Int = 40_000) -> Layout {
    Layout(microBatchSize: 32, gpus: 32, evaluationInterval: interval)
  }

  static let medium = Layout(microBatchSize: 16, gpus: 64)

  static func large(gpus: Int, split: Int) -> Layout {
    Layout(
      microBatchSize: 8, gpus: gpus, modelParallelSize: split, bucketSize: 1_260_000_000, loaderWorkers: nil,
      evaluationInterval: 1000, namesInitialization: false)
  }
}
