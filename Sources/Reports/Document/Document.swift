import StructuredText

/// A report before it is a page, a folder of tables, or Markdown. All text is plain: whoever renders it escapes it.
struct Document: Sendable {
  struct Section: Sendable {
    /// Anchor and key.
    var id: String
    var title: String
    var blocks: [Block]
  }

  enum Block: Sendable {
    case text(String)
    case warning(String)
    case list([String])
    case table(ReportTable)
    case figure(ReportFigure)
  }

  var title: String
  var subtitle: String
  /// What the first screen says: one claim a line, with whether it is sound.
  var claims: [Claim]
  /// Stands above all else where scores are compared that should not be.
  var banner: String?
  var warnings: [String]
  var sections: [Section]

  struct Claim: Sendable, Equatable {
    enum Kind: String, Sendable { case noEvidence = "no evidence", evidence, notCompared = "not compared" }
    var kind: Kind
    var sentence: String
    var details: [String]
  }

  var tables: [ReportTable] {
    sections.flatMap(\.blocks).compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  var figures: [ReportFigure] {
    sections.flatMap(\.blocks).compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}

/// A chart: a Vega-Lite specification with its data in it.
public struct ReportFigure: Sendable {
  /// Names the files.
  public let name: String
  public let title: String
  /// What it shows and how to read it; stands under the chart and is read aloud.
  public let caption: String
  public let specification: JSONValue
}
