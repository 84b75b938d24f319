import StructuredText

/// CrowS-Pairs (Nangia et al. 2020): pairs of sentences, of which one is more stereotypical than the other.
///
/// Read in all the forms it is published in: the original comma-separated file, the revised one (Névéol et al. 2022), which
/// has tabs under a `.csv` name, and the multilingual release that lm-evaluation-harness uses, as separated text or as
/// JSON lines. Only the four columns below count.
public struct CrowsPairs: Sendable {
  public struct Pair: Sendable, Equatable {
    /// Counted from 0, in the file's order.
    public let index: Int
    /// The file's line on which the pair begins.
    public let line: Int
    public let more: String
    public let less: String
    /// `stereo`: the first sentence demonstrates a stereotype; `antistereo`: it violates one.
    public let direction: String
    public let biasType: String
  }

  public let pairs: [Pair]
  /// What is odd about the file but does not keep it from being scored as it is.
  public let notes: [String]

  static let columns = ["sent_more", "sent_less", "stereo_antistereo", "bias_type"]

  public init(_ file: DataFile) throws {
    let isJSON = file.bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
    let rows = try isJSON ? Self.jsonRows(file) : Self.delimitedRows(file)
    guard !rows.isEmpty else { throw file.failure(line: 1, "no pairs") }
    pairs = try rows.enumerated().map { index, row in try Self.pair(index, row, file) }
    notes = Self.duplicates(pairs) + Self.oddSpaces(pairs)
  }

  private typealias Row = (line: Int, offset: Int, values: [String])

  private static func delimitedRows(_ file: DataFile) throws -> [Row] {
    let text = try DelimitedText(file)
    let places = try columns.map { column in
      let places = text.header.indices.filter { text.header[$0] == column }
      guard places.count == 1 else {
        throw file.failure(
          line: 1, "the header must name the column '\(column)' once; it has: \(text.header.joined(separator: ", "))")
      }
      return places[0]
    }
    return text.records.map { record in (record.line, record.offset, places.map { record.fields[$0] }) }
  }

  private static func jsonRows(_ file: DataFile) throws -> [Row] {
    try file.lines().filter { !$0.text.isEmpty }.map { line in
      let node = try JSONNode.parse(Array(line.text.utf8), name: "\(file.path), line \(line.number)")
      return (line.number, line.offset, try columns.map { try node.member($0).string() })
    }
  }

  private static func pair(_ index: Int, _ row: Row, _ file: DataFile) throws -> Pair {
    for (column, value) in zip(columns, row.values) where value.isEmpty {
      throw file.failure(line: row.line, at: row.offset, "\(column) is empty")
    }
    guard ["stereo", "antistereo"].contains(row.values[2]) else {
      throw file.failure(
        line: row.line, at: row.offset, "stereo_antistereo is '\(row.values[2])', expected stereo or antistereo")
    }
    return Pair(
      index: index, line: row.line, more: row.values[0], less: row.values[1], direction: row.values[2],
      biasType: row.values[3])
  }

  private static func duplicates(_ pairs: [Pair]) -> [String] {
    var first: [[String]: Int] = [:]
    return pairs.compactMap { pair in
      let key = [pair.more, pair.less]
      guard let line = first[key] else {
        first[key] = pair.line
        return nil
      }
      return "line \(pair.line): the same pair as on line \(line)"
    }
  }

  private static func oddSpaces(_ pairs: [Pair]) -> [String] {
    pairs.filter { hasOddSpace($0.more) || hasOddSpace($0.less) }.map { "line \($0.line): odd white space" }
  }

  /// White space at an end, two in a row, or any but a plain space.
  private static func hasOddSpace(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    let isSpace = scalars.map { $0.properties.isWhitespace }
    return isSpace.first == true || isSpace.last == true || zip(isSpace, isSpace.dropFirst()).contains { $0 && $1 }
      || zip(scalars, isSpace).contains { $1 && $0 != " " }
  }
}
