"""Ours and the peers on the same texts in one run. `make bench` and `make bench-quick` call it; see scripts/bench.sh."""

import argparse
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from data import Data
from stages import Stages
from table import cells, page

PEERS = ("tokenizers", "tiktoken", "gigatoken")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiresias", type=Path, required=True, help="the program")
    parser.add_argument("--encoder", type=Path, required=True, help="encode-speed")
    parser.add_argument("--matcher", type=Path, required=True, help="rules-speed")
    parser.add_argument("--tokenizer", type=Path, required=True, help="20B_tokenizer.json")
    parser.add_argument("--pile", type=Path, help="folder of .jsonl.zst with the Pile's subsets; without it the synthetic Pile")
    parser.add_argument("--neox", type=Path, help="checkout of GPT-NeoX whose megatron/data/helpers is compiled")
    parser.add_argument("--work", type=Path, required=True, help="folder for data sets, in memory if it can be; emptied")
    parser.add_argument("--results", type=Path, required=True, help="where the table goes")
    parser.add_argument("--stages", help="only these stages, by name with commas between; what the table has of others is kept")
    parser.add_argument("--size", type=float, default=1, help="how much of everything: 1 is 200 MB of text (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (%(default)s)")
    options = parser.parse_args()
    for name in ("tiresias", "encoder", "matcher", "tokenizer", "pile", "neox", "work"):
        value = getattr(options, name)
        setattr(options, name, value.resolve() if value else None)
    return options


def compiled_helper(checkout):
    return bool(checkout) and any(checkout.glob("megatron/data/helpers*.so"))


def measured(options, peers, missing):
    """The rows of the table, each printed when it is there; a run that is cut short leaves a page of those it had."""
    rows, load = [], os.getloadavg()[0]
    data = Data(options)
    stages = options.stages.split(",") if options.stages else []
    earlier = options.results.read_text(encoding="utf-8") if stages and options.results.exists() else ""
    for stage in Stages(options, data, peers).all():
        if stages and stage.__name__ not in stages:
            continue
        for row in stage():
            rows.append(row)
            print("  ".join(cells(row)), flush=True)
        text = page(rows, options, peers, missing, data.origin, (load, os.getloadavg()[0]), earlier)
        options.results.write_text(text, encoding="utf-8")
    return rows


def main():
    options = arguments()
    peers = [peer for peer in PEERS if importlib.util.find_spec(peer)]
    missing = [peer for peer in PEERS if peer not in peers]
    if not compiled_helper(options.neox):
        options.neox = None
        missing.append("GPT-NeoX (NEOX=… names a checkout with its helper compiled)")
    options.work.mkdir(parents=True, exist_ok=False)
    try:
        rows = measured(options, peers, missing)
    finally:
        shutil.rmtree(options.work)
    print(f"bench: {options.results}")
    return any("DIFFER" in row.note for row in rows)


if __name__ == "__main__":
    sys.exit(main())
