"""Faults put into every kind of call that touches a file, by a library that is loaded first (faults.c), and some by hand.

TIRESIAS_FAULT_POINTS says at how many calls of each command; docs/reliability.md has what a long run of this found.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time

from checks_failures import expect_complete
from harness import Difference, check, expect
from program import ROOT, hashes, needs

FILES = 4


class Bench:
    """A small Pile with its tokens, window and plan as an undisturbed program makes them, and the library of faults."""

    def __init__(self, context):
        self.context, self.work = context, context.work / "faults"
        self.work.mkdir()
        self.points = int(os.environ.get("TIRESIAS_FAULT_POINTS", 3 if context.quick else 70))
        self.library = self.work / "faults.so"
        compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
        needs(compiler, "there is no C compiler")
        subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", self.library, ROOT / "Tests/Acceptance/faults.c", "-ldl"], check=True)
        context.base  # writes the corpus
        lines = context.corpus.read_bytes().splitlines(keepends=True)[:80]
        self.pile = self.work / "pile"
        self.pile.mkdir()
        for number in range(FILES):
            (self.pile / f"{number}.jsonl").write_bytes(b"".join(lines[number::FILES]))
        self.plan = type(context.plan)(steps=100, batch=2, length=64)
        self.base = self.work / "whole/base_text_document"
        context.call(*self.tokenize(self.work / "whole"))
        self.pipeline = context.pipeline("faults", self.base, self.plan, context.intervention(percent=60))
        context.call(*self.run(self.work / "window"))
        self.wanted = {"tokenize": hashes(self.work / "whole"), "run": hashes(self.work / "window")}
        self.wanted["finish"] = self.wanted["run"]

    def tokenize(self, folder):
        return [
            "tokenize", self.pile, "--tokenizer", self.context.tokenizer, "--output", folder / "base", "--quiet",
            "--checkpoint-bytes", 20000,
        ]

    def run(self, folder):
        return ["run", self.pipeline, "--output", folder, "--quiet"]

    def tasks(self, folder):
        """Leaves a window whose tasks are done; the last step is the command under test."""
        self.context.call("plan", self.pipeline, "--output", folder, "--tasks", 3)
        for task in (2, 0, 1):
            self.context.call("run", "--plan", folder, "--task", task, "--quiet")

    def finish(self, folder):
        return ["run", "--plan", folder, "--finish", "--quiet"]

    def call(self, arguments, **environment):
        command = [str(self.context.binary), *map(str, arguments)]
        variables = {name: str(value) for name, value in environment.items()}
        if variables:
            variables["LD_PRELOAD"] = str(self.library)
        return subprocess.run(command, env=os.environ | variables, capture_output=True)

    def calls(self, name, calls):
        """How many calls of a kind an undisturbed command makes."""
        folder, counter = self.fresh(name), self.work / "count"
        self.call(getattr(self, name)(folder), FAULT_COUNT=counter, FAULT_CALLS=calls)
        self.remove(folder)
        return int(counter.read_text())

    def fresh(self, name):
        folder = self.work / "disturbed"
        if name == "finish":
            self.tasks(folder)
        return folder

    def remove(self, folder):
        for path in (folder, folder.with_name(folder.name + ".plan")):
            shutil.rmtree(path, ignore_errors=True)

    def strike(self, name, fault, at, calls):
        """One fault, what it leaves, and the command again without it."""
        folder = self.fresh(name)
        command = getattr(self, name)(folder)
        done = self.call(command, FAULT_AT=at, FAULT_DO=fault, FAULT_CALLS=calls)
        place = f"{name}, {fault} at call {at}"
        if fault in ("kill", "crash"):
            expect(done.returncode in (0, -signal.SIGKILL), f"{place}: exit {done.returncode}: {done.stderr[-500:]}")
        else:
            expect_told(done, place)
        self.recover(name, folder, place)
        return done.returncode != 0

    def recover(self, name, folder, place):
        wanted, command = self.wanted[name], getattr(self, name)(folder)
        try:
            expect_complete(folder, wanted)
            if name == "finish":
                self.tasks(folder)
            done = self.call(command)
            expect(done.returncode == 0, f"again: exit {done.returncode}: {done.stderr[-500:]}")
            found = hashes(folder)
            bad = sorted(key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key))
            expect(not bad, f"differing or stale: {bad}")
        except Difference as difference:
            raise Difference(f"{place}: {difference}") from None
        self.remove(folder)


def expect_told(done, place):
    """An error ends in exit code 1 and one message, or could be made good."""
    if done.returncode == 0:
        return
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.startswith("tiresias:")]
    expect(done.returncode == 1 and len(lines) == 1, f"{place}: exit {done.returncode}: {done.stderr[-500:]}")


def bench(context):
    if not hasattr(context, "_bench"):
        context._bench = Bench(context)
    return context._bench


def spread(total, points):
    """Call numbers over the whole run, the first and the last included."""
    if points >= total:
        return range(1, total + 1)
    return sorted({1 + round(index * (total - 1) / (points - 1)) for index in range(points)})


def strikes(context, fault, calls="write", points=None):
    test, struck, of = bench(context), {}, {}
    # The last step of a plan takes all of its tasks first.
    names = ("tokenize", "run") if points == 2 else ("tokenize", "run", "finish")
    for name in names:
        of[name] = test.calls(name, calls)
        struck[name] = sum(test.strike(name, fault, at, calls) for at in spread(of[name], points or test.points))
    return ", ".join(f"{name}: {struck[name]} of {of[name]} calls" for name in names)


@check("faults: SIGKILL before a write, sync or rename: the same bytes")
def kills(context):
    return strikes(context, "kill")


@check("faults: the machine dies, and what was not synchronized is lost: the same bytes")
def crashes(context):
    return strikes(context, "crash")


@check("faults: a full disk: told, nothing wrong under a final name, the same bytes later")
def full_disk(context):
    return strikes(context, "ENOSPC", points=max(2, bench(context).points // 3))


@check("faults: a full quota: told, the same bytes later")
def full_quota(context):
    return strikes(context, "EDQUOT", points=max(2, bench(context).points // 3))


@check("faults: EIO on writing: told, the same bytes later")
def write_error(context):
    return strikes(context, "EIO", points=max(2, bench(context).points // 3))


@check("faults: EIO on reading: told, the same bytes later")
def read_error(context):
    return strikes(context, "EIO", calls="read", points=max(2, bench(context).points // 3))


@check("faults: a file system that is full for real: told, the same bytes later")
def small_file_system(context):
    test = bench(context)
    size = sum(path.stat().st_size for path in (test.work / "whole").iterdir())
    told, points = 0, 20 if test.points >= 20 else 4
    for point in range(points):
        with small(test.work / "small", max(8192, size * (point + 1) // (points + 1))) as folder:
            done = test.call(test.tokenize(folder / "out"))
            expect_told(done, f"file system {point}")
            told += done.returncode
            if (folder / "out").exists():
                expect_complete(folder / "out", test.wanted["tokenize"])
                shutil.copytree(folder / "out", test.work / "disturbed")
        test.recover("tokenize", test.work / "disturbed", f"file system {point}")
    return f"{told} of {points} sizes were too small"


class small:
    """A file system of some bytes."""

    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.folder], capture_output=True)
        needs(done.returncode == 0, "mounting is not allowed here")
        return self.folder

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder], check=True)


@check("faults: a limit on file sizes: told, the same bytes later")
def file_size_limit(context):
    test = bench(context)
    limit = max(path.stat().st_size for path in (test.work / "window").iterdir()) // 2
    folder = test.work / "disturbed"
    command = ["prlimit", f"--fsize={limit}", str(context.binary), *map(str, test.run(folder))]
    done = subprocess.run(command, capture_output=True)
    expect(done.returncode == 1 and b"File too large" in done.stderr, f"exit {done.returncode}: {done.stderr}")
    test.recover("run", folder, "file size limit")
    return f"{limit} bytes"


@check("faults: read-only output: refused")
def read_only(context):
    test = bench(context)
    with small(test.work / "small", 1 << 20) as folder:
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        for name in ("tokenize", "run"):
            done = test.call(getattr(test, name)(folder / "out"))
            expect_told(done, name)
            expect(done.returncode == 1 and b"Read-only" in done.stderr, f"{name}: {done.returncode} {done.stderr}")
    return "tokenize, run"


@check("faults: two runs on one output: the second is refused, or finds it done")
def two_runs(context):
    test, refused = bench(context), 0
    for name in ("tokenize", "run"):
        folder = test.work / "disturbed"
        command = [str(context.binary), *map(str, getattr(test, name)(folder))]
        pair = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
        errors = [process.communicate()[1] for process in pair]
        codes = [process.returncode for process in pair]
        expect(0 in codes and set(codes) <= {0, 1}, f"{name}: exits {codes}: {errors}")
        refused += codes.count(1)
        told = b"".join(error for error, code in zip(errors, codes) if code)
        expect(not told or b"another run" in told, f"{name}: {told}")
        test.recover(name, folder, "two runs")
    return f"{refused} refused"


@check("faults: SIGTERM: work ends where it can go on")
def terminated(context):
    test, stopped = bench(context), 0
    folder, draw = test.work / "disturbed", random.Random(4)
    start = time.monotonic()
    test.call(test.tokenize(folder))
    seconds = time.monotonic() - start
    test.remove(folder)
    for _ in range(test.points):
        process = subprocess.Popen(
            [str(context.binary), *map(str, test.tokenize(folder))], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(draw.uniform(0.03, seconds))
        process.terminate()
        errors = process.communicate()[1]
        # Before the program watches for the signal, it ends by it.
        expect(process.returncode in (0, 1, -signal.SIGTERM), f"exit {process.returncode}: {errors}")
        expect(process.returncode != 1 or b"stopped by SIGTERM" in errors, f"{errors}")
        stopped += process.returncode == 1
        test.recover("tokenize", folder, "SIGTERM")
    return f"{stopped} of {test.points} stopped within the work"


@check("faults: files from the past and the future: the same bytes")
def clocks(context):
    test = bench(context)
    total = test.calls("tokenize", "write")
    for name in ("tokenize", "run"):
        for when in (0, 4_000_000_000):
            folder = test.work / "disturbed"
            test.call(getattr(test, name)(folder), FAULT_AT=total // 2, FAULT_DO="kill")
            for path in folder.rglob("*"):
                os.utime(path, (when, when))
            test.recover(name, folder, f"files of {when}")
    return "interrupted runs with files dated 1970 and 2096"


def change(corpus, how):
    if how == "vanish":
        corpus.unlink()
        return
    with open(corpus, "r+b") as file:
        if how == "cut":
            file.truncate(corpus.stat().st_size // 2)
        else:
            file.seek(0, os.SEEK_END)
            file.write(b'{"text": "more"}\n')


@check("faults: inputs that change or vanish under the run: told")
def changing_inputs(context):
    """The run is stopped before a read, the input changed, and the run goes on."""
    test = bench(context)
    corpus, counter, folder = test.work / "big/0.jsonl", test.work / "count", test.work / "changed"
    corpus.parent.mkdir()
    shutil.copy(context.corpus, corpus)
    command = ["tokenize", corpus.parent, "--tokenizer", context.tokenizer, "--output", folder / "base", "--quiet"]
    expect(test.call(command, FAULT_COUNT=counter, FAULT_CALLS="read").returncode == 0, "the whole input cannot be read")
    reads, tried, told = int(counter.read_text()), 0, 0
    for how in ("grow", "cut", "vanish"):
        for before in (1, 2, 3):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copy(context.corpus, corpus)
            variables = {"LD_PRELOAD": str(test.library), "FAULT_CALLS": "read", "FAULT_DO": "stop", "FAULT_AT": str(reads - before)}
            process = subprocess.Popen(
                [str(context.binary), *map(str, command)], env=os.environ | variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            expect(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]), f"{how}: it did not stop before a read")
            change(corpus, how)
            process.send_signal(signal.SIGCONT)
            errors = process.communicate()[1]
            finished = (folder / "base_text_document.origin.json").exists()
            # What was read to its end before it changed is whole.
            expect(process.returncode in (0, 1) and finished == (process.returncode == 0), f"{how}: {process.returncode} {errors}")
            expect(process.returncode == 0 or b"0.jsonl" in errors, f"{how}: {errors}")
            (tried, told) = (tried + 1, told + process.returncode)
    expect(told > 0, "no change was seen")
    return f"{told} of {tried} were seen, the others came behind the last look"


@check("faults: a flipped bit in any output is caught by verify")
def flipped_outputs(context):
    test, draw = bench(context), random.Random(6)
    folder = test.work / "flipped"
    shutil.copytree(test.work / "window", folder)
    outputs = json.loads((folder / "manifest.json").read_text())["outputs"]
    for output in outputs:
        path = folder / output["path"]
        if not path.stat().st_size:
            continue
        with flipped(path, draw):
            code = test.call(["verify", folder / "manifest.json", "--quiet"]).returncode
            expect(code == 3, f"{output['path']}: exit {code}")
    expect(test.call(["verify", folder / "manifest.json"]).returncode == 0, "the folder is not whole again")
    shutil.rmtree(folder)
    return f"{len(outputs)} files"


@check("faults: a flipped bit in any input is caught by verify, or by reading it")
def flipped_inputs(context):
    test, draw = bench(context), random.Random(7)
    manifest = test.work / "window/manifest.json"
    copy = test.work / "inputs"
    shutil.copytree(test.work / "whole", copy)
    verify = ["verify", manifest, "--base", copy / "base_text_document", "--sequences", "all", "--quiet"]
    expect(test.call(verify).returncode == 0, "the copy does not verify")
    caught = []
    for suffix in (".bin", ".idx", ".origin.json"):
        path = copy / f"base_text_document{suffix}"
        with flipped(path, draw, read_by_window(test, path) if suffix == ".bin" else None):
            caught.append((suffix, test.call(verify).returncode))
    tokenizer = test.work / "tokenizer.json"
    shutil.copy(context.tokenizer, tokenizer)
    with flipped(tokenizer, draw):
        caught.append(("tokenizer.json", test.call([*verify, "--tokenizer", tokenizer]).returncode))
    packed = test.work / "packed.jsonl.zst"
    subprocess.run(["zstd", "-q", "--check", test.pile / "0.jsonl", "-o", packed], check=True)
    with flipped(packed, draw):
        command = ["tokenize", packed, "--tokenizer", context.tokenizer, "--output", test.work / "packed/base"]
        caught.append((".jsonl.zst", test.call(command).returncode))
    missed = [name for name, code in caught if code not in (1, 3)]
    expect(not missed, f"not caught: {missed}")
    return ", ".join(f"{name}: exit {code}" for name, code in caught)


def read_by_window(test, path):
    """A place in the base's tokens that some sample of the window has."""
    base, control = path.read_bytes(), (test.work / "window/control_document.bin").read_bytes()
    size = 2 * (test.plan.length + 1)
    places = (base.find(control[start + 10 : start + 50]) for start in range(0, len(control), size))
    return next(place for place in places if place >= 0) + 20


class flipped:
    """A file with one bit the other way."""

    def __init__(self, path, draw, place=None):
        self.path, self.bit = path, draw.randrange(8)
        self.place = draw.randrange(path.stat().st_size) if place is None else place

    def __enter__(self):
        self.flip()

    def __exit__(self, *_):
        self.flip()

    def flip(self):
        with open(self.path, "r+b") as file:
            file.seek(self.place)
            byte = file.read(1)[0] ^ 1 << self.bit
            file.seek(self.place)
            file.write(bytes([byte]))
