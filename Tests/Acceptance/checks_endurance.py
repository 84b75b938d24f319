"""Memory and open files stay what they are: over a window and a Pile that are large, and over many requests and runs.

Made with TIRESIAS_ENDURANCE=1 alone (`make acceptance-endurance`). TIRESIAS_ENDURANCE_WINDOW_GB, _PILE_GB and _MINUTES say how
large and how long: 10, 2 and 30.
"""

import os
import random
import shutil
import struct
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import numpy as np

from checks_view import Server
from harness import Difference, check, expect
from neox import MAGIC
from process_watch import Watch, watched
from program import needs

# Between the second quarter of a run and its last. Allocators keep some of what they were given back.
GROWTH = 8


def size(name, otherwise):
    return float(os.environ.get(f"TIRESIAS_ENDURANCE_{name}", otherwise))


def wanted():
    needs(os.environ.get("TIRESIAS_ENDURANCE"), "set TIRESIAS_ENDURANCE=1, or make acceptance-endurance")


def sparse_base(context, work, gigabytes):
    """A data set that is a hole, with the base's own tokens in twenty places of it."""
    filler, real, places = 50_000, np.asarray(context.base.data), 20
    real = real[: len(real) // 2 * 2]
    between = int(gigabytes * 1e9 / places - len(real)) // 2 // filler
    expect(between > 0, "a larger TIRESIAS_ENDURANCE_WINDOW_GB")
    block = np.concatenate([np.full(between, filler, "<i4"), np.full(1, len(real) // 2, "<i4")])
    sizes = np.tile(block, places)
    prefix = work / "sparse"
    with open(f"{prefix}.bin", "wb") as file:
        for _ in range(places):
            file.seek(2 * between * filler, os.SEEK_CUR)
            file.write(real.tobytes())
    with open(f"{prefix}.idx", "wb") as file:
        file.write(MAGIC + struct.pack("<QBQQ", 1, 8, len(sizes), len(sizes) + 1))
        ends = np.cumsum(2 * sizes.astype("<i8"))
        for array in (sizes, ends - 2 * sizes, np.arange(len(sizes) + 1, dtype="<i8")):
            file.write(array.tobytes())
    return prefix, int(sizes.sum(dtype=np.int64))


@check("endurance: a window of a large sparse data set: memory and open files stay flat")
def window(context):
    wanted()
    work = context.work / "endurance-window"
    work.mkdir()
    gigabytes = size("WINDOW_GB", 10)
    prefix, tokens = sparse_base(context, work, gigabytes)
    plan = type(context.plan)(steps=tokens // 2049 // 64, batch=64, length=2048)
    pipeline = context.pipeline("endurance", prefix, plan, context.intervention(percent=100), emit={"control": False})
    watch = watched([context.binary, "run", pipeline, "--output", work / "out", "--workers", 2, "--quiet"])
    said = watch.flat(f"run over {gigabytes:g} GB", GROWTH)
    shutil.rmtree(work)
    return said


@check("endurance: tokenizing a large jsonl.zst: memory and open files stay flat")
def pile(context):
    wanted()
    needs(context.assets, "no originals: TIRESIAS_ASSETS")
    work = context.work / "endurance-pile"
    work.mkdir()
    gigabytes = size("PILE_GB", 2)
    parts = [path.read_bytes() for path in sorted((context.assets / "pile-like").glob("*.zst"))]
    written = 0
    # Frames behind each other are one file.
    with open(work / "large.jsonl.zst", "wb") as file:
        while written < gigabytes * 1e9:
            written += file.write(parts[random.randrange(len(parts))])
    watch = watched([
        context.binary, "tokenize", work / "large.jsonl.zst", "--tokenizer", context.tokenizer, "--output", work / "base",
        "--workers", 2, "--quiet"])
    made = (work / "base_text_document.bin").stat().st_size
    said = watch.flat(f"tokenize of {written / 1e9:.1f} GB of jsonl.zst into {made / 1e9:.1f} GB", GROWTH)
    shutil.rmtree(work)
    return said


@check("endurance: a viewer under requests and runs one after the other: nothing grows")
def soak(context):
    wanted()
    work = context.work / "endurance-soak"
    work.mkdir()
    end = time.monotonic() + 60 * size("MINUTES", 30)
    run = context.run(percent=60)
    with Server(context, run, "--dataset", context.base.prefix) as server, Watch(server.process, 1) as watch:
        asked = Requests(server, run, end)
        asked.start()
        peaks = commands(context, work, end)
        asked.join()
        asked.expect_all_answered()
    said = watch.flat(f"view, {asked.count} requests, the slowest {asked.slowest:.1f} s", GROWTH)
    quarter = max(1, len(peaks) // 4)
    early, late = max(peaks[quarter : 2 * quarter]), max(peaks[-quarter:])
    expect(late <= early + GROWTH, f"later runs take more memory: {early:.1f} MB, later {late:.1f}")
    shutil.rmtree(work)
    return f"{said}; {len(peaks)} rounds of tokenize, run and verify, {early:.1f} MB, later {late:.1f}"


class Requests(threading.Thread):
    """Asks a viewer for whatever a page could ask for, and for what it could not, until it is time."""

    def __init__(self, server, run, end):
        super().__init__(daemon=True)
        self.server, self.run_, self.end = server, run, end
        self.random = random.Random(1)
        self.count, self.slowest, self.failure = 0, 0.0, None

    def run(self):
        try:
            self.steps = self.server.ask("run")["steps"]
            while time.monotonic() < self.end:
                self.ask(self.random.randrange(*self.steps))
                self.count += 1
                time.sleep(0.01)
        except Exception as failure:
            self.failure = failure

    def expect_all_answered(self):
        expect(not self.failure, f"request {self.count}, after {self.slowest:.1f} s at most before: {self.failure!r}")

    def ask(self, step):
        batch = self.run_.plan.batch
        row, first = self.random.randrange(batch), step * batch
        path, query, code = self.random.choice([
            ("api/step", {"step": step}, 200),
            ("api/sample", {"step": step, "row": row}, 200),
            ("api/search", {"text": self.random.choice(["he", "the", "zebra", "Ω"]), "from": first,
                            "end": min(first + 40, self.steps[1] * batch)}, 200),
            ("api/sample", {"step": -1, "row": row}, 400),
            ("api/reference", {"text": "x" * self.random.randrange(2000)}, 400),
            ("page.js", {}, 200),
            ("no-such-page", {}, 404),
        ])
        asked = time.monotonic()
        try:
            # A machine that is busy writing may keep a page of the window waiting for a minute.
            with urllib.request.urlopen(f"{self.server.address}{path}?{urllib.parse.urlencode(query)}", timeout=60) as answer:
                answer.read()
                found = answer.status
        except urllib.error.HTTPError as error:
            found = error.code
            error.close()
        except OSError as error:
            raise Difference(f"{path} {query}: {error!r}") from None
        self.slowest = max(self.slowest, time.monotonic() - asked)
        expect(found == code, f"{path} {query}: {found}, not {code}")


def commands(context, work, end):
    """Five epochs tokenized, changed and checked, again and again; the most memory of each round, in MB."""
    tokens = int(context.base.sizes.sum())
    plan = type(context.plan)(steps=tokens * 5 // 256 // 4, batch=4, length=256)
    pipeline = context.pipeline("soak", work / "base_text_document", plan, context.intervention(percent=40))
    peaks = []
    while time.monotonic() < end or not peaks:
        for path in work.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        peaks.append(max(peak([context.binary, *map(str, command)]) for command in (
            ["tokenize", context.corpus, "--tokenizer", context.tokenizer, "--output", work / "base", "--quiet"],
            ["run", pipeline, "--output", work / "out", "--workers", 2, "--quiet"],
            ["verify", work / "out/manifest.json", "--base", work / "base_text_document", "--sequences", "200", "--quiet"],
        )))
    return peaks


def peak(command):
    """The most memory that a command held, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(process.returncode == 0, f"{command[1]}: exit {process.returncode}: {errors[-1000:]}")
    return usage.ru_maxrss / 1024
