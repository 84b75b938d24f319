import ByteIO

/// Where benchmarks find what they read.
public struct BenchmarkSources: Sendable {
  /// A folder with `crows-pairs/`, `winobias/` and `lambada/`.
  public var folder: String
  /// A tokenized data set for `heldout-loss`; nil where none was named.
  public var heldoutPrefix: String?
  public var heldoutItems: Range<Int>
  /// Tokens of an item that are used at most: the model's sequence length and one more.
  public var heldoutTokens: Int

  public init(
    folder: String, heldoutPrefix: String? = nil, heldoutItems: Range<Int> = 0..<64, heldoutTokens: Int = 2049
  ) {
    self.folder = folder
    self.heldoutPrefix = heldoutPrefix
    self.heldoutItems = heldoutItems
    self.heldoutTokens = heldoutTokens
  }
}

/// All benchmarks by name.
public enum BenchmarkRegistry {
  public struct Entry: Sendable {
    public let name: String
    public let version: Int
    public let summary: String
    /// The files it reads below the data folder; of several names for one file, one will do.
    let files: [[String]]
    let make: @Sendable (BenchmarkSources) throws -> any Benchmark
  }

  /// In the order in which they are run.
  public static let entries: [Entry] = [
    crowsPairs(CrowsPairsBenchmark.self), crowsPairs(RevisedCrowsPairsBenchmark.self),
    crowsPairs(HarnessCrowsPairsBenchmark.self),
    entry(WinoBiasCoreferenceBenchmark.self, WinoBias.files(.test)) { try .init(folder: $0.folder) },
    entry(WinoBiasPronounBenchmark.self, WinoBias.files(.test)) { try .init(folder: $0.folder) },
    entry(PronounProbeBenchmark.self, [PronounProbeBenchmark.file]) {
      try .init(DataFile(PronounProbeBenchmark.file, in: $0.folder))
    },
    entry(LambadaBenchmark.self, [LambadaBenchmark.file]) { try .init(DataFile(LambadaBenchmark.file, in: $0.folder)) },
    entry(HeldoutLossBenchmark.self, []) { sources in
      guard let prefix = sources.heldoutPrefix else {
        throw EvaluationFailure(.request, HeldoutLossBenchmark.name, "it needs a data set: --heldout PREFIX")
      }
      return try .init(prefix: prefix, items: sources.heldoutItems, maximumTokens: sources.heldoutTokens)
    },
  ]

  public static var names: [String] { entries.map(\.name) }

  /// Reads the data of one benchmark. Throws an ``EvaluationFailure`` for an unknown name and for missing or faulty data.
  public static func make(_ name: String, from sources: BenchmarkSources) throws -> any Benchmark {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw EvaluationFailure(.request, name, "no such benchmark; there are \(names.joined(separator: ", "))")
    }
    return try entry.make(sources)
  }

  /// The names of those whose data are there, and of the others.
  public static func available(from sources: BenchmarkSources) -> (names: [String], missing: [String]) {
    let isThere = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.isThere(in: sources)) })
    return (names.filter { isThere[$0] == true }, names.filter { isThere[$0] != true })
  }

  /// The data files that benchmarks read, below the data folder; of several names for one file, those that are there. Without
  /// names, those of all benchmarks.
  public static func files(of names: [String], in sources: BenchmarkSources) -> [String] {
    let chosen = entries.filter { names.isEmpty || names.contains($0.name) }
    let files = chosen.flatMap(\.files).joined().filter { FileSystem.exists(sources.folder + "/" + $0) }
    return Set(files).sorted()
  }

  private static func entry<B: Benchmark>(
    _: B.Type, _ files: [String], _ make: @escaping @Sendable (BenchmarkSources) throws -> B
  ) -> Entry {
    Entry(name: B.name, version: B.version, summary: B.summary, files: files.map { [$0] }, make: make)
  }

  private static func crowsPairs<B: CrowsPairsForm>(_: B.Type) -> Entry {
    Entry(name: B.name, version: B.version, summary: B.summary, files: [B.files]) { sources in
      // One name for the file in fingerprints, whichever it has.
      let there = B.files.first { FileSystem.exists(sources.folder + "/" + $0) } ?? B.files[0]
      return try B(DataFile(B.files[0], in: sources.folder, path: sources.folder + "/" + there))
    }
  }
}

extension BenchmarkRegistry.Entry {
  fileprivate func isThere(in sources: BenchmarkSources) -> Bool {
    if name == HeldoutLossBenchmark.name { return sources.heldoutPrefix != nil }
    return files.allSatisfy { names in names.contains { FileSystem.exists(sources.folder + "/" + $0) } }
  }
}
