/// Records of a file with separated fields and a header: RFC 4180 with commas, and the same with tabs.
///
/// A field in quotes may hold separators, line ends and doubled quotes. A quote within a field that does not begin with one is
/// refused where commas separate, and is itself where tabs do. A byte order mark is skipped.
struct DelimitedText {
  struct Record {
    /// Where the record starts.
    let line: Int
    let offset: Int
    let fields: [String]
  }

  let header: [String]
  let records: [Record]

  /// The separator is a tab if the first line has one, else a comma. Every record has as many fields as the header.
  init(_ file: DataFile) throws {
    var parser = DelimitedParser(file)
    guard let header = try parser.next() else { throw file.failure(line: 1, "the file is empty; expected a header") }
    var records: [Record] = []
    while let record = try parser.next() {
      guard record.fields.count == header.fields.count else {
        throw file.failure(
          line: record.line, at: record.offset,
          "\(record.fields.count) fields, but the header has \(header.fields.count)")
      }
      records.append(record)
    }
    self.header = header.fields
    self.records = records
  }
}

/// Walks over the bytes once.
private struct DelimitedParser {
  private let file: DataFile
  private let separator: UInt8
  private var position: Int
  private var line = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ file: DataFile) {
    self.file = file
    position = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let firstLine = file.bytes.prefix { $0 != Self.lineFeed }
    separator = firstLine.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }

  /// The next record; nil at the end. Empty lines are passed over.
  mutating func next() throws -> DelimitedText.Record? {
    while position < file.bytes.count, skipLineEnd() {}
    guard position < file.bytes.count else { return nil }
    let (startLine, start) = (line, position)
    var fields: [String] = []
    while true {
      fields.append(try field())
      if position < file.bytes.count, file.bytes[position] == separator {
        position += 1
      } else {
        _ = skipLineEnd()
        return DelimitedText.Record(line: startLine, offset: start, fields: fields)
      }
    }
  }

  private mutating func skipLineEnd() -> Bool {
    let bytes = file.bytes[position...]
    let length = bytes.starts(with: [Self.carriageReturn, Self.lineFeed]) ? 2 : bytes.first == Self.lineFeed ? 1 : 0
    position += length
    if length > 0 { line += 1 }
    return length > 0
  }

  private mutating func field() throws -> String {
    guard position < file.bytes.count, file.bytes[position] == Self.quote else { return try plainField() }
    return try quotedField()
  }

  private mutating func plainField() throws -> String {
    let start = position
    while position < file.bytes.count, !endsField(position) {
      if file.bytes[position] == Self.quote && separator == UInt8(ascii: ",") {
        throw file.failure(
          line: line, at: position, "a quote inside a field that does not begin with one; put the field in quotes")
      }
      position += 1
    }
    return try file.text(file.bytes[start..<position], line: line)
  }

  private mutating func quotedField() throws -> String {
    let (startLine, start) = (line, position)
    var content: [UInt8] = []
    position += 1
    while position < file.bytes.count {
      let byte = file.bytes[position]
      position += 1
      if byte == Self.lineFeed { line += 1 }
      if byte != Self.quote {
        content.append(byte)
      } else if position < file.bytes.count, file.bytes[position] == Self.quote {
        content.append(byte)
        position += 1
      } else {
        return try closed(content, startLine, start)
      }
    }
    throw file.failure(line: startLine, at: start, "a quote is opened here and never closed")
  }

  /// After the closing quote the field must end.
  private func closed(_ content: [UInt8], _ startLine: Int, _ start: Int) throws -> String {
    guard position == file.bytes.count || endsField(position) else {
      throw file.failure(line: line, at: position, "text after a closing quote; double the quotes inside a field")
    }
    // Checked as a slice of the file, so that a message has the right place.
    _ = try file.text(file.bytes[start..<position], line: startLine)
    return String(decoding: content, as: UTF8.self)
  }

  private func endsField(_ place: Int) -> Bool {
    let byte = file.bytes[place]
    if byte == separator || byte == Self.lineFeed { return true }
    return byte == Self.carriageReturn && place + 1 < file.bytes.count && file.bytes[place + 1] == Self.lineFeed
  }
}
