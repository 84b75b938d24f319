import Pages

extension ReportPage {
  /// Edits and charts, on top of what all pages share.
  static let style =
    PageStyle.common + """
      .done, .share { font-size: 17px }
      .key svg + svg, .key svg:last-of-type { margin-inline-start: 10px }
      .chart { width: 100%; min-width: 640px; display: block } .chart text { fill: var(--soft); font-size: 14px }
      .chart .tick { text-anchor: end } .chart .grid { stroke: var(--line); fill: none }
      .excerpts { padding-inline-start: 2em } .excerpts li { margin: 12px 0; break-inside: avoid }
      .passage { margin: 0; overflow-wrap: anywhere; white-space: break-spaces } .source { margin: 0; font-size: 13px }
      del, ins { padding: 0 3px; border-radius: 3px } del { color: var(--del); background: var(--del-back) }
      ins { color: var(--ins); background: var(--ins-back); text-decoration: none; font-weight: 600 }
      .near { background: none; padding: 0; font-weight: 400 }
      @media print { .chart { min-width: 0 } }

      """
}
