import ByteIO

/// One document of a raw Pile. The pointers stay valid until the reader's next call, or until it is gone.
public struct Document {
  /// Valid UTF-8; it may be empty.
  public let text: UnsafeBufferPointer<UInt8>
  /// `meta.pile_set_name`, where the line has one.
  public let subset: UnsafeBufferPointer<UInt8>?
  /// Number of the file in the list, from 0.
  public let file: Int
  /// Counted from 1.
  public let line: Int
  /// Byte offset of the line in the file, decompressed.
  public let offset: Int
  /// Lone surrogates in the text, each replaced by U+FFFD.
  public let loneSurrogates: Int
}

/// Reads the documents of a raw Pile one by one, in order. For work on many threads see ``LineReader``, ``LineParser``.
public final class DocumentReader {
  public let files: [CorpusFile]
  /// What was left out so far; always empty under the policy `stop`.
  public private(set) var skipped = SkippedLines()
  /// Bytes read of the file that is being read, as stored: for progress.
  public var storedBytes: Int { batch?.storedBytes ?? 0 }
  private let lines: LineReader
  private let parser: LineParser
  private var batch: LineBatch?
  private var next = 0

  /// `inputs` are files and folders, as in ``CorpusFile/list(_:)``.
  public convenience init(_ inputs: [String], policy: ErrorPolicy = .stop) throws {
    try self.init(LineReader(CorpusFile.list(inputs), policy: policy))
  }

  public init(_ lines: LineReader) throws {
    self.lines = lines
    files = lines.files
    parser = try LineParser()
  }

  /// The next document; nil at the end of the last file. Throws ``CorpusFailure`` or `IOFailure`.
  public func read() throws -> Document? {
    while true {
      while let batch, next < batch.count {
        next += 1
        if let document = try parse(batch, next - 1) { return document }
      }
      batch = try lines.next()
      next = 0
      guard let batch else { return nil }
      if batch.finished?.cut != nil { skipped.add(.fileCut) }
    }
  }

  private func parse(_ batch: LineBatch, _ index: Int) throws -> Document? {
    do {
      let line = try parser.parse(batch, index)
      return Document(
        text: line.text, subset: line.subset, file: batch.start.file, line: batch.start.line + index + 1,
        offset: batch.offset(ofLine: index), loneSurrogates: line.loneSurrogates)
    } catch {
      guard lines.policy == .skip else { throw batch.failure(error, inLine: index, of: files[batch.start.file]) }
      skipped.add(error.kind)
      return nil
    }
  }
}
