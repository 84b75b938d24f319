"""What the peers do, one job a process: `peers.py JOB …` prints one line of JSON with its own clocks. Loading is not measured."""

import hashlib
import json
import re
import sys
import time
import unicodedata
from pathlib import Path

import numpy as np

from measure import touch_memory

# The 20B tokenizer's pre-tokenizer with its added tokens, runs of spaces, folded in; with the plain pattern ids differ.
PATTERN = (
    r" {2,24}|'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|(?:(?!  )\s)+(?!\S)|(?:(?!  )\s)+"
)
PRONOUNS = {"he": "she", "him": "her", "his": "her", "himself": "herself"}


def byte_alphabet():
    """The characters by which tokenizer.json spells bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + place): byte for place, byte in enumerate(others)}


def tiktoken_encoder(path):
    import tiktoken

    content = json.loads(Path(path).read_text(encoding="utf-8"))
    alphabet = byte_alphabet()
    ranks = {bytes(alphabet[c] for c in word): id for word, id in content["model"]["vocab"].items() if id > 1}
    ranks |= {token["content"].encode(): token["id"] for token in content["added_tokens"] if token["id"] > 1}
    encoding = tiktoken.Encoding("20B", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 0})
    return lambda text: encoding.encode_ordinary(unicodedata.normalize("NFC", text))


def encoder(peer, path):
    """A function from text to ids. gigatoken takes bytes, and one call a document is its faster way on one thread."""
    if peer == "tiktoken":
        return tiktoken_encoder(path)
    if peer == "gigatoken":
        import gigatoken

        tokenizer = gigatoken.Tokenizer(path)
        return lambda text: tokenizer.encode(text)
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(path)
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids


class Clocks:
    """Seconds of the thread and of the clock since it was made."""

    def __init__(self):
        touch_memory()
        self.cpu, self.wall = time.thread_time(), time.perf_counter()

    def read(self):
        return {"cpu": time.thread_time() - self.cpu, "wall": time.perf_counter() - self.wall}


def digest(arrays):
    sha = hashlib.sha256()
    for ids in arrays:
        sha.update(np.asarray(ids, np.uint16).tobytes())
    return sha.hexdigest()


def encode(peer, tokenizer, file):
    import orjson

    texts = [orjson.loads(line)["text"] for line in open(file, "rb")]
    size = sum(len(text.encode()) for text in texts)
    if peer == "gigatoken":
        texts = [text.encode() for text in texts]
    function = encoder(peer, tokenizer)
    clocks = Clocks()
    ids = [function(text) for text in texts]
    taken = clocks.read()
    return taken | {"bytes": size, "documents": len(texts), "tokens": sum(map(len, ids)), "sha256": digest(ids)}


def pile(peer, tokenizer, folder, output):
    """zstd, JSON, encode, u16: what `tiresias tokenize` does, in Python's fastest parts."""
    import io

    import orjson
    import zstandard

    function = encoder(peer, tokenizer)
    (size, sha) = (0, hashlib.sha256())
    clocks = Clocks()
    with open(output, "wb") as out:
        for path in sorted(Path(folder).glob("*.zst")):
            with open(path, "rb") as file:
                for line in io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file), 1 << 20):
                    text = orjson.loads(line)["text"].encode()
                    size += len(text)
                    ids = function(text if peer == "gigatoken" else text.decode())
                    # GPT-NeoX drops documents without text, and so does tokenize.
                    if len(ids) > 0:
                        out.write(np.append(np.asarray(ids, np.uint16), np.uint16(0)).tobytes())
    taken = clocks.read()
    sha.update(Path(output).read_bytes())
    return taken | {"bytes": size, "sha256": sha.hexdigest()}


def swap(peer, tokenizer, tokens, length, count):
    """Decode, replace, encode: the plain way to intervene on samples of `length` tokens."""
    import tokenizers

    library = tokenizers.Tokenizer.from_file(tokenizer)
    pattern = re.compile(r"\b(himself|him|his|he)\b")
    samples = np.fromfile(tokens, np.uint16, int(length) * int(count)).reshape(-1, int(length)).tolist()
    clocks = Clocks()
    for ids in samples:
        text = library.decode(ids, skip_special_tokens=False)
        library.encode(pattern.sub(lambda match: PRONOUNS[match[0]], text), add_special_tokens=False)
    return clocks.read() | {"bytes": 2 * int(length) * int(count)}


def match(file):
    """Replaces in text, as one would in Python: one pattern, a dictionary, the case of the word."""
    import orjson

    texts = [orjson.loads(line)["text"] for line in open(file, "rb")]
    pattern = re.compile(r"\b(himself|him|his|he)\b", re.IGNORECASE)

    def replacement(found):
        word = found[0]
        other = PRONOUNS[word.lower()]
        return other if word.islower() else other.upper() if word.isupper() else other.capitalize()

    clocks = Clocks()
    for text in texts:
        pattern.sub(replacement, text)
    return clocks.read() | {"bytes": sum(len(text.encode()) for text in texts)}


def maps(checkout, sizes, length, epochs, seed, output):
    """GPT-NeoX's index maps: NumPy's shuffle, and the helper of the checkout where it is compiled."""
    sys.path.insert(0, f"{checkout}/megatron/data")
    import helpers

    (sizes, length, epochs) = (np.load(sizes), int(length), int(epochs))
    clocks = Clocks()
    random = np.random.RandomState(int(seed))
    documents = np.tile(np.arange(len(sizes), dtype=np.int32), epochs)
    random.shuffle(documents)
    np.save(output + "_doc_idx.npy", documents)
    samples = helpers.build_sample_idx_int32(sizes, documents, length, epochs, int(sizes.sum()))
    np.save(output + "_sample_idx.npy", samples)
    shuffled = np.arange(len(samples) - 1, dtype=np.uint32)
    random.shuffle(shuffled)
    np.save(output + "_shuffle_idx.npy", shuffled)
    return clocks.read() | {"bytes": len(sizes)}


if __name__ == "__main__":
    job = {"encode": encode, "pile": pile, "swap": swap, "match": match, "maps": maps}[sys.argv[1]]
    print(json.dumps(job(*sys.argv[2:])))
