/// What the pages of the house share: colours in both schemes, type, tables, narrow screens, paper.
public enum PageStyle {
  /// CSS; nothing in it is loaded from anywhere.
  public static let common = """

    :root { color-scheme: light dark; --back: #fff; --text: #1b1b1f; --soft: #5b5d66; --line: #dcdde3; --head: #f5f5f8;
      --del: #a3172a; --del-back: #fdecee; --ins: #0b6b34; --ins-back: #e6f6ec; --warn: #6b4e00; --warn-back: #fff4cf;
      --before: #9aa1b5; --after: #3d6fd1 }
    @media screen and (prefers-color-scheme: dark) { :root { --back: #16171b; --text: #e6e6ea; --soft: #a3a5af; --line: #33353d;
      --head: #1f2026; --del: #ff9aa6; --del-back: #43191f; --ins: #7fe0a4; --ins-back: #12371f; --warn: #ffd866;
      --warn-back: #3d3310; --before: #6d7386; --after: #7aa5f5 } }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.55 system-ui, sans-serif }
    main, footer { max-width: 960px; margin: 0 auto; padding: 0 20px } header { padding-top: 24px }
    h1 { font-size: 24px; margin: 0; overflow-wrap: anywhere } h2 { font-size: 18px; margin: 36px 0 8px }
    p { margin: 6px 0 } .description, dt, .source, footer, .key { color: var(--soft) }
    footer { padding-bottom: 32px; margin-top: 36px; font-size: 13px }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0 } dd { margin: 0 }
    code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
    .warning { color: var(--warn); background: var(--warn-back); padding: 6px 10px; border-radius: 4px }
    .much { color: var(--warn); background: var(--warn-back); padding: 0 4px; border-radius: 3px }
    .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: 6px 0 }
    th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
      font-weight: 400 }
    thead th { color: var(--soft); font-size: 13px; vertical-align: bottom } tfoot th, tfoot td { font-weight: 600 }
    .number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums }
    .name { white-space: nowrap }
    .bars { width: 30%; min-width: 90px; padding: 8px 6px 0 }
    .bars:has(svg + svg) { padding-top: 4px } .bars:not(:last-child) { width: 14% }
    .sentence { min-width: 15em } td code, th code { white-space: nowrap }
    .bar { display: block; width: 100%; height: 8px; margin: 1px 0 } .key svg { width: 10px; height: 10px }
    svg .before { fill: var(--before) } svg .after { fill: var(--after) }
    summary { cursor: pointer; color: var(--soft) }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
    @media print { body { font-size: 10pt } main, footer { max-width: none; padding: 0 }
      h2 { break-after: avoid } tr, .chart { break-inside: avoid }
      tfoot { display: table-row-group }
      .scroll { overflow: visible }
      svg, del, ins, .warning, .much { print-color-adjust: exact; -webkit-print-color-adjust: exact } }

    """
}
