import ByteIO
import CSimdjson

/// Where reading stands: everything before it has been given out.
public struct CorpusPosition: Equatable, Sendable {
  /// Number of the file in the list, from 0.
  public var file: Int
  /// Lines before this place in the file.
  public var line: Int
  /// Bytes before this place in the file, decompressed.
  public var offset: Int

  public init(file: Int = 0, line: Int = 0, offset: Int = 0) {
    self.file = file
    self.line = line
    self.offset = offset
  }
}

/// What is known of a file once it has been read to its end.
public struct FileSummary: Equatable, Sendable {
  /// Bytes as stored, so compressed ones of a `.zst` file.
  public var size: Int
  /// SHA-256 of the stored bytes; nil where it was not asked for.
  public var sha256: String?
  /// Set if the file was cut short and the policy is to go on.
  public var cut: CorpusFailure?
}

/// A stretch of whole lines of one file, as they stand in it. Read-only once it is given out, so any thread may use it.
public final class LineBatch: @unchecked Sendable {
  /// Where its first line begins.
  public let start: CorpusPosition
  /// Where its last line ends: the place to go on from.
  public let end: CorpusPosition
  /// Bytes of the file as stored (compressed, where it is) that had been read when the batch was full: for progress.
  public internal(set) var storedBytes = 0
  /// Set on the last batch of a file, which may have no lines.
  public internal(set) var finished: FileSummary?

  private let buffer: LineBuffer
  /// Offsets in the buffer at which lines end, their line feeds excluded.
  private let ends: [Int]

  init(buffer: LineBuffer, ends: [Int], start: CorpusPosition, end: CorpusPosition) {
    self.buffer = buffer
    self.ends = ends
    self.start = start
    self.end = end
  }

  /// Number of lines.
  public var count: Int { ends.count }
  /// Bytes of its lines with their line feeds.
  public var byteCount: Int { end.offset - start.offset }

  /// Line `index` of the batch without its line feed. It may be followed by readable bytes; see ``LineParser/parse(_:)``.
  public func line(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let from = index == 0 ? 0 : ends[index - 1] + 1
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer.storage)[from..<ends[index]])
  }

  /// Byte offset of line `index` in the file, decompressed.
  public func offset(ofLine index: Int) -> Int {
    start.offset + (index == 0 ? 0 : ends[index - 1] + 1)
  }

  /// The failure that a fault in line `index` is.
  public func failure(_ fault: LineFault, inLine index: Int, of file: CorpusFile) -> CorpusFailure {
    CorpusFailure(
      fault.kind, path: file.path, line: start.line + index + 1, offset: offset(ofLine: index) + fault.offset,
      reason: fault.reason)
  }
}

/// Bytes that grow, with readable padding behind them for simdjson.
final class LineBuffer {
  private(set) var storage: UnsafeMutableBufferPointer<UInt8>
  static let padding = Int(tiresias_json_padding())

  init(capacity: Int) {
    storage = LineBuffer.allocate(capacity)
  }

  deinit { storage.deallocate() }

  var capacity: Int { storage.count }

  /// Keeps the first `count` bytes.
  func grow(to capacity: Int, keeping count: Int) {
    let larger = LineBuffer.allocate(capacity)
    UnsafeMutableRawBufferPointer(larger).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[..<count]))
    storage.deallocate()
    storage = larger
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutableBufferPointer<UInt8> {
    let all = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity + padding)
    all[capacity...].initialize(repeating: 0)
    return UnsafeMutableBufferPointer(rebasing: all[..<capacity])
  }
}
