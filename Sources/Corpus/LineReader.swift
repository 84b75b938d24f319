import ByteIO
import Glibc

/// Cuts the files of a raw Pile into batches of whole lines, in order.
///
/// One buffer a batch, filled straight from the file or from zstd; only the unfinished line at its end is copied, into the
/// next one. Lines end with a line feed; a carriage return before it is whitespace to JSON. One blank line at the end of a
/// file is passed over, any other is a line, and no JSON.
///
/// Memory: a batch, or twice the longest line.
public final class LineReader {
  /// The longest line that is read, 1 GiB: a line is held as a whole, and a frame of zstd can make a gigabyte of a few bytes.
  public static let longestLine = 1 << 30

  public let files: [CorpusFile]
  private let batchSize: Int
  private let lineLimit: Int
  public let policy: ErrorPolicy
  private let hashing: Bool
  private let isGivenUp: @Sendable () -> Bool
  private var position: CorpusPosition
  private var source: StoredFile?
  /// Bytes that were read but belong to the next batch.
  private var carry: (buffer: LineBuffer, range: Range<Int>)?
  private var failure: (any Error)?
  private var finishedTimes = ReadingTimes()

  /// What reading took so far.
  public var times: ReadingTimes { source.map { finishedTimes + $0.times } ?? finishedTimes }

  /// `hashing` asks for each file's SHA-256 (about as costly as reading a file from memory). A start in the middle of a
  /// file reads that file from its beginning: a compressed one has no other way in, and the hash needs all of it.
  /// Once `isGivenUp` says yes, a command is no longer waited for; ``next()`` returns what is there, then nil.
  public init(
    _ files: [CorpusFile], policy: ErrorPolicy = .stop, hashing: Bool = false, from start: CorpusPosition = .init(),
    batchSize: Int = 1 << 20, lineLimit: Int = LineReader.longestLine,
    isGivenUp: @escaping @Sendable () -> Bool = { false }
  ) {
    self.files = files
    self.policy = policy
    self.hashing = hashing
    self.batchSize = max(1, batchSize)
    self.lineLimit = lineLimit
    self.isGivenUp = isGivenUp
    position = start
  }

  /// Reads one stream, such as standard input, as one file of that name.
  public convenience init(_ stream: any ByteStream, policy: ErrorPolicy = .stop, batchSize: Int = 1 << 20) {
    self.init([CorpusFile(path: stream.name, name: stream.name)], policy: policy, batchSize: batchSize)
    source = StoredFile(stream, compressed: false, hashing: false)
  }

  /// The next lines; nil after the last file, and where a command was given up. A file's last batch has `finished` set.
  ///
  /// Throws ``CorpusFailure``, or `IOFailure` where the file system or zstd fails; lines before the failure come first.
  public func next() throws -> LineBatch? {
    do {
      if let failure { throw failure }
      guard position.file < files.count else { return nil }
      let source = try self.source ?? open()
      self.source = source
      return try nextBatch(source)
    } catch {
      failure = error
      // The command ends now, and not when the last of its lines are done with.
      finishedTimes = times
      source = nil
      if error is CommandStream.GivenUp { return nil }
      throw error
    }
  }

  private func open() throws -> StoredFile {
    let file = files[position.file]
    let source = StoredFile(
      try file.open(isGivenUp: isGivenUp), compressed: file.path.hasSuffix(".zst"), hashing: hashing)
    try source.skip(position.offset)
    return source
  }

  private func nextBatch(_ source: StoredFile) throws -> LineBatch {
    let buffer = LineBuffer(capacity: max(batchSize, carry?.range.count ?? 0))
    var filled = takeCarry(into: buffer)
    var scanned = 0
    var ends: [Int] = []
    while true {
      let state = fill(buffer, &filled, source)
      findLines(buffer, from: scanned, to: filled, into: &ends)
      scanned = filled
      if state != .full { return try finish(buffer, filled, ends, state, source) }
      let whole = isBlankLast(buffer, ends) ? ends.dropLast() : ends[...]
      if !whole.isEmpty { return makeBatch(buffer, Array(whole), filled: filled) }
      guard buffer.capacity < lineLimit else { throw tooLong() }
      buffer.grow(to: min(lineLimit, buffer.capacity * 2), keeping: filled)
    }
  }

  private enum Filled: Equatable { case full, end, failed }

  private func fill(_ buffer: LineBuffer, _ filled: inout Int, _ source: StoredFile) -> Filled {
    while filled < buffer.capacity {
      do {
        let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer.storage)[filled...])
        let count = try source.read(into: free)
        if count == 0 { return .end }
        filled += count
      } catch {
        failure = error
        return .failed
      }
    }
    return .full
  }

  /// The last batch of a file: at its end, or where reading failed.
  private func finish(
    _ buffer: LineBuffer, _ filled: Int, _ ends: [Int], _ state: Filled, _ source: StoredFile
  ) throws -> LineBatch {
    try requireBytes(source)
    var ends = ends
    if state == .end {
      if filled > (ends.last.map { $0 + 1 } ?? 0) { ends.append(filled) }
      if isBlankLast(buffer, ends) { ends.removeLast() }
      return endFile(makeBatch(buffer, ends, filled: filled), source, cut: nil)
    }
    guard let failure else { return makeBatch(buffer, ends, filled: filled) }
    let cut = cutFailure(failure)
    if let cut, policy == .skip {
      self.failure = nil
      return endFile(makeBatch(buffer, ends, filled: filled), source, cut: cut)
    }
    self.failure = cut ?? failure
    if ends.isEmpty { throw cut ?? failure }
    return makeBatch(buffer, ends, filled: filled)
  }

  /// A command that ends well and gives nothing has gone wrong: the shell tells of the last program of a pipe alone.
  private func requireBytes(_ source: StoredFile) throws {
    let file = files[position.file]
    guard let command = file.command, source.tap.count == 0, failure.map({ cutFailure($0) != nil }) ?? true else {
      return
    }
    throw CorpusFailure(
      .input, path: file.path,
      reason: "the input command '\(command)' gave not one byte. Try it in a shell; of a pipe, sh sees whether its last"
        + " command fails, and of no other: bash -o pipefail -c '...' sees all.")
  }

  private func cutFailure(_ failure: any Error) -> CorpusFailure? {
    guard let failure = failure as? IOFailure, failure.endsEarly else { return nil }
    return CorpusFailure(
      .fileCut, path: files[position.file].path,
      reason: failure.reason + (failure.offset.map { ", after \($0) compressed bytes" } ?? ""))
  }

  private func endFile(_ batch: LineBatch, _ source: StoredFile, cut: CorpusFailure?) -> LineBatch {
    batch.finished = FileSummary(size: source.tap.count, sha256: source.tap.hash?.finish(), cut: cut)
    finishedTimes = times
    self.source = nil
    carry = nil
    position = CorpusPosition(file: position.file + 1)
    return batch
  }

  private func makeBatch(_ buffer: LineBuffer, _ ends: [Int], filled: Int) -> LineBatch {
    let used = ends.last.map { min($0 + 1, filled) } ?? 0
    let start = position
    position.line += ends.count
    position.offset += used
    if used < filled { carry = (buffer, used..<filled) }
    let batch = LineBatch(buffer: buffer, ends: ends, start: start, end: position)
    batch.storedBytes = source?.tap.count ?? 0
    return batch
  }

  private func takeCarry(into buffer: LineBuffer) -> Int {
    guard let carry else { return 0 }
    let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(carry.buffer.storage)[carry.range])
    UnsafeMutableRawBufferPointer(buffer.storage).copyMemory(from: bytes)
    self.carry = nil
    return bytes.count
  }

  private func findLines(_ buffer: LineBuffer, from: Int, to end: Int, into ends: inout [Int]) {
    guard let base = UnsafeRawPointer(buffer.storage.baseAddress) else { return }
    var from = from
    while from < end, let found = memchr(base + from, 0x0A, end - from) {
      let at = UnsafeRawPointer(found) - base
      ends.append(at)
      from = at + 1
    }
  }

  private func isBlankLast(_ buffer: LineBuffer, _ ends: [Int]) -> Bool {
    guard let end = ends.last else { return false }
    let start = ends.count > 1 ? ends[ends.count - 2] + 1 : 0
    return buffer.storage[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  private func tooLong() -> CorpusFailure {
    CorpusFailure(
      .lineTooLong, path: files[position.file].path, line: position.line + 1, offset: position.offset,
      reason: "no line feed within \(lineLimit) bytes")
  }
}
