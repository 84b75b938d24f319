#!/usr/bin/env python3
"""Measures a pack's word for `her` (him or his) and `his` (her or hers) on treebanks.

    gold.py --binary .build/release/tiresias --treebanks DIR [--part seen|heldout] [--errors FILE] PACK…

Prints for each treebank and word how many there are, the share that comes out as the treebank says, what the obvious
answers would give, and the confusion matrix. Words that the pack leaves alone are counted apart, by reason, and are in
no share. --errors writes the wrong ones with their sentences, of the seen treebanks only: nobody reads the others.
"""

import argparse
import collections
import dataclasses
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import treebank
from pack import Pack, for_each

OBJECT, POSSESSIVE, INDEPENDENT = "object", "possessive", "independent"

# What a word that comes out says about the word that went in, whichever way a pack swaps.
READINGS = {
    "her": {"him": OBJECT, "them": OBJECT, "his": POSSESSIVE, "their": POSSESSIVE},
    "his": {"her": POSSESSIVE, "their": POSSESSIVE, "hers": INDEPENDENT, "theirs": INDEPENDENT},
}


def possessive_relation(word):
    """Whether the word hangs on a noun as its possessor; a conjunct is what it is joined to."""
    while word.relation.split(":")[0] == "conj" and word.head:
        word = word.head
    return word.relation in ("nmod:poss", "det:poss")


def reading(word):
    """What the treebank says: the Penn tag of `her` where there is one, else the relation (LinES has tags of its own)."""
    if word.form.lower() == "her":
        possessive = word.tag == "PRP$" if word.tag.startswith("PRP") else possessive_relation(word)
        return POSSESSIVE if possessive else OBJECT
    return POSSESSIVE if possessive_relation(word) else INDEPENDENT


@dataclasses.dataclass
class Count:
    """One word (`her` or `his`) in one treebank."""

    matrix: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    kept: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    uncertain: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    def __add__(self, other):
        return Count(self.matrix + other.matrix, self.kept + other.kept, self.uncertain + other.uncertain)

    @property
    def decided(self):
        return self.matrix.total()

    @property
    def right(self):
        return sum(number for (gold, found), number in self.matrix.items() if gold == found)

    @property
    def share(self):
        return self.right / self.decided if self.decided else float("nan")

    def baseline(self, answer):
        """The share that always giving this answer would have right."""
        hits = sum(number for (gold, _), number in self.matrix.items() if gold == answer)
        return hits / self.decided if self.decided else float("nan")


def measure(pack, path, wrong=None):
    """The counts of a treebank by word; word, gold, found, branch, document and context of each error go to `wrong`."""
    counts = {word: Count() for word in READINGS}
    found = treebank.documents(path)
    for document, lines in zip(found, for_each(pack.decisions, [document.text for document in found])):
        decisions = {line["start"]: line for line in lines}
        for word in document.words:
            if word.form.lower() in READINGS:
                tally(counts[word.form.lower()], document, word, decisions.get(word.start), wrong)
    return counts


def tally(count, document, word, line, wrong):
    assert document.text[word.start : word.end].decode() == word.form, f"{document.name}: {word}"
    if line is None or "kept" in line:
        count.kept["no candidate" if line is None else line["kept"]] += 1
        return
    gold, found = reading(word), READINGS[word.form.lower()].get(line["to"].lower(), line["to"])
    count.matrix[gold, found] += 1
    if line.get("uncertain"):
        count.uncertain[gold == found] += 1
    if wrong is not None and gold != found:
        wrong.append((word.form, gold, found, line.get("branch", ""), document.name, context(document.text, word)))


def context(text, word):
    before, behind = text[max(0, word.start - 90) : word.start], text[word.end : word.end + 60]
    shown = b"".join([before, b"[[", text[word.start : word.end], b"]]", behind])
    return shown.decode(errors="ignore").replace("\n", "⏎")


def without_tables(pack, folder):
    """The pack without the branches that ask a table, in a copy of its folder; None if there are none."""
    shutil.copytree(pack.path.resolve().parent, folder, dirs_exist_ok=True)
    asking = 0
    for path in Path(folder).rglob("*.yaml"):
        source = path.read_text(encoding="utf-8")
        # Its tests may name such a branch, and nothing here runs them.
        lines = re.sub(r"(?m)^tests:.*\n(?:(?: .*|#.*|)\n)*", "", source).splitlines(keepends=True)
        kept = [line for line in lines if not re.search(r"\btable:", line)]
        asking += len(lines) - len(kept)
        path.write_text("".join(kept), encoding="utf-8")
    return Pack(pack.binary, Path(folder) / pack.path.name) if asking else None


def files(folder, part):
    return sorted(path for path in (Path(folder) / part).glob("*.conllu") if path.stat().st_size)


def row(name, word, count, hand=None):
    baseline = count.baseline(POSSESSIVE)
    text = f"{name:24} {word}  n {count.decided:4}  right {count.right:4} = {count.share:7.2%}"
    text += f"  always {'his' if word == 'her' else 'her'} {baseline:7.2%}"
    if hand:
        text += f"  without the table {hand.share:7.2%}"
    if count.uncertain:
        text += f"  uncertain {count.uncertain.total()} ({count.uncertain[True]} right)"
    if count.kept:
        text += "  left alone: " + ", ".join(f"{reason} {number}" for reason, number in sorted(count.kept.items()))
    return text


def matrix(word, count):
    answers = sorted({answer for pair in count.matrix for answer in pair})
    lines = [f"  {word}: gold in rows" + "".join(f"{answer:>13}" for answer in answers)]
    for gold in answers:
        lines.append(f"  {gold:>19}" + "".join(f"{count.matrix[gold, found]:13}" for found in answers))
    return "\n".join(lines)


def totals(pack, folder, part):
    """The counts of a part's treebanks together, by word."""
    found = {word: Count() for word in READINGS}
    for path in files(folder, part):
        for word, count in measure(pack, path).items():
            found[word] += count
    return found


def report(pack, folder, part, wrong):
    """Prints a part's figures for a pack."""
    whole, bare = {word: Count() for word in READINGS}, {word: Count() for word in READINGS}
    with tempfile.TemporaryDirectory() as scratch:
        hand_pack = without_tables(pack, scratch)
        for path in files(folder, part):
            counts = measure(pack, path, wrong if part == "seen" else None)
            hand = measure(hand_pack, path) if hand_pack else {}
            for word, count in counts.items():
                whole[word] += count
                bare[word] += hand.get(word, Count())
                if count.decided:
                    print(row(path.stem.replace("-ud-", "-"), word, count, hand.get(word)))
    for word, count in whole.items():
        if count.decided:
            print(row(f"all {part}", word, count, bare[word] if hand_pack else None))
            print(matrix(word, count))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="+", metavar="PACK")
    parser.add_argument("--binary", default=".build/release/tiresias")
    parser.add_argument("--treebanks", default=os.environ.get("TIRESIAS_TREEBANKS"))
    parser.add_argument("--part", action="append", choices=["seen", "heldout"])
    parser.add_argument("--errors", type=Path, help="where to write the seen treebanks' errors")
    options = parser.parse_args()
    if not options.treebanks:
        parser.error("no treebanks: name their folder with --treebanks or TIRESIAS_TREEBANKS")
    return options


def main():
    options = arguments()
    versions = Path(options.treebanks) / "versions.txt"
    wrong = []
    print(versions.read_text(encoding="utf-8") if versions.exists() else "versions of the treebanks not noted")
    for pack in options.packs:
        for part in options.part or ["seen", "heldout"]:
            print(f"## {Path(pack).stem} on {part}")
            report(Pack(options.binary, pack), options.treebanks, part, wrong)
    if options.errors:
        options.errors.write_text("".join("\t".join(fields) + "\n" for fields in wrong), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
