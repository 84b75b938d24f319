"""`tiresias view` as people use it: in headless Chromium, on every kind of window, by mouse, by keys, and against hostile text."""

import collections
import json
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import numpy as np

from checks_control import random_edits
from checks_page import HOSTILE, browser
from harness import check, expect
from program import PACK

HOSTILE_TEXT = f"{HOSTILE} he said </script></style>\u202e his \0\x07\x1b[31m&amp; \u2028 he \u2066him\u2069 {'w' * 600} he"


class Server:
    """A running `tiresias view`."""

    def __init__(self, context, run, *arguments):
        manifest = run.folder / "manifest.json"
        self.process = subprocess.Popen(
            [context.binary, "view", manifest, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        expect(self.address.startswith("http://127.0.0.1:"), f"it does not say where it is: {self.address!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        expect(self.process.wait(10) == 0, "Ctrl-C does not end it well")
        self.process.stdout.close()

    def ask(self, path, **query):
        with urllib.request.urlopen(f"{self.address}api/{path}?{urllib.parse.urlencode(query)}") as answer:
            return json.load(answer)


def variants(context):
    """Every kind of window: name, run."""
    for policy in ("aligned", "slide", "pad"):
        yield policy, context.run(percent=7, policy=policy)
    yield "random edits", random_edits(context, percent=7, fraction="1.0", by="sequence")
    emit = {"log": "counts"}
    yield "no log", context.made("view-counts", context.base.prefix, context.plan, context.intervention(percent=7), emit=emit)


def shown(context, tokens):
    return bytes(context.encoder.decode(tokens)).decode(errors="replace")


def is_part(whole, part):
    """An edit or character that the sample's edge cuts is shown whole: then the rest must do."""
    return whole == part or whole.strip("\ufffd").find(part.strip("\ufffd")[200:-200]) >= 0


@check("view: every variant, with and without its base, shows the window's and the control's own text")
def texts(context):
    samples = edits = 0
    for name, run in variants(context):
        for arguments in ((), ("--dataset", context.base.prefix)):
            with Server(context, run, *arguments) as server:
                about = server.ask("run")
                first, end = about["steps"]
                expect(about["has_documents"] == bool(arguments), f"{name}: documents")
                expect(bool(about["notes"]) == (not arguments or name == "no log"), f"{name}: {about['notes']}")
                for step in {first, (first + end) // 2, end - 1}:
                    rows = server.ask("step", step=step)["rows"]
                    expect([row["row"] for row in rows] == list(range(run.plan.batch)), f"{name}: rows")
                    for row in rows:
                        found = server.ask("sample", step=step, row=row["row"])
                        item = step * run.plan.batch + row["row"] - run.first_sample
                        own = shown(context, run.window.tokens(item))
                        expect(is_part(found["window"]["text"], own), f"{name}, step {step}, row {row['row']}: another text")
                        if name == "random edits":
                            control = shown(context, run.control.tokens(item))
                            expect(is_part(found["control"]["text"], control), f"{name}: another control")
                        count = sum("edit" in piece for piece in found["window"]["pieces"])
                        expect(count <= row["edits"], f"{name}: {count} edits, not {row['edits']}")
                        samples, edits = samples + 1, edits + count
    return f"{samples} samples, {edits} edits"


@check("view: it opens in Chromium: no error, no request elsewhere, both schemes, wide and narrow")
def opens(context):
    run = context.run(percent=7, policy="aligned")
    with Server(context, run, "--dataset", context.base.prefix) as server, browser() as found:
        for scheme in ("light", "dark"):
            for width in (1280, 390):
                found.open(server.address, width, scheme)
                found.until("document.querySelectorAll('#sides .text').length > 0")
                where = f"{scheme}, {width} pixels"
                expect(not found.problems, f"{where}: {found.problems[:3]}")
                wide = found.evaluate("document.documentElement.scrollWidth")
                expect(wide <= width, f"{where}: the page is {wide} pixels wide")
                out = found.evaluate(
                    "[...document.querySelectorAll('h1, h2, p, li, button, input, select, .text')].filter(e => e.offsetParent && "
                    "e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent.slice(0, 60) || e.id)")
                expect(not out, f"{where}: sticks out: {out[:3]}")
                back = found.evaluate("getComputedStyle(document.body).backgroundColor")
                expect((sum(map(int, back[4:-1].split(",")[:3])) > 382) == (scheme == "light"), f"{where}: the background is {back}")
                found.picture(context.work / f"view-{scheme}-{width}.png")
    return "4 looks"


@check("view: keys, search, filters and references do what they say")
def uses(context):
    run = context.run(percent=7, policy="aligned")
    counts = collections.Counter(line["rule"] for line in run.edits())
    samples = {(line["step"], line["row"]) for line in run.edits() if line["rule"] == "him"}
    with Server(context, run, "--dataset", context.base.prefix) as server, browser() as found:
        found.open(server.address)
        found.until("document.querySelectorAll('#rows [aria-selected]').length == 1")
        keys(found)
        options = found.evaluate("[...document.querySelectorAll('#rule option')].slice(1).map(o => o.value)")
        expect(options == [name for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))], f"rules: {options}")
        filtered(found, "him", samples)
        texts_found = searched(context, run, found)
        reference = found.evaluate("document.getElementById('reference').textContent")
        batch = context.call("batch", run.folder / "manifest.json", "--goto", reference, "--decode").stdout.decode()
        _, _, step, row = reference.split(":")
        expect(batch.startswith(f"step {step} · row {row} ·"), f"batch --goto shows {batch[:40]}")
        find = context.call("order", "find", run.folder / "manifest.json", "--goto", reference, "--dataset", context.base.prefix, "--json")
        expect(all(json.loads(line)["step"] == int(step) for line in find.stdout.splitlines()), "order find --goto")
        context.call("batch", run.folder / "manifest.json", "--goto", "tiresias:0123456789abcdef:1:2", "--decode", code=1)
        expect(not found.problems, f"{found.problems[:3]}")
    with Server(context, run, "--goto", reference) as server:
        expect(server.address.endswith(f"#step={step}&row={row}"), "view --goto begins elsewhere")
    return f"{len(samples)} samples of a rule, {texts_found} of a text"


CHOSEN = "Number(document.querySelector('#rows [aria-selected]').id.slice(4))"


def keys(found):
    found.key("j", 74)
    found.until(f"{CHOSEN} == 1")
    found.key("ArrowDown", 40)
    found.until(f"{CHOSEN} == 2")
    found.key("k", 75)
    found.until(f"{CHOSEN} == 1")
    before = found.evaluate("Number(document.getElementById('step').value)")
    found.key("ArrowRight", 39)
    found.until(f"document.getElementById('step').value == {before + 1}")
    found.key("?", 191)
    found.until("document.getElementById('help').open")
    found.key("Escape", 27)
    found.until("!document.getElementById('help').open")
    found.evaluate("document.getElementById('rows').focus()")
    outline = found.evaluate("getComputedStyle(document.getElementById('rows')).outlineStyle")
    expect(outline != "none", "the list does not show that it has the focus")
    found.key("/", 191)
    expect(found.evaluate("document.activeElement.id") == "text", "/ does not lead to the search")
    found.key("Escape", 27)
    expect(found.evaluate("document.activeElement.id") != "text", "Esc does not leave the search")
    # Whatever gets the focus has a name.
    nameless = found.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter(e => !(e.ariaLabel || e.textContent.trim() || "
        "e.labels?.length)).map(e => e.id)")
    expect(not nameless, f"without a name: {nameless}")


def all_found(found):
    """Waits for the end of a search."""
    ended = "/looked through/.test(document.getElementById('status').textContent)"
    found.until(ended, 60)
    while not found.evaluate("document.getElementById('more').hidden"):
        found.evaluate("document.getElementById('status').textContent = ''; document.getElementById('more').click()")
        found.until(ended, 60)


def filtered(found, rule, samples):
    """The rule's samples, by the page and by the log."""
    found.evaluate(f"document.getElementById('rule').value = {json.dumps(rule)}; document.getElementById('find').requestSubmit()")
    all_found(found)
    places = found.evaluate("[...document.querySelectorAll('#rows .place span:first-child')].map(e => e.textContent.match(/[0-9]+/g).map(Number))")
    expect({tuple(place) for place in places} == samples, f"{len(places)} samples of the rule {rule}, not {len(samples)}")
    # The search ends before the first of its samples is there.
    found.until("document.querySelectorAll('#sides ins.edit').length > 0")
    found.key("n", 78)
    found.until("document.querySelectorAll('ins.now').length == 1")
    found.key("Escape", 27)
    found.until("document.getElementById('hits-bar').hidden")
    found.evaluate("document.getElementById('rule').value = ''")


def searched_for(found, text):
    """How many samples the page finds for a text that is typed; the first has it marked."""
    found.evaluate(f"document.getElementById('text').value = {json.dumps(text)}; document.getElementById('text').focus()")
    found.evaluate("document.getElementById('status').textContent = ''")
    found.key("Enter", 13)
    all_found(found)
    mark = found.evaluate("document.querySelector('#rows mark')?.textContent ?? ''")
    expect(not mark or mark.lower() == text.lower(), f"{mark!r} is marked for {text!r}")
    return found.evaluate("document.querySelectorAll('#rows li').length")


def searched(context, run, found):
    """Samples that hold a text before or after, whatever its case."""
    wanted = "She Had"
    texts = [[shown(context, arm.tokens(item)).lower() for arm in (run.window, run.control)] for item in range(len(run.window))]
    expected = sum(any(wanted.lower() in text for text in pair) for pair in texts)
    count = searched_for(found, wanted)
    expect(count == expected > 0, f"{count} samples hold the text, not {expected}")
    found.evaluate("document.activeElement.blur()")
    found.key("c", 67)
    found.until("/Copied tiresias:|is selected/.test(document.getElementById('status').textContent)")
    return count


@check("view: hostile text is text, and who has no business there is refused")
def hostile(context):
    run, base = hostile_run(context)
    with Server(context, run, "--dataset", base) as server, browser() as found:
        edit = next(run.edits())
        found.open(f"{server.address}#step={edit['step']}&row={edit['row']}")
        found.until("document.querySelectorAll('#sides ins').length > 0")
        expect(not found.problems, f"{found.problems[:3]}")
        expect(found.evaluate("document.querySelectorAll('script').length") == 1, "a script of the data is in the page")
        expect(found.evaluate("document.querySelectorAll('img, iframe, link:not([href=\"page.css\"])').length") == 0, "markup of the data")
        expect("acked" not in found.evaluate("document.title"), "a script ran")
        text = found.evaluate("document.querySelector('#sides').textContent")
        for part in (HOSTILE[:30], "&amp;", "⟨U+202E⟩", "⟨U+2066⟩", "␀", "␇", "␛", "⟨U+2028⟩", "w" * 200, "\ufffd"):
            expect(part in text, f"not shown: {part!r}")
        expect(not set(text) & set("\u202e\u2066\u2028\0\x07\x1b"), "a character acts")
        wide = found.evaluate("document.documentElement.scrollWidth")
        expect(wide <= 1280, f"a long word makes the page {wide} pixels wide")
        expect(HOSTILE in found.evaluate("[...document.querySelectorAll('#subset option')].map(o => o.textContent).join()"), "the subset")
        expect(searched_for(found, HOSTILE.upper()) > 0, "markup is not found as text")
        found.picture(context.work / "view-hostile.png")
        refused(server)
    return "shown as text"


def hostile_run(context):
    """A window of texts that would act if they were let, and of tokens that are no UTF-8; and its base."""
    path, prefix = context.work / "view-hostile.jsonl", context.work / "view-hostile"
    with open(path, "w", encoding="utf-8") as file:
        for number in range(40):
            line = {"text": HOSTILE_TEXT * 3 + f" é{number}", "meta": {"pile_set_name": HOSTILE}}
            file.write(json.dumps(line) + "\n")
    context.call("tokenize", path, "--tokenizer", context.tokenizer, "--output", prefix)
    base = f"{prefix}_text_document"
    tokens = np.memmap(f"{base}.bin", "<u2", mode="r+")
    # The first byte of é without the second one, in place of some words' tokens.
    word = context.encoder.encode(b" said")[0]
    tokens[tokens == word] = context.encoder.tokenizer.token_to_id("Ã")
    tokens.flush()
    stages = [
        {"window": {"last": "50%"}}, {"swap": {"rules": str(PACK)}}, {"retokenize": {"tokenizer": str(context.tokenizer), "length": "slide"}},
    ]
    plan = type(context.plan)(steps=20, batch=4, length=1024)
    return context.made("view-hostile-run", base, plan, stages), base


def refused(server):
    host = server.address.split("/")[2]
    for address, headers, code in (
        (server.address, {"Host": "evil.example"}, 403), (server.address, {"Origin": "http://evil.example"}, 403),
        (server.address, {"Sec-Fetch-Site": "cross-site"}, 403), (f"http://{host}/", {}, 404),
        (f"http://{host}/{'0' * 32}/api/run", {}, 404), (f"{server.address}../../../etc/passwd", {}, 404),
    ):
        try:
            urllib.request.urlopen(urllib.request.Request(address, headers=headers))
            found = 200
        except urllib.error.HTTPError as error:
            found = error.code
        expect(found == code, f"{address}, {headers}: {found}, not {code}")
