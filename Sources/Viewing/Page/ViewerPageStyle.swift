import Pages

extension ViewerPage {
  /// On top of what all pages share.
  static let style =
    PageStyle.common + """
      :root { --focus: #2f62c9; --chosen: #e3ebfb; --found: #ffe58a }
      @media (prefers-color-scheme: dark) { :root { --focus: #7aa5f5; --chosen: #22304d; --found: #5c4a00 } }
      html, body { height: 100% } body { display: flex; flex-direction: column; font-size: 14px }
      [hidden] { display: none !important }
      header { padding: 10px 16px 6px; border-bottom: 1px solid var(--line); background: var(--head) }
      .head { display: flex; align-items: baseline; gap: 12px } .head p { flex: 1; margin: 0 }
      h1 { font-size: 17px } h2 { font-size: 15px; margin: 0 } .soft, label { color: var(--soft) }
      #find { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin-top: 8px }
      .wide { flex: 1 1 180px; display: flex; gap: 6px; align-items: center } .wide input { flex: 1; min-width: 0 }
      .range { display: inline-flex; gap: 6px }
      input, select, button { font: inherit; color: var(--text); background: var(--back); border: 1px solid var(--line);
        border-radius: 5px; padding: 4px 8px; min-height: 30px } input[type=checkbox] { min-height: 0; vertical-align: -2px }
      select { max-width: 11em } .range input { width: 6em } button { cursor: pointer } button:hover { border-color: var(--focus) }
      button:disabled { opacity: .45; cursor: default }
      :focus-visible { outline: 2px solid var(--focus); outline-offset: 1px }
      kbd { font: 11px ui-monospace, monospace; border: 1px solid var(--line); border-radius: 3px; padding: 0 4px; color: var(--soft) }
      #notes { margin: 4px 0 0; font-size: 13px } #notes ul { margin: 4px 0; padding-inline-start: 1.3em }
      #status { margin: 4px 0 0; min-height: 1.5em; font-size: 13px; color: var(--soft) } #status.failure { color: var(--del) }
      #progress { display: flex; gap: 8px; align-items: center; font-size: 13px; color: var(--soft) } progress { width: 200px }
      main { flex: 1; display: grid; grid-template-columns: minmax(260px, 30%) 1fr; min-height: 0; max-width: none; width: 100%;
        margin: 0; padding: 0 }
      nav { display: flex; flex-direction: column; min-height: 0; border-inline-end: 1px solid var(--line) }
      .tools { display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; padding: 8px 12px;
        border-bottom: 1px solid var(--line) } .spacer { flex: 1 }
      #rows { flex: 1; overflow-y: auto; margin: 0; padding: 0; list-style: none }
      #rows li { padding: 5px 12px; border-bottom: 1px solid var(--line); cursor: pointer; overflow-wrap: anywhere }
      #rows li[aria-selected=true] { background: var(--chosen); box-shadow: inset 3px 0 var(--focus) }
      #rows:focus-visible { outline-offset: -2px }
      .place { display: flex; gap: 8px; font-size: 12px; color: var(--soft); font-variant-numeric: tabular-nums }
      .place .edits { color: var(--ins) }
      .excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: 13px;
        unicode-bidi: isolate }
      mark { background: var(--found); color: inherit; border-radius: 2px }
      article { overflow-y: auto; min-width: 0 } article > .tools { position: sticky; top: 0; background: var(--back); z-index: 1 }
      article > p { margin: 6px 16px }
      .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 0 1px; padding: 0 0 40px }
      .side { padding: 0 16px; min-width: 0 } .side + .side { border-inline-start: 1px solid var(--line) }
      .side h3 { font-size: 13px; color: var(--soft); font-weight: 600; margin: 8px 0 4px }
      .text { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.6 ui-monospace, monospace; unicode-bidi: plaintext }
      del { color: var(--del); background: var(--del-back); border-radius: 3px; padding: 0 1px }
      ins { color: var(--ins); background: var(--ins-back); border-radius: 3px; padding: 0 1px; text-decoration: none }
      del:empty::after, ins:empty::after { content: "∅"; opacity: .6 }
      .rule { font: 11px system-ui, sans-serif; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 3px;
        margin-inline-start: 2px; white-space: nowrap; user-select: none }
      .now { outline: 2px solid var(--focus) }
      .document { display: block; font: 12px system-ui, sans-serif; color: var(--soft); border-top: 1px dashed var(--line);
        margin: 6px 0 2px; padding-top: 2px; white-space: normal; user-select: none }
      .special { color: var(--warn); background: var(--warn-back); border-radius: 3px; padding: 0 3px }
      .odd { color: var(--soft) }
      dialog { color: var(--text); background: var(--back); border: 1px solid var(--line); border-radius: 8px; max-width: 30em }
      dialog::backdrop { background: #0006 } dialog h2 { margin: 0 0 8px } dialog form { margin-top: 10px }
      @media (max-width: 760px) { html, body { height: auto } main { display: block }
        nav { border: 0; border-bottom: 1px solid var(--line) } #rows { max-height: 38vh; flex: none }
        .head { flex-wrap: wrap } .head p { order: 3; flex-basis: 100% } article { overflow: visible }
        article > .tools { padding: 6px 12px } .side + .side { border-inline-start: 0; border-top: 1px solid var(--line) }
        button kbd { display: none } article > p, .side { margin-inline: 0; padding-inline: 12px } }

      """
}
