"""A window's manifest: what it says to a trainer, and whether the files beside it are those that it names."""

import hashlib
import json
from pathlib import Path


class Refusal(Exception):
    """Training on this would not be what it claims to be; the message says what is wrong and what to do."""


def file_sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Manifest:
    """`manifest.json` of an output folder (docs/formats.md): the run, the window in it, and the window's files."""

    def __init__(self, path):
        self.path, self.folder = Path(path), Path(path).parent
        try:
            text = self.path.read_bytes()
            self.json = json.loads(text)
        except (OSError, ValueError) as error:
            raise Refusal(f"{path}: no manifest: {error}") from None
        if not isinstance(self.json, dict) or self.json.get("manifest") != 1:
            raise Refusal(f"{path}: not a manifest of format 1; use the trainer that goes with the tiresias that wrote it")
        self.sha256 = hashlib.sha256(text).hexdigest()
        try:
            self._read()
        except (KeyError, TypeError, ValueError) as error:
            raise Refusal(f"{path}: {type(error).__name__} {error}; docs/manifest.schema.json says what must be there") from None

    def _read(self):
        run, window, trainer = self.json["run"], self.json["window"], self.json["trainer"]
        self.name, self.base = self.json["name"], self.json["base"]
        self.steps, self.batch = int(run["train_iters"]), int(run["batch_size"])
        self.length = int(run["sequence_length"])
        self.seed, self.split, self.save_every = int(run["seed"]), run["split"], int(run["checkpoint_every"])
        self.first, self.end = int(window["first_step"]), int(window["end_step"])
        self.first_sample, self.samples = int(window["first_sample"]), int(window["samples"])
        self.vocabulary = int(self.json["tokenizer"]["vocabulary_size"])
        self.tokenizer_sha256 = self.json["tokenizer"]["sha256"]
        self.outputs = {output["path"]: output for output in self.json["outputs"]}
        evaluator = self.json["evaluator"]
        self.prefixes = {evaluator["arm"]: trainer["data_prefix"]}
        if evaluator["control"] is not None:
            self.prefixes[evaluator["control"]] = trainer["control_prefix"]
        if min(self.steps, self.batch, self.length, self.save_every) < 1 or not 0 <= self.first < self.end <= self.steps:
            raise ValueError("window outside the run")
        if self.first_sample != self.first * self.batch or self.samples != (self.end - self.first) * self.batch:
            raise ValueError("the window's samples are not those of its steps")

    def prefix(self, arm):
        """Where an arm's window is, with its files' hashes checked."""
        if arm not in self.prefixes:
            raise Refusal(f"{self.path}: it has no arm '{arm}', but {' and '.join(self.prefixes)}")
        prefix = self.prefixes[arm]
        for name in (prefix + ".bin", prefix + ".idx"):
            self._check(name)
        return self.folder / prefix

    def _check(self, name):
        path, output = self.folder / name, self.outputs.get(name)
        if output is None or Path(name).name != name:
            raise Refusal(f"{self.path}: '{name}' is not among its outputs")
        if not path.is_file():
            raise Refusal(f"{path}: the manifest names it, and it is not there")
        if path.stat().st_size != output["bytes"]:
            raise Refusal(f"{path}: {path.stat().st_size} bytes, not the manifest's {output['bytes']}: another or a cut file")
        if file_sha256(path) != output["sha256"]:
            raise Refusal(f"{path}: its SHA-256 is not the manifest's; `tiresias verify {self.path}` says where it differs")

    def check_base(self, prefixes):
        """The base's index files are those that the window was made from, and the data have the recorded size."""
        datasets = self.base["datasets"]
        if len(prefixes) != len(datasets):
            raise Refusal(f"{self.path}: the run has {len(datasets)} data sets, --base names {len(prefixes)}")
        for prefix, dataset in zip(prefixes, datasets):
            index = Path(f"{prefix}.idx")
            if not index.is_file():
                raise Refusal(f"{index}: not there; --base is the prefix of the idxmap that the window was made from")
            if file_sha256(index) != dataset["idx_sha256"]:
                raise Refusal(f"{index}: its SHA-256 is not that of the base that {self.path} was made from")
            found = sum(path.stat().st_size for path in data_files(prefix))
            wanted = sum(file["bytes"] for file in dataset["files"])
            if found != wanted:
                raise Refusal(f"{prefix}.bin: {found} bytes of tokens, the window's base had {wanted}")


def data_files(prefix):
    """`PREFIX.bin`, or its shards in order."""
    whole = Path(f"{prefix}.bin")
    if whole.is_file():
        return [whole]
    shards = sorted(whole.parent.glob(f"{whole.stem}-?????-of-?????.bin"))
    if not shards:
        raise Refusal(f"{whole}: not there, and no shards {whole.stem}-00000-of-….bin either")
    return shards
