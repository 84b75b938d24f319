"""Trains a GPT-NeoX model on a Tiresias window, on one GPU or on the CPU, with exactly the samples that the manifest names.

  # a base model up to the window, from the idxmap that the window was made from
  train.py out/demo/manifest.json --base out/base/demo-pile_text_document --size tiny --to 320 --output out/models/base
  # from its last checkpoint the two arms; interrupted ones go on where they were
  train.py out/demo/manifest.json --arm control      --from out/models/base/step320 --output out/models/control
  train.py out/demo/manifest.json --arm intervention --from out/models/base/step320 --output out/models/intervention

OUTPUT gets checkpoints stepK (Hugging Face's format, and the optimizer's state) and log.jsonl. Two runs whose lines of one
step have the same samples_sha256 have seen the same tokens in the same order.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import checkpoint
import torch
from data import Samples, running_hash
from manifest import Manifest, Refusal
from model import GRADIENT_NORM, SIZES, learning_rate, loss_of, new_model, optimizer


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path, help="manifest.json of a window's output folder")
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoints and log")
    parser.add_argument("--arm", default="base", help="whose samples: an arm of the manifest, or base (no window)")
    parser.add_argument("--base", action="append", default=[], metavar="PREFIX", help="idxmap of the base; repeatable")
    parser.add_argument("--from", dest="parent", type=Path, metavar="STEPK", help="a checkpoint to start from")
    parser.add_argument("--to", type=int, metavar="STEP", help="stop there; else at the end of window or run")
    parser.add_argument("--size", choices=SIZES, help="of a new model")
    parser.add_argument("--seed", type=int, help="of a new model's weights (0)")
    parser.add_argument("--rate", type=float, help="a new model's peak learning rate; else that of its size")
    parser.add_argument("--schedule", choices=("v1.0", "main"), help="which GPT-NeoX's cosine (v1.0)")
    parser.add_argument("--save-every", type=int, metavar="STEPS", help="else the manifest's checkpoint_every")
    parser.add_argument("--micro-batch", type=int, metavar="ROWS", help="rows at a time; else the whole batch")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=("fp32", "bf16"), help="of products; else bf16 on a GPU, fp32 on the CPU")
    return parser.parse_args(words)


class Run:
    """One arm's training: its model, where it is, and what it reads."""

    def __init__(self, options):
        self.options, self.manifest = options, Manifest(options.manifest)
        self.samples = Samples(self.manifest, options.arm, options.base)
        self.resumed = latest(options.output)
        start = self.resumed or options.parent
        if start:
            model, self.record, self.weights = checkpoint.load(start)
        else:
            model, self.record, self.weights = self._new()
        self.to = self.samples.end if options.to is None else options.to
        self._check(start)
        self.model = model.to(options.device).train()
        self.optimizer = optimizer(self.model)
        if self.record["step"]:
            checkpoint.load_moments(start, self.model, self.optimizer)
        self._begin_stretch()

    def _new(self):
        options = self.options
        if not options.size:
            raise Refusal("no checkpoint to start from: give --from STEPK, or --size for a new model")
        seed, rate = options.seed or 0, options.rate or SIZES[options.size].rate
        record = checkpoint.fresh(self.manifest, options.size, seed, rate, options.schedule or "v1.0")
        return new_model(options.size, self.manifest.vocabulary, self.manifest.length, seed), record, None

    def _check(self, start):
        """Refuses whatever would train on other samples than the arm's, or on another model than the command says."""
        manifest, record, options = self.manifest, self.record, self.options
        for key, wanted in checkpoint.identity(manifest).items():
            if record[key] != wanted:
                raise Refusal(f"{start}: its {key} is {record[key]}, that of {manifest.path} {wanted}: not one run")
        for key in ("size", "seed", "rate", "schedule"):
            if getattr(options, key) not in (None, record[key]):
                raise Refusal(f"{start}: its {key} is {record[key]}, not {getattr(options, key)}; leave --{key} out")
        if self.resumed:
            self._check_resumed()
        self._check_place(start or "a new model", record["step"])

    def _check_resumed(self):
        part, options = self.record["history"][-1], self.options
        if not self._is_own(part):
            raise Refusal(f"{options.output}: it holds the arm '{part['arm']}' of '{part['name']}'; choose another --output")
        if options.parent and checkpoint.weights_sha256(options.parent) != part["parent_weights"]:
            raise Refusal(f"{options.output}: it was not begun from {options.parent}; choose another --output")

    def _check_place(self, start, step):
        first, history = self.manifest.first, self.record["history"]
        for part in history:
            if not part["plain"] and not self._is_own(part):
                raise Refusal(f"{start}: it was trained on the arm '{part['arm']}' of '{part['name']}' already")
        if step > first and self.options.arm != "base" and not self._is_own(history[-1]):
            raise Refusal(f"{start}: it ends at step {step}, and the window starts at {first}. Start from step {first}")
        if step < self.samples.first:
            raise Refusal(
                f"{start}: it ends at step {step}, and the window starts at {first}. Start from step {first}, or give --base"
            )
        if not step <= self.to <= self.samples.end:
            raise Refusal(f"--to {self.to}: there are samples from step {step} to {self.samples.end}")

    def _is_own(self, part):
        return (part["manifest"], part["arm"]) == (self.manifest.sha256, self.options.arm)

    def _begin_stretch(self):
        history = self.record["history"]
        if not history or not self._is_own(history[-1]):
            history.append({
                "name": self.manifest.name, "manifest": self.manifest.sha256, "arm": self.options.arm, "plain": True,
                "from": self.record["step"], "parent_weights": self.weights,
            })  # fmt: skip

    def _is_edited(self, step):
        """The step's samples are not those of the base."""
        return self.options.arm not in ("base", "control") and step >= self.manifest.first

    def train(self, log):
        every = self.options.save_every or self.manifest.save_every
        log.write(event="start", **self.description())
        for step in range(self.record["step"], self.to):
            if step == 0:
                self.save(log)
            line = self.step(step)
            self.record["step"] = step + 1
            if self._is_edited(step):
                self.record["history"][-1]["plain"] = False
            log.write(step=step + 1, **line)
            if (step + 1) % every == 0 or step + 1 in (self.manifest.first, self.to):
                self.save(log)

    def step(self, step):
        """One step of the optimizer; the loss is the mean over all tokens, whatever the size of the micro batches."""
        rows = self.samples.step(step)
        self.record["samples_sha256"] = running_hash(self.record["samples_sha256"], rows)
        batch, size = torch.from_numpy(rows).to(self.options.device), self.options.micro_batch or len(rows)
        rate = learning_rate(step, self.manifest.steps, self.record["rate"], self.record["schedule"])
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = 0.0
        for part in batch.split(size):
            with torch.autocast(self.options.device.split(":")[0], torch.bfloat16, self.options.precision == "bf16"):
                part_loss = loss_of(self.model, part) * (len(part) / len(batch))
            part_loss.backward()
            loss += part_loss.item()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_NORM).item()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return {"loss": loss, "rate": rate, "norm": norm, "samples_sha256": self.record["samples_sha256"]}

    def save(self, log):
        folder = checkpoint.save(self.options.output, self.model, self.optimizer, self.record)
        sha256 = checkpoint.weights_sha256(folder)
        log.write(event="saved", step=self.record["step"], weights_sha256=sha256)

    def description(self):
        options = self.options
        return {
            "manifest_sha256": self.manifest.sha256, "name": self.manifest.name, "arm": options.arm, "step": self.record["step"],
            "to": self.to, "window": [self.manifest.first, self.manifest.end], "checkpoint": str(options.parent or ""),
            "checkpoint_weights_sha256": self.weights, "samples_sha256": self.record["samples_sha256"],
            "size": self.record["size"], "seed": self.record["seed"], "parameters": self.model.num_parameters(),
            "precision": options.precision, "device": options.device, "torch": torch.__version__,
        }  # fmt: skip


class Log:
    """JSON lines, on the terminal too."""

    def __init__(self, path):
        self.file, self.start = open(path, "a", encoding="utf-8"), time.monotonic()

    def write(self, **line):
        text = json.dumps(line | {"seconds": round(time.monotonic() - self.start, 3)})
        for file in (self.file, sys.stdout):
            print(text, file=file, flush=True)


def latest(folder):
    """The last checkpoint of a run that was begun here."""
    steps = [int(path.name[4:]) for path in folder.glob("step*") if path.name[4:].isdecimal()]
    return folder / f"step{max(steps)}" if steps else None


def main(words=None):
    options = arguments(words)
    options.precision = options.precision or ("fp32" if options.device == "cpu" else "bf16")
    try:
        run = Run(options)
        options.output.mkdir(parents=True, exist_ok=True)
        run.train(Log(options.output / "log.jsonl"))
    except Refusal as refusal:
        print(f"trainer: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
