"""GPT-NeoX itself on what `emit` wrote: its config parser, its index maps, its loader. Opt-in: GPT_NEOX names a checkout."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from harness import Skip, check, expect

SCRIPT = Path(__file__).parent / "neox_batches.py"


def checkout():
    if "GPT_NEOX" not in os.environ:
        raise Skip("GPT_NEOX names no checkout of GPT-NeoX; Tests/Acceptance/neox_batches.py says what its Python needs")
    return Path(os.environ["GPT_NEOX"]).resolve()


class Training:
    """GPT-NeoX in a copy of an output folder: it writes maps for validation and test there."""

    def __init__(self, context):
        self.checkout, self.work = checkout(), context.work
        self.run = context.run(percent=7)
        self.folder = context.work / "neox-training"
        if not self.folder.exists():
            shutil.copytree(self.run.folder, self.folder)
        (self.folder / "machine.yml").write_text("gradient_accumulation_steps: null\n")

    def call(self, *words):
        python = os.path.abspath(os.environ.get("NEOX_PYTHON", sys.executable))
        command = [python, "-W", "ignore", SCRIPT, self.checkout, *map(str, words)]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True)

    def batches(self, *words):
        output = self.work / "neox-batches.npz"
        done = self.call(*words, "--output", output)
        expect(done.returncode == 0, done.stderr[-2000:])
        return np.load(output, allow_pickle=False)["tokens"], done.stdout

    def items(self, prefix, steps):
        """What the steps of the window must be."""
        data = self.run.window if prefix == "window" else self.run.control
        plan = self.run.plan
        return data.data.view(data.dtype).reshape(-1, plan.batch, plan.length + 1)[:steps]


@check("GPT-NeoX's parser reads every config")
def configs(context):
    training = Training(context)
    files = sorted(path.relative_to(training.folder) for path in (training.folder / "neox").glob("*.yml"))
    done = training.call("--parse", *files)
    expect(done.returncode == 0, done.stderr[-2000:])
    plan = training.run.plan
    for path in files:
        wanted = f"{path}: train_batch_size={plan.batch} "
        line = next((line for line in done.stdout.splitlines() if line.startswith(wanted)), "")
        expect(line.endswith(f"train_iters={plan.steps} seed=1234"), f"{path}: {line or done.stdout[-500:]}")
    return f"{len(files)} configs"


@check("GPT-NeoX's loader gives the window's samples, step by step")
def loader(context):
    training = Training(context)
    plan = training.run.plan
    first = plan.last(7)
    for arm, prefix in (("intervention", "window"), ("control", "control")):
        found, told = training.batches(f"neox/14m-{arm}.yml", "--steps", plan.steps - first)
        expect(np.array_equal(found, training.items(prefix, None)), f"{arm}: other samples")
        expect(f"setting training data start iteration to {first}" in told, f"{arm}: {told[-500:]}")
        built = re.findall(r"loading shuffle-idx mapping from (\S*train_0\S*)", told)
        expect(len(built) == 1 and built[0].startswith(f"{prefix}_document_train_0_indexmap_{plan.wanted}ns"), f"maps {built}")
        expect(told.count("could not find index map files") <= 2, "it built maps of its own for training")
    return f"{plan.steps - first} steps of {plan.batch} samples, both arms"


@check("GPT-NeoX's loader gives the same steps in micro batches")
def accumulation(context):
    training = Training(context)
    text = (training.folder / "neox/14m-intervention.yml").read_text()
    small = re.sub(r"(train_micro_batch_size_per_gpu: )\d+", r"\g<1>1", text)
    (training.folder / "small.yml").write_text(small)
    found, told = training.batches("small.yml", "machine.yml", "--steps", 2)
    expect(f"gradient_accumulation_steps={training.run.plan.batch}" in told, told[-500:])
    expect(np.array_equal(found, training.items("window", 2)), "other samples")
    done = training.call("small.yml", "--output", training.work / "none.npz")
    expect(done.returncode != 0 and "batch" in done.stderr, "without the machine's file the batch would be another")
    return told.strip().splitlines()[-1]


@check("GPT-NeoX's loader stops outside the window")
def outside(context):
    training = Training(context)
    first = training.run.plan.last(7)
    for iteration in (0, first - 1):
        done = training.call("neox/14m-intervention.yml", "--iteration", iteration, "--output", training.work / "none.npz")
        expect(done.returncode != 0, f"iteration {iteration} was read")
        expect("RecursionError" in done.stderr or "IndexError" in done.stderr, done.stderr[-500:])
    return f"iterations 0 and {first - 1}"
