import BiasEvaluation
import ByteIO

extension Evaluation {
  /// A file of scores by item, beside the result file.
  public struct ItemFileReference: Sendable, Equatable {
    public var benchmark: String
    /// Relative to the result file's folder.
    public var path: String
    /// Nil where the result does not say.
    public var sha256: String?
  }

  /// Reads the items that the result names. One that is gone is left out: its scores are compared in sum. One that is not what
  /// the result says is an error. About 0.1 s for all benchmarks.
  func withItems() throws -> Evaluation {
    var evaluation = self
    evaluation.items = try zip(itemFiles, itemPaths).compactMap { file, path in
      guard FileSystem.exists(path) else { return nil }
      guard let sha256 = file.sha256 else { return try HarnessSamples.read(path, benchmark: file.benchmark) }
      guard try SHA256.hash(file: path) == sha256 else {
        throw ReportFailure(
          .items, path: path, reason: "it is not the file that \(source) names: its SHA-256 is another. Score it again."
        )
      }
      return try Self.read(path, file.benchmark)
    }
    return evaluation
  }

  /// Where the items lie.
  var itemPaths: [String] {
    let folder = FileSystem.parent(of: source).map { $0 + "/" } ?? ""
    return itemFiles.map { folder + $0.path }
  }

  private static func read(_ path: String, _ benchmark: String) throws -> ItemScores {
    let items = try ItemFile(path: path).items.map { item in
      ItemScores.Item(
        id: item.id, cluster: item.cluster, isPaired: item.isPaired,
        attributes: Dictionary(item.attributes.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first }),
        values: Dictionary(item.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
    return ItemScores(benchmark: benchmark, items: items)
  }
}

extension ResultFiles {
  /// With the items of every model's last checkpoint that an intervention and its control both have: the only ones that are
  /// compared one by one.
  func withItemsOfLastCheckpoints() throws -> ResultFiles {
    var files = self
    let checkpoints = Dictionary(grouping: evaluations, by: { $0.subject.model })
    for (index, evaluation) in evaluations.enumerated() where !evaluation.itemFiles.isEmpty {
      let siblings = checkpoints[evaluation.subject.model] ?? []
      if Self.isAtLast(evaluation, siblings) { files.evaluations[index] = try evaluation.withItems() }
    }
    return files
  }

  /// True where another arm's last common checkpoint with this one is this checkpoint.
  private static func isAtLast(_ evaluation: Evaluation, _ siblings: [Evaluation]) -> Bool {
    let own = Set(siblings.filter { $0.subject.arm == evaluation.subject.arm }.map(\.subject.checkpoint))
    let others = Dictionary(grouping: siblings.filter { $0.subject.arm != evaluation.subject.arm }, by: \.subject.arm)
    return others.values.contains { other in
      other.map(\.subject.checkpoint).filter(own.contains).max() == evaluation.subject.checkpoint
    }
  }
}
