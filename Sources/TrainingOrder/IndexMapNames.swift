/// Which GPT-NeoX will read index maps: their file names and the type of sample_idx depend on it, nothing else does.
public enum IndexMapNaming: String, Sendable, CaseIterable {
  /// Up to August 2024, v1.0 included: what Pythia used.
  case v1 = "v1.0"
  /// Since: the packing is part of the name.
  case current

  var suffix: String { self == .v1 ? "" : "_packedpi_ac" }
}

/// The parts of a run's data, as GPT-NeoX names them.
public enum RunPart: String, Sendable, CaseIterable {
  case train, valid, test

  /// `train_0` for the first of the `train-data-paths`.
  public func name(dataset: Int) -> String { "\(rawValue)_\(dataset)" }
}

/// The three file names under which GPT-NeoX looks for the index maps of one data set.
public struct IndexMapNames: Sendable, Equatable {
  /// Where the maps lie: GPT-NeoX takes the data set's own prefix.
  public let prefix: String
  /// `train_0` for the first of `train-data-paths`, plain `train` for `data_path` with `split`.
  public let name: String
  /// ns: the number of samples asked for, not the number in the maps.
  public let samples: Int
  public let sequenceLength: Int
  public let seed: UInt32
  public let naming: IndexMapNaming

  public init(
    prefix: String, name: String, samples: Int, sequenceLength: Int, seed: UInt32, naming: IndexMapNaming
  ) {
    self.prefix = prefix
    self.name = name
    self.samples = samples
    self.sequenceLength = sequenceLength
    self.seed = seed
    self.naming = naming
  }

  public var documentsPath: String { stem + "_doc_idx.npy" }
  public var samplesPath: String { stem + "_sample_idx.npy" }
  public var shufflePath: String { stem + "_shuffle_idx.npy" }
  public var all: [String] { [documentsPath, samplesPath, shufflePath] }

  private var stem: String {
    "\(prefix)_\(name)_indexmap_\(samples)ns_\(sequenceLength)sl_\(seed)s\(naming.suffix)"
  }
}
