"""Checkpoints: a Hugging Face folder `stepK`, with all that training needs to go on as if it had not stopped."""

import json
import shutil
from pathlib import Path

import torch
from data import NO_SAMPLES
from manifest import Refusal, file_sha256
from model import load_model
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

RECORD, MOMENTS = "trainer.json", "optimizer.safetensors"


def identity(manifest):
    """What must not change within a run; two manifests of one run have the same."""
    datasets = [[dataset["idx_sha256"], dataset["weight"]] for dataset in manifest.base["datasets"]]
    return {
        "run": {"train_iters": manifest.steps, "batch_size": manifest.batch, "sequence_length": manifest.length},
        "order": {"kind": manifest.base["kind"], "seed": manifest.seed, "split": manifest.split, "datasets": datasets},
        "tokenizer_sha256": manifest.tokenizer_sha256,
    }


def fresh(manifest, size, seed, rate, schedule):
    """The record of a model that has seen nothing. `history` gets a line for each stretch of steps by one arm; a stretch is
    plain while all that it read was as in the base."""
    model = {"size": size, "seed": seed, "rate": rate, "schedule": schedule}
    return {"trainer": 1, "step": 0, "samples_sha256": NO_SAMPLES, **model, **identity(manifest), "history": []}


def weights_sha256(folder):
    return file_sha256(Path(folder) / "model.safetensors")


def save(folder, model, optimizer, record):
    """Writes beside, then renames: a folder `stepK` is whole."""
    final = Path(folder) / f"step{record['step']}"
    partial = final.with_name(final.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    model.save_pretrained(partial)
    save_file(moments(model, optimizer), partial / MOMENTS)
    (partial / RECORD).write_text(json.dumps(record, indent=1) + "\n")
    shutil.rmtree(final, ignore_errors=True)
    partial.rename(final)
    return final


def moments(model, optimizer):
    """Adam's state by the parameters' names, of a model that was never trained zeros."""
    tensors = {}
    for name, parameter in model.named_parameters():
        state = optimizer.state.get(parameter, {})
        for key in ("exp_avg", "exp_avg_sq"):
            tensors[f"{name}.{key}"] = state.get(key, torch.zeros_like(parameter)).contiguous()
        tensors[f"{name}.step"] = state.get("step", torch.tensor(0.0)).clone().reshape(1)
    return tensors


def load(folder):
    """Model, record, and the hash of the weights' file."""
    folder = Path(folder)
    weights = folder / "model.safetensors"
    if not (folder / RECORD).is_file() or not weights.is_file():
        raise Refusal(
            f"{folder}: no checkpoint of this trainer ({RECORD}, model.safetensors): without the optimizer's state a run"
            " cannot be continued, only begun anew"
        )
    record = json.loads((folder / RECORD).read_text())
    if record.get("trainer") != 1:
        raise Refusal(f"{folder / RECORD}: not of format 1")
    return load_model(folder), record, file_sha256(weights)


def load_moments(folder, model, optimizer):
    try:
        tensors = load_file(Path(folder) / MOMENTS)
        for name, parameter in model.named_parameters():
            state = {key: tensors[f"{name}.{key}"].to(parameter.device) for key in ("exp_avg", "exp_avg_sq")}
            if any(value.shape != parameter.shape for value in state.values()):
                raise KeyError(name)
            optimizer.state[parameter] = {"step": tensors[f"{name}.step"][0], **state}
    except (OSError, KeyError, SafetensorError) as error:
        raise Refusal(f"{folder}/{MOMENTS}: not the optimizer's state of this model: {error}") from None
