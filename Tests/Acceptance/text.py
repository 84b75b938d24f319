"""Token ids and text, by the reference tokenizer (the `tokenizers` package) and the tokenizer file's own vocabulary."""

import json

import numpy as np
import regex
from tokenizers import Tokenizer

END_OF_TEXT, PADDING = 0, 1

# Pieces that the reference merges within, space-run tokens included.
PRE_TOKEN = regex.compile(
    r" {2,24}|'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|(?:(?!  )\s)+(?!\S)|(?:(?!  )\s)+"
)


def byte_of_character():
    """The byte-level alphabet: printable bytes stand for themselves, the others for the code points from 256 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + n): byte for n, byte in enumerate(others)}


class Encoder:
    def __init__(self, path):
        self.tokenizer = Tokenizer.from_file(str(path))
        with open(path, encoding="utf-8") as file:
            description = json.load(file)
        alphabet = byte_of_character()
        pieces = {
            index: bytes(alphabet[character] for character in piece)
            for piece, index in description["model"]["vocab"].items()
        }
        pieces |= {token["id"]: token["content"].encode() for token in description["added_tokens"]}
        self.bytes_of = [pieces.get(index, b"") for index in range(max(pieces) + 1)]

    def encode(self, text):
        return self.tokenizer.encode(text.decode(), add_special_tokens=False).ids

    def encode_all(self, texts):
        """Arrays of ids. A few texts at a time: the package's own records of them are large."""
        for start in range(0, len(texts), 500):
            for encoding in self.tokenizer.encode_batch(texts[start : start + 500], add_special_tokens=False):
                yield np.array(encoding.ids, np.uint16)

    def decode(self, ids):
        return b"".join(self.bytes_of[index] for index in ids)


def segments(ids):
    """The longest runs without ids 0 and 1, as (first, end) in `ids`."""
    first = 0
    for position, index in enumerate([*ids, END_OF_TEXT]):
        if index in (END_OF_TEXT, PADDING):
            if position > first:
                yield first, position
            first = position + 1
