"""Which edits are applied: a keyed hash against a fraction, so that a larger fraction contains the smaller."""

from fractions import Fraction

MASK = (1 << 64) - 1
UNITS = {"sequence": 0, "document": 1, "occurrence": 2}


def mix(z):
    z = (z + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Selection:
    def __init__(self, fraction, by, seed):
        self.limit = Fraction(fraction) * (1 << 64)
        self.unit, self.seed = by, seed

    def keeps(self, q, item, token, byte, dataset=0):
        keys = {"sequence": (q,), "document": (dataset, item), "occurrence": (dataset, item, token, byte)}[self.unit]
        value = 0
        for part in (UNITS[self.unit], self.seed, *keys):
            value = mix(value ^ part)
        return value < self.limit
