#!/usr/bin/env python3
"""Compares `tiresias encode` and `decode` with the Hugging Face `tokenizers` package, id by id.

    python3 -m venv VENV && VENV/bin/pip install tokenizers==0.23.3
    VENV/bin/python Tests/Acceptance/tokenizer_reference.py --tiresias .build/release/tiresias \\
        --tokenizer 20B_tokenizer.json [--pile FOLDER] [--only NAME] [--seed N]

Texts: every Unicode scalar alone, doubled, and between letters; random byte-ish strings; special tokens and spaces;
combining marks; contractions; white space; and, with --pile, all documents of a folder of .jsonl.zst. Tokenizers: the file,
and three made from it: GPT-2's shape, OLMo's shape, and one with odd added tokens. Prints a line a comparison; exits 1 if
any id or decoded text differs.
"""
import argparse
import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import tokenizers
from tokenizers import Tokenizer

REFERENCE = "0.23.3"
SPECIALS = ["<|endoftext|>", "<|padding|>", "<|endoftext", "|>", "<|", "<|pad"]


def scalars():
    return [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def every_scalar():
    """One document a scalar and form would be 3.3 million: a thousand scalars share one, apart by an endoftext."""
    for form in ("{0}", "{0}{0}", "a{0}b", " {0}", "{0} x", "1{0}2", "'{0}", "\u0301{0}\u0323"):
        texts = [form.format(chr(c)) for c in scalars()]
        for i in range(0, len(texts), 1000):
            yield "<|endoftext|>".join(texts[i:i + 1000])


def pick(rng, alphabet, least, most):
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(least, most)))


def random_strings(rng):
    """What decoding random bytes gives, and random code points of the lower planes."""
    for _ in range(10_000):
        data = bytes(rng.randrange(256) for _ in range(rng.randint(0, 200)))
        yield data.decode("utf-8", "replace")
        yield data.decode("latin-1")
        yield "".join(chr(rng.choice([rng.randrange(0x80), rng.randrange(0x800), rng.randrange(0xD800)]))
                      for _ in range(rng.randint(0, 60)))


def specials_and_spaces(rng):
    alphabet = SPECIALS + [" ", "  ", " " * 24, " " * 25, "\n", "\t", "a", "1", ".", "'s", "\u3000"]
    for _ in range(20_000):
        yield pick(rng, alphabet, 0, 12)
    for n in range(0, 130):
        for left in ("", "a", "\n", ".", "<|padding|>", "\t", "\u00a0"):
            for right in ("", "a", "\n", "1", "<|endoftext|>", "\t", "'s", "\u3000x"):
                yield left + " " * n + right


def marks(rng):
    combining = sorted(map(ord, MARKS))
    bases = [chr(c) for c in (0x61, 0x41, 0xE9, 0x1EA1, 0x3B1, 0x915, 0x1100, 0xAC00, 0x20, 0x31, 0x2E, 0x212A, 0x1100)]
    jamo = [chr(c) for c in range(0x1100, 0x1200)]
    for _ in range(60_000):
        yield pick(rng, bases, 0, 2) + "".join(chr(rng.choice(combining)) for _ in range(rng.randint(1, 8)))
        yield pick(rng, jamo + bases, 1, 5)
    for _ in range(2_000):
        yield "a" + "".join(chr(rng.choice(combining)) for _ in range(rng.randint(50, 200)))


def contractions(rng):
    parts = ["'", "s", "t", "re", "ve", "m", "ll", "d", "l", "r", "v", "S", "LL", "he", " ", "  ", "\n", "1", "\u2019", "\"", "e"]
    for _ in range(40_000):
        yield pick(rng, parts, 1, 9)


def white_space(rng):
    parts = [" ", " ", "  ", "\n", "\r\n", "\t", "\v", "\f", "\x85", "\u00a0", "\u2003", "\u3000", "\u1680", "x", "."]
    for _ in range(20_000):
        yield pick(rng, parts, 1, 40)
        yield pick(rng, parts[:6], 1, 80) + rng.choice(["", "x", "1", "'s"])


def pile(folder):
    for path in sorted(pathlib.Path(folder).glob("*.jsonl.zst")):
        lines = subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True).stdout
        for line in lines.split(b"\n"):
            if line:
                yield json.loads(line)["text"]


def long_words(rng):
    yield "a" * 100_000
    yield "ab" * 50_000
    yield "".join(rng.choice("abcdefgh") for _ in range(200_000))
    yield " " * 100_000
    yield "\n" * 5_000
    yield "é\u0301" * 20_000
    yield "".join(rng.choice("的一是不了人我在有他这") for _ in range(50_000))


def added(token_id, content, special=False, normalized=False):
    return {"id": token_id, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": normalized, "special": special}


def gpt2_shaped(original):
    """No normalizer, no runs of spaces, an older model section, one added token that is sought after normalizing."""
    made = copy.deepcopy(original)
    made["normalizer"] = None
    made["added_tokens"] = [added(0, "<|endoftext|>", special=True, normalized=True)]
    model = made["model"]
    del model["type"]
    model["continuing_subword_prefix"] = model["end_of_word_suffix"] = ""
    return made


def olmo_shaped(original):
    """More added tokens behind the runs of spaces, and merges as pairs."""
    made = copy.deepcopy(original)
    made["model"]["merges"] = [m.split(" ") if isinstance(m, str) else m for m in made["model"]["merges"]]
    new = [added(50277, "|||EMAIL_ADDRESS|||", special=True), added(50278, "|||PHONE_NUMBER|||", special=True),
           added(50279, "<|endoftext|", special=True)]
    made["added_tokens"] = made["added_tokens"] + new
    return made


def odd_shaped(original):
    """Added tokens that overlap each other, hold spaces, letters and line feeds, raw and normalized."""
    made = copy.deepcopy(original)
    content = [("he", False), (" s", True), ("\n\n", False), ("    ", True), (" ", False), ("'s", True), ("1\u30002", True),
               ("<|end", True), ("a b", False), ("ab", True), ("abc a", True), ("\u1100\u1161x", False)]
    kept = made["added_tokens"][:2]
    known = made["model"]["vocab"]
    made["added_tokens"] = kept
    next_id = len(known)
    for text, normalized in content:
        made["added_tokens"].append(added(known.get(text, next_id), text, normalized=normalized))
        next_id += text not in known
    return made


class Comparison:
    def __init__(self, tiresias, path):
        self.tiresias, self.path = tiresias, path
        self.reference = Tokenizer.from_file(str(path))
        self.differences = 0

    def run(self, name, texts):
        start, documents, tokens, wrong = time.time(), 0, 0, 0
        batch, size = [], 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if size > 8_000_000:
                documents, tokens, wrong = self.add(batch, documents, tokens, wrong)
                batch, size = [], 0
        documents, tokens, wrong = self.add(batch, documents, tokens, wrong)
        self.differences += wrong
        print(f"{self.path.name}: {name}: {documents} texts, {tokens} tokens, {wrong} differences "
              f"({time.time() - start:.0f} s)", flush=True)

    def add(self, batch, documents, tokens, wrong):
        expected = [e.ids for e in self.reference.encode_batch(batch, add_special_tokens=False)]
        found = self.command("encode", "jsonl", "json", batch)
        wrong += self.compare("ids", batch, expected, found)
        decoded = self.reference.decode_batch(expected, skip_special_tokens=False)
        wrong += self.compare("text", batch, decoded, self.command("decode", "json", "jsonl", expected))
        # Ids cut anywhere: their bytes need not be UTF-8.
        parts = [ids[1:len(ids) // 2] for ids in expected]
        decoded = self.reference.decode_batch(parts, skip_special_tokens=True)
        wrong += self.compare("part", batch, decoded,
                              self.command("decode", "json", "jsonl", parts, "--skip-special"))
        return documents + len(batch), tokens + sum(map(len, expected)), wrong

    def command(self, name, source, target, values, *more):
        lines = "".join(json.dumps(value) + "\n" for value in values)
        command = [self.tiresias, name, "--tokenizer", str(self.path), "--from", source, "--to", target, *more]
        done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def compare(self, what, texts, expected, found):
        if len(expected) != len(found):
            print(f"  {what}: {len(found)} lines for {len(expected)}")
            return 1
        wrong = [i for i, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]]
        for i in wrong[:3]:
            near = next((k for k, p in enumerate(zip(expected[i], found[i])) if p[0] != p[1]), 0)
            cut = slice(max(0, near - 3), near + 5)
            print(f"  {what}: {texts[i][:60]!r} at {near}: expected {expected[i][cut]}, found {found[i][cut]}")
        return len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiresias", required=True)
    parser.add_argument("--tokenizer", required=True, type=pathlib.Path)
    parser.add_argument("--pile")
    parser.add_argument("--only", help="run one comparison by name")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if tokenizers.__version__ != REFERENCE:
        sys.exit(f"tokenizers {tokenizers.__version__} is here; the reference is {REFERENCE}")
    original = json.loads(options.tokenizer.read_text())
    cases = {"special tokens and spaces": specials_and_spaces, "contractions": contractions, "white space": white_space,
             "combining marks": marks, "long words": long_words, "random strings": random_strings,
             "every scalar": lambda rng: every_scalar()}
    differences = 0
    with tempfile.TemporaryDirectory() as folder:
        shapes = {"20B": lambda d: d, "GPT-2-shaped": gpt2_shaped, "OLMo-shaped": olmo_shaped, "odd": odd_shaped}
        for shape, make in shapes.items():
            path = pathlib.Path(folder, shape)
            path.write_text(json.dumps(make(original)))
            comparison = Comparison(options.tiresias, path)
            for name, texts in cases.items():
                if options.only in (None, name):
                    comparison.run(name, texts(random.Random(options.seed)))
            if options.pile and options.only in (None, "pile"):
                comparison.run("pile", pile(options.pile))
            differences += comparison.differences
    print(f"{differences} differences")
    sys.exit(1 if differences else 0)


MARKS = set(map(chr, scalars())) - set(
    tokenizers.normalizers.Replace(tokenizers.Regex(r"\p{M}"), "").normalize_str("".join(map(chr, scalars()))))

if __name__ == "__main__":
    main()
