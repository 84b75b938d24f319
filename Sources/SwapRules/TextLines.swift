import StructuredText

/// The lines of a list that people write, in any editor: they end in LF or CRLF, and a byte order mark is no part of the
/// first.
struct TextLines {
  let lines: [(text: Substring, place: SourcePlace)]

  /// Throws where the bytes are no UTF-8.
  init(_ bytes: [UInt8], file: String) throws(RulesFailure) {
    let bytes = Array(bytes.withoutByteOrderMark)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .definition(SourcePlace(ofInvalidUTF8In: bytes, file: file), "invalid UTF-8; save the file as UTF-8")
    }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().map {
      ($1, SourcePlace(file: file, line: $0 + 1, column: 1))
    }
  }
}
