import UnicodeText

/// A rendered chart as a part of the page: named for readers of a screen, its ids its own, in the page's colours.
struct EmbeddedFigure {
  let html: String

  /// `svg` is the renderer's file. Nil where it is none.
  init?(_ figure: ReportFigure, svg: String) {
    guard let start = svg.firstRange(of: "<svg "), svg.hasSuffix("</svg>") || svg.hasSuffix("</svg>\n") else {
      return nil
    }
    let label = "role=\"img\" aria-label=\"\(HTMLText.shown(figure.title)): \(HTMLText.shown(figure.caption))\" "
    html = Self.withOwnNames(svg[start.lowerBound...], figure.name).replacingFirst("<svg ", "<svg " + label)
  }

  /// Charts on one page must not share the names of their clips and gradients.
  private static func withOwnNames(_ svg: Substring, _ name: String) -> String {
    String(svg).replacing("id=\"", with: "id=\"\(name)-").replacing("url(#", with: "url(#\(name)-")
      .replacing("href=\"#", with: "href=\"#\(name)-")
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    replacing(old, with: new, maxReplacements: 1)
  }
}
