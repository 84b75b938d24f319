"""Running text with gold words, from the CoNLL-U files of Universal Dependencies.

The treebanks are not part of this project. Put the .conllu files of the UniversalDependencies repositories into three
folders and name the folder above them in TIRESIAS_TREEBANKS: `seen` (UD_English-EWT dev and test, UD_English-PUD),
`heldout` (UD_English-GUM dev and test, UD_English-LinES, UD_English-GENTLE; nobody who writes rules reads these) and
`other` (UD_French-GSD, UD_German-GSD, UD_Danish-DDT, UD_Spanish-GSD, dev and test). `versions.txt` there, a line
`COMMIT DATE NAME` a treebank, is printed with the figures.
"""

import dataclasses
import itertools


@dataclasses.dataclass
class Word:
    """A syntactic word: its columns, and its bytes [start, end) in the document's text."""

    form: str
    tag: str
    relation: str
    head: "Word | None"
    start: int
    end: int
    sentence: str


@dataclasses.dataclass
class Document:
    name: str
    text: bytes
    words: list[Word]


def documents(path):
    """The documents of a file: sentences joined by a space, paragraphs by an empty line.

    A file that says nothing about documents is one, with a line a sentence.
    """
    blocks = list(sentences(path))
    named = any(is_new(block, "newdoc") for block in blocks)
    groups = []
    for block in blocks:
        if is_new(block, "newdoc") or not groups:
            groups.append([])
        groups[-1].append(block)
    return [document(f"{path.stem}:{number}", group, " " if named else "\n") for number, group in enumerate(groups)]


def sentences(path):
    """Each sentence's lines, comments included."""
    with open(path, encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file)
        for filled, group in itertools.groupby(lines, key=bool):
            if filled:
                yield list(group)


def is_new(block, kind):
    return any(line[1:].strip().split(" ")[0] == kind for line in block if line.startswith("#"))


def document(name, blocks, space):
    pieces, words, length, separator = [], [], 0, ""
    for block in blocks:
        if pieces and (is_new(block, "newpar") or is_new(block, "newpar_block")):
            separator = "\n\n"
        text = next(line.split("=", 1)[1].strip() for line in block if line.startswith("# text ="))
        length += len(separator.encode())
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        words += sentence_words(rows, text, length)
        pieces += [separator, text]
        length += len(text.encode())
        separator = "" if "SpaceAfter=No" in rows[-1][9] else space
    return Document(name, "".join(pieces).encode(), words)


def sentence_words(rows, text, offset):
    """The words of a sentence whose text starts at byte `offset` of the document."""
    words, heads, cursor, inside = {}, {}, 0, (0, 0)
    for row in rows:
        identifier, form = row[0], row[1]
        if "." in identifier:
            continue  # an empty node: not in the text
        if "-" in identifier:
            first, last = map(int, identifier.split("-"))
            cursor = text.index(form, cursor)
            inside = (last, cursor + len(form))
            continue
        number = int(identifier)
        if number <= inside[0]:
            start = text.lower().find(form.lower(), cursor, inside[1])
            end = start + len(form) if start >= 0 else cursor
            start = start if start >= 0 else cursor  # the parts do not spell the whole: du = de + le
            cursor = inside[1] if number == inside[0] else end
        else:
            start = text.index(form, cursor)
            end = cursor = start + len(form)
        low, high = (offset + len(text[:place].encode()) for place in (start, end))
        words[number] = Word(form, row[4], row[7], None, low, high, text)
        heads[number] = int(row[6]) if row[6].isdigit() else 0
    for number, word in words.items():
        word.head = words.get(heads[number])
    return list(words.values())
