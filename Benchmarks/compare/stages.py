"""The stages of `make bench`: what is run, against whom, and the goal. Each yields rows of the table."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import CODE, NOVELS, pipeline
from measure import Figures, Run, answer_of, clocked, rounds, whole

PACKS = ("pronouns-m2f", "pronouns-f2m", "pronouns-swap", "pronouns-neutral", "gendered-nouns", "names")
RULES = Path(__file__).resolve().parents[2] / "rules"
PEERS = str(Path(__file__).parent / "peers.py")


@dataclass
class Row:
    """A line of the table. `goal` is what ours must reach: a ratio where there is a peer, else a speed, else MB of memory."""

    stage: str
    ours: Figures = None
    peer: str = ""
    theirs: Figures = None
    goal: float = None
    unit: str = "×"
    clock: str = "cpu"
    value: float = None
    note: str = ""

    def reached(self):
        if self.value is not None:
            return self.value
        if self.unit == "×":
            return self.ours.median(self.clock) / self.theirs.median(self.clock) if self.theirs else None
        return self.ours.median(self.clock) if self.ours else None

    def met(self):
        if self.goal is None or self.reached() is None:
            return None
        return self.reached() <= self.goal if self.unit == "MB" else self.reached() >= self.goal


class Stages:
    def __init__(self, options, data, peers):
        self.data, self.peers = data, peers
        self.work, self.size, self.rounds = options.work, options.size, options.rounds
        self.tiresias, self.encoder, self.matcher = options.tiresias, options.encoder, options.matcher
        self.neox = options.neox

    def peer(self, *job):
        return clocked([sys.executable, PEERS, *job])

    def encode(self, file):
        return clocked([self.encoder, self.data.tokenizer, file])

    def encoding(self, name, subset, goals):
        """Cold passes over every document that is at hand; the slow peers get a slice, on which all ids are compared."""
        limits = (200e6 * self.size, 6e6 * self.size)
        full, part = (self.data.texts(f"{name}-{kind}", subset, limit) for kind, limit in zip(("full", "part"), limits))
        contenders = {"ours": lambda: self.encode(full)}
        for peer in filter(goals.__contains__, self.peers):
            file = full if peer == "gigatoken" else part
            contenders[peer] = lambda peer=peer, file=file: self.peer("encode", peer, self.data.tokenizer, file)
        found = rounds(self.rounds, contenders)
        here = self.encode(part).sha256
        megabytes = found["ours"].runs[0].bytes / 1e6
        for peer, goal in goals.items():
            theirs = found.get(peer)
            expected = found["ours"].hashes() if peer == "gigatoken" else {here}
            same = theirs is None or theirs.hashes() == expected
            note = "" if same else "IDS DIFFER"
            yield Row(f"encode {name}, cold, {megabytes:.3g} MB", found["ours"], peer, theirs, goal, note=note)

    def novels(self):
        yield from self.encoding("novels", NOVELS, {"tokenizers": 100, "tiktoken": 25, "gigatoken": 1.8})

    def code(self):
        yield from self.encoding("source code", CODE, {"tokenizers": 50, "gigatoken": 2})

    def everything(self):
        yield from self.encoding("all subsets", None, {"gigatoken": None})

    def rules(self):
        """Matching and replacing alone, in memory, one thread: the median of seven passes each time. Python's is another, simpler
        task, and what one would write instead."""
        full, part = (self.data.texts(f"rules-{kind}", NOVELS, limit) for kind, limit in zip(
            ("full", "part"), (200e6 * self.size, 6e6 * self.size)))
        contenders = {pack: lambda pack=pack: answer_of([self.matcher, RULES / f"{pack}.yaml", full]) for pack in PACKS}
        contenders["Python"] = lambda: self.peer("match", part)
        found = rounds(self.rounds, contenders)
        for pack in PACKS:
            answers = found[pack].runs
            novels, plain = (
                Figures([Run(answer["bytes"], answer[kind]["cpu"], answer[kind]["wall"]) for answer in answers])
                for kind in ("matching", "plain"))
            note = "" if len({answer["digest"] for answer in answers}) == 1 else "DECISIONS DIFFER"
            name = f"match and replace, {pack}"
            yield Row(f"{name}, novels", novels, goal=400, unit="MB/s", note=note)
            if pack == PACKS[0]:
                yield Row(f"{name}, novels", novels, "Python re", found["Python"])
            yield Row(f"{name}, nothing to match", plain, goal=1000, unit="MB/s")

    def tokenize(self, folder, size, workers=1, digest=False, cores=None):
        prefix = self.work / "tokenized"
        command = ["tokenize", folder, "--tokenizer", self.data.tokenizer, "--output", prefix, "--workers", workers, "--quiet"]
        run = whole([self.tiresias, *command], size, cores)
        if digest:
            run.sha256 = hashlib.sha256(Path(f"{prefix}_text_document.bin").read_bytes()).hexdigest()
        self.remove("tokenized*")
        return run

    def remove(self, pattern):
        for path in self.work.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def raw_pile(self):
        folder, size = self.data.compressed("raw", 200e6 * self.size)
        small, few = self.data.compressed("small", 6e6 * self.size)
        long = self.data.repeated(folder, 8)
        contenders = {
            "ours": lambda: self.tokenize(folder, size),
            # Long enough that the start does not decide, as a Pile of 800 GB is.
            "long": lambda: self.tokenize(long, 8 * size),
            "core": lambda: self.tokenize(long, 8 * size, cores=1),
            "two": lambda: self.tokenize(long, 8 * size, workers=2, cores=2),
        }
        for peer in ("tokenizers", "gigatoken"):
            if peer in self.peers:
                source = folder if peer == "gigatoken" else small
                contenders[peer] = lambda peer=peer, source=source: self.peer(
                    "pile", peer, self.data.tokenizer, source, self.work / "peer.bin")
        found = rounds(self.rounds, contenders)
        expected = {
            "gigatoken": self.tokenize(folder, size, digest=True).sha256,
            "tokenizers": self.tokenize(small, few, digest=True).sha256,
        }
        name = f"raw Pile to idxmap, {size / 1e6:.0f} MB"
        for peer, goal in (("tokenizers", 50), ("gigatoken", 5)):
            theirs = found.get(peer)
            same = theirs is None or theirs.hashes() == {expected[peer]}
            yield Row(name, found["ours"], peer, theirs, goal, note="" if same else "BYTES DIFFER")
        yield Row(name, found["ours"], goal=150, unit="MB/s", clock="wall")
        yield from self.scaling("raw Pile", found["two"], found["core"], found["long"])
        yield Row("memory, raw Pile, one worker", value=found["ours"].memory(), goal=128, unit="MB")
        yield Row("memory, raw Pile, two workers", value=found["two"].memory(), goal=192, unit="MB")

    def scaling(self, name, two, core, free):
        """Two workers on two cores, beside one worker that has one of them, and beside one whose reading, hashing and writing
        have the other: where there are two cores, only the first says what a second worker adds."""
        if len(os.sched_getaffinity(0)) < 2:
            return
        yield Row(f"two workers, two cores, {name}", two, "one, one core", core, 1.8, clock="wall")
        yield Row(f"two workers, two cores, {name}", two, "one, all cores", free, 1.8, clock="wall")

    def intervene(self, path, size, workers=1, cores=None):
        self.remove("out")
        return whole([self.tiresias, "run", path, "--workers", workers, "--quiet"], size, cores)

    def window(self):
        # So much that the start, a tenth of a second, does not decide: a window is 126 GB.
        megabytes = round(1000 * self.size)
        tokens = self.data.tokens(self.data.texts("window", NOVELS, 200e6 * self.size))
        plain = self.data.data_set("plain", self.data.without_candidates(tokens), megabytes)
        novels = self.data.data_set("novels", tokens, megabytes)
        count = megabytes * 500_000
        files = {
            "plain": pipeline(self.work, plain, count, self.data.tokenizer, "counts"),
            "counts": pipeline(self.work, novels, count, self.data.tokenizer, "counts"),
            "edits": pipeline(self.work, novels, count, self.data.tokenizer, "edits"),
        }
        contenders = {name: lambda file=file: self.intervene(*file) for name, file in files.items()}
        contenders["core"] = lambda: self.intervene(*files["counts"], cores=1)
        contenders["two"] = lambda: self.intervene(*files["counts"], workers=2, cores=2)
        contenders["cp"] = lambda: whole(["cp", f"{plain}.bin", self.work / "copy.bin"], megabytes * 1_000_000)
        if "tokenizers" in self.peers:
            contenders["python"] = lambda: self.peer(
                "swap", "tokenizers", self.data.tokenizer, f"{novels}.bin", 2049, round(500 * self.size))
        found = rounds(self.rounds, contenders)
        name = f"intervene, {megabytes} MB of tokens"
        yield Row(f"{name}, no candidate", found["plain"], "cp", found["cp"], 0.5)
        yield Row(f"{name}, no candidate", found["plain"], "cp", found["cp"], 0.5, clock="wall")
        for log, goal in (("counts", 250), ("edits", 100)):
            yield Row(f"{name}, novels, {log}", found[log], goal=goal, unit="MB/s", clock="cpu")
            yield Row(f"{name}, novels, {log}", found[log], goal=goal, unit="MB/s", clock="wall")
            yield Row(f"{name}, novels, {log}", found[log], "Python", found.get("python"), 200)
        yield from self.scaling("novels, counts", found["two"], found["core"], found["counts"])
        yield Row("memory, intervene, one worker", value=found["edits"].memory(), goal=128, unit="MB")

    def shards(self):
        """On one file system, and against cat into one file: of at least a gigabyte, as the Pile's are of thirty."""
        megabytes = round(2000 * self.size)
        prefix = self.data.data_set("whole", np.arange(50_000, dtype="<u2"), megabytes)
        shards = self.work / "shards"
        shards.mkdir(exist_ok=True)
        size = megabytes * 1_000_000
        split = ["dataset", "shard", prefix, "--output", shards / "set", "--shard-size", size // 4]
        join = ["dataset", "unshard", shards / "set", "--output", self.work / "joined"]
        cat = ["bash", "-c", 'cat "$1".bin > "$2"', "-", prefix, self.work / "cat.bin"]

        def fresh(pattern, command):
            self.remove(pattern)
            return whole(command, size)

        found = rounds(self.rounds, {
            "shard": lambda: fresh("shards/*", [self.tiresias, *split]),
            "unshard": lambda: fresh("joined*", [self.tiresias, *join]),
            "cat": lambda: fresh("cat.bin", cat),
        })
        for name in ("shard", "unshard"):
            yield Row(f"{name}, {megabytes} MB", found[name], "cat", found["cat"], 0.9)
        same = subprocess.run(["cmp", "-s", f"{prefix}.bin", self.work / "joined.bin"]).returncode == 0
        if not same:
            raise SystemExit("bench: what unshard wrote is not what shard read")

    def index_maps(self):
        """Two epochs of many short documents. The unit of the table is millions of documents a second."""
        count, length = round(20_000_000 * self.size), 2048
        sizes = np.random.default_rng(7).integers(1, 120, count).astype("<i4")
        prefix = self.data.sparse("many", sizes)
        np.save(self.work / "sizes.npy", sizes)
        samples = (2 * int(sizes.sum()) - 1) // length
        command = [self.tiresias, "order", "build", "--dataset", prefix, "--output", self.work / "maps", "--samples", samples]
        command += ["--sequence-length", length, "--seed", 1234, "--naming", "v1.0"]
        contenders = {"ours": lambda: whole(command, count)}
        if self.neox:
            contenders["NeoX"] = lambda: self.peer(
                "maps", self.neox, self.work / "sizes.npy", length, 2, 1234, self.work / "neox-maps")
        found = rounds(self.rounds, contenders)
        note = "" if not self.neox or self.same_maps() else "MAPS DIFFER"
        name = f"index maps, {count / 1e6:g} M documents, two epochs"
        yield Row(name, found["ours"], "NeoX", found.get("NeoX"), 2, note=note)
        # The goal is 4 GB at 134 M documents; fewer get their part of it.
        yield Row(f"memory, {name}", value=found["ours"].memory(), goal=round(4096 * count / 134e6), unit="MB")

    def same_maps(self):
        def read(pattern):
            return np.load(next(self.work.glob(pattern)))

        kinds = ("doc_idx", "sample_idx", "shuffle_idx")
        return all(np.array_equal(read(f"maps*{kind}.npy"), read(f"neox-maps_{kind}.npy")) for kind in kinds)

    def sparse_memory(self):
        """Memory does not grow with the data: a window of a large file that is one hole."""
        gigabytes = round(20 * self.size)
        sizes = np.full(gigabytes * 1_000_000_000 // 2 // 50_000, 50_000, "<i4")
        prefix = self.data.sparse("sparse", sizes)
        path, size = pipeline(self.work, prefix, gigabytes * 500_000_000, self.data.tokenizer, "counts")
        path.write_text(path.read_text().replace("last: 100%", "last: 7%"))
        run = self.intervene(path, size)
        yield Row(f"memory, intervene, 7 % of a sparse {gigabytes} GB", value=run.anonymous_mb, goal=128, unit="MB")
        self.remove("sparse*")
        self.remove("out")

    def all(self):
        return [
            self.novels, self.code, self.everything, self.rules, self.raw_pile, self.window, self.shards,
            self.index_maps, self.sparse_memory]
