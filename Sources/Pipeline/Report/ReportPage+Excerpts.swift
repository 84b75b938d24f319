import Pages
import UnicodeText

// Edits in the text around them.
extension ReportPage {
  var excerpts: String {
    guard !report.excerpts.isEmpty else { return "" }
    let some = report.excerpts.count
    let all = manifest.counts.edits
    let drawn = some == all ? "All \(some)" : "\(some) of \(Figures.number(all))"
    return """
      <p>\(drawn) edits\(some == all ? "" : ", drawn by a hash of their places"), in the order of training. \
      \(mark("del", "was", "before")) \(mark("ins", "now", "after")); other edits near by are marked faintly.</p>
      <ol class="excerpts">
      \(report.excerpts.map(item).joined(separator: "\n"))
      </ol>

      """
  }

  private func item(_ excerpt: Excerpt) -> String {
    """
    <li><p class="passage">…<bdi>\(excerpt.pieces.map(html).joined())</bdi>…</p>
    <p class="source">\(source(excerpt))</p></li>
    """
  }

  private func source(_ excerpt: Excerpt) -> String {
    var parts = ["rule \(code(excerpt.rule))"]
    if hasName(excerpt.branch, of: excerpt.rule) { parts.append("branch \(code(excerpt.branch))") }
    if excerpt.isUncertain { parts.append("<span class=\"much\">uncertain</span>") }
    if let subset = excerpt.subset { parts.append(HTMLText.shown(subset)) }
    parts.append("step \(excerpt.step), row \(excerpt.row), token \(excerpt.position)")
    return parts.joined(separator: " · ")
  }

  private func html(_ piece: Excerpt.Piece) -> String {
    switch piece {
    case .text(let text): HTMLText.shown(text)
    case .edit(let before, let after, let isChosen):
      mark("del", "was", before, isChosen ? "" : " class=\"near\"") + " "
        + mark("ins", "now", after, isChosen ? "" : " class=\"near\"")
    }
  }

  /// Words before and after look different, and sound different: readers of a screen hear `was` and `now`.
  private func mark(_ element: String, _ spoken: String, _ text: String, _ style: String = "") -> String {
    "<\(element)\(style)><span class=\"spoken\">\(spoken) </span>\(HTMLText.shown(text))</\(element)>"
  }
}
