"""What the logs of an experiment prove: which weights an arm went on from, and which samples it has read."""

import json
from pathlib import Path

from data import NO_SAMPLES, Samples, running_hash
from manifest import Manifest


class Failure(Exception):
    """What ends the experiment, as a sentence."""


def lines_of(folder):
    return [json.loads(line) for line in (Path(folder) / "log.jsonl").read_text().splitlines()]


def start_of(folder):
    """The first start: one after an interruption goes on from a checkpoint of its own."""
    return next(line for line in lines_of(folder) if line.get("event") == "start")


def last_step_of(folder):
    return [line for line in lines_of(folder) if "loss" in line][-1]


def samples_read(manifest, arm, base):
    """The running hash of the whole run as an arm reads it, made from its files."""
    manifest, running = Manifest(manifest), NO_SAMPLES
    samples = Samples(manifest, arm, base)
    for step in range(manifest.steps):
        running = running_hash(running, samples.step(step))
    return running


def expect_same(what, found, wanted):
    if found != wanted:
        raise Failure(f"{what}: its samples hash to {found}, those of the base's order to {wanted}")


def check_start(arm, parent, step):
    """The arm logged the weights that its parent logged when it saved them."""
    found = start_of(arm)["checkpoint_weights_sha256"]
    saved = [line["weights_sha256"] for line in lines_of(parent) if line.get("event") == "saved" and line["step"] == step]
    if not saved or found != saved[-1]:
        raise Failure(f"{arm}: went on from weights {found}; {parent} has saved {saved[-1:] or 'none'} at step {step}")


def check_samples(arm, order, is_control):
    """A control has read what the base's order has, to the last token of the run; another arm has not."""
    found = last_step_of(arm)["samples_sha256"]
    if is_control:
        expect_same(arm, found, order)
    elif found == order:
        raise Failure(f"{arm}: it has read the same samples as a control")
