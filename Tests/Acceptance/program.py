"""The program under test, and the files that it reads and writes."""

import concurrent.futures
import dataclasses
import functools
import hashlib
import json
import math
import random
import subprocess
from pathlib import Path

import neox
from harness import Difference, Skip
from reference import Candidate, Reference
from selection import Selection
from text import Encoder

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "rules" / "pronouns-m2f.yaml"
PAIRS = ROOT / "rules" / "tables" / "neutral-pairs.tsv"
SEED = 1234
SUBSETS = ("Pile-CC", "FreeLaw", "<b>Books</b> & \"more\"")


@dataclasses.dataclass(frozen=True)
class Plan:
    """A training run over a base: `wanted` is the number in the index maps' names."""

    steps: int
    batch: int
    length: int
    read: str = "idxmap"

    @property
    def wanted(self):
        return neox.samples_wanted(self.steps, self.batch)

    def last(self, percent):
        """The first step of a window of the last `percent` %; a tie gives the later one."""
        return math.floor(self.steps - percent * self.steps / 100 + 0.5)


class Run:
    """One finished run: its folder, manifest, items and edit log."""

    def __init__(self, folder, plan):
        self.folder, self.plan = Path(folder), plan
        self.manifest = json.loads((self.folder / "manifest.json").read_bytes())

    @property
    def window(self):
        return neox.Idxmap(self.folder / "window_document")

    @property
    def control(self):
        return neox.Idxmap(self.folder / "control_document")

    @property
    def first_sample(self):
        return self.manifest["window"]["first_sample"]

    def edits(self):
        """The log's lines of edits that were made."""
        return (line for line in self.log() if "kept" not in line)

    def log(self):
        """The lines of edits that were made, and of candidates that were left alone, with `kept`."""
        return (line for line in self.lines() if "position" in line)

    def lines(self):
        for part in sorted((self.folder / "edits").glob("*.jsonl.zst")):
            text = subprocess.run(["zstd", "-dcq", part], check=True, capture_output=True).stdout
            yield from map(json.loads, text.splitlines())

    def hashes(self):
        return hashes(self.folder)


def hashes(folder):
    """SHA-256 of every file that a run promises; only the run log may tell of the machine and the time."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".log")
    return {str(path.relative_to(folder)): sha256(path) for path in files}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Context:
    """What the checks share: the program, the tokenizer, a base, and runs that were made already."""

    def __init__(self, binary, tokenizer, assets, golden, treebanks, work, quick):
        self.binary, self.tokenizer, self.golden, self.work, self.quick = binary, tokenizer, golden, work, quick
        self.assets, self.treebanks = assets, treebanks
        self.encoder = Encoder(tokenizer)
        self.runs = {}
        self.decided = {PACK: {}, PAIRS: {}}
        self.found = {PACK: {}, PAIRS: {}}

    # The program

    def call(self, *arguments, text=None, code=0):
        """Runs the program; any other exit code than `code` is a difference."""
        done = subprocess.run([self.binary, *map(str, arguments)], input=text, capture_output=True)
        if done.returncode != code:
            message = done.stderr.decode(errors="replace").strip()[-2000:]
            raise Difference(f"tiresias {' '.join(map(str, arguments))}: exit {done.returncode}, not {code}: {message}")
        return done

    def pipeline(self, name, prefix, plan, stages, emit=None):
        """Writes a pipeline file; JSON is YAML. All bear the same name, so that equal runs write equal manifests."""
        order = {"train_iters": plan.steps, "batch_size": plan.batch, "sequence_length": plan.length, "seed": SEED}
        lines = [{"read": {plan.read: str(prefix)}}, {"order": order}, *stages]
        lines.append({"emit": {"to": "out/{name}", "control": True, "log": "edits"} | (emit or {})})
        path = self.work / f"{name}.yaml"
        head = "pipeline: 1\nname: acceptance\ndescription: an acceptance check\nstages:\n"
        path.write_text(head + "".join(f"  - {json.dumps(line)}\n" for line in lines))
        return path

    def intervention(self, percent=7, fraction="1.0", by="sequence", policy="aligned", pack=PACK.stem):
        return [
            {"window": {"last": f"{percent}%"}},
            {"select": {"fraction": fraction, "by": by, "seed": SEED}},
            {"swap": {"rules": str(PACK.parent / f"{pack}.yaml")}},
            {"retokenize": {"tokenizer": str(self.tokenizer), "length": policy}},
        ]

    def run(self, workers=2, prefix=None, plan=None, **choices):
        """The run with these choices, made once."""
        prefix, plan = prefix or self.base.prefix, plan or self.plan
        key = "-".join(map(str, ("run", Path(prefix).stem, plan.read, plan.length, f"{workers}-workers", *choices.values())))
        return self.made(key, prefix, plan, self.intervention(**choices), workers)

    def made(self, key, prefix, plan, stages, workers=2, emit=None):
        """The run of these stages over a base, made once under a name."""
        if key not in self.runs:
            path, folder = self.pipeline(key, prefix, plan, stages, emit), self.work / key
            self.call("run", path, "--workers", workers, "--output", folder)
            self.runs[key] = Run(folder, plan)
        return self.runs[key]

    # The base

    @property
    def documents(self):
        """The texts under test: real text where there is some, and the synthetic Pile; fewer of both when quick."""
        if not hasattr(self, "_documents"):
            self._documents = self._gather()
        return self._documents

    def _gather(self):
        folder = self.work / "sample-pile"
        self.call("sample-pile", "--output", folder, "--documents", 200 if self.quick else 2000, "--seed", 7)
        texts = [text for path in sorted(folder.iterdir()) for text in texts_of(path)]
        for path in sorted((self.assets / "pile-like").glob("*.zst")) if self.assets else []:
            real = texts_of(path)
            texts += random.Random(1).sample([text for text in real if len(text) < 60_000], 60) if self.quick else real
        return texts

    @property
    def encoded(self):
        """The documents' ids, by the reference."""
        if not hasattr(self, "_encoded"):
            self._encoded = list(self.encoder.encode_all(self.documents))
        return self._encoded

    @property
    def corpus(self):
        return self.work / "corpus.jsonl"

    @property
    def base(self):
        """An idxmap of the documents, made by `tiresias tokenize`."""
        if not hasattr(self, "_base"):
            with open(self.corpus, "w", encoding="utf-8") as file:
                for number, text in enumerate(self.documents):
                    meta = {"pile_set_name": SUBSETS[number % len(SUBSETS)]}
                    file.write(json.dumps({"text": text, "meta": meta}) + "\n")
            prefix = self.work / "base"
            self.call("tokenize", self.corpus, "--tokenizer", self.tokenizer, "--output", prefix, "--workers", 2)
            self._base = neox.Idxmap(f"{prefix}_text_document")
        return self._base

    @property
    def plan(self):
        """As many steps as one and a half epochs give."""
        length, batch = (256, 4) if self.quick else (2048, 16)
        tokens = int(self.base.sizes.sum())
        return Plan(steps=tokens * 3 // 2 // length // batch, batch=batch, length=length)

    @property
    def order(self):
        if not hasattr(self, "_order"):
            self._order = neox.TrainingOrder(self.base, self.plan.wanted, self.plan.length, SEED)
        return self._order

    # The reference

    def reference(self, fraction="1.0", by="sequence", policy="aligned", literal=False, pack=PACK):
        found = {} if literal else self.found[pack]
        decide, selection = functools.partial(self.decide, pack=pack), Selection(fraction, by, SEED)
        return Reference(self.encoder, self.order, decide, selection, policy, literal, found)

    def decide(self, text, pack=PACK):
        """The word of a pack, or of a table of pairs, on a segment's text."""
        decided = self.decided[pack]
        if text not in decided:
            answer = self.call("rules", "apply", pack, "--edits", "--all", text=text).stdout
            decided[text] = [candidate(json.loads(line)) for line in answer.splitlines()]
        return decided[text]

    def prepare(self, texts, pack=PACK):
        """Asks for the decisions on many texts at once."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(functools.partial(self.decide, pack=pack), set(texts) - self.decided[pack].keys()))


def candidate(line):
    after = None if "kept" in line else line["to"].encode()
    return Candidate(line["start"], line["end"], after, line.get("kept"))


def texts_of(path):
    content = path.read_bytes()
    if path.suffix == ".zst":
        content = subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
    return [json.loads(line)["text"] for line in content.split(b"\n") if line]


def needs(condition, what):
    if not condition:
        raise Skip(what)
