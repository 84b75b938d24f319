import CSimdjson

/// What is wrong within one line.
public struct LineFault: Error, Equatable, Sendable {
  public let kind: CorpusFailure.Kind
  /// Byte offset from the start of the line.
  public let offset: Int
  public let reason: String
}

/// What one line says. The pointers stay valid until the parser reads its next line, or is gone.
public struct ParsedLine {
  /// The document's text in valid UTF-8; it may be empty.
  public let text: UnsafeBufferPointer<UInt8>
  /// `meta.pile_set_name`, in valid UTF-8.
  public let subset: UnsafeBufferPointer<UInt8>?
  /// Lone surrogates in the text, each replaced by U+FFFD.
  public let loneSurrogates: Int
}

/// Reads lines of a raw Pile: an object with `text`, a string or a list of strings (joined with two line feeds), or a
/// JSON string. What Python's `json.loads` takes is taken, and nothing else; of several equal keys the last one counts.
///
/// simdjson reads nearly all lines, at more than 1 GB/s. What it refuses goes to ``CarefulLine``, which reads the few
/// lines that are JSON all the same, and says where the others break. One parser a thread.
public final class LineParser {
  private let parser: OpaquePointer
  private let careful = CarefulLine()

  public init() throws {
    guard let parser = tiresias_pile_parser_new() else {
      throw CorpusFailure(.input, path: "line parser", reason: "there is no memory for it")
    }
    self.parser = parser
  }

  deinit { tiresias_pile_parser_free(parser) }

  /// Reads line `index` of a batch.
  public func parse(_ batch: LineBatch, _ index: Int) throws(LineFault) -> ParsedLine {
    let line = batch.line(index)
    var result = tiresias_pile_line()
    guard tiresias_pile_parse(parser, line.baseAddress, line.count, &result) else { return try careful.parse(line) }
    return ParsedLine(
      text: UnsafeBufferPointer(start: result.text, count: result.text_length),
      subset: result.subset.map { UnsafeBufferPointer(start: $0, count: result.subset_length) }, loneSurrogates: 0)
  }
}
