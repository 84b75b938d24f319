#!/usr/bin/env python3
"""Applies a true swap twice to a whole corpus, and decides pieces of its texts again.

    round_trip.py --binary .build/release/tiresias --corpus DIR [--sample N] [--output FILE] PACK

Prints how often the second pass does not give the first word back, by word and branch, and, of texts cut into pieces
that overlap, whether what stands REACH bytes or more from both ends of a piece is decided as in the whole text.
"""

import argparse
import bisect
import collections
import os
import random
import sys
from pathlib import Path

from harness import Difference, expect
from pack import Pack, corpus, for_each, replaced

# How far from a cut a decision may depend on it, in bytes.
REACH = 1024


def round_trip(pack, text):
    """(number of words that were swapped, the differences after the second pass).

    The list of edits must make the text that comes out, so nothing outside an edit has changed.
    """
    first = pack.decisions(text)
    swapped = replaced(text, made(first))
    expect(pack.output(text) == swapped, f"bytes outside the edits changed in {text[:40]!r}")
    second = pack.decisions(swapped)
    returned = replaced(swapped, made(second))
    if returned == text:
        return len(made(first)), []
    return len(made(first)), differences(text, first, second)


def made(lines):
    return [line for line in lines if "to" in line]


def differences(text, first, second):
    """Each word of the text that does not come back: the word, what it became, and what that became."""
    backward = {line["start"]: line for line in second}
    found, shift = [], 0
    for line in first:
        became = line.get("to", line["from"])
        answer = backward.get(line["start"] + shift, {})
        again = answer.get("to", became)
        if again != line["from"]:
            found.append((line["from"], became, again, why(line), why(answer), around(text, line)))
        shift += len(became.encode()) - len(line["from"].encode())
    known = {line["start"] for line in first}
    return found + new_places(text, first, second, known)


def new_places(text, first, second, known):
    """Words that are candidates only in the swapped text: the first pass did not see them at all."""
    starts, shifts = [], [0]
    for line in made(first):
        starts.append(line["start"] + shifts[-1])
        shifts.append(shifts[-1] + len(line["to"].encode()) - (line["end"] - line["start"]))
    found = []
    for line in made(second):
        start = line["start"] - shifts[bisect.bisect_left(starts, line["start"])]
        if start not in known:
            found.append((line["from"], line["from"], line["to"], "no candidate", why(line), around(text, line)))
    return found


def why(line):
    reason = f"kept {line['kept']}" if "kept" in line else line.get("branch") or line.get("rule", "no candidate")
    return reason + (" (uncertain)" if line.get("uncertain") else "")


def around(text, line):
    shown = text[max(0, line["start"] - 80) : line["end"] + 60]
    return shown.decode(errors="ignore").replace("\n", "⏎")


def cut_anywhere(pack, text, draw):
    """How many decisions in pieces of the text were compared with the whole text's; they must be the same."""
    whole = pack.decisions(text)
    return sum(compare_piece(pack, text, whole, *piece(text, draw)) for _ in range(min(10, 1 + len(text) // 20_000)))


def piece(text, draw):
    start = draw.randrange(len(text) - 2 * REACH)
    end = draw.randrange(start + 2 * REACH, min(len(text), start + 20_000) + 1)
    return whole_characters(text, start), whole_characters(text, end)


def compare_piece(pack, text, whole, start, end):
    low, high = start + REACH if start else 0, end - REACH if end < len(text) else end
    expected = within(whole, low, high)
    found = within([moved(line, start) for line in pack.decisions(text[start:end])], low, high)
    if found != expected:
        pair = next((a, b) for a, b in zip([*expected, None], [*found, None]) if a != b)
        raise Difference(f"bytes [{start}, {end}) of {text[:40]!r}: whole {pair[0]}, piece {pair[1]}")
    return len(found)


def within(lines, low, high):
    return [line for line in lines if low <= line["start"] and line["end"] <= high]


def whole_characters(text, place):
    while place < len(text) and text[place] & 0xC0 == 0x80:
        place += 1
    return place


def moved(line, shift):
    return line | {"start": line["start"] + shift, "end": line["end"] + shift}


def sampled(texts, count, seed):
    """All texts, or so many of them."""
    return random.Random(seed).sample(texts, count) if count and count < len(texts) else texts


def joined(texts, size=200_000):
    """The same texts, short ones joined by an empty line: one call of the program for many."""
    pieces, length = [], 0
    for text in texts:
        pieces.append(text)
        length += len(text)
        if length >= size:
            yield b"\n\n".join(pieces)
            pieces, length = [], 0
    yield b"\n\n".join(pieces)


def swap_twice(pack, texts, output=None):
    """(words swapped, differences by (word, became, again, first branch, second branch))."""
    swapped, kinds = 0, collections.Counter()
    for count, found in for_each(lambda text: round_trip(pack, text), texts):
        swapped += count
        for difference in found:
            kinds[difference[:5]] += 1
            if output:
                output.write("\t".join(difference) + "\n")
    return swapped, kinds


def cut_texts(pack, texts, seed):
    """(texts cut, decisions compared), of the texts that are long enough to cut."""
    draws = [(text, random.Random(seed + number)) for number, text in enumerate(texts) if len(text) > 3 * REACH]
    return len(draws), sum(for_each(lambda pair: cut_anywhere(pack, *pair), draws))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack")
    parser.add_argument("--binary", default=".build/release/tiresias")
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--sample", type=int, help="so many texts, drawn by chance; else all")
    parser.add_argument("--output", type=Path, default=Path(os.devnull), help="where to list the differences")
    options = parser.parse_args()
    pack = Pack(options.binary, options.pack)
    texts = sampled([text for _, text in corpus(options.corpus)], options.sample, 1)
    print(f"{len(texts)} texts, {sum(map(len, texts))} bytes")
    texts = list(joined(texts))
    cut, compared = cut_texts(pack, texts, 2)
    print(f"{pack.name}: {compared} decisions in pieces of {cut} texts as in the whole texts")
    with open(options.output, "w", encoding="utf-8") as output:
        swapped, kinds = swap_twice(pack, texts, output)
    total = kinds.total()
    print(f"{pack.name}: {swapped} words swapped, {total} did not come back = {total / max(swapped, 1):.4%}")
    for kind, number in kinds.most_common():
        print(f"{number:8}  {' → '.join(kind[:3]):24} {kind[3]} / {kind[4]}")


if __name__ == "__main__":
    sys.exit(main())
