"""Rule packs on real text: gold words, false edits, a swap made twice, cuts anywhere, and damaged rule files."""

import json
import shlex
import subprocess
import tempfile
from pathlib import Path

import false_edits
import fuzz
import gold
import round_trip
from harness import check, expect
from pack import RULES, Pack, corpus
from program import needs

# What must be reached: her (him or his) on treebanks that were looked at and on others, and his (her or hers).
LEAST = {("her", "seen"): 0.95, ("her", "heldout"): 0.93, ("his", "seen"): 0.995, ("his", "heldout"): 0.995}

# Edits in 100,000 words of source code and of other languages.
MOST_FALSE = 1.0


def packs(context, *names):
    found = [Pack(context.binary, RULES / f"{name}.yaml") for name in names if (RULES / f"{name}.yaml").exists()]
    needs(found, f"none of {', '.join(names)} is in rules/")
    return found


def needs_treebanks(context):
    needs(context.treebanks, "TIRESIAS_TREEBANKS is not set: Tests/Acceptance/treebank.py says what belongs there")


def needs_corpus(context):
    needs(context.assets, "TIRESIAS_ASSETS is not set")
    return context.assets / "pile-like"


@check("her and his are read as the treebanks say")
def her_and_his(context):
    needs_treebanks(context)
    figures = []
    for pack in packs(context, "pronouns-m2f", "pronouns-f2m", "pronouns-swap", "pronouns-neutral"):
        for part in ("seen", "heldout"):
            for word, count in gold.totals(pack, context.treebanks, part).items():
                if count.decided:
                    figures.append(f"{pack.name} {part} {word} {count.right} of {count.decided} = {count.share:.2%}")
                    expect(count.share >= LEAST[word, part], f"{figures[-1]}: less than {LEAST[word, part]:.1%}")
    return "; ".join(figures)


@check("the learnt table is what its own command makes of its text")
def learnt_again(context):
    corpus_folder = needs_corpus(context)
    shipped = RULES / "tables" / "her-object.tsv"
    header = shipped.read_text(encoding="utf-8").splitlines()
    command = next(line.removeprefix("# command: tiresias ") for line in header if line.startswith("# command:"))
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "table.tsv"
        words = [str(output) if word == "FILE" else word for word in shlex.split(command)]
        subprocess.run([context.binary, *words], cwd=corpus_folder.parent, check=True, capture_output=True)
        expect(output.read_bytes() == shipped.read_bytes(), f"'{command}' makes another table than {shipped.name}")
    return f"{len(header)} lines"


@check("source code and other languages are left alone")
def left_alone(context):
    # A rate so small takes all of the code, and that takes minutes.
    reads_code = context.assets and not context.quick
    needs(context.treebanks or reads_code, "TIRESIAS_TREEBANKS is not set, and code is for the long run")
    texts = false_edits.languages(context.treebanks)
    texts |= {"code": false_edits.code(context.assets / "pile-like")} if reads_code else {}
    figures = []
    for pack in packs(context, "pronouns-m2f", "pronouns-f2m", "pronouns-swap", "pronouns-neutral"):
        for name, part in texts.items():
            words, edits = false_edits.count(pack, part)
            figures.append(f"{pack.name} {name} {len(edits)} in {words}")
            expect(false_edits.rate(words, edits) < MOST_FALSE, f"{figures[-1]} words: {[edit[2] for edit in edits[:3]]}")
    return "; ".join(figures)


@check("pronouns-swap made twice gives the text back")
def twice(context):
    texts = [text for _, text in corpus(needs_corpus(context))]
    [pack] = packs(context, "pronouns-swap")
    texts = round_trip.joined(round_trip.sampled(texts, 300 if context.quick else None, 1))
    swapped, kinds = round_trip.swap_twice(pack, texts)
    unexplained = [kind for kind in kinds if not her_or_his(kind)]
    expect(not unexplained, f"{len(unexplained)} kinds, such as {unexplained[:3]}")
    return f"{swapped} words swapped, {kinds.total()} her or his came back otherwise"


def her_or_his(kind):
    """A difference in reading her or his: what may be, and is counted."""
    return {word.lower() for word in kind[:3]} <= {"her", "his", "hers", "him"}


@check("where a text is cut changes nothing 1,024 bytes from the cut")
def cut(context):
    texts = [text for _, text in corpus(needs_corpus(context))]
    texts = list(round_trip.joined(round_trip.sampled(texts, 300 if context.quick else None, 3)))
    figures = []
    for pack in packs(context, "pronouns-m2f", "pronouns-f2m", "pronouns-swap", "pronouns-neutral", "gendered-nouns"):
        number, decisions = round_trip.cut_texts(pack, texts, 2)
        figures.append(f"{pack.name} {decisions} decisions in {number} texts")
    return "; ".join(figures)


@check("damaged rule files and texts: no crash, no hang, no overlapping edit")
def damaged(context):
    counts, found = fuzz.fuzz(context.binary, 20 if context.quick else 600)
    expect(not found, f"{len(found)} of {counts['cases']} cases, such as {found[0] if found else ''}")
    return json.dumps(counts).strip("{}").replace('"', "")
