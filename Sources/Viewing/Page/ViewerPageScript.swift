extension ViewerPage {
  static let script = #"""
    "use strict";
    const $ = id => document.getElementById(id);
    const state = { run: null, step: 0, items: [], chosen: -1, isFound: false, next: null, query: null, edit: -1, sample: null };
    let searching = null, asking = 0;

    // ---- Text of strangers: everything is seen, nothing acts.

    const shape = code => code === 10 || code === 9 ? null
      : code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? "\u2421"
      : `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
    const odd = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
    const visible = text => [...text].map(c => odd.test(c) ? shape(c.codePointAt(0)) ?? c : c).join("");
    const make = (name, style, text) => {
      const element = document.createElement(name);
      if (style) element.className = style;
      if (text !== undefined) element.textContent = visible(text);
      return element;
    };
    const say = (text, isFailure = false) => {
      $("status").textContent = visible(text);
      $("status").classList.toggle("failure", isFailure);
    };
    const grouped = number => number.toLocaleString("en-US");
    const plural = (count, word) => `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;

    const ask = async (path, query, signal) => {
      let answer;
      try {
        answer = await fetch(`api/${path}?${new URLSearchParams(query)}`, { signal });
      } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Error("The server does not answer: was it stopped?");
      }
      if (!answer.ok) throw new Error((await answer.text()).trim());
      return answer.json();
    };
    const guarded = action => async (...values) => {
      try { return await action(...values); } catch (error) { if (error.name !== "AbortError") say(error.message, true); }
    };

    // ---- The list

    const option = item => {
      const line = make("li"), place = make("div", "place");
      line.setAttribute("role", "option");
      place.append(make("span", "", state.isFound ? `step ${item.step} · row ${item.row}` : `row ${item.row}`));
      if (item.edits) place.append(make("span", "edits", plural(item.edits, "edit")));
      if (item.subsets && item.subsets.length) place.append(make("span", "", item.subsets.join(", ")));
      const excerpt = make("div", "excerpt");
      excerpt.append(visible(item.left));
      if (item.match) excerpt.append(make("mark", "", item.match));
      excerpt.append(visible(item.right));
      line.append(place, excerpt);
      return line;
    };
    const show = () => {
      const rows = $("rows");
      rows.replaceChildren(...state.items.map((item, index) => {
        const line = option(item);
        line.id = `row-${index}`;
        line.addEventListener("click", () => choose(index));
        return line;
      }));
      $("step-bar").hidden = state.isFound;
      $("hits-bar").hidden = !state.isFound;
    };
    const mark = () => {
      $("rows").querySelectorAll("[aria-selected]").forEach(line => line.removeAttribute("aria-selected"));
      const line = $(`row-${state.chosen}`);
      $("back").disabled = state.chosen <= 0;
      $("on").disabled = state.chosen >= state.items.length - 1;
      if (!line) return $("rows").removeAttribute("aria-activedescendant");
      line.setAttribute("aria-selected", "true");
      $("rows").setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    };
    const passes = item => {
      const rule = $("rule").value, subset = $("subset").value;
      return (!rule || item.rules.includes(rule)) && (!subset || item.subsets.includes(subset)) && (!$("edited").checked || item.edits);
    };
    const openStep = guarded(async (step, row = null) => {
      const [first, end] = state.run.steps;
      step = Math.min(Math.max(step, first), end - 1);
      const turn = ++asking;
      say(`Reading step ${step} …`);
      const { rows } = await ask("step", { step });
      if (turn !== asking) return;
      state.step = step;
      state.isFound = false;
      state.items = rows.filter(item => passes(item) || item.row === row).map(item => ({ ...item, step }));
      $("step").value = step;
      $("step-back").disabled = step <= first;
      $("step-on").disabled = step >= end - 1;
      $("count").textContent = state.items.length === rows.length ? plural(rows.length, "row") : `${state.items.length} of ${plural(rows.length, "row")}`;
      show();
      say(state.items.length ? "" : "No row of this step has what is asked for.");
      const index = row === null ? 0 : state.items.findIndex(item => item.row === row);
      await choose(Math.max(0, index));
    });

    // ---- The sample

    const documentLine = d => {
      const parts = [`${d.dataset.split("/").pop()}, item ${grouped(d.item)}`];
      if (d.subset) parts.unshift(d.subset);
      if (d.file) parts.push(`${d.file}:${grouped(d.line)}`);
      parts.push(`tokens ${grouped(d.token)} to ${grouped(d.token + d.count)} of ${grouped(d.size)}`);
      return parts.join(" · ");
    };
    const outer = (before, after) => {
      // What both begin or end with stands outside the marks.
      let front = 0, back = 0;
      while (front < before.length && before[front] === after[front] && /\s/.test(before[front])) front++;
      const most = Math.min(before.length, after.length) - front;
      while (back < most && before.at(-1 - back) === after.at(-1 - back) && !/\p{L}/u.test(before.at(-1 - back))) back++;
      return [front, back];
    };
    // Before, after, or, where there is no room for two columns, both in one text.
    const side = (title, pieces, shows) => {
      const box = make("section", "side"), text = make("div", "text");
      box.append(make("h3", "", title), text);
      for (const piece of pieces) {
        if (piece.text !== undefined) text.append(visible(piece.text));
        else if (piece.special) text.append(make("span", "special", piece.special));
        else if (piece.document) text.append(make("span", "document", documentLine(piece.document)));
        else {
          const { before, after, rule, branch } = piece.edit, [front, back] = outer(before, after);
          const name = branch && branch !== rule ? `${rule}/${branch}` : rule;
          const about = visible(`${before} → ${after}${name ? ` (${name})` : ""}`);
          const whole = shows === "before" ? before : after;
          text.append(visible(whole.slice(0, front)));
          for (const [mark, word] of [["del", before], ["ins", after]]) {
            if (shows === (mark === "del" ? "after" : "before")) continue;
            const element = make(mark, "edit", word.slice(front, word.length - back));
            element.title = about;
            text.append(element);
          }
          if (shows !== "before" && name) text.append(make("span", "rule", name));
          text.append(visible(whole.slice(whole.length - back)));
        }
      }
      return box;
    };
    const narrow = matchMedia("(max-width: 760px)");
    const showSample = () => {
      if (!state.sample) return;
      const { pieces, control, edits } = state.sample;
      const sides = !edits && !control ? [side(state.run.has_edits ? "The same before and after" : "The window", pieces, "after")]
        : narrow.matches ? [side("Before and after", pieces, "both")]
        : [side("Before: the base", pieces, "before"), side("After: the intervention", pieces, "after")];
      if (control) sides.push(side("Control: random edits", control, narrow.matches ? "both" : "after"));
      $("sides").replaceChildren(...sides);
      state.edit = -1;
    };
    narrow.addEventListener("change", showSample);
    const choose = guarded(async index => {
      state.chosen = state.items.length ? Math.min(Math.max(index, 0), state.items.length - 1) : -1;
      mark();
      const item = state.items[state.chosen];
      if (!item) {
        $("title").textContent = "Nothing chosen";
        $("reference").textContent = "";
        state.sample = null;
        return $("sides").replaceChildren();
      }
      const turn = ++asking, { step, row } = item;
      const { reference, window: sample, control } = await ask("sample", { step, row });
      if (turn !== asking) return;
      const edits = sample.pieces.filter(piece => piece.edit).length;
      $("title").textContent = `Step ${grouped(step)}, row ${grouped(row)}` + (state.run.has_edits ? ` · ${plural(edits, "edit")}` : "");
      $("reference").textContent = reference;
      state.sample = { pieces: sample.pieces, control: control?.pieces, edits };
      showSample();
      $("edit-on").disabled = edits === 0;
      history.replaceState(null, "", `#step=${step}&row=${row}`);
    });
    const nextEdit = way => {
      const edits = [...$("sides").querySelectorAll("ins.edit")];
      if (!edits.length) return;
      edits.forEach(edit => edit.classList.remove("now"));
      state.edit = (state.edit + way + edits.length + (state.edit < 0 && way < 0 ? 1 : 0)) % edits.length;
      edits[state.edit].classList.add("now");
      edits[state.edit].scrollIntoView({ block: "center" });
      say(edits[state.edit].title);
    };
    const copy = async () => {
      const text = $("reference").textContent;
      if (!text) return;
      try {
        await navigator.clipboard.writeText(text);
        say(`Copied ${text}`);
      } catch {
        getSelection().selectAllChildren($("reference"));
        say("The reference is selected: copy it with Ctrl-C.");
      }
    };

    // ---- Search: slice by slice, until all is seen, enough is found, or nobody wants it any more.

    const enough = 200;
    const search = guarded(async query => {
      searching?.abort();
      const mine = searching = new AbortController();
      if (query) {
        asking++;
        Object.assign(state, { query, items: [], isFound: true, chosen: -1, next: query.from });
        show();
        choose(-1);
      }
      const { from, end, ...rest } = state.query, wanted = state.items.length + enough;
      $("progress").hidden = $("cancel").hidden = false;
      $("more").hidden = true;
      try {
        while (state.next !== null && state.items.length < wanted && !mine.signal.aborted) {
          const done = state.next - from, steps = Math.floor(state.next / state.run.batch_size);
          $("progress").firstElementChild.value = done / (end - from);
          $("progress").lastElementChild.textContent = `step ${grouped(steps)}, ${plural(state.items.length, "sample")} found`;
          const { hits, next } = await ask("search", { ...rest, from: state.next, end }, mine.signal);
          if (mine !== searching) return;
          state.next = next;
          const rows = $("rows");
          for (const hit of hits) {
            const index = state.items.push(hit) - 1, line = option(hit);
            line.id = `row-${index}`;
            line.addEventListener("click", () => choose(index));
            rows.append(line);
          }
          if (state.chosen < 0 && state.items.length) choose(0);
        }
      } finally {
        if (mine === searching) {
          searching = null;
          $("progress").hidden = $("cancel").hidden = true;
          $("more").hidden = state.next === null;
          $("hits-title").textContent = `${plural(state.items.length, "sample")} found`;
          mark();
          const where = state.next === null ? "all was looked through" : `looked through up to step ${grouped(Math.floor(state.next / state.run.batch_size))}`;
          say(`${plural(state.items.length, "sample")} found; ${where}.`);
        }
      }
    });
    const submit = guarded(async () => {
      const text = $("text").value;
      if (/^\s*tiresias:/.test(text)) {
        const { step, row } = await ask("reference", { text });
        return openStep(step, row);
      }
      const [first, end] = state.run.steps, size = state.run.batch_size;
      const low = Math.min(Math.max(Number($("first").value || first), first), end - 1);
      const high = Math.min(Math.max(Number($("last").value || end - 1), low), end - 1);
      if (Number.isNaN(low + high)) throw new Error("Steps are whole numbers.");
      if (!text && !$("rule").value && !$("subset").value && !$("edited").checked) return openStep(state.step);
      const query = { text, rule: $("rule").value, subset: $("subset").value, from: low * size, end: (high + 1) * size };
      if ($("edited").checked) query.edited = 1;
      if ($("case").checked) query.case = 1;
      await search(query);
    });
    const closeHits = () => {
      searching?.abort();
      const item = state.items[state.chosen];
      openStep(item?.step ?? state.step, item?.row ?? null);
    };

    // ---- Keys and buttons

    const actions = {
      j: () => choose(state.chosen + 1), ArrowDown: () => choose(state.chosen + 1), k: () => choose(state.chosen - 1),
      ArrowUp: () => choose(state.chosen - 1), ArrowRight: () => state.isFound || openStep(state.step + 1),
      ArrowLeft: () => state.isFound || openStep(state.step - 1), n: () => nextEdit(1), p: () => nextEdit(-1), c: copy,
      "/": () => { $("text").focus(); $("text").select(); }, g: () => { $("step").focus(); $("step").select(); },
      "?": () => $("help").showModal(), Home: () => choose(0), End: () => choose(state.items.length - 1),
    };
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
      const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
      if (event.key === "Escape") {
        if (searching) searching.abort(); else if (isTyping) event.target.blur(); else if (state.isFound) closeHits();
        return;
      }
      if (isTyping || !state.run || !actions[event.key]) return;
      event.preventDefault();
      actions[event.key]();
    });
    const on = (id, kind, action) => $(id).addEventListener(kind, action);
    on("find", "submit", event => { event.preventDefault(); submit(); });
    for (const id of ["rule", "subset", "edited"]) on(id, "change", () => state.isFound ? submit() : openStep(state.step));
    on("step", "change", () => openStep(Number($("step").value) || state.run.steps[0]));
    on("step-back", "click", () => openStep(state.step - 1));
    on("step-on", "click", () => openStep(state.step + 1));
    on("back", "click", () => choose(state.chosen - 1));
    on("on", "click", () => choose(state.chosen + 1));
    on("edit-on", "click", () => nextEdit(1));
    on("copy", "click", copy);
    on("more", "click", () => search(null));
    on("cancel", "click", () => searching?.abort());
    on("close-hits", "click", closeHits);
    on("open-help", "click", () => $("help").showModal());
    addEventListener("hashchange", () => goto(location.hash));

    const goto = hash => {
      const place = new URLSearchParams(hash.slice(1)), row = place.get("row");
      return openStep(Number(place.get("step") ?? state.run.steps[0]) || state.run.steps[0], row === null ? null : Number(row));
    };
    const fill = (id, names) => {
      $(id).append(...names.map(name => { const one = make("option", "", name); one.value = name; return one; }));
      $(`${id}-label`).hidden = names.length === 0;
    };
    guarded(async () => {
      const run = state.run = await ask("run", {});
      document.title = `${visible(run.name)} · Tiresias`;
      $("name").textContent = visible(run.name);
      $("about").textContent = visible([run.description, `steps ${grouped(run.steps[0])} to ${grouped(run.steps[1] - 1)}`,
        `${grouped(run.batch_size)} × ${grouped(run.sequence_length)} tokens`, run.encoded_anew === null ? `${plural(run.edits, "edit")}, ${run.length}` : `${plural(run.encoded_anew, "sample")} encoded anew`].filter(Boolean).join(" · "));
      fill("rule", run.rules);
      fill("subset", run.subsets);
      $("edited-label").hidden = !run.has_edits;
      $("first").value = run.steps[0];
      $("last").value = run.steps[1] - 1;
      if (run.notes.length) {
        $("notes").hidden = false;
        $("notes").firstElementChild.textContent = plural(run.notes.length, "thing") + " cannot be shown";
        $("notes").lastElementChild.append(...run.notes.map(note => make("li", "", note)));
      }
      await goto(location.hash);
      $("rows").focus();
    })();

    """#
}
