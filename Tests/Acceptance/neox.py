"""GPT-NeoX's data rules, written from their description and from nothing of this project: idxmaps, index maps, the loader.

Slow and plain on purpose: NumPy's own generator shuffles, and samples are walked document by document.
"""

import math
import struct
from pathlib import Path

import numpy as np

MAGIC = b"MMIDIDX\0\0"
DTYPES = {1: np.uint8, 2: np.int8, 3: np.int16, 4: np.int32, 5: np.int64, 6: np.float32, 7: np.float64, 8: np.uint16}


class Idxmap:
    """A Megatron `.bin` + `.idx` pair; a published set of `-00000-of-00082.bin` shards reads as one."""

    def __init__(self, prefix):
        self.prefix = str(prefix)
        head = Path(self.prefix + ".idx").read_bytes()
        assert head[:9] == MAGIC, f"{prefix}.idx: wrong magic"
        version, code, items, documents = struct.unpack_from("<QBQQ", head, 9)
        assert version == 1 and len(head) == 34 + 12 * items + 8 * documents
        self.dtype = np.dtype(DTYPES[code])
        self.sizes = np.frombuffer(head, "<i4", items, 34)
        self.pointers = np.frombuffer(head, "<i8", items, 34 + 4 * items)
        self.doc_idx = np.frombuffer(head, "<i8", documents, 34 + 12 * items)
        self.data = self._open()

    def _open(self):
        if Path(self.prefix + ".bin").exists():
            return np.memmap(self.prefix + ".bin", np.uint8, "r")
        folder, stem = Path(self.prefix).parent, Path(self.prefix).name
        shards = sorted(folder.glob(f"{stem}-?????-of-?????.bin"))
        return np.concatenate([np.fromfile(shard, np.uint8) for shard in shards])

    def __len__(self):
        return len(self.sizes)

    def tokens(self, item, offset=0, count=None):
        count = int(self.sizes[item]) - offset if count is None else count
        start = int(self.pointers[item]) + offset * self.dtype.itemsize
        return self.data[start : start + count * self.dtype.itemsize].view(self.dtype)


def write_idxmap(prefix, items, dtype=np.uint16):
    code = next(code for code, kind in DTYPES.items() if kind == dtype)
    sizes = np.array([len(item) for item in items], "<i4")
    pointers = np.concatenate([[0], np.cumsum(sizes[:-1], dtype=np.int64)])[: len(sizes)] * np.dtype(dtype).itemsize
    with open(f"{prefix}.bin", "wb") as file:
        for item in items:
            file.write(np.asarray(item, dtype).tobytes())
    with open(f"{prefix}.idx", "wb") as file:
        file.write(MAGIC + struct.pack("<QBQQ", 1, code, len(sizes), len(sizes) + 1))
        file.write(sizes.tobytes() + pointers.astype("<i8").tobytes())
        file.write(np.arange(len(sizes) + 1, dtype="<i8").tobytes())


def samples_wanted(steps, batch):
    """ns of a single `train-data-paths` entry, also the number in the index maps' file names."""
    return math.ceil(steps * batch * 1.005)


class TrainingOrder:
    """doc_idx, sample_idx and shuffle_idx of one data set (the rules' section 3)."""

    def __init__(self, base, wanted, length, seed):
        total = int(base.sizes.sum(dtype=np.int64))
        epochs = 1
        while (epochs * total - 1) // length < wanted:
            epochs += 1
        generator = np.random.RandomState(seed)
        self.base, self.length = base, length
        self.doc_idx = np.tile(np.arange(len(base), dtype=np.int32), epochs)
        generator.shuffle(self.doc_idx)
        self.sample_count = (epochs * total - 1) // length
        self.shuffle_idx = np.arange(self.sample_count, dtype=np.uint32)
        generator.shuffle(self.shuffle_idx)
        self.ends = np.cumsum(base.sizes[self.doc_idx], dtype=np.int64)

    def spans(self, q):
        """The pieces (item, first token, count) of training sample q: L + 1 tokens."""
        return self.stream(int(self.shuffle_idx[q]) * self.length, self.length + 1)

    def following(self, q):
        """What comes behind sample q in the order of the documents."""
        start = (int(self.shuffle_idx[q]) + 1) * self.length + 1
        return self.stream(start, int(self.ends[-1]) - start)

    def stream(self, start, count):
        """`count` tokens of the concatenated documents from token `start` on, as (item, first token, count)."""
        position = int(np.searchsorted(self.ends, start, side="right"))
        offset = start - (int(self.ends[position - 1]) if position else 0)
        while count > 0 and position < len(self.doc_idx):
            item = int(self.doc_idx[position])
            taken = min(count, int(self.base.sizes[item]) - offset)
            if taken > 0:
                yield item, offset, taken
            count -= taken
            position, offset = position + 1, 0

    def sample(self, q):
        return np.concatenate([self.base.tokens(*span) for span in self.spans(q)])


class PreshuffledOrder:
    """Item q is training sample q."""

    def __init__(self, base, length):
        self.base, self.length = base, length

    def spans(self, q):
        yield q, 0, self.length + 1

    def sample(self, q):
        return self.base.tokens(q)


class Loader:
    """What the trainer does with a data prefix and index maps that are already there: maps are believed, not checked."""

    def __init__(self, prefix, name, wanted, length, seed, naming=""):
        self.items = Idxmap(prefix)
        maps = f"{prefix}_{name}_indexmap_{wanted}ns_{length}sl_{seed}s{naming}"
        self.doc_idx, self.sample_idx, self.shuffle_idx = (
            np.load(f"{maps}_{kind}_idx.npy", mmap_mode="r", allow_pickle=False) for kind in ("doc", "sample", "shuffle")
        )

    def __len__(self):
        return min(len(self.shuffle_idx), len(self.sample_idx)) - 1

    def __getitem__(self, index):
        row = int(self.shuffle_idx[index])
        first, offset = (int(value) for value in self.sample_idx[row])
        last, end = (int(value) for value in self.sample_idx[row + 1])
        if first == last:
            return self.items.tokens(self.doc_idx[first], offset, end - offset + 1)
        parts = [self.items.tokens(self.doc_idx[first], offset)]
        parts += [self.items.tokens(self.doc_idx[position]) for position in range(first + 1, last)]
        parts += [self.items.tokens(self.doc_idx[last], 0, end + 1)]
        return np.concatenate(parts)
