#!/usr/bin/env python3
"""Counts and lists edits where there should be none: source code, and French, German, Danish and Spanish.

    false_edits.py --binary .build/release/tiresias [--treebanks DIR] [--corpus DIR] [--output FILE] PACK…

The corpus is a folder of .jsonl.zst in the Pile's layout, of which the subset Github is read. Words are what white space
separates, which in code makes few and long ones. An English comment or quotation may rightly be edited: the list is
there to be read. The folder of treebanks is that of gold.py: those in other languages are in "other", named da_….conllu,
de_…, es_… and fr_….
"""

import argparse
import collections
import os
import sys
from pathlib import Path

import treebank
from gold import files
from pack import Pack, corpus, for_each

LANGUAGES = {"da": "Danish", "de": "German", "es": "Spanish", "fr": "French"}


def code(folder):
    """The texts of the subset Github."""
    return [text for subset, text in corpus(folder) if subset == "Github"] if folder else []


def languages(folder, alone=False):
    """The texts of each language's treebanks; with `alone` each sentence is a text, and there is little to tell by."""
    texts = collections.defaultdict(list)
    for path in files(folder, "other") if folder else []:
        if path.name.split("_")[0] not in LANGUAGES:
            sys.exit(f"{path}: expected a name such as de_gsd-ud-dev.conllu, of one of {', '.join(LANGUAGES)}")
        found = [document.text for document in treebank.documents(path)]
        texts[LANGUAGES[path.name[:2]]] += [line for text in found for line in text.split(b"\n")] if alone else found
    return dict(texts)


def count(pack, texts):
    """How many words there are, and every edit with the text around it."""
    edits = []
    for number, (text, found) in enumerate(zip(texts, for_each(pack.edits, texts))):
        edits += [(number, edit, around(text, edit)) for edit in found]
    return sum(len(text.split()) for text in texts), edits


def around(text, edit):
    before, behind = text[max(0, edit["start"] - 60) : edit["start"]], text[edit["end"] : edit["end"] + 60]
    shown = b"".join([before, b"[[", text[edit["start"] : edit["end"]], b"]]", behind])
    return shown.decode(errors="ignore").replace("\n", "⏎")


def report(pack, name, texts, output):
    words, edits = count(pack, texts)
    print(f"{pack.name:22} {name:8} {len(texts):5} texts {words:8} words  edits {len(edits):4} = {rate(words, edits):7.2f} per 100,000")
    for number, edit, shown in edits:
        output.write("\t".join([pack.name, name, str(number), edit["from"], edit["to"], edit.get("branch", ""), shown]) + "\n")


def rate(words, edits):
    return len(edits) * 100_000 / words if words else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="+", metavar="PACK")
    parser.add_argument("--binary", default=".build/release/tiresias")
    parser.add_argument("--treebanks", default=os.environ.get("TIRESIAS_TREEBANKS"))
    parser.add_argument("--corpus")
    parser.add_argument("--output", type=Path, default=Path(os.devnull), help="where to list the edits")
    parser.add_argument("--alone", action="store_true", help="every sentence of the treebanks is a text of its own")
    options = parser.parse_args()
    texts = {"code": code(options.corpus)} | languages(options.treebanks, options.alone)
    if options.corpus and not texts["code"]:
        parser.error(f"{options.corpus} has no text of the subset Github")
    if options.treebanks and len(texts) == 1:
        parser.error(f"{options.treebanks} has no treebank of another language: other/de_….conllu and so on")
    with open(options.output, "w", encoding="utf-8") as output:
        for path in options.packs:
            for name, part in texts.items():
                if part:
                    report(Pack(options.binary, path), name, part, output)


if __name__ == "__main__":
    sys.exit(main())
