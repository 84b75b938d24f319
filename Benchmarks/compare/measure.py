"""Runs programs and says what they took; medians and spreads of interleaved rounds."""

import json
import mmap
import os
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


@dataclass
class Run:
    """One run of one contender: bytes that it treated, and seconds."""

    bytes: int
    cpu: float
    wall: float
    sha256: str = ""
    anonymous_mb: float = 0

    def speed(self, clock="cpu"):
        return self.bytes / 1e6 / getattr(self, clock)


class Figures:
    """The runs of one contender in one stage."""

    def __init__(self, runs):
        self.runs = runs

    def median(self, clock="cpu"):
        return statistics.median(run.speed(clock) for run in self.runs)

    def spread(self, clock="cpu"):
        speeds = [run.speed(clock) for run in self.runs]
        return min(speeds), max(speeds)

    def hashes(self):
        return {run.sha256 for run in self.runs}

    def memory(self):
        return max(run.anonymous_mb for run in self.runs)


def rounds(count, contenders):
    """Runs each contender once a round, in turn, so that what else the machine does meets all of them."""
    runs = {name: [] for name in contenders}
    for _ in range(count):
        for name, contender in contenders.items():
            runs[name].append(contender())
    return {name: Figures(found) for name, found in runs.items()}


def answer_of(command):
    """What a program says that measures itself: JSON, on its last line; NeoX's helper has things to say before."""
    done = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def clocked(command):
    """A program that measures itself."""
    answer = answer_of(command)
    return Run(answer["bytes"], answer["cpu"], answer["wall"], answer.get("sha256", ""))


def touch_memory(size=0):
    """Touches memory and gives it back: half as much again as the `size` bytes that are written, within 512 MB and 2 GB. On a
    virtual machine the first touch of a page that the host has taken away costs ten times what another one does, and whom it
    meets is chance. encode-speed does the same before it starts its clocks."""
    mapped = mmap.mmap(-1, max(512 << 20, min(size + size // 2, 2 << 30)))
    for page in range(0, len(mapped), mmap.PAGESIZE):
        mapped[page] = 1
    mapped.close()


def anonymous_mb(pid):
    """Memory of a process that no file stands behind: mapped data sets do not count, the page cache holds them."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith("RssAnon")), 0)
    except OSError:
        return 0


def whole(command, size, cores=None):
    """A program measured from outside: processor time of all its threads, wall time, peak of anonymous memory. `cores` is how
    many it may use, all of them where it is None."""
    touch_memory(size)
    if cores:
        usable = sorted(os.sched_getaffinity(0))
        command = ["taskset", "--cpu-list", ",".join(map(str, usable[:cores])), *command]
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=said)
        (peak, done) = ([0.0], threading.Event())

        def watch():
            while not done.wait(0.01):
                peak[0] = max(peak[0], anonymous_mb(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        (_, status, usage) = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        done.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"bench: {command[0]} failed: {said.read().strip()}")
    return Run(size, usage.ru_utime + usage.ru_stime, wall, anonymous_mb=peak[0])
