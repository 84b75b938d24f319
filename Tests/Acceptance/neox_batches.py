"""What GPT-NeoX's own code reads of an output folder: neox_batches.py GPT_NEOX CONFIG… --steps N --output BATCHES.npz

To be started in that folder.

Its config parser reads the files, its data code loads the maps and its loader gives the batches of N steps from `iteration` on, as
in training on one GPU, on a machine that has none: what belongs to GPUs and to DeepSpeed is a placeholder. Works with tag v1.0 and
with main. It wants a Python with PyTorch and the like, and a compiler:

    python3 -m venv .venv-neox
    .venv-neox/bin/pip install torch numpy PyYAML pybind11 shortuuid 'setuptools<80'
    NEOX_PYTHON=.venv-neox/bin/python GPT_NEOX=../gpt-neox make acceptance ARGS='--quick --only GPT-NeoX'
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import types
from pathlib import Path

import numpy
import torch
import yaml

# GPT-NeoX imports them at the top of its files and needs none of them to read data: what is not installed is made up.
OTHERS = [
    "deepspeed", "apex", "lm_dataformat", "ftfy", "tiktoken", "wandb", "jinja2", "best_download", "sentencepiece",
    "tokenizers", "requests", "regex", "six", "transformers", "mup", "einops",
]  # fmt: skip
ABSENT = {name for name in OTHERS if importlib.util.find_spec(name) is None}


class Anything(type):
    """A class that has every attribute, each another such class."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return "/no/hostfile" if name == "DLTS_HOSTFILE" else Anything(name, (), {})


class Placeholders(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for packages that are not there."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.split(".")[0] in ABSENT else None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: getattr(Anything(spec.name, (), {}), name)
        return module

    def exec_module(self, module):
        module.__path__ = []


def on_one_gpu():
    """One process that is rank 0 of 1; tensors of the GPU are those of the CPU."""
    torch.cuda.device_count = lambda: 1
    torch.cuda.LongTensor = torch.LongTensor
    # Its parser asks for the version where the config says flash attention.
    importlib.metadata.version = lambda name, known=importlib.metadata.version: "2.5.6" if name == "flash-attn" else known(name)
    os.environ.update(RANK="0", LOCAL_RANK="0", WORLD_SIZE="1", MASTER_ADDR="localhost", MASTER_PORT="0")
    torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)


def arguments_of(configs):
    from megatron.neox_arguments import NeoXArgs

    arguments = NeoXArgs.from_ymls([str(path) for path in configs])
    assert arguments.data_impl == "mmap" and arguments.is_pipe_parallel is not None
    return arguments


def parsed_alone(config):
    """On as many GPUs as one model needs."""
    gpus = yaml.safe_load(config.read_text())["model_parallel_size"]
    torch.cuda.device_count = lambda: gpus
    return f"{config}: {numbers(arguments_of([config]))}"


def numbers(neox_args):
    names = ("train_batch_size", "train_micro_batch_size_per_gpu", "gradient_accumulation_steps", "train_iters", "seed")
    return " ".join(f"{name}={getattr(neox_args, name)}" for name in names)


def training_batches(neox_args):
    """The iterator that training takes its batches from."""
    from megatron import mpu
    from megatron.data import data_utils

    mpu.initialize_model_parallel(1)
    neox_args.is_pipe_parallel = False  # this process has all stages
    if hasattr(data_utils, "build_train_valid_test_data_iterators"):
        return data_utils.build_train_valid_test_data_iterators(neox_args)[0]
    loaders = data_utils.build_train_valid_test_data_loaders(neox_args)
    return data_utils.shift_and_wrap_data_loaders(neox_args, loaders, loop=False)[0]


def compile_helpers(checkout):
    """As GPT-NeoX does when it starts, with this Python's headers."""
    folder = checkout / "megatron/data"
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    subprocess.run(["make", "--silent", "-C", folder], check=True, env=environment, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("configs", type=Path, nargs="+", help="one, and one for the machine")
    parser.add_argument("--parse", action="store_true", help="read each of the configs alone, and no data")
    parser.add_argument("--steps", type=int, default=1)
    parser.add_argument("--iteration", type=int, help="what the checkpoint says; else the config")
    parser.add_argument("--output")
    options = parser.parse_args()
    checkout = options.checkout.resolve()
    compile_helpers(checkout)
    sys.path.insert(0, str(checkout))
    sys.meta_path.append(Placeholders())
    on_one_gpu()
    if options.parse:
        return print("\n".join(map(parsed_alone, options.configs)))
    neox_args = arguments_of(options.configs)
    # `load_checkpoint` puts the checkpoint's iteration there.
    neox_args.iteration = options.iteration if options.iteration is not None else neox_args.iteration
    neox_args.num_workers = 0
    batches, accumulated = training_batches(neox_args), neox_args.gradient_accumulation_steps
    steps = [numpy.concatenate([next(batches)["text"].numpy() for _ in range(accumulated)]) for _ in range(options.steps)]
    numpy.savez(options.output, tokens=numpy.stack(steps))
    print(numbers(neox_args))


if __name__ == "__main__":
    main()
