import ByteIO
import Pipeline
import StructuredText

/// Writes a report's folder: `report.html`, `report.json`, `summary.md`, `tables/*.tsv`, `figures/*`.
public struct ReportWriter {
  private let document: Document

  public init(_ analysis: Analysis) { document = DocumentBuilder(analysis: analysis).document }

  /// Same results, same bytes, but for rendered figures. Returns why figures are missing, if they are: the report is whole
  /// without them.
  public func write(to folder: String, renderer: FigureRenderer) throws -> ReportFailure? {
    for part in ["", "/tables", "/figures"] { try FileSystem.makeDirectory(folder + part) }
    for table in document.tables {
      try AtomicFile.replace("\(folder)/tables/\(table.name).tsv", with: Array(table.tsv.utf8))
    }
    let failure = try writeFigures(folder + "/figures/", renderer)
    let page = ReportPage(
      document: document, figures: failure == nil ? try embedded(folder + "/figures/") : [:],
      figureFailure: failure?.reason)
    try AtomicFile.replace(folder + "/summary.md", with: Array(Summary(document: document).text.utf8))
    try AtomicFile.replace(folder + "/report.json", with: try json.serialized(.pretty))
    try AtomicFile.replace(folder + "/report.html", with: Array(page.text.utf8))
    return failure
  }

  /// The sentences that come first, for the terminal.
  public var claims: [String] { document.claims.map(\.sentence) }

  private func writeFigures(_ folder: String, _ renderer: FigureRenderer) throws -> ReportFailure? {
    for figure in document.figures {
      try AtomicFile.replace(folder + figure.name + ".vl.json", with: try figure.specification.serialized(.pretty))
      // An older chart must not stand for this one.
      for kind in ["svg", "png", "pdf"] { try FileSystem.remove("\(folder)\(figure.name).\(kind)") }
    }
    guard !document.figures.isEmpty else { return nil }
    do {
      try renderer.render(document.figures.map { folder + $0.name })
      return nil
    } catch let failure as ReportFailure {
      return failure
    }
  }

  private func embedded(_ folder: String) throws -> [String: EmbeddedFigure] {
    var figures: [String: EmbeddedFigure] = [:]
    for figure in document.figures {
      let svg = String(decoding: try FileSystem.contents(of: folder + figure.name + ".svg"), as: UTF8.self)
      figures[figure.name] = EmbeddedFigure(figure, svg: svg)
    }
    return figures
  }

  /// All of the report for programs.
  private var json: JSONValue {
    let claims = document.claims.map { claim -> JSONValue in
      [
        "verdict": .string(claim.kind.rawValue), "sentence": .string(claim.sentence),
        "details": .array(claim.details.map { .string($0) }),
      ]
    }
    return [
      "report": 1, "tool": ["name": "tiresias", "version": .string(toolVersion)], "title": .string(document.title),
      "banner": document.banner.map { .string($0) } ?? .null, "claims": .array(claims),
      "warnings": .array(document.warnings.map { .string($0) }),
      "tables": .object(document.tables.map { JSONMember($0.name, $0.json) }),
      "figures": .array(
        document.figures.map {
          ["name": .string($0.name), "title": .string($0.title), "caption": .string($0.caption)]
        }),
    ]
  }
}
