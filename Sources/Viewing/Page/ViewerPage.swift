/// The page to leaf through a window: three files, served as they are. All that comes from data is put in by the script, as text.
enum ViewerPage {
  static let html = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tiresias</title>
    <link rel="stylesheet" href="page.css">
    <script src="page.js" defer></script>
    </head>
    <body>
    <header>
    <div class="head">
    <h1 id="name">Tiresias</h1>
    <p id="about" class="soft"></p>
    <button type="button" id="open-help" aria-haspopup="dialog">Keys <kbd>?</kbd></button>
    </div>
    <details id="notes" hidden><summary></summary><ul></ul></details>
    <form id="find" role="search">
    <label class="wide">Find <input type="search" id="text" name="text" placeholder="text, before or after" autocomplete="off"
      spellcheck="false"></label>
    <label id="rule-label">Rule <select id="rule" name="rule"><option value="">any</option></select></label>
    <label id="subset-label">Subset <select id="subset" name="subset"><option value="">any</option></select></label>
    <label class="check" id="edited-label"><input type="checkbox" id="edited" name="edited"> edited only</label>
    <label class="check"><input type="checkbox" id="case" name="case"> match case</label>
    <span class="range"><label>Steps <input id="first" inputmode="numeric" pattern="[0-9]*" size="7"></label>
    <label><span aria-hidden="true">to</span><span class="spoken">to step</span>
    <input id="last" inputmode="numeric" pattern="[0-9]*" size="7"></label></span>
    <button type="submit">Search</button>
    <button type="button" id="cancel" hidden>Stop</button>
    </form>
    <div id="progress" hidden><progress max="1" value="0"></progress> <span></span></div>
    <p id="status" role="status" aria-live="polite"></p>
    </header>
    <main>
    <nav id="list" aria-label="Samples">
    <div class="tools" id="step-bar">
    <button type="button" id="step-back" aria-label="Step before">◀</button>
    <label>Step <input id="step" inputmode="numeric" pattern="[0-9]*" size="8"></label>
    <button type="button" id="step-on" aria-label="Next step">▶</button>
    <span id="count" class="soft"></span>
    </div>
    <div class="tools" id="hits-bar" hidden>
    <strong id="hits-title">Found</strong>
    <button type="button" id="more" hidden>More</button>
    <button type="button" id="close-hits">Back to steps</button>
    </div>
    <ol id="rows" tabindex="0" role="listbox" aria-label="Rows"></ol>
    </nav>
    <article id="sample" aria-live="off">
    <div class="tools">
    <h2 id="title">Nothing chosen</h2>
    <span class="spacer"></span>
    <button type="button" id="back" aria-label="Row before">▲</button>
    <button type="button" id="on" aria-label="Next row">▼</button>
    <button type="button" id="edit-on">Next edit <kbd>n</kbd></button>
    <button type="button" id="copy">Copy reference <kbd>c</kbd></button>
    </div>
    <p class="soft"><code id="reference"></code></p>
    <div class="sides" id="sides"></div>
    </article>
    </main>
    <dialog id="help" aria-labelledby="help-title">
    <h2 id="help-title">Keys</h2>
    <dl>
    <dt><kbd>j</kbd> <kbd>↓</kbd></dt><dd>next row, or match</dd>
    <dt><kbd>k</kbd> <kbd>↑</kbd></dt><dd>row before</dd>
    <dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>next step, step before</dd>
    <dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next edit, edit before</dd>
    <dt><kbd>/</kbd></dt><dd>find</dd>
    <dt><kbd>g</kbd></dt><dd>go to a step</dd>
    <dt><kbd>c</kbd></dt><dd>copy the reference, which <code>tiresias batch --goto</code> takes</dd>
    <dt><kbd>Esc</kbd></dt><dd>stop a search, close what was found</dd>
    </dl>
    <p>A reference pasted into <em>Find</em> is gone to.</p>
    <form method="dialog"><button>Close</button></form>
    </dialog>
    <noscript><p>This page needs its script, which comes from the same address.</p></noscript>
    </body>
    </html>

    """
}
