"""The closed loop in small: windows, a base model, its arms, and their scores. `make experiment` runs it, and the report.

For each seed a base model is trained up to the last 21 %. From there go on
  control        the same samples, unedited: the base model, trained to its end
  intervention   masculine pronouns became feminine
  random-edits   as many other words were replaced: what any edit of the data does (with three seeds or more: an
                 interval that is over items alone finds the smallest of differences)
and, from the control's checkpoint at the last 7 %, the intervention of that window. The control of both windows is one run.

  experiment.py --seeds 3                      # on the embedded sample
  experiment.py --pile data/pile --size small  # on any folder of .jsonl.zst files
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from data import NO_SAMPLES, Samples, running_hash
from manifest import Manifest
from model import SIZES

ROOT = Path(__file__).resolve().parents[1]
TIRESIAS, TRAIN = ROOT / ".build/release/tiresias", ROOT / "trainer/train.py"
# A vocabulary of 50,277 would be nearly all of a tiny model's work.
VOCABULARY, WORDS_TO_KEEP = 4096, ["Ġhers", "Ġherself", "Ġhimself"]
BENCHMARKS = {
    "pronoun-probe": "winobias/occupations.tsv",
    "crows-pairs": "crows-pairs/crows_pairs_anonymized.csv",
    "winobias-pronoun": "winobias/pro_stereotyped_type1.txt.test",
}
# Folder, and what its control is.
WINDOWS = [("7pct-m2f", "true"), ("21pct-m2f", "true"), ("21pct-random-edits", "random-edits")]
# Name, folder of the window, arm, and the arm that has the checkpoint at the window's start.
ARMS = [
    ("control", "21pct-m2f", "control", "base"),
    ("21pct-m2f", "21pct-m2f", "intervention", "base"),
    ("random-edits", "21pct-random-edits", "random-edits", "base"),
    ("7pct-m2f", "7pct-m2f", "intervention", "control"),
]
# As they are scored: window, arm, and whose models.
SCORED = [
    ("21pct-m2f", "intervention", "21pct-m2f"),
    ("21pct-m2f", "control", "control"),
    ("21pct-random-edits", "random-edits", "random-edits"),
    ("7pct-m2f", "intervention", "7pct-m2f"),
    ("7pct-m2f", "control", "control"),
]


def call(*words, quiet=False):
    words = [str(word) for word in words]
    output = subprocess.DEVNULL if quiet else None
    if subprocess.run(words, cwd=ROOT, stdout=output, check=False).returncode:
        sys.exit(f"experiment: {' '.join(words)} failed")


class Experiment:
    def __init__(self, options):
        self.options, self.out = options, options.output.resolve()
        self.pile = options.pile.resolve() if options.pile else self.out / "pile"
        self.tokenizer, self.data = self.out / "tokenizer.json", ROOT / "assets"
        self.base, self.heldout = self.out / "base" / "pile", self.out / "base" / "heldout"
        self.has_random_edits = options.seeds >= 3

    def without_extras(self, rows):
        return [row for row in rows if self.has_random_edits or "random-edits" not in row]

    def window(self, name):
        return self.out / "windows" / name / "manifest.json"

    def run(self):
        self.make_windows()
        for seed in range(1, self.options.seeds + 1):
            models = self.out / "models" / f"seed{seed}"
            self.train(models, seed)
            self.check_control(models)
            self.score(models, seed)

    def make_windows(self):
        say("1. The data: a Pile, a window of its last 21 % and one of 7 %, and as many random edits")
        self.out.mkdir(parents=True, exist_ok=True)
        if not self.options.pile:
            call(TIRESIAS, "sample-pile", "--output", self.pile, "--documents", 2000, "--seed", 1)
        call(TIRESIAS, "sample-pile", "--output", self.out / "heldout", "--documents", 64, "--seed", 2)
        small_tokenizer(ROOT / "assets/20B_tokenizer.json", self.tokenizer)
        for name, control in self.without_extras(WINDOWS):
            pipeline = ROOT / "pipelines" / f"experiment-{name.replace('random-edits', 'm2f')}.yaml"
            settings = {"read.pile": self.pile, "read.base": self.base, "retokenize.tokenizer": self.tokenizer}
            words = [f"--set={key}={value}" for key, value in (settings | {"emit.control": control}).items()]
            call(TIRESIAS, "run", pipeline, *words, "--output", self.window(name).parent)
        call(TIRESIAS, "tokenize", self.out / "heldout", "--tokenizer", self.tokenizer, "--output", self.heldout, "--quiet")

    def train(self, models, seed):
        say(f"2. Seed {seed}: a base model of size '{self.options.size}', then its arms")
        first = Manifest(self.window("21pct-m2f")).first
        base = ("--base", f"{self.base}_text_document", "--size", self.options.size, "--seed", seed)
        self.train_arm("21pct-m2f", models / "base", *base, "--to", first)
        for name, window, arm, parent in self.without_extras(ARMS):
            start = models / parent / f"step{Manifest(self.window(window)).first}"
            self.train_arm(window, models / name, "--arm", arm, "--from", start)
            # The scores of an arm begin at the checkpoint that it begins with.
            if not (models / name / start.name).exists():
                (models / name / start.name).symlink_to(os.path.relpath(start, models / name))

    def train_arm(self, window, output, *words):
        call(sys.executable, TRAIN, self.window(window), "--output", output, *words, quiet=True)
        lines = [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]
        start = [line for line in lines if line.get("event") == "start"][-1]
        last = [line for line in lines if "loss" in line][-1]
        print(
            f"{output.name}: to step {last['step']}, loss {last['loss']:.3f}; from weights"
            f" {(start['checkpoint_weights_sha256'] or 'new')[:12]}, samples {last['samples_sha256'][:12]}",
            flush=True,
        )

    def check_control(self, models):
        """The control has read what the base order has, to the last token of the run, for both windows."""
        manifest = Manifest(self.window("21pct-m2f"))
        trained = json.loads((models / "control" / f"step{manifest.end}" / "trainer.json").read_text())["samples_sha256"]
        for window in ("21pct-m2f", "7pct-m2f"):
            for arm in ("base", "control"):
                manifest, running = Manifest(self.window(window)), NO_SAMPLES
                samples = Samples(manifest, arm, [f"{self.base}_text_document"])
                for step in range(manifest.steps):
                    running = running_hash(running, samples.step(step))
                if running != trained:
                    sys.exit(f"experiment: the samples of {window}, {arm}, hash to {running}; the control read {trained}")
        print(f"control: the samples of both windows are those of the base order: {trained[:12]}")

    def score(self, models, seed):
        say(f"3. Seed {seed}: scores of every checkpoint")
        words = ["--data", self.data, "--tokenizer", self.tokenizer]
        words += ["--benchmark", "heldout-loss", "--heldout", f"{self.heldout}_text_document"]
        for benchmark, file in BENCHMARKS.items():
            if (self.data / file).is_file():
                words += ["--benchmark", benchmark]
            else:
                print(f"{benchmark}: not scored: {file} is not in {self.data} (make evaluation-data)")
        for window, arm, name in self.without_extras(SCORED):
            manifest = ("--manifest", self.window(window), "--arm", arm, "--seed", seed, "--model", models / name)
            call(TIRESIAS, "evaluate", *manifest, "--output", self.out / "scores", "--quiet", *words, quiet=True)


def small_tokenizer(source, target):
    """The first tokens of a tokenizer and a few more, numbered anew: the same merges as far as they go."""
    content = json.loads(source.read_text())
    model, merged = content["model"], VOCABULARY - len(WORDS_TO_KEEP)
    kept = sorted((i, token) for token, i in model["vocab"].items() if i < merged or token in WORDS_TO_KEEP)
    model["vocab"] = {token: number for number, (_, token) in enumerate(kept)}
    halves = [merge.split(" ") if isinstance(merge, str) else merge for merge in model["merges"]]
    model["merges"] = [f"{one} {two}" for one, two in halves if {one, two, one + two} <= model["vocab"].keys()]
    content["added_tokens"] = [token for token in content["added_tokens"] if token["id"] < merged]
    target.write_text(json.dumps(content, ensure_ascii=False))


def say(text):
    print(f"\n{text}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pile", type=Path, help="a raw Pile: a folder of .jsonl.zst; else the embedded sample")
    parser.add_argument("--output", type=Path, default=ROOT / "out/experiment")
    parser.add_argument("--seeds", type=int, default=3, help="how many base models, with seeds 1, 2, … (3)")
    parser.add_argument("--size", choices=SIZES, default="tiny")
    Experiment(parser.parse_args()).run()


if __name__ == "__main__":
    main()
