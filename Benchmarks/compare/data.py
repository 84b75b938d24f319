"""The texts and data sets that everybody gets, written once into the working folder."""

import io
import json
import struct
import subprocess
from pathlib import Path

import numpy as np
import orjson
import zstandard

NOVELS, CODE = "Gutenberg (PG-19)", "Github"
# pronouns-m2f turns on forms of "he": text without this letter has no candidate.
LETTERS = ("h", "H")


class Data:
    def __init__(self, options):
        self.folder = options.work
        self.size = options.size
        self.tokenizer = str(options.tokenizer)
        self.tiresias = str(options.tiresias)
        self.pile = options.pile or self._synthetic()
        self.origin = options.pile.name if options.pile else "the synthetic Pile"

    def _synthetic(self):
        pile = self.folder / "pile"
        count = round(50_000 * self.size)
        self.run("sample-pile", "--output", pile, "--documents", count, "--seed", 1)
        return pile

    def run(self, *arguments):
        subprocess.run([self.tiresias, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    def documents(self, subset=None):
        for path in sorted(Path(self.pile).glob("*.jsonl.zst")):
            with open(path, "rb") as file:
                for line in io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file), 1 << 20):
                    value = orjson.loads(line)
                    if subset is None or value["meta"]["pile_set_name"] == subset:
                        yield value["text"]

    def texts(self, name, subset, limit):
        """A .jsonl of different documents, at most `limit` bytes of text."""
        path = self.folder / f"{name}.jsonl"
        size = 0
        with open(path, "wb") as file:
            for text in self.documents(subset):
                size += len(text.encode())
                file.write(orjson.dumps({"text": text}) + b"\n")
                if size >= limit:
                    break
        return path

    def compressed(self, name, limit):
        """A folder with one .jsonl.zst of all subsets, and its bytes of text."""
        path = self.texts(name, None, limit)
        folder = self.folder / f"{name}-pile"
        folder.mkdir(exist_ok=True)
        (folder / "00.jsonl.zst").write_bytes(zstandard.ZstdCompressor(3).compress(path.read_bytes()))
        size = sum(len(orjson.loads(line)["text"].encode()) for line in open(path, "rb"))
        path.unlink()
        return folder, size

    def repeated(self, folder, times):
        """A folder with the files of another one so many times."""
        target = folder.with_name(f"{folder.name}-long")
        target.mkdir(exist_ok=True)
        for file in folder.iterdir():
            for time in range(times):
                (target / f"{time:02}-{file.name}").symlink_to(file)
        return target

    def tokens(self, path):
        """The ids of a .jsonl, by the program itself."""
        prefix = self.folder / path.stem
        self.run("tokenize", path, "--tokenizer", self.tokenizer, "--output", prefix, "--workers", 1, "--quiet")
        return np.fromfile(f"{prefix}_text_document.bin", np.uint16)

    def without_candidates(self, tokens):
        """The same tokens but for all that spell a letter which every form has."""
        content = json.loads(Path(self.tokenizer).read_text(encoding="utf-8"))
        keep = np.ones(1 << 16, bool)
        for word, id in content["model"]["vocab"].items():
            keep[id] = not any(letter in word for letter in LETTERS)
        return tokens[keep[tokens]]

    def data_set(self, name, tokens, megabytes, document=50_000):
        """An idxmap of `megabytes`, the tokens again and again, in documents of one length."""
        documents = megabytes * 1_000_000 // 2 // document
        stream = np.resize(tokens, documents * document)
        prefix = self.folder / name
        stream.tofile(f"{prefix}.bin")
        write_index(prefix, np.full(documents, document, "<i4"))
        return prefix

    def sparse(self, name, sizes):
        """An idxmap whose tokens are a hole in the file."""
        prefix = self.folder / name
        with open(f"{prefix}.bin", "wb") as file:
            file.truncate(2 * int(sizes.sum(dtype=np.int64)))
        write_index(prefix, sizes)
        return prefix


def write_index(prefix, sizes):
    pointers = np.zeros(len(sizes), "<i8")
    np.cumsum(2 * sizes[:-1].astype(np.int64), out=pointers[1:])
    with open(f"{prefix}.idx", "wb") as file:
        file.write(b"MMIDIDX\0\0" + struct.pack("<QBQQ", 1, 8, len(sizes), len(sizes) + 1))
        for array in (sizes, pointers, np.arange(len(sizes) + 1, dtype="<i8")):
            array.tofile(file)


def pipeline(folder, prefix, tokens, tokenizer, log, length=2048):
    """A pipeline file whose window is all of the data set, and the bytes of the window."""
    hundredth = max(1, tokens // (length + 1) // 16 // 100)
    steps = tokens // (length + 1) // 16 // hundredth * hundredth
    path = folder / f"{Path(prefix).name}-{log}.yaml"
    path.write_text(
        f"""pipeline: 1
name: bench
description: for make bench
stages:
  - read: {{idxmap: "{prefix}"}}
  - order: {{train_iters: {steps}, batch_size: 16, sequence_length: {length}, seed: 1234, checkpoint_every: {hundredth}}}
  - window: {{last: 100%}}
  - select: {{fraction: 1.0, by: sequence, seed: 1234}}
  - swap: {{rules: "{Path(__file__).resolve().parents[2]}/rules/pronouns-m2f.yaml"}}
  - retokenize: {{tokenizer: "{tokenizer}", length: aligned}}
  - emit: {{to: "{folder}/out", control: false, log: {log}}}
""",
        encoding="utf-8",
    )
    return path, steps * 16 * (length + 1) * 2
