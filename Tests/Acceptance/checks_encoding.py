"""Ids and text: the program against the `tokenizers` package."""

import json
import random

import numpy as np

from harness import check, expect
from text import END_OF_TEXT

SPECIALS = ["<|endoftext|>", "<|padding|>"]


def same_ids(context, texts, wanted=None):
    """Compares every text's ids with the reference's; returns how many there are."""
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts).encode()
    answer = context.call("encode", "--tokenizer", context.tokenizer, "--from", "jsonl", "--to", "json", text=lines)
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    expect(len(found) == len(texts), f"{len(found)} lines for {len(texts)} texts")
    for text, ours, theirs in zip(texts, found, wanted or context.encoder.encode_all(texts)):
        expect(ours == theirs.tolist(), f"{text[:80]!r}: {ours[:20]}, not {theirs[:20]}")
    return sum(map(len, found))


def scalars():
    return [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


@check("ids of the documents")
def ids_of_documents(context):
    count = same_ids(context, context.documents, context.encoded)
    return f"{len(context.documents)} texts, {count} ids"


@check("ids of every Unicode scalar, alone, doubled and between letters")
def ids_of_scalars(context):
    """One text a scalar; where quick, many scalars a text, each in a line of its own."""
    forms = [lambda c: c, lambda c: c + c, lambda c: f"a{c}b"]
    texts = [form(character) for form in forms for character in scalars()]
    if context.quick:
        texts = ["\n".join(texts[start : start + 500]) for start in range(0, len(texts), 500)]
    same_ids(context, texts)
    return f"{len(scalars())} scalars in three forms"


@check("ids of random strings, specials and spaces")
def ids_of_random_strings(context):
    draw = random.Random(20)
    pools = [
        [chr(code) for code in range(256)],
        [" ", "  ", "\n", "\t", "a", "'s", "'S", "1", ".", "\u00a0", "\u2003", "é", "e\u0301", "漢", "😀"],
        SPECIALS + [" " * count for count in range(1, 30)] + ["x", "\n", "<|", "|>"],
        ["\u0301", "\u0323", "\u0338", "\u08ca", "\u1ac1", "\U00011930", "\U00011935", "가", "\u11a8", "a", "\u212b"],
    ]
    texts = ["".join(draw.choices(pool, k=draw.randrange(1, 40))) for pool in pools for _ in range(10_000)]
    texts += ["", *SPECIALS, " " * 1000]
    same_ids(context, texts)
    return f"{len(texts)} strings"


@check("decode gives the text back")
def decode(context):
    texts = [text for text in context.documents if text.isascii()][:200]
    ids = np.array([index for text in texts for index in context.encoder.encode(text.encode())], np.uint16)
    lines = "".join(json.dumps(context.encoder.encode(text.encode())) + "\n" for text in texts).encode()
    found = context.call("decode", "--tokenizer", context.tokenizer, "--from", "json", "--to", "jsonl", text=lines)
    expect([json.loads(line) for line in found.stdout.splitlines()] == texts, "JSON lists do not give the texts back")
    whole = context.call("decode", "--tokenizer", context.tokenizer, "--from", "u16", text=ids.tobytes()).stdout
    expect(whole.decode() == "".join(texts), "raw ids do not give the text back")
    return f"{len(texts)} texts"


@check("tokenize writes what the reference would")
def tokenize(context):
    base = context.base
    wanted = [ids for ids in context.encoded if len(ids)]
    expect(len(base) == len(wanted), f"{len(base)} items for {len(wanted)} texts")
    for item, ids in enumerate(wanted):
        expect(base.tokens(item).tolist() == [*ids.tolist(), END_OF_TEXT], f"item {item}")
    expect(np.array_equal(base.doc_idx, np.arange(len(base) + 1)), "doc_idx")
    return f"{len(base)} items, {int(base.sizes.sum())} tokens, {base.dtype}"
