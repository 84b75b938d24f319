"""The replicas of Pythia's own intervention code, against that code's plain rules in Python."""

import collections
import random
import re

import numpy as np

from checks_window import compare_samples, window_samples
from harness import check, expect
from pack import RULES, Pack, for_each
from program import SEED, needs
from reference import Candidate, Reference
from selection import Selection

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
    run, all_edits = context.run(percent=7, pack="pythia-2023-strings"), Selection("1.0", "sequence", SEED)
    reference = Reference(context.encoder, context.order, string_candidates, all_edits)
    return f"{len(run.window)} samples, {compare_samples(run, reference)} edits"
