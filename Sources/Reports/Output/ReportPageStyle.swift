import Pages

extension ReportPage {
  /// Claims and charts, on top of what all pages share.
  static let style =
    PageStyle.common + """
      :root { --arm-0: #5f6785; --arm-1: #2f62c9; --arm-2: #c2571a; --arm-3: #2a8f5b; --arm-4: #8b4fb8 }
      @media screen and (prefers-color-scheme: dark) { :root { --arm-0: #a3abc8; --arm-1: #7aa5f5; --arm-2: #f0955a;
        --arm-3: #6fd39c; --arm-4: #c79af0 } }
      main, footer { max-width: 1180px } td, tbody th { font-size: 13px; line-height: 1.45 }
      h3 { font-size: 15px; margin: 20px 0 4px } figure { margin: 0 0 28px } figcaption { color: var(--soft); max-width: 62em }
      .claim { border-inline-start: 4px solid var(--line); background: var(--head); padding: 10px 14px; margin: 12px 0;
        border-radius: 0 6px 6px 0 }
      .claim p { font-size: 17px; font-weight: 600; margin: 0 } .claim ul { margin: 6px 0 0; padding-inline-start: 1.2em }
      .claim.found { border-color: var(--arm-2) } .claim.none { border-color: var(--arm-1) }
      .claim.unsound { border-color: var(--warn) }
      .banner { color: var(--del); background: var(--del-back); border: 2px solid var(--del); padding: 8px 12px; font-weight: 600 }
      nav ul { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0; margin: 16px 0 0; list-style: none }
      a { color: var(--arm-1) } a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--arm-1);
        outline-offset: 2px }
      p, li, h2, h3, figcaption, summary { overflow-wrap: anywhere }
      details { margin: 8px 0 } section { scroll-margin-top: 12px }
      figure svg { display: block }
      \(colours)
      @media print { nav { display: none } figure { break-inside: avoid } figure svg { max-width: 100%; height: auto } td, tbody th { font-size: 8pt }
        .scroll { overflow: visible } table { font-size: 8pt } }

      """

  /// Charts have the colours of print; on the page the style's variables stand in for them.
  private static let colours = Chart.colours.map { print, variable in
    "figure [fill=\"\(print)\"] { fill: var(\(variable)) } figure [stroke=\"\(print)\"] { stroke: var(\(variable)) }"
  }.joined(separator: "\n")
}
