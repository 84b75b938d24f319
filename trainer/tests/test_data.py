"""The samples that are fed are GPT-NeoX's."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import windows
from data import FixedOrder, Idxmap, Samples, base_order, running_hash
from manifest import Manifest

GOLDEN = Path(os.environ["TIRESIAS_GOLDEN"]) / "neox" if "TIRESIAS_GOLDEN" in os.environ else None
SHUFFLED = ["mixed_1epoch", "mixed_gas2_dp2", "exact_boundary", "one_token_docs", "zero_length_items", "blend_3", "split_969_30_1"]


def golden_run(folder):
    """What a manifest says of a golden run, and the prefixes of its data."""
    parameters = json.loads((folder / "params.json").read_text())
    case = parameters["case"]
    prefixes = [folder / name for name in parameters["prefixes"]]
    weights = case.get("weights", [1.0] * len(prefixes))
    manifest = SimpleNamespace(
        steps=case["iters"], batch=parameters["rows_per_step"], length=case["seq"], seed=case["seed"],
        split=case.get("split"), base={"kind": "idxmap", "datasets": [{"weight": weight} for weight in weights]},
    )  # fmt: skip
    return manifest, prefixes, np.load(folder / "batches.npy", allow_pickle=False)


@pytest.mark.skipif(GOLDEN is None, reason="TIRESIAS_GOLDEN is not set")
@pytest.mark.parametrize("version", ["v1.0", "main"])
@pytest.mark.parametrize("case", SHUFFLED)
def test_batches_equal_those_of_gpt_neox(case, version):
    manifest, prefixes, batches = golden_run(GOLDEN / case / version)
    order = base_order(manifest, prefixes)
    for step, rows in enumerate(batches):
        found = np.stack([order.sample(q) for q in range(step * manifest.batch, (step + 1) * manifest.batch)])
        assert np.array_equal(found, rows), f"step {step}"


@pytest.mark.skipif(GOLDEN is None, reason="TIRESIAS_GOLDEN is not set")
def test_a_window_feeds_what_gpt_neox_read_of_it():
    """`window_only`: steps 12 to 19 of mixed_gas2_dp2, handed over by index maps."""
    folder = GOLDEN / "window_only" / "main"
    batches = np.load(folder / "batches.npy", allow_pickle=False)
    steps, rows, length = batches.shape
    order = FixedOrder(Idxmap(folder / "data"), length - 1, first=12 * rows)
    found = [order.sample(q) for q in range(12 * rows, (12 + steps) * rows)]
    assert np.array_equal(np.reshape(found, batches.shape), batches)


@pytest.mark.parametrize("seed", range(6))
def test_a_random_base_is_read_as_the_slow_way_reads_it(tmp_path, seed):
    base = windows.random_base(tmp_path, documents=20 + 7 * seed, seed=seed, dtype=["u2", "i4"][seed % 2])
    path = windows.write_window(tmp_path / "out", base, first=1, steps=9, batch=3, length=8 + seed)
    manifest = Manifest(path)
    order = base_order(manifest, [base["prefix"]])
    wanted = windows.slow_samples(base["items"], 9, 3, 8 + seed, 1234)
    assert [list(order.sample(q)) for q in range(27)] == wanted


def test_shards_read_as_one_file(tmp_path, base):
    whole = Path(f"{base['prefix']}.bin").read_bytes()
    cuts = [0, 100, 102, 700, len(whole)]
    for number, (start, end) in enumerate(zip(cuts, cuts[1:])):
        (tmp_path / f"shards-{number:05}-of-00003.bin").write_bytes(whole[start:end])
    (tmp_path / "shards.idx").write_bytes(Path(f"{base['prefix']}.idx").read_bytes())
    items = Idxmap(tmp_path / "shards")
    assert [list(items.tokens(k, 0, len(item))) for k, item in enumerate(base["items"])] == base["items"]


def test_the_control_and_the_base_hash_alike_and_the_intervention_does_not(manifest, base):
    def hashes(arm):
        samples, running = Samples(Manifest(manifest), arm, [base["prefix"]]), "0" * 64
        for step in range(14):
            running = running_hash(running, samples.step(step))
            yield running

    plain, control, edited = (list(hashes(arm)) for arm in ("base", "control", "intervention"))
    assert plain == control
    assert edited[:10] == plain[:10] and not set(edited[10:]) & set(plain[10:])


def test_the_running_hash_depends_on_the_order_of_samples_and_not_on_their_type():
    rows = np.arange(12).reshape(3, 4)
    assert running_hash("0" * 64, rows) == running_hash("0" * 64, rows.astype(np.uint16))
    assert running_hash("0" * 64, rows) != running_hash("0" * 64, rows[::-1])


def test_a_preshuffled_base_is_read_in_its_own_order(tmp_path):
    items = [[q, *range(16)] for q in range(56)]
    windows.write_idxmap(tmp_path / "set", items)
    base = {"prefix": tmp_path / "set", "items": items, "dtype": "u2", "kind": "preshuffled"}
    path = windows.write_window(tmp_path / "out", base, first=10, steps=14, batch=4, length=16, samples=items)
    samples = Samples(Manifest(path), "control", [base["prefix"]])
    assert [row[0] for step in range(14) for row in samples.step(step)] == list(range(56))
