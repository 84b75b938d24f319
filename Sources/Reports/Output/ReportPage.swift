import Pages
import Pipeline
import UnicodeText

/// `report.html`: a page that needs no network and no script.
///
/// Well-formed as HTML and as XML. All that comes from data is escaped, and shown in such a way that it cannot hide.
struct ReportPage {
  let document: Document
  /// Rendered charts by name.
  let figures: [String: EmbeddedFigure]
  /// Why some are missing.
  let figureFailure: String?

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(HTMLText.shown(document.title))</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <main>
    <header>
    <h1>\(HTMLText.shown(document.title))</h1>
    <p class="description">\(HTMLText.shown(document.subtitle))</p>
    \(document.banner.map { "<p class=\"banner\" role=\"alert\">\(HTMLText.shown($0))</p>" } ?? "")
    \(document.claims.map(claim).joined(separator: "\n"))
    \(warnings)
    </header>
    <nav aria-label="Sections"><ul>\(links)</ul></nav>
    \(document.sections.map(section).joined(separator: "\n"))
    </main>
    <footer>
    <p>By tiresias \(HTMLText.shown(toolVersion)). Tables are in <code>tables/</code>, charts in <code>figures/</code>, \
    everything for programs in <code>report.json</code>.</p>
    </footer>
    </body>
    </html>

    """
  }

  private func claim(_ claim: Document.Claim) -> String {
    let details = claim.details.map { "<li>\(HTMLText.shown($0))</li>" }.joined()
    let list = details.isEmpty ? "" : "<ul>\(details)</ul>"
    return "<div class=\"claim \(style(claim.kind))\"><p>\(HTMLText.shown(claim.sentence))</p>\(list)</div>"
  }

  private func style(_ kind: Document.Claim.Kind) -> String {
    switch kind {
    case .noEvidence: "none"
    case .evidence: "found"
    case .notCompared: "unsound"
    }
  }

  private var warnings: String {
    let all = document.warnings + (figureFailure.map { ["Figures are missing: " + $0] } ?? [])
    return all.map { "<p class=\"warning\"><strong>Note:</strong> \(HTMLText.shown($0))</p>" }.joined(separator: "\n")
  }

  private var links: String {
    document.sections.map { "<li><a href=\"#\($0.id)\">\(HTMLText.shown($0.title))</a></li>" }.joined()
  }

  private func section(_ section: Document.Section) -> String {
    "<section id=\"\(section.id)\">\n<h2>\(HTMLText.shown(section.title))</h2>\n"
      + section.blocks.map(block).joined(separator: "\n") + "\n</section>"
  }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .text(let text): "<p>\(HTMLText.shown(text))</p>"
    case .warning(let text): "<p class=\"warning\">\(HTMLText.shown(text))</p>"
    case .list(let lines): "<ul>\(lines.map { "<li>\(HTMLText.shown($0))</li>" }.joined())</ul>"
    case .table(let table): table.html
    case .figure(let figure): html(figure)
    }
  }

  private func html(_ figure: ReportFigure) -> String {
    let chart =
      figures[figure.name]
      .map {
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(HTMLText.shown(figure.title))\">\($0.html)</div>"
      }
      ?? "<p class=\"warning\">This chart was not rendered; its specification is <code>figures/\(HTMLText.shown(figure.name)).vl.json</code>.</p>"
    return """
      <figure>
      <h3>\(HTMLText.shown(figure.title))</h3>
      \(chart)
      <figcaption>\(HTMLText.shown(figure.caption))</figcaption>
      </figure>
      """
  }
}
