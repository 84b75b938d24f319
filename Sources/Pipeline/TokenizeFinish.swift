import ByteIO
import Corpus
import StructuredText
import TokenDataset

/// What a tokenize job finds of earlier runs.
enum FoundOutput {
  /// Finished, and of these inputs and options.
  case finished(OriginRecord)
  /// To go on from.
  case checkpoint(FoundCheckpoint)
  /// Nothing of use, and why what is there is of none.
  case nothing(reason: String?)
}

/// A checkpoint, and what was read of the files that it speaks of: they hold what was written.
struct FoundCheckpoint {
  struct Part {
    let size: Int
    let hash: SHA256
  }

  let state: TokenizeState
  /// Tokens, origins and sizes.
  let parts: [Part]
}

extension TokenizePlan {
  /// Looks for what earlier runs have left.
  func findOutput(rehash: Bool, policy: ErrorPolicy) throws -> FoundOutput {
    if FileSystem.exists(paths.originJSON) {
      let record = try? OriginRecord.read(paths.originJSON)
      let reason = try record.map { try staleness(of: $0, rehash, policy) } ?? "its record cannot be read"
      if let record, reason == nil { return .finished(record) }
      let checkpoint = try findCheckpoint(policy)
      if case .nothing(nil) = checkpoint { return .nothing(reason: reason) }
      return checkpoint
    }
    let checkpoint = try findCheckpoint(policy)
    if case .nothing(nil) = checkpoint {
      // Another run may have finished between the two looks.
      if FileSystem.exists(paths.originJSON) { return try findOutput(rehash: rehash, policy: policy) }
      try refuseForeign()
    }
    return checkpoint
  }

  /// Gives the parts their names and writes what is left to write. Every step may have been done by a run that was
  /// killed: then it is found done.
  func finish(_ record: OriginRecord) throws {
    if FileSystem.exists(paths.partial(paths.bin)) {
      // What lies under the final names is of another job: it must not look complete while it is replaced.
      for path in [paths.originJSON, paths.stamps, paths.idx, paths.originBin] { try FileSystem.remove(path) }
      try FileSystem.rename(paths.partial(paths.bin), to: paths.bin)
    }
    if FileSystem.exists(paths.partial(paths.originBin)) {
      try FileSystem.rename(paths.partial(paths.originBin), to: paths.originBin)
    }
    try writeIndex(record)
    try writeStamps()
    try AtomicFile.replace(paths.originJSON, with: record.json.serialized(.pretty))
    try paths.removeCheckpoint()
  }

  /// Whether all is done, and of this record.
  func isFinished(_ record: OriginRecord) -> Bool {
    !FileSystem.exists(paths.partial(paths.bin)) && isWhole(record)
      && (try? OriginRecord.read(paths.originJSON)) == record
  }

  /// Removes what a run left that was killed when all but this was done. A checkpoint of another job stays.
  func removeLeftovers(of record: OriginRecord) throws {
    guard let state = try? readCheckpoint(), state.record == record else { return }
    try paths.removeCheckpoint()
  }

  func writeStamps() throws {
    let json: JSONValue = ["stamps": 1, "inputs": .array(stamps.map(\.json))]
    try AtomicFile.replace(paths.stamps, with: json.serialized(.pretty))
  }

  private func writeIndex(_ record: OriginRecord) throws {
    let sizes = try MappedFile(paths.partial(paths.sizes), access: .sequential)
    let counts = sizes.bytes.bindMemory(to: Int32.self).lazy.map { Int(Int32(littleEndian: $0)) }
    try TokenIndexWriter.write(paths.idx, type: tokenType, sizes: counts)
  }

  // MARK: - Looking

  private func findCheckpoint(_ policy: ErrorPolicy) throws -> FoundOutput {
    guard FileSystem.exists(paths.checkpoint) else { return .nothing(reason: nil) }
    guard let state = try? readCheckpoint() else {
      return .nothing(reason: "the checkpoint of an earlier run cannot be read")
    }
    if let difference = difference(from: state.record) {
      return .nothing(reason: "the checkpoint of an earlier run is of no use here: \(difference)")
    }
    if state.inputs != stamps { return .nothing(reason: "the checkpoint of an earlier run is of other inputs") }
    if policy == .stop && state.record.total.skipped.total > 0 {
      return .nothing(reason: "the earlier run left out bad lines, and this one is not to")
    }
    guard let paths = pathsOfParts(state) else { return .nothing(reason: "parts of an earlier run are missing") }
    let parts = try zip(paths, sizesOfParts(state)).map { path, size in
      FoundCheckpoint.Part(size: size, hash: try Self.hash(size, of: path))
    }
    // A disk loses things, and a file that has its length may hold others.
    guard parts.map({ $0.hash.soFar() }) == state.hashes else {
      return .nothing(reason: "what an earlier run has written is not what lies there now")
    }
    return .checkpoint(FoundCheckpoint(state: state, parts: parts))
  }

  private func readCheckpoint() throws -> TokenizeState {
    try TokenizeState(SealedRecord.read(paths.checkpoint, limit: 1 << 28))
  }

  private func sizesOfParts(_ state: TokenizeState) -> [Int] {
    [
      state.record.tokens * tokenType.byteCount, state.record.items * Origin.rowSize,
      state.record.items * MemoryLayout<Int32>.size,
    ]
  }

  /// Where the files are that a checkpoint speaks of, the unfinished ones first; nil if one is missing or too short.
  private func pathsOfParts(_ state: TokenizeState) -> [String]? {
    let found = zip([paths.bin, paths.originBin, paths.sizes], sizesOfParts(state)).compactMap { path, size in
      if let partial = try? FileSystem.size(of: paths.partial(path)) {
        return partial >= size ? paths.partial(path) : nil
      }
      return state.isComplete && (try? FileSystem.size(of: path)) == size ? path : nil
    }
    return found.count == 3 ? found : nil
  }

  /// Of a file's first `size` bytes.
  private static func hash(_ size: Int, of path: String) throws -> SHA256 {
    let (file, hash) = (try InputFile(path), SHA256())
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: size, by: buffer.count) {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, size - start)])
      try file.read(into: piece, at: start)
      hash.update(UnsafeRawBufferPointer(piece))
    }
    return hash
  }

  /// Why finished output cannot be used; nil if it can.
  private func staleness(of record: OriginRecord, _ rehash: Bool, _ policy: ErrorPolicy) throws -> String? {
    if let difference = difference(from: record) { return difference }
    let isSame = zip(record.files, stamps).allSatisfy { $0.name == $1.name && ($0.size == $1.size || $1.isUnknown) }
    guard isSame && record.files.count == stamps.count else { return "its inputs were others" }
    if policy == .stop && record.total.skipped.total > 0 { return "bad lines were left out of it" }
    if !isWhole(record) { return "files of it are missing or have another size" }
    return rehash ? try changedContents(record) : changedTimes()
  }

  private func isWhole(_ record: OriginRecord) -> Bool {
    let items = record.items
    return (try? FileSystem.size(of: paths.bin)) == record.tokens * tokenType.byteCount
      && (try? FileSystem.size(of: paths.idx)) == 34 + 12 * items + 8 * (items + 1)
      && (try? FileSystem.size(of: paths.originBin)) == items * Origin.rowSize
  }

  private func changedContents(_ record: OriginRecord) throws -> String? {
    for (file, known) in zip(files, record.files)
    where try file.command == nil && SHA256.hash(file: file.path) != known.sha256 {
      return "the contents of \(file.name) have changed"
    }
    return nil
  }

  private func changedTimes() -> String? {
    let advice = " (--rehash compares contents instead of times)"
    guard let inputs = try? readJSON(paths.stamps).member("inputs").elements(),
      let known = try? inputs.map(InputStamp.init), known.count == stamps.count
    else { return "the times of its inputs are not known" + advice }
    let changed = zip(stamps, known).first { $0 != $1 }
    return changed.map { "\($0.0.name) was modified since" + advice }
  }

  private func refuseForeign() throws {
    for path in [paths.bin, paths.idx] where FileSystem.exists(path) {
      throw TokenizeFailure(
        place: path,
        reason: "it is there, and nothing says that it was made from a raw Pile. Choose another --output, or remove it."
      )
    }
  }
}

private func readJSON(_ path: String) throws -> JSONNode {
  try JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 28), name: path)
}
