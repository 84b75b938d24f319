import StructuredText

/// A linear model over the items around a word, as its file says it: docs/formats.md, "Learnt tables".
///
/// The bias and the weights of the features that are there add up to a margin: the log-odds that the word is of the sense
/// the table is for. Features that no row names count nothing.
public struct LearntTable: Sendable, Equatable {
  /// Words that are looked at as one.
  struct WordClass: Sendable, Equatable {
    let name: String
    /// Folded: words of a `class`, ends of words of an `ending`.
    let texts: [String]
  }

  struct Weight: Sendable, Equatable {
    let feature: ContextFeature
    let weight: LogOdds
  }

  static let firstLine = "# tiresias learnt table 1"
  static let maximumRows = 20_000

  /// Where the table comes from: its comment lines, without `# `.
  public var notes: [String] = []
  var bias = LogOdds(thousandths: 0)
  var classes: [WordClass] = []
  var endings: [WordClass] = []
  var weights: [Weight] = []

  public var weightCount: Int { weights.count }
}

extension LearntTable {
  /// The file: the first line, the notes, then a row for each class, ending and weight, sorted by their bytes.
  public var bytes: [UInt8] {
    let rows =
      ["bias\t\(bias)"] + classes.map { "class\t\($0.name)\t" + $0.texts.joined(separator: " ") }
      + endings.map { "ending\t\($0.name)\t" + $0.texts.joined(separator: " ") }
      + weights.map { "weight\t\($0.feature)\t\($0.weight)" }
    let sorted = rows.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    let head = ([Self.firstLine] + notes.map { "# " + $0 }).map { Array($0.utf8) }
    return (head + sorted).flatMap { $0 + [UInt8(ascii: "\n")] }
  }
}
