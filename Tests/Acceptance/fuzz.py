#!/usr/bin/env python3
"""Tries the rules commands with made-up and damaged rule files and texts.

    fuzz.py --binary .build/release/tiresias [--seconds 600] [--seed N] [--case N] [--keep DIR]

Of every case: the program ends by itself within 10 seconds of processor time and 8 GiB, with exit code 0, 1 or 2; an error is told in a
line that begins `tiresias:`; edits stand in order, do not overlap, are about words of the text, and no other byte
changes. A case's number and the seed make it again (--case); --keep writes the file and the text of what went wrong.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz_inputs import Maker
from harness import Difference, expect
from pack import RULES, for_each, replaced

SECONDS, MEMORY = 10, 8 << 30
LIMITS = ["prlimit", f"--cpu={SECONDS}", f"--as={MEMORY}"]

# By the clock; only a program that waits for something needs so long.
PATIENCE = 30 * SECONDS


class Fuzzer:
    def __init__(self, binary, seed, folder):
        self.binary, self.seed, self.folder = str(Path(binary).resolve()), seed, Path(folder)
        self.seeds = [path.read_bytes() for path in sorted(RULES.rglob("*.yaml"))]
        files = [path for path in sorted(RULES.rglob("*")) if path.is_file() and path.suffix in (".yaml", ".txt", ".tsv")]
        self.beside = [path.relative_to(RULES) for path in files]
        told = self.call("rules", "--help").stdout.decode()
        self.commands = [name for name in ("check", "test", "explain") if f"\n  {name} " in told]
        self.counts = {"refused": 0, "applied": 0, "edits": 0}
        for worker in range(2):
            shutil.copytree(RULES, self.folder / str(worker))
        self.free = list(range(2))

    def call(self, *arguments, text=b""):
        try:
            done = subprocess.run([*LIMITS, self.binary, *arguments], input=text, capture_output=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Difference(f"{' '.join(map(str, arguments[:2]))}: not done in {PATIENCE} s") from None
        error = done.stderr.decode(errors="replace")
        expect(done.returncode != -signal.SIGXCPU, f"{' '.join(map(str, arguments[:2]))}: {SECONDS} s of processor time")
        expect(done.returncode in (0, 1, 2), f"{' '.join(map(str, arguments[:2]))}: exit {done.returncode}: {error[-600:]}")
        return done

    def make(self, number):
        """The rule file, the text, a sentence, and now and then a damaged file beside the rule file."""
        maker = Maker(random.Random(f"{self.seed}/{number}"), self.seeds)
        beside = maker.draw.choice(self.beside) if maker.often(0.1) else None
        damaged = maker.damaged((RULES / beside).read_bytes()) if beside else b""
        return maker.rule_file(), maker.text(), maker.phrase(), beside, damaged

    def case(self, number):
        """None, or what went wrong."""
        rules, text, sentence, beside, damaged = self.make(number)
        worker = self.free.pop()
        folder = self.folder / str(worker)
        pack = folder / "fuzz.yaml"
        try:
            pack.write_bytes(rules)
            if beside:
                (folder / beside).write_bytes(damaged)
            for command in self.commands:
                self.call("rules", command, pack, *([sentence] if command == "explain" else []))
            self.apply(pack, text)
            return None
        except Difference as difference:
            return number, str(difference)
        finally:
            if beside:
                shutil.copy(RULES / beside, folder / beside)
            self.free.append(worker)

    def apply(self, pack, text):
        done = self.call("rules", "apply", pack, "--edits", "--all", text=text)
        if done.returncode:
            told = done.stderr.decode(errors="replace")
            expect(told.startswith("tiresias: "), f"refused without a word: {told[:200]!r}")
            self.counts["refused"] += 1
            return
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        starts = [line["start"] for line in lines]
        expect(starts == sorted(starts), "candidates out of order")
        edits = [line for line in lines if "to" in line]
        expect(self.call("rules", "apply", pack, text=text).stdout == replaced(text, edits), "bytes outside the edits changed")
        self.counts["applied"] += 1
        self.counts["edits"] += len(edits)


def fuzz(binary, seconds, seed=1, first=0, keep=None):
    """(what was tried, what went wrong): cases from number `first` on, until the time is up."""
    with tempfile.TemporaryDirectory() as folder:
        fuzzer, end = Fuzzer(binary, seed, folder), time.monotonic() + seconds
        found, number = [], first
        while time.monotonic() < end:
            found += filter(None, for_each(fuzzer.case, range(number, number + 50)))
            number += 50
        for wrong, _ in found if keep else []:
            write(fuzzer, wrong, keep)
        return fuzzer.counts | {"cases": number - first}, found


def write(fuzzer, number, folder):
    rules, text, sentence, _, _ = fuzzer.make(number)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{fuzzer.seed}-{number}.yaml").write_bytes(rules)
    (folder / f"{fuzzer.seed}-{number}.txt").write_bytes(text)
    (folder / f"{fuzzer.seed}-{number}.sentence").write_text(sentence, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/tiresias")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="only this one")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.case is not None:
        with tempfile.TemporaryDirectory() as folder:
            fuzzer = Fuzzer(options.binary, options.seed, folder)
            found = [wrong for wrong in [fuzzer.case(options.case)] if wrong]
            if options.keep:
                write(fuzzer, options.case, options.keep)
    else:
        counts, found = fuzz(options.binary, options.seconds, options.seed, keep=options.keep)
        print(f"{counts['cases']} cases: {counts['refused']} refused, {counts['applied']} applied, {counts['edits']} edits")
    for number, what in found:
        print(f"case {number}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
