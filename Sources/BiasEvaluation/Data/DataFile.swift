import ByteIO

/// A benchmark's file, read whole, with what identifies it in a fingerprint.
public struct DataFile: Sendable, Equatable {
  /// As the benchmark calls it, whatever folder it lies in.
  public let name: String
  /// As messages call it.
  public let path: String
  public let sha256: String
  let bytes: [UInt8]

  /// 64 MiB: benchmarks are small.
  static let limit = 1 << 26

  /// Reads `folder/name`, or `path` if the file lies elsewhere.
  public init(_ name: String, in folder: String, path: String? = nil) throws {
    let path = path ?? folder + "/" + name
    guard FileSystem.exists(path) else {
      throw EvaluationFailure(
        .missing, path, "the data are not there. 'make evaluation-data' fetches them, or name their folder with --data."
      )
    }
    self.init(name: name, path: path, bytes: try FileSystem.contents(of: path, limit: Self.limit))
  }

  init(name: String, path: String, bytes: [UInt8]) {
    self.name = name
    self.path = path
    self.bytes = bytes
    sha256 = SHA256.hash(bytes)
  }

  func failure(line: Int, at offset: Int? = nil, _ reason: String) -> EvaluationFailure {
    EvaluationFailure(.data, path, line: line, at: offset, reason)
  }
}

/// A line of a text file.
struct TextLine: Equatable {
  /// Counted from 1.
  let number: Int
  /// Where it starts in the file.
  let offset: Int
  let text: String
}

extension DataFile {
  /// The lines, without their ends (LF or CR LF); what follows the last line end is a line unless it is empty. Text that is
  /// not UTF-8 or holds a NUL is refused with its place.
  func lines() throws -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var content = bytes[start..<end]
      if content.last == UInt8(ascii: "\r") { content.removeLast() }
      lines.append(
        TextLine(number: lines.count + 1, offset: start, text: try text(content, line: lines.count + 1)))
      start = end + 1
    }
    return lines
  }

  /// A slice of the file as text.
  func text(_ slice: ArraySlice<UInt8>, line: Int) throws -> String {
    if let zero = slice.firstIndex(of: 0) { throw failure(line: line, at: zero, "a NUL byte; this is no text file") }
    if let text = String(validating: slice, as: UTF8.self) { return text }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = slice.makeIterator()
    var offset = slice.startIndex
    while case .valid(let encoded) = parser.parseScalar(from: &iterator) { offset += encoded.count }
    throw failure(line: line, at: offset, "invalid UTF-8; save the file as UTF-8")
  }
}
