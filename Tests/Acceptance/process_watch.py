"""What a process holds while it runs, asked of /proc: memory that no file stands behind, open files, threads."""

import os
import statistics
import subprocess
import threading
import time
from pathlib import Path

from harness import Difference, expect


class Watch:
    """Runs a command, or watches a process that runs already, and looks at it every so often until it ends."""

    def __init__(self, process, interval=1.0):
        self.process, self.interval = process, interval
        self.samples = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def _look(self):
        folder, start = Path(f"/proc/{self.process.pid}"), time.monotonic()
        while not self.stopped.wait(self.interval):
            try:
                lines = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
                files = len(os.listdir(folder / "fd"))
            except (FileNotFoundError, ProcessLookupError):
                return
            if "RssAnon" in lines:  # a process that has ended has no memory
                memory = [int(lines[name].split()[0]) / 1024 for name in ("RssAnon", "VmRSS")]
                self.samples.append((time.monotonic() - start, *memory, files))

    def flat(self, what, megabytes):
        """Holds the last quarter against the second one; says what was seen."""
        expect(len(self.samples) >= 12, f"{what}: it ran for {len(self.samples)} looks only: make it larger")
        quarter = len(self.samples) // 4
        early, late = self.samples[quarter : 2 * quarter], self.samples[-quarter:]
        memory = [statistics.median(sample[1] for sample in part) for part in (early, late)]
        peak = max(sample[1] for sample in self.samples)
        # A file that is open for a moment, as a record is, comes and goes.
        files = [statistics.median(sample[3] for sample in part) for part in (early, late)]
        seen = (f"{what}: {memory[0]:.1f} MB, later {memory[1]:.1f} (at most {peak:.1f}); {files[0]:.0f} files open, later {files[1]:.0f};"
                f" {self.samples[-1][0]:.0f} s")
        expect(memory[1] - memory[0] <= megabytes, f"memory grows: {seen}")
        expect(files[1] <= files[0], f"open files grow: {seen}")
        return seen


def watched(command, interval=0.25):
    """Runs a command to its end; the watch on it."""
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with Watch(process, interval) as watch:
        _, errors = process.communicate()
    if process.returncode:
        raise Difference(f"{' '.join(map(str, command))}: exit {process.returncode}: {errors.decode(errors='replace')[-1000:]}")
    return watch
