"""The samples of a training run by GPT-NeoX's rules, and a hash that proves which were fed.

A run is a sequence of samples, each one token longer than what the model sees. Sample q of step s is q = s · batch + row.
"""

import hashlib
import math
import struct

import numpy as np
from manifest import Refusal, data_files

TOKEN_TYPES = {1: "u1", 2: "i1", 3: "<i2", 4: "<i4", 5: "<i8", 8: "<u2"}
NO_SAMPLES = "0" * 64


class Idxmap:
    """Megatron's memory-mapped data set: `PREFIX.idx`, and `PREFIX.bin` or its shards, which read as one file."""

    def __init__(self, prefix):
        with open(f"{prefix}.idx", "rb") as file:
            head = file.read(34)
            if len(head) < 34 or head[:9] != b"MMIDIDX\0\0" or struct.unpack_from("<Q", head, 9)[0] != 1:
                raise Refusal(f"{prefix}.idx: not a Megatron index of version 1")
            code, count, documents = struct.unpack_from("<BQQ", head, 17)
            size = file.seek(0, 2)
        if code not in TOKEN_TYPES or size != 34 + 12 * count + 8 * documents:
            raise Refusal(f"{prefix}.idx: {size} bytes and token type {code} do not fit {count} items")
        self.dtype = np.dtype(TOKEN_TYPES[code])
        index = np.memmap(f"{prefix}.idx", np.uint8, "r")
        self.sizes = index[34 : 34 + 4 * count].view("<i4")
        self.starts = index[34 + 4 * count : 34 + 12 * count].view("<i8") // self.dtype.itemsize
        paths = [path for path in data_files(prefix) if path.stat().st_size]
        if any(path.stat().st_size % self.dtype.itemsize for path in paths):
            raise Refusal(f"{prefix}: a shard ends within a token; join them: tiresias dataset unshard")
        self.files = [np.memmap(path, self.dtype, "r") for path in paths]
        self.bounds = np.cumsum([0] + [len(file) for file in self.files])
        if count and (self.sizes.min() < 0 or self.starts.min() < 0 or (self.starts + self.sizes).max() > self.bounds[-1]):
            raise Refusal(f"{prefix}.bin: shorter than its index says")

    def tokens(self, item, first, count):
        """`count` tokens of an item from token `first` on; they may lie in several shards."""
        start, parts = int(self.starts[item]) + first, []
        while count > 0:
            shard = int(np.searchsorted(self.bounds, start, side="right")) - 1
            parts.append(self.files[shard][start - self.bounds[shard] :][:count])
            start, count = start + len(parts[-1]), count - len(parts[-1])
        return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.empty(0, self.dtype)])


class ShuffledOrder:
    """GPT-NeoX's order of one data set: all epochs' documents shuffled once, cut into samples, the samples shuffled.

    Memory is 12 bytes a document and epoch, and 4 a sample.
    """

    def __init__(self, base, documents, wanted, length, seed):
        self.base, self.length = base, length
        total = int(base.sizes[documents].sum(dtype=np.int64))
        if total < 2:
            raise Refusal("the base has no tokens to train on")
        epochs = max(1, -(-(wanted * length + 1) // total))
        generator = np.random.RandomState(seed)
        self.documents = np.tile(documents.astype(np.int32), epochs)
        generator.shuffle(self.documents)
        count = (epochs * total - 1) // length
        self.shuffled = np.arange(count, dtype=np.uint32 if count < 2**32 - 2 else np.int64)
        generator.shuffle(self.shuffled)
        self.ends = np.cumsum(base.sizes[self.documents], dtype=np.int64)

    def sample(self, q):
        """Neighbours in the stream of documents share one token."""
        start, missing, parts = int(self.shuffled[q]) * self.length, self.length + 1, []
        position = int(np.searchsorted(self.ends, start, side="right"))
        while missing:
            item = self.documents[position]
            first = start - int(self.ends[position]) + int(self.base.sizes[item])
            parts.append(self.base.tokens(item, first, min(missing, int(self.base.sizes[item]) - first)))
            missing, start, position = missing - len(parts[-1]), start + len(parts[-1]), position + 1
        return np.concatenate(parts)


class FixedOrder:
    """Item k is sample first + k: a window, or a preshuffled base."""

    def __init__(self, items, length, first=0):
        self.items, self.length, self.first = items, length, first
        if not (items.sizes == length + 1).all():
            raise Refusal(f"the items are not all of {length + 1} tokens, as samples of this run are")

    def sample(self, q):
        return self.items.tokens(q - self.first, 0, self.length + 1)


class BlendedOrder:
    """Several weighted data sets: the next sample is of the set that is furthest behind its weight."""

    def __init__(self, orders, weights, count):
        self.orders, weights = orders, [weight / sum(weights) for weight in weights]
        taken, self.choices = [0] * len(orders), np.empty((count, 2), np.int64)
        for i in range(count):
            chosen = max(range(len(orders)), key=lambda k: weights[k] * max(i, 1.0) - taken[k])
            self.choices[i] = chosen, taken[chosen]
            taken[chosen] += 1

    def sample(self, q):
        chosen, own = self.choices[q]
        return self.orders[chosen].sample(own)


def first_part(split, count):
    """How many documents of `count` are for training where one data set is split, as in `969,30,1`."""
    parts = [float(part) for part in split.split("," if "," in split else "/")][:3]
    shares = [part / sum(parts) for part in parts] + [0.0] * (3 - len(parts))
    ends = np.cumsum([round(share * count) for share in shares])
    return int(ends[0] - (ends[2] - count))


def base_order(manifest, prefixes):
    """The order of the whole run, over the base that the manifest's window was made from."""
    bases, wanted = [Idxmap(prefix) for prefix in prefixes], manifest.steps * manifest.batch
    if manifest.base["kind"] == "preshuffled":
        return FixedOrder(bases[0], manifest.length)
    if manifest.split:
        documents = np.arange(first_part(manifest.split, len(bases[0].sizes)))
        return ShuffledOrder(bases[0], documents, wanted, manifest.length, manifest.seed)
    weights = [float(dataset["weight"]) for dataset in manifest.base["datasets"]]
    orders = [
        ShuffledOrder(
            base, np.arange(len(base.sizes)), math.ceil(wanted * (weight / sum(weights)) * 1.005), manifest.length,
            manifest.seed,
        )  # fmt: skip
        for base, weight in zip(bases, weights)
    ]
    return orders[0] if len(orders) == 1 else BlendedOrder(orders, weights, wanted)


class Samples:
    """What an arm reads: the base before the window, its own file within."""

    def __init__(self, manifest, arm, prefixes=()):
        self.manifest, self.window, self.base = manifest, None, None
        if arm == "base" and not prefixes:
            raise Refusal("no samples: name the base's idxmap with --base, or an arm with --arm")
        if arm != "base":
            self.window = FixedOrder(Idxmap(manifest.prefix(arm)), manifest.length, manifest.first_sample)
        if prefixes:
            manifest.check_base(prefixes)
            self.base = base_order(manifest, prefixes)
        self.first = 0 if self.base else manifest.first
        self.end = manifest.end if self.window else manifest.steps

    def step(self, step):
        """The batch of a step: an int64 array of rows of length + 1 tokens."""
        inside = self.window and self.manifest.first <= step < self.manifest.end
        order, batch = (self.window if inside else self.base), self.manifest.batch
        return np.stack([order.sample(q) for q in range(step * batch, (step + 1) * batch)]).astype(np.int64)


def running_hash(before, batch):
    """The hash of all samples so far: SHA-256 of the hash before (32 bytes) and the step's tokens (int32, row by row)."""
    return hashlib.sha256(bytes.fromhex(before) + batch.astype("<i4").tobytes()).hexdigest()
