"""Writes a data set as Megatron-Core reads it: `python megatron_items.py PREFIX OUTPUT.npz`, in a Python that has it.

Megatron-Core wants Python 3.12 and PyTorch (5 GB), so it has an environment of its own:

    python3.12 -m venv .venv-megatron
    .venv-megatron/bin/pip install megatron-core==0.19.2 triton numpy
    MEGATRON=.venv-megatron/bin/python make acceptance ARGS='--quick --only Megatron'
"""

import sys

import megatron.core
import numpy
import torch
from megatron.core.datasets.indexed_dataset import IndexedDataset

prefix, output = sys.argv[1:]
items = IndexedDataset(prefix)
numpy.savez(
    output,
    tokens=numpy.concatenate([items[k] for k in range(len(items))]),
    sizes=items.sequence_lengths,
    documents=items.document_indices,
    part=items.get(len(items) - 1, offset=1, length=2),
)
print(f"megatron-core {megatron.core.__version__}, torch {torch.__version__}, numpy {numpy.__version__}")
