"""Small windows with all that a trainer asks of them, by GPT-NeoX's rules as they are written: slowly, token by token."""

import hashlib
import json
import math
import struct

import numpy as np

CODES = {"u2": 8, "i4": 4}


def write_idxmap(prefix, items, dtype="u2"):
    sizes = np.array([len(item) for item in items], "<i4")
    starts = np.concatenate([[0], np.cumsum(sizes[:-1], dtype="<i8")]).astype("<i8") * np.dtype(dtype).itemsize
    head = b"MMIDIDX\0\0" + struct.pack("<QBQQ", 1, CODES[dtype], len(items), len(items) + 1)
    documents = np.arange(len(items) + 1, dtype="<i8")
    prefix.parent.mkdir(parents=True, exist_ok=True)
    prefix.with_name(prefix.name + ".idx").write_bytes(head + sizes.tobytes() + starts.tobytes() + documents.tobytes())
    prefix.with_name(prefix.name + ".bin").write_bytes(b"".join(np.asarray(item, "<" + dtype).tobytes() for item in items))


def slow_samples(items, steps, batch, length, seed):
    """All samples of a run over one data set, in order: the documents of all epochs joined to one list of tokens."""
    wanted, epochs = math.ceil(steps * batch * 1.005), 1
    while (epochs * sum(map(len, items)) - 1) // length < wanted:
        epochs += 1
    generator = np.random.RandomState(seed)
    documents = np.array(list(range(len(items))) * epochs, np.int32)
    generator.shuffle(documents)
    stream = [token for document in documents for token in items[document]]
    shuffled = np.arange((len(stream) - 1) // length, dtype=np.uint32)
    generator.shuffle(shuffled)
    return [stream[int(k) * length : int(k) * length + length + 1] for k in shuffled[: steps * batch]]


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_window(folder, base, *, first, steps, batch, length, seed=1234, name="window", vocabulary=120, every=4, samples=None):
    """A window from step `first` to the end, in which every even token is another one; the manifest's path."""
    samples = samples or slow_samples(base["items"], steps, batch, length, seed)
    inside = samples[first * batch :]
    write_idxmap(folder / "control_document", inside, base["dtype"])
    write_idxmap(folder / "window_document", [[t + 1 - t % 2 for t in sample] for sample in inside], base["dtype"])
    names = [f"{arm}_document.{end}" for arm in ("control", "window") for end in ("bin", "idx")]
    prefix = base["prefix"]
    manifest = {
        "manifest": 1,
        "name": name,
        "run": {"train_iters": steps, "batch_size": batch, "sequence_length": length, "seed": seed, "checkpoint_every": every,
                "split": base.get("split")},
        "window": {"first_step": first, "end_step": steps, "first_sample": first * batch, "samples": len(inside)},
        "tokenizer": {"vocabulary_size": vocabulary, "sha256": "7" * 64},
        "base": {
            "kind": base.get("kind", "idxmap"),
            "datasets": [{"idx_sha256": sha256(prefix.with_name(prefix.name + ".idx")), "weight": 1.0,
                          "files": [{"bytes": prefix.with_name(prefix.name + ".bin").stat().st_size}]}],
        },
        "outputs": [{"path": n, "bytes": (folder / n).stat().st_size, "sha256": sha256(folder / n)} for n in names],
        "trainer": {"data_prefix": "window_document", "control_prefix": "control_document"},
        "evaluator": {"arm": "intervention", "control": "control"},
    }  # fmt: skip
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    return path


def random_base(folder, documents=60, seed=5, dtype="u2"):
    draw = np.random.RandomState(seed)
    items = [list(draw.randint(2, 110, draw.randint(1, 40))) + [0] for _ in range(documents)]
    write_idxmap(folder / "base_document", items, dtype)
    return {"prefix": folder / "base_document", "items": items, "dtype": dtype}
