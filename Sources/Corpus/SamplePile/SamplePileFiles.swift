import ByteIO

extension SamplePile {
  public enum Format: String, CaseIterable, Sendable {
    /// `00.jsonl.zst`, as the Pile comes.
    case zst
    /// `00.jsonl`.
    case jsonl

    var suffix: String { self == .zst ? ".jsonl.zst" : ".jsonl" }
  }

  /// What ``write(to:documents:shards:format:progress:)`` has written so far.
  public struct Progress: Sendable, Equatable {
    public var documents = 0
    /// UTF-8 bytes of text, before JSON and compression.
    public var textBytes = 0
    /// Shards that have their final names.
    public var shards = 0
  }

  /// Writes `documents` documents as files `00.jsonl.zst`, `01.jsonl.zst`, … into a folder, which is made if it is missing.
  ///
  /// Shard *k* of *K* holds the documents from *k·N/K* to *(k + 1)·N/K*, so the shards read in the order of their names are
  /// documents 0 ..< N whatever *K* is. Names have two digits, more if there are more than a hundred shards. Each file appears under its
  /// name complete or not at all; the same arguments give the same bytes (with the same zstd version). A shard without
  /// documents is an empty file, compressed.
  ///
  /// Cost: 13 ms of one core a megabyte of text in a release build, compression included. Memory: a few times the longest
  /// document, about 30 MB with zstd. `progress` is called about every 1,000 documents.
  ///
  /// - Throws: ``IOFailure``, also if the folder holds `.jsonl` or `.jsonl.zst` files that this call would not replace: a reader
  ///   of the folder would take them for part of the sample.
  @discardableResult
  public func write(
    to directory: String, documents: Int, shards: Int = 1, format: Format = .zst,
    progress: (Progress) -> Void = { _ in }
  ) throws -> Progress {
    precondition(documents >= 0 && shards >= 1, "a sample needs a number of documents and at least one shard")
    let names = SamplePile.shardNames(shards, format)
    try FileSystem.makeDirectory(directory)
    try refuseStrangers(in: directory, besides: names)
    let author = Author(self)
    var line = LineWriter()
    var done = Progress()
    for (shard, name) in names.enumerated() {
      let file = try ShardFile(directory + "/" + name, format)
      for index in SamplePile.documents(ofShard: shard, of: shards, documents) {
        let subset = author.write(index)
        line.write(author.text, subset, key: key(of: index))
        try line.line.withUnsafeBytes { try file.write($0) }
        done.documents += 1
        done.textBytes += author.text.count
        if done.documents.isMultiple(of: 1000) { progress(done) }
      }
      try file.commit()
      done.shards += 1
    }
    progress(done)
    return done
  }

  /// The documents of one shard. Full-width, since the number of documents times that of shards may not fit.
  static func documents(ofShard shard: Int, of shards: Int, _ documents: Int) -> Range<Int> {
    func bound(_ shard: Int) -> Int { shards.dividingFullWidth(documents.multipliedFullWidth(by: shard)).quotient }
    return bound(shard)..<bound(shard + 1)
  }

  static func shardNames(_ shards: Int, _ format: Format) -> [String] {
    let digits = max(2, String(shards - 1).count)
    return (0..<shards).map { shard in
      let number = String(shard)
      return String(repeating: "0", count: digits - number.count) + number + format.suffix
    }
  }

  private func refuseStrangers(in directory: String, besides names: [String]) throws {
    let ours = Set(names)
    let present = try FileSystem.names(in: directory)
    guard
      let stranger = present.first(where: {
        !ours.contains($0) && ($0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.zst"))
      })
    else { return }
    throw IOFailure(
      "write a sample into this folder", directory,
      reason: "it holds \(stranger), which is not part of this sample. Choose an empty folder, or remove that file.")
  }
}

/// One shard in either format.
private enum ShardFile {
  case plain(AtomicFile)
  case compressed(ZstdFileWriter)

  init(_ path: String, _ format: SamplePile.Format) throws {
    self = format == .zst ? .compressed(try ZstdFileWriter(path)) : .plain(try AtomicFile(path))
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    switch self {
    case .plain(let file): try file.write(bytes)
    case .compressed(let file): try file.write(bytes)
    }
  }

  func commit() throws {
    switch self {
    case .plain(let file): try file.commit()
    case .compressed(let file): try file.commit()
    }
  }
}
