import ByteIO
import Glibc

/// Splits the data of a set into shards and joins them again. The bytes stay what they are, items may straddle shards.
public struct DatasetSharding {
  /// What the published sets use: 5·10⁹ bytes.
  public static let publishedShardSize = 5_000_000_000

  let source: DataFiles
  let outputPrefix: String
  /// Told of bytes done and bytes in all, about every 64 MiB.
  let progress: (Int, Int) -> Void

  /// `output` nil writes beside the source, which then shares its `.idx`; otherwise the `.idx` is copied too.
  public init(
    prefix: String, output: String? = nil, progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    source = try DataFiles(prefix: prefix)
    outputPrefix = output.map(DataFiles.bare) ?? source.prefix
    self.progress = progress
  }

  /// Writes shards of `size` bytes, the last one smaller; returns their paths. Checks the disk first.
  public func shard(size: Int = publishedShardSize) throws -> [String] {
    guard size > 0 else { throw DatasetFailure(.output, outputPrefix, "a shard of \(size) bytes cannot hold anything") }
    let total = try totalSize()
    let count = max(1, (total + size - 1) / size)
    guard count <= 100_000 else {
      throw DatasetFailure(
        .output, outputPrefix, "\(count) shards do not fit five digits. Choose a larger --shard-size.")
    }
    let pieces = (0..<count).map { index in
      Piece(
        path: DataFiles.shard(outputPrefix, index, of: count),
        bytes: min(total, index * size)..<min(total, (index + 1) * size))
    }
    try write(pieces, total: total)
    return pieces.map(\.path)
  }

  /// Writes one `.bin` of all shards; returns its path. Checks the disk first.
  public func unshard() throws -> String {
    let total = try totalSize()
    let path = outputPrefix + ".bin"
    try write([Piece(path: path, bytes: 0..<total)], total: total)
    return path
  }

  private struct Piece {
    let path: String
    let bytes: Range<Int>
    var partialPath: String { path + ".partial" }
  }

  private func totalSize() throws -> Int {
    // Opened as a data set: a set that is not sound is not worth copying, and its error says where.
    try TokenDataset(prefix: source.prefix).byteCount
  }

  private func write(_ pieces: [Piece], total: Int) throws {
    try FileSystem.makeParent(of: outputPrefix)
    try refuseExisting(pieces)
    let free = try FileSystem.freeSpace(at: FileSystem.parent(of: outputPrefix) ?? ".")
    guard free >= total else {
      throw DatasetFailure(
        .output, outputPrefix, "\(total) bytes are to be written, but only \(free) are free. Choose another --output.")
    }
    var renamed = false
    defer { if !renamed { for piece in pieces { unlink(piece.partialPath) } } }
    try copyAll(pieces, total: total)
    for piece in pieces { try FileSystem.rename(piece.partialPath, to: piece.path) }
    renamed = true
    if outputPrefix != source.prefix { try copyIndex() }
  }

  private func refuseExisting(_ pieces: [Piece]) throws {
    for piece in pieces where FileSystem.exists(piece.path) {
      throw DatasetFailure(.output, piece.path, "it is there already. Remove it, or choose another --output.")
    }
    if outputPrefix != source.prefix, FileSystem.exists(outputPrefix + ".idx") {
      throw DatasetFailure(.output, outputPrefix + ".idx", "it is there already. Choose another --output.")
    }
  }

  private func copyAll(_ pieces: [Piece], total: Int) throws {
    let inputs = try source.data.map { (file: try CopyFile(reading: $0), size: try FileSystem.size(of: $0)) }
    var done = 0
    for piece in pieces {
      let output = try CopyFile(writing: piece.partialPath)
      var start = 0
      for input in inputs {
        let part = piece.bytes.clamped(to: start..<start + input.size)
        try input.file.copy(
          part.lowerBound - start, part.count, to: output, at: part.lowerBound - piece.bytes.lowerBound
        ) {
          done += $0
          progress(done, total)
        }
        start += input.size
      }
      try output.synchronize()
    }
  }

  private func copyIndex() throws {
    let path = outputPrefix + ".idx"
    let input = try CopyFile(reading: source.index)
    let output = try CopyFile(writing: path + ".partial")
    try input.copy(0, try FileSystem.size(of: source.index), to: output, at: 0) { _ in }
    try output.synchronize()
    try FileSystem.rename(path + ".partial", to: path)
  }
}
