"""The replicas of Pythia's own intervention code, against that code's plain rules in Python."""

import collections
import random
import re

import numpy as np

from checks_window import compare, window_samples
from harness import check, expect
from pack import RULES, Pack, for_each
from program import candidate, needs
from reference import Candidate
from text import PADDING

# GPT-NeoX's branch `intervention`, commit df1bdca0, December 2022.
TOKENS = {754: 1500, 3032: 4058, 8389: 10759, 1328: 2993, 521: 617, 344: 703, 779: 617, 8701: 379, 13243: 379, 248: 6689}

# GPT-NeoX's branch `new-intervention`, January 2023, in its order: str.replace with each, one after the other.
STRINGS = [(" he ", " she "), (" him ", " her "), (" his ", " her "), (" He ", " She "), (" Him ", " Her "), (" His ", " Her ")]


def needs_pack(name):
    needs((RULES / f"{name}.yaml").exists(), f"there is no rules/{name}.yaml")


@check("pythia-2022-tokenmap maps ten ids and leaves every other token")
def token_map(context):
    needs_pack("pythia-2022-tokenmap")
    run = context.run(percent=7, pack="pythia-2022-tokenmap")
    table = np.arange(1 << 16, dtype=np.uint16)
    table[list(TOKENS)] = list(TOKENS.values())
    changed, kinds = 0, collections.Counter()
    for k, q in enumerate(window_samples(run)):
        control = context.order.sample(q)
        expect(np.array_equal(run.window.tokens(k), table[control]), f"sample {q}")
        changed += int((control != table[control]).sum())
        kinds.update(control[control != table[control]].tolist())
    logged = collections.Counter(
        line["before_ids"][0] for line in run.edits() if len(line["before_ids"]) == 1 and line["position"] <= run.plan.length
    )
    expect(logged == kinds, f"edit log: {logged - kinds or kinds - logged}")
    return f"{len(run.window)} samples, {changed} tokens of {len(kinds)} kinds"


def replaced_strings(text):
    for old, new in STRINGS:
        text = text.replace(old.encode(), new.encode())
    return text


@check("pythia-2023-strings does what str.replace does to every document")
def strings(context):
    needs_pack("pythia-2023-strings")
    changed, pack = 0, Pack(context.binary, RULES / "pythia-2023-strings.yaml")
    texts = [text.encode() for text in context.documents + chains()]
    for text, found in zip(texts, for_each(pack.output, texts)):
        wanted = replaced_strings(text)
        expect(found == wanted, difference(found, wanted))
        changed += wanted != text
    return f"{len(texts)} texts, {changed} changed"


def chains():
    """Words that share their spaces, which str.replace gets at in turns."""
    draw, words = random.Random(3), ["he", "him", "his", "He", "Him", "His", "she", "x", ".", ""]
    spaces = [" ", " ", " ", "  ", "", "\n"]
    return ["".join(draw.choice(words) + draw.choice(spaces) for _ in range(draw.randrange(60))) for _ in range(200)]


def difference(found, wanted):
    place = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), 0)
    around = slice(max(0, place - 30), place + 30)
    return f"{found[around]!r}, not {wanted[around]!r}"


def string_candidates(text):
    """The words that str.replace gets at, as candidates."""
    found = [
        Candidate(match.start() + 1, match.end() - 1, new.strip().encode(), None)
        for old, new in STRINGS
        for match in re.finditer(re.escape(old.encode()), text)
    ]
    return sorted(found, key=lambda candidate: candidate.start)


@check("pythia-2023-strings writes the window of str.replace on every document")
def strings_window(context):
    needs_pack("pythia-2023-strings")
    run, reference = context.run(percent=7, pack="pythia-2023-strings"), context.reference(decide=string_candidates)
    return f"{len(run.window)} samples, {compare(context, run, reference)} edits"


@check("control: random-edits replaces as many other words, the next ones of the same span")
def random_edits(context):
    table = RULES / "tables/neutral-pairs.tsv"
    needs(table.exists(), "there is no rules/tables/neutral-pairs.tsv")
    pack, words = Pack(context.binary, table), partners(table)
    reference = context.reference(decide=lambda text: [candidate(line) for line in pack.decisions(text)])
    run = context.run(percent=7, control="random-edits")
    expect(np.array_equal(run.window.data, context.run(percent=7).window.data), "another window than without such a control")
    edits = collections.defaultdict(list)
    for line in run.edits():
        edits[line["q"]].append(line)
    stood_in = left = 0
    for k, q in enumerate(window_samples(run)):
        row = context.order.sample(q).tolist()
        for line, wanted in zip(edits[q], stand_ins(context, reference, q, edits[q])):
            found = line.get("stand_in")
            expect((found and placed(found)) == wanted, f"sample {q}, position {line['position']}: {found}, not {wanted}")
            if found:
                expect_pair(words, found)
                place, before, after = wanted
                row[place : place + len(before)] = after
            stood_in, left = stood_in + bool(found), left + (not found)
        expect(run.control.tokens(k).tolist() == row, f"sample {q}: the control is not the base with the stand-ins")
    return f"{stood_in} edits have a stand-in, {left} have none"


def stand_ins(context, reference, q, edits):
    """For each edit of sample q the first word of the table behind it, in its span, that is not taken yet."""
    spans, start = [], 0
    for item, first, count in context.order.spans(q):
        spans.append((item, start, [place(reference, edit, start - first) for edit in within(reference, item, first, count)]))
        start += count
    taken = set()
    for line in edits:
        _, start, places = next(span for span in reversed(spans) if span[1] <= max(line["position"], 0))
        free = [found for found in places if found[0] > line["position"] and found[0] not in taken]
        if line.get("cut") or not free:
            yield None
        else:
            taken.add(free[0][0])
            yield free[0]


def within(reference, item, first, count):
    """The edits of an item that lie in these tokens and do not change how many there are."""
    edits = [edit for edit in reference.edits(item) if edit.reason is None and edit.keeps_length]
    return [edit for edit in edits if first <= edit.first and edit.end <= first + count]


def place(reference, edit, shift):
    before = reference.order.base.tokens(edit.item, edit.first, edit.end - edit.first).tolist()
    return edit.first + shift, before, edit.after


def placed(stand_in):
    return stand_in["position"], stand_in["before_ids"], stand_in["after_ids"]


def partners(table):
    pairs = [line.split("#")[0].split() for line in table.read_text(encoding="utf-8").splitlines()]
    return {a: b for pair in pairs if pair for a, b in (pair, pair[::-1])}


def expect_pair(words, edit):
    before, after = edit["before"], edit["after"]
    expect(words.get(before.lower()) == after.lower(), f"{edit} is no pair of the table")
    cases = [case for case in (str.lower, str.title, str.upper) if case(before) == before]
    expect(any(case(after) == after for case in cases), f"{edit} is written otherwise")


@check("pythia-2023-literal is decode and encode of every sample")
def literal(context):
    needs(list((RULES.parent / "pipelines").glob("*2023-literal*")), "there is no such pipeline")
    run = context.literal_run()
    tokenizer, wanted = context.encoder.tokenizer, context.plan.length + 1
    ends = padding = cut = 0
    for k, q in enumerate(window_samples(run)):
        control = context.order.sample(q).tolist()
        ids = tokenizer.encode(tokenizer.decode(control, skip_special_tokens=True), add_special_tokens=False).ids
        expected = (ids + [PADDING] * wanted)[:wanted]
        found = run.window.tokens(k).tolist()
        expect(found == expected, f"sample {q}: {found[:8]}… not {expected[:8]}…")
        ends += control.count(0)
        padding += expected.count(PADDING)
        cut += max(0, len(ids) - wanted)
        expect(0 not in found, f"sample {q} has a document's end")
    return f"{len(run.window)} samples, {ends} document ends lost, {padding} padding tokens, {cut} tokens cut off"
