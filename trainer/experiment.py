"""The closed loop in small: windows, a base model, its arms, and their scores. `make experiment` runs it, and the report.

For each seed a base model is trained up to the last 21 %. From there go on
  control        the same samples, unedited: the base model, trained to its end
  intervention   masculine pronouns became feminine
  random-edits   as many other words were replaced: what any edit of the data does (with three seeds or more: an
                 interval that is over items alone finds the smallest of differences)
and, from the control's checkpoint at the last 7 %, the intervention of that window. The control of both windows is one run.
On the CPU as many models are trained at a time as there are cores, each on one: so small a model gains nothing from two, and
its weights do not depend on their number. What each arm has read, and which weights it went on from, is checked before scoring.

  experiment.py --seeds 3                      # on the embedded sample
  experiment.py --pile data/pile --size small  # on any folder of .jsonl.zst files
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import evidence
import torch
from evidence import Failure
from manifest import Manifest, Refusal
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


# A step takes the memory of the one before: giving it back and asking anew is two fifths of the time.
KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TRIM_THRESHOLD_": str(1 << 30)}
ONE_CORE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"} | KEPT_MEMORY


def call(*words, quiet=False, environment=None):
    words = [str(word) for word in words]
    output = subprocess.DEVNULL if quiet else None
    if subprocess.run(words, cwd=ROOT, stdout=output, env=environment, check=False).returncode:
        raise Failure(f"{' '.join(words)} failed")


class Experiment:
    def __init__(self, options):
        self.options, self.out = options, options.output.resolve()
        self.seeds = range(1, options.seeds + 1)
        self.pile = options.pile.resolve() if options.pile else self.out / "pile"
        self.tokenizer, self.data = self.out / "tokenizer.json", ROOT / "assets"
        self.base, self.heldout = self.out / "base" / "pile", self.out / "base" / "heldout"
        self.has_random_edits = options.seeds >= 3
        # A GPU trains one model at a time.
        on_gpu = torch.cuda.is_available()
        self.environment = os.environ | ({} if on_gpu else ONE_CORE)
        self.turns, self.failure = threading.Semaphore(1 if on_gpu else len(os.sched_getaffinity(0))), None

    def without_extras(self, rows):
        return [row for row in rows if self.has_random_edits or "random-edits" not in row]

    def window(self, name):
        return self.out / "windows" / name / "manifest.json"

    def run(self):
        self.make_windows()
        say(f"2. Models of size '{self.options.size}': for each seed a base model, then its arms")
        with ThreadPoolExecutor(len(self.seeds)) as pool:
            list(pool.map(self.train, self.seeds))
        self.check()
        say("3. Scores of every checkpoint")
        for seed in self.seeds:
            self.score(seed)

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

    def models(self, seed):
        return self.out / "models" / f"seed{seed}"

    def train(self, seed):
        first = Manifest(self.window("21pct-m2f")).first
        base = ("--base", f"{self.base}_text_document", "--size", self.options.size, "--seed", seed)
        self.train_arm(seed, "base", "21pct-m2f", *base, "--to", first)
        for generation in ("base", "control"):
            arms = [arm for arm in self.without_extras(ARMS) if arm[3] == generation]
            with ThreadPoolExecutor(len(arms)) as pool:
                list(pool.map(lambda arm: self.branch(seed, *arm), arms))

    def branch(self, seed, name, window, arm, parent):
        """Trains an arm from where another ended, which is the first of its own checkpoints: scores of the arm begin there."""
        models = self.models(seed)
        start = models / parent / f"step{Manifest(self.window(window)).first}"
        self.train_arm(seed, name, window, "--arm", arm, "--from", start)
        if not (models / name / start.name).exists():
            (models / name / start.name).symlink_to(os.path.relpath(start, models / name))

    def train_arm(self, seed, name, window, *words):
        output = self.models(seed) / name
        with self.turns:
            if self.failure:
                raise self.failure
            try:
                trainer = (sys.executable, TRAIN, self.window(window), "--output", output)
                call(*trainer, *words, quiet=True, environment=self.environment)
            except Failure as failure:
                self.failure = failure
                raise
        start, last = evidence.start_of(output), evidence.last_step_of(output)
        print(
            f"seed {seed}, {name}: to step {last['step']}, loss {last['loss']:.3f}; from weights"
            f" {(start['checkpoint_weights_sha256'] or 'new')[:12]}, samples {last['samples_sha256'][:12]}",
            flush=True,
        )

    def check(self):
        """What the report rests on: see evidence.py."""
        base = [f"{self.base}_text_document"]
        read = evidence.samples_read(self.window("21pct-m2f"), "base", base)
        for window, _ in self.without_extras(WINDOWS):
            if "random-edits" not in window:
                control = evidence.samples_read(self.window(window), "control", base)
                evidence.expect_same(f"the control of {window}", control, read)
        for seed in self.seeds:
            for name, window, arm, parent in self.without_extras(ARMS):
                models, step = self.models(seed), Manifest(self.window(window)).first
                evidence.check_start(models / name, models / parent, step)
                evidence.check_samples(models / name, read, is_control=arm == "control")
        print(f"all arms went on from their parents' weights; the controls have read what the base's order has: {read[:12]}")

    def score(self, seed):
        words = ["--data", self.data, "--tokenizer", self.tokenizer]
        words += ["--benchmark", "heldout-loss", "--heldout", f"{self.heldout}_text_document"]
        for benchmark, file in BENCHMARKS.items():
            if (self.data / file).is_file():
                words += ["--benchmark", benchmark]
            else:
                print(f"{benchmark}: not scored: {file} is not in {self.data} (make evaluation-data)")
        for window, arm, name in self.without_extras(SCORED):
            manifest = ("--manifest", self.window(window), "--arm", arm, "--seed", seed, "--model", self.models(seed) / name)
            call(TIRESIAS, "evaluate", *manifest, "--output", self.out / "scores", "--quiet", *words, quiet=True)
        print(f"seed {seed}: scored", flush=True)


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
    options = parser.parse_args()
    if options.seeds < 1:
        parser.error("--seeds: at least 1")
    try:
        Experiment(options).run()
    except (Failure, Refusal) as failure:
        sys.exit(f"experiment: {failure}")


if __name__ == "__main__":
    main()
