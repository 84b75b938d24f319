import Pages

/// `summary.md`: what a pull request should say.
struct Summary {
  let document: Document

  var text: String {
    var parts = ["# " + Markdown.text(document.title), Markdown.paragraph(document.subtitle)]
    if let banner = document.banner { parts.append("> **" + Markdown.text(banner) + "**") }
    for claim in document.claims {
      parts.append("**" + Markdown.text(claim.sentence) + "**")
      if !claim.details.isEmpty { parts.append(list(claim.details)) }
    }
    parts += document.warnings.map { "> " + Markdown.text($0) }
    for name in ["claims", "manipulation", "pronoun-probe", "ability-differences", "evaluators", "excluded"] {
      guard let table = document.tables.first(where: { $0.name == name }) else { continue }
      parts.append("## " + Markdown.text(table.title))
      parts.append(table.markdown(40))
    }
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  private func list(_ lines: [String]) -> String { lines.map { "- " + Markdown.paragraph($0) }.joined(separator: "\n") }
}
