"""The training order: the reference against GPT-NeoX's own vectors, and the program's batches against the reference."""

import re

import numpy as np

import neox
from harness import check, expect
from program import needs


@check("reference order equals the goldens")
def reference_order(context):
    needs(context.golden, "TIRESIAS_GOLDEN is not set")
    cases = 0
    for path in sorted(context.golden.glob("neox/*/*/data_train_0_*_doc_idx.npy")):
        numbers = re.search(r"_(\d+)ns_(\d+)sl_(\d+)s", path.name)
        wanted, length, seed = map(int, numbers.groups())
        case = path.parent.parent.name
        if case in ("window_append", "window_only", "preshuffled_replay"):
            continue  # made by hand, not by the rules
        order = neox.TrainingOrder(neox.Idxmap(path.parent / "data"), wanted, length, seed)
        batches = np.load(path.parent / "batches.npy").reshape(-1, length + 1)
        expect(np.array_equal(np.load(path), order.doc_idx), f"{case}: doc_idx")
        expect(all(np.array_equal(order.sample(q), batch) for q, batch in enumerate(batches)), f"{case}: batches")
        cases += 1
    return f"{cases} cases"


@check("batches equal the order")
def batches(context):
    plan, order = context.plan, context.order
    first, last = plan.steps // 3, plan.steps // 3 + 5
    output = context.work / "batches.npy"
    context.call(
        "batch", "--dataset", context.base.prefix, "--samples", plan.wanted, "--sequence-length", plan.length,
        "--seed", 1234, "--batch-size", plan.batch, "--steps", f"{first}..<{last}", "--npy", output,
    )
    found = np.load(output, allow_pickle=False)
    expect(found.dtype == order.base.dtype, f"type {found.dtype}")
    expect(found.shape == (last - first, plan.batch, plan.length + 1), f"shape {found.shape}")
    wanted = [order.sample(q) for q in range(first * plan.batch, last * plan.batch)]
    expect(np.array_equal(found.reshape(-1, plan.length + 1), wanted), "other tokens than the order's")
    return f"steps {first}..<{last}"


@check("index maps equal the order's")
def index_maps(context):
    plan, order = context.plan, context.order
    for naming, infix in (("v1.0", ""), ("current", "_packedpi_ac")):
        prefix = context.work / f"maps-{naming}"
        context.call(
            "order", "build", "--dataset", context.base.prefix, "--output", prefix, "--samples", plan.wanted,
            "--sequence-length", plan.length, "--seed", 1234, "--name", "train_0", "--naming", naming,
        )
        name = f"{prefix}_train_0_indexmap_{plan.wanted}ns_{plan.length}sl_1234s{infix}"
        for kind in ("doc", "shuffle"):
            found = np.load(f"{name}_{kind}_idx.npy", allow_pickle=False)
            expect(np.array_equal(found, getattr(order, f"{kind}_idx")), f"{naming}: {kind}_idx")
    return f"{order.sample_count} samples, both namings"
