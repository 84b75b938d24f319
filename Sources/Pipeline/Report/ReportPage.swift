import UnicodeText

/// `report.html`: a page that needs no network and no script, and says what a run changed.
///
/// Well-formed as HTML and as XML. All that comes from data is escaped, and shown in such a way that it cannot hide.
struct ReportPage {
  let report: Report
  var manifest: Manifest { report.manifest }

  init(_ report: Report) { self.report = report }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(HTMLText.shown(manifest.name)): what was changed</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <main>
    \(head)
    \(sections)
    </main>
    <footer>
    <p>By \(HTMLText.shown(manifest.tool.name)) \(HTMLText.shown(manifest.tool.version)). \
    <code>manifest.json</code> has the counts for programs, \(log).</p>
    </footer>
    </body>
    </html>

    """
  }

  private var log: String {
    manifest.outputs.contains { $0.role == .edits }
      ? "<code>edits/</code> every edit and every candidate left alone"
      : "<code>README.md</code> what else is in the folder"
  }

  private var sections: String {
    [
      ("Pronouns, before and after", pronouns), ("Edits by rule", rules), ("Left as it was", kept),
      ("What to know of the edits", caveats), ("Edits by subset", subsets), ("Edits along the window", steps),
      ("Excerpts", excerpts),
    ].filter { !$0.1.isEmpty }.map { title, content in
      "<section>\n<h2>\(title)</h2>\n\(content)</section>"
    }.joined(separator: "\n")
  }
}
