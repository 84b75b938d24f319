import UnicodeText

/// Hits as one HTML file: a table that needs no network and, but for its filters, no script.
public struct PreviewPage: Sendable {
  private let pack: String
  private let total: Int
  private let hits: [Hit]

  /// `total`: how many there were to draw `hits` from.
  public init(pack: String, hits: [Hit], of total: Int) {
    self.pack = pack
    self.hits = hits
    self.total = total
  }

  public var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(pack)): preview</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <header>
    <h1>\(HTMLText.escaped(pack))</h1>
    <p>\(hits.count == total ? "All \(total) words" : "\(hits.count) of \(total) words, drawn evenly").\
    <span id="shown" aria-live="polite"></span></p>
    <form id="filters" hidden>
    \(choice("rule", "Rule", hits.map(\.rule)))
    \(choice("subset", "Subset", hits.map(\.subset)))
    <label>Text <input type="search" data-filter="text" placeholder="any words"></label>
    </form>
    </header>
    <table>
    <thead><tr><th>Where</th><th>Subset</th><th class="left">Before</th><th class="word">Word</th><th>After</th><th>Rule</th></tr></thead>
    <tbody>
    \(hits.map(row).joined(separator: "\n"))
    </tbody>
    </table>
    <script>\(Self.script)</script>
    </body>
    </html>

    """
  }

  private func choice(_ key: String, _ label: String, _ values: [String]) -> String {
    let counts = values.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let options = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
      "<option value=\"\(HTMLText.escaped(name))\">\(name.isEmpty ? "(none)" : HTMLText.escaped(name)) (\(count))</option>"
    }
    return """
      <label>\(label) <select data-filter="\(key)"><option value="*">all</option>\(options.joined())</select></label>
      """
  }

  private func row(_ hit: Hit) -> String {
    let word =
      hit.written.map { "<del>\(HTMLText.shown(hit.word))</del> <ins>\(HTMLText.shown($0))</ins>" }
      ?? "<mark>\(HTMLText.shown(hit.word))</mark>"
    return """
      <tr data-rule="\(HTMLText.escaped(hit.rule))" data-subset="\(HTMLText.escaped(hit.subset))">\
      <td class="where">\(HTMLText.shown(hit.place))</td><td class="subset">\(HTMLText.shown(hit.subset))</td>\
      <td class="left"><bdi>\(HTMLText.shown(hit.left.suffix(Self.context)))</bdi></td>\
      <td class="word">\(word)</td>\
      <td class="right"><bdi>\(HTMLText.shown(hit.right.prefix(Self.context)))</bdi></td>\
      <td class="rule">\(HTMLText.escaped(hit.rule))\(hit.isUncertain ? " <span class=\"doubt\">uncertain</span>" : "")</td></tr>
      """
  }

  /// Characters shown on either side.
  private static let context = 70

  private static let style = """

    :root { color-scheme: light dark; --back: #fff; --text: #1b1b1f; --soft: #62646c; --line: #dcdde3; --head: #f5f5f8;
      --del: #a3172a; --del-back: #fdecee; --ins: #0b6b34; --ins-back: #e6f6ec; --mark: #6b4e00; --mark-back: #fff4cf }
    @media (prefers-color-scheme: dark) { :root { --back: #16171b; --text: #e6e6ea; --soft: #9a9ca6; --line: #33353d;
      --head: #1f2026; --del: #ff9aa6; --del-back: #43191f; --ins: #7fe0a4; --ins-back: #12371f; --mark: #ffd866;
      --mark-back: #3d3310 } }
    body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
    header { padding: 16px 20px 8px } h1 { font-size: 18px; margin: 0 } p { margin: 2px 0 10px; color: var(--soft) }
    form { display: flex; flex-wrap: wrap; gap: 16px } form[hidden] { display: none }
    label { color: var(--soft) } select, input { font: inherit; color: var(--text); background: var(--back);
      border: 1px solid var(--line); border-radius: 4px; padding: 2px 6px; max-width: 22em }
    table { border-collapse: collapse; width: 100%; table-layout: fixed }
    th { position: sticky; top: 0; text-align: start; font-weight: 600; background: var(--head); color: var(--soft) }
    th, td { padding: 3px 8px; border-bottom: 1px solid var(--line); overflow: hidden; white-space: nowrap }
    th:nth-child(1) { width: 11em } th:nth-child(2) { width: 9em } th:nth-child(4) { width: 11em }
    th:nth-child(6) { width: 16em }
    .left, .word, .right { white-space: pre }
    .where, .subset, .rule { color: var(--soft); text-overflow: ellipsis; font-size: 13px }
    .left { text-align: right; direction: rtl } .left bdi { direction: ltr; unicode-bidi: isolate }
    th.left { direction: ltr; text-align: right } .word, th.word { text-align: center }
    del { color: var(--del); background: var(--del-back); padding: 0 3px; border-radius: 3px }
    ins { color: var(--ins); background: var(--ins-back); padding: 0 3px; border-radius: 3px; text-decoration: none }
    mark { color: var(--mark); background: var(--mark-back); padding: 0 3px; border-radius: 3px }
    .doubt { color: var(--mark) } tr[hidden] { display: none }
    @media (max-width: 700px) { .where, .subset, th:nth-child(1), th:nth-child(2) { display: none }
      th:nth-child(6) { width: 7em } th:nth-child(4) { width: 8em } }

    """

  private static let script = """

    const form = document.getElementById("filters"), rows = [...document.querySelectorAll("tbody tr")];
    // The text as it was and as it is written, and what stands beside it.
    const texts = rows.map(row => {
      const cell = name => row.querySelector(name).textContent;
      const words = [...row.querySelectorAll("del, ins, mark")].map(x => cell(".left") + x.textContent + cell(".right"));
      return [...words, cell(".where"), cell(".subset"), cell(".rule")].map(x => x.toLowerCase());
    });
    const apply = () => {
      const want = Object.fromEntries([...form.querySelectorAll("[data-filter]")].map(x => [x.dataset.filter, x.value]));
      const text = want.text.toLowerCase();
      let shown = 0;
      rows.forEach((row, i) => {
        const keep = ["rule", "subset"].every(k => want[k] === "*" || row.dataset[k] === want[k]) && texts[i].some(x => x.includes(text));
        row.hidden = !keep;
        shown += keep;
      });
      document.getElementById("shown").textContent = shown === rows.length ? "" : ` ${shown} shown.`;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());

    """
}
