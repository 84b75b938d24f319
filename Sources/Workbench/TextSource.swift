import ByteIO
import Corpus

/// A text that rules are tried on, and where it is from. The bytes stay valid until the next one is read.
public struct SourceText {
  public let text: UnsafeBufferPointer<UInt8>
  /// `pile_set_name`; empty where there is none.
  public let subset: String
  /// Number of the file among all, from 0, and its name.
  public let file: Int
  public let fileName: String
  /// The line of a raw Pile, from 1; nil for a text file, which is one text.
  public let line: Int?
}

/// Texts out of files: each line of a raw Pile (`.jsonl`, `.jsonl.zst`, or a folder of them), and text files whole, which
/// are not compressed.
public final class TextSource {
  /// The largest text file that is read: it is one text, held whole.
  public static let maximumTextFile = 1 << 30

  private struct File {
    let corpus: CorpusFile
    let isPile: Bool
    let size: Int
  }

  private let files: [File]
  private let policy: ErrorPolicy
  /// Lines that were left out so far.
  public private(set) var skipped = SkippedLines()
  /// Bytes of all files as they are stored, and how many of them have been read.
  public var byteCount: Int { files.reduce(0) { $0 + $1.size } }
  public private(set) var bytesRead = 0

  public init(_ inputs: [String], policy: ErrorPolicy = .stop) throws {
    self.policy = policy
    files = try inputs.flatMap { input in
      let isPile = FileSystem.isDirectory(input) || Self.isPile(input)
      if !isPile { try Self.refuseCompressed(input) }
      return try CorpusFile.list([input]).map {
        File(corpus: $0, isPile: isPile, size: try FileSystem.size(of: $0.path))
      }
    }
  }

  private static func isPile(_ path: String) -> Bool {
    [".jsonl", ".jsonl.zst", ".json.zst"].contains { path.hasSuffix($0) }
  }

  /// As a text its compressed bytes would be read, in which nothing is found.
  private static func refuseCompressed(_ path: String) throws {
    let endings = [".zst"] + CorpusFile.otherCompressions
    guard let ending = endings.first(where: { path.hasSuffix($0) }) else { return }
    throw CorpusFailure(
      .input, path: path,
      reason: "\(ending) files are not read as text. Decompress it; JSON lines are read as .jsonl or .jsonl.zst.")
  }

  /// Reads all texts in order. Memory: the longest text, and the reader's buffer.
  public func forEach(_ body: (SourceText) throws -> Void) throws {
    var before = 0
    for (index, file) in files.enumerated() {
      if file.isPile { try readPile(file, index, before, body) } else { try readText(file, index, body) }
      before += file.size
      bytesRead = before
    }
  }

  private func readPile(_ file: File, _ index: Int, _ before: Int, _ body: (SourceText) throws -> Void) throws {
    let reader = try DocumentReader(LineReader([file.corpus], policy: policy))
    var (subset, subsetBytes) = ("", [UInt8]())
    while let document = try reader.read() {
      let bytes = document.subset ?? UnsafeBufferPointer(start: nil, count: 0)
      if !bytes.elementsEqual(subsetBytes) {
        (subset, subsetBytes) = (String(decoding: bytes, as: UTF8.self), Array(bytes))
      }
      bytesRead = before + reader.storedBytes
      try body(
        SourceText(
          text: document.text, subset: subset, file: index, fileName: file.corpus.name, line: document.line))
    }
    skipped.add(reader.skipped)
  }

  private func readText(_ file: File, _ index: Int, _ body: (SourceText) throws -> Void) throws {
    let bytes = try FileSystem.contents(of: file.corpus.path, limit: Self.maximumTextFile)
    try bytes.withUnsafeBufferPointer {
      try body(SourceText(text: $0, subset: "", file: index, fileName: file.corpus.name, line: nil))
    }
  }
}
