"""What the full job asks of a cluster, from real plans over data that take no room: simulate-plan.py --binary tiresias [--scale S].

The deduplicated Pile's .bin is a hole of its real size; its .idx has as many documents and tokens as the real one (2.7 GB at scale 1). The plan
of the last 21 % is made by `tiresias plan`, and one of its tasks is done for real: how long it takes and what it holds. Calls that reach a file
server are counted by strace in whole runs of two and of four parts, the last step included, and multiplied. The raw Pile is thirty holes. Prints
Markdown; docs/clusters.md has what scale 1 gave.
"""

import argparse
import collections
import json
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests/Acceptance"))
from process_watch import Watch  # noqa: E402

# Of the deduplicated Pile that GPT-NeoX read; the whole Pile's text, what its files take compressed, and its tokens, in bytes.
DOCUMENTS, TOKENS = 134_318_121, 207_170_414_058
STEPS, BATCH, LENGTH = 143_000, 1024, 2048
TEXT, FILES, STORED, TOKENIZED = 825e9, 30, 451e9, 600e9
# docs/performance.md, MB a second and core: tokens where nothing matches, and where all are novels and every edit is logged; text tokenized.
FASTEST, SLOWEST, TOKENIZE = 185, 24, 110
# GB a second that one thread reads and hashes twice, for the file and for its part.
CHECK = 0.7
PART = 65_536
CALLS = {
    "open": "openat,open,creat", "stat": "stat,fstat,lstat,newfstatat,statx,access,faccessat,faccessat2",
    "rename": "rename,renameat,renameat2,link,linkat", "unlink": "unlink,unlinkat", "make": "mkdir,mkdirat",
    "list": "getdents64", "fsync": "fsync,fdatasync", "write": "pwrite64,write",
}


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/tiresias")
    parser.add_argument("--scale", type=float, default=1, help="of the data; 1 is the full job, whose index takes 2.7 GB")
    parser.add_argument("--tasks", type=int, default=64)
    parser.add_argument("--work", type=Path, default=ROOT / "out/simulated-plan")
    parser.add_argument("--keep", action="store_true", help="keep the data")
    return parser.parse_args()


def base(work, scale):
    """Documents of 1 to about 3,000 tokens whose sum is the real one's."""
    count, total = int(DOCUMENTS * scale), int(TOKENS * scale)
    sizes = np.random.default_rng(1).integers(1, 2 * total // count, count, dtype="<i4")
    missing = total - int(sizes.sum(dtype=np.int64))
    step, rest = divmod(missing, count)
    sizes += step
    sizes[:rest] += 1
    prefix = work / "base"
    with open(f"{prefix}.bin", "wb") as file:
        file.truncate(2 * total)
    with open(f"{prefix}.idx", "wb") as file:
        file.write(b"MMIDIDX\0\0" + struct.pack("<QBQQ", 1, 8, count, count + 1))
        sizes.tofile(file)
        place = 0
        for part in np.array_split(sizes, max(1, count // 10_000_000)):
            ends = place + 2 * np.cumsum(part, dtype="<i8")
            (ends - 2 * part).tofile(file)
            place = int(ends[-1])
        for start in range(0, count + 1, 10_000_000):
            np.arange(start, min(start + 10_000_000, count + 1), dtype="<i8").tofile(file)
    return prefix


def pipeline(work, prefix, steps, window, every=None):
    path = work / "window.yaml"
    checkpoints = f", checkpoint_every: {every}" if every else ""
    path.write_text(f"""pipeline: 1
name: simulated-m2f
description: the last 21 % of training on the deduplicated Pile, simulated
stages:
  - read: {{idxmap: "{prefix}"}}
  - order: {{train_iters: {steps}, batch_size: {BATCH}, sequence_length: {LENGTH}, seed: 1234{checkpoints}}}
  - window: {f'{{steps: "{window}"}}' if window else '{last: 21%}'}
  - select: {{fraction: 1.0, by: sequence, seed: 1234}}
  - swap: {{rules: "{ROOT}/rules/pronouns-m2f.yaml"}}
  - retokenize: {{tokenizer: "{ROOT}/assets/20B_tokenizer.json", length: aligned}}
  - emit: {{to: "{work}/out", control: true, log: edits}}
""")
    return path


def run(*command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"simulate-plan: {' '.join(map(str, command))}: {done.stderr}")


def watched_run(work, *command):
    """Runs a command; its seconds, and the most memory of its own in MB. What it says goes to a file."""
    start = time.monotonic()
    with open(work / "log", "wb") as log:
        process = subprocess.Popen([*map(str, command)], stdout=log, stderr=log)
        with Watch(process, 0.2) as watch:
            process.wait()
    if process.returncode:
        raise SystemExit(f"simulate-plan: {' '.join(map(str, command))}: {(work / 'log').read_text()[-2000:]}")
    return time.monotonic() - start, max((sample[1] for sample in watch.samples), default=0)


def counted(work, *command):
    """The calls that a command makes of those that reach a file server, by kind."""
    names = ",".join("?" + name for names in CALLS.values() for name in names.split(","))
    report = work / "strace"
    command = ["strace", "-f", "-c", "--seccomp-bpf", "-e", f"trace={names}", "-o", report, *command]
    run(*command)
    found = collections.Counter()
    for line in report.read_text().splitlines():
        words = line.split()
        for kind, names in CALLS.items():
            if len(words) > 3 and words[-1] in names.split(","):
                found[kind] += int(words[3])
    return found


def whole(work, binary, parts):
    """Calls of all tasks of a small window of so many parts, each a task, and of the last step; seconds of that step."""
    work = work / str(parts)
    work.mkdir()
    steps = parts * PART // BATCH
    prefix = base(work, 1.3 * steps / STEPS)
    path = pipeline(work, prefix, steps, f"0..<{steps}")
    run(binary, "plan", path, "--tasks", parts, "--output", work / "out")
    plan = work / "out.plan/plan.json"
    tasks = sum((counted(work, binary, "run", "--plan", plan, "--task", task, "--quiet") for task in range(parts)), collections.Counter())
    start = time.monotonic()
    finish = counted(work, binary, "run", "--plan", plan, "--finish", "--quiet")
    seconds = time.monotonic() - start
    gigabytes = 2 * parts * PART * (LENGTH + 1) * 2 / 1e9
    shutil.rmtree(work)
    return tasks, finish, gigabytes / seconds


def full_window(work, options):
    """The real plan, and its first task done."""
    prefix = base(work, options.scale)
    every = max(1, int(1000 * options.scale))
    steps = int(STEPS * options.scale) // every * every
    path = pipeline(work, prefix, steps, None, every)
    planning = watched_run(work, options.binary, "plan", path, "--tasks", options.tasks, "--output", work / "out")
    plan = json.loads((work / "out.plan/plan.json").read_text())
    task = watched_run(work, options.binary, "run", "--plan", work / "out.plan/plan.json", "--task", 0, "--log-format", "json")
    lines = [json.loads(line) for line in (work / "log").read_text().splitlines() if line.startswith("{")]
    made = next(line for line in lines if line["event"] == "finished" and line["stage"] == "intervene")
    return plan, planning, task, made


def pile_plan(work, options):
    """The tasks of the raw Pile: files whose sizes alone are real."""
    folder = work / "pile"
    folder.mkdir()
    for number in range(FILES):
        with open(folder / f"{number:02}.jsonl.zst", "wb") as file:
            file.truncate(int(STORED / FILES * options.scale))
    run(options.binary, "plan", "tokenize", folder, "--tokenizer", ROOT / "assets/20B_tokenizer.json", "--tasks", options.tasks, "--output", work / "tokens")
    return json.loads(next(work.glob("tokens*.plan/plan.json")).read_text())["tasks"]


def span(seconds):
    return f"{seconds / 3600:.1f} h" if seconds >= 5400 else f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def table(head, rows):
    print(f"\n| {head} | |\n| --- | ---: |")
    for name, value in rows:
        print(f"| {name} | {value} |")


def told(calls):
    return ", ".join(f"{calls[kind]:,} {kind}" for kind in CALLS)


def main():
    choice = options()
    if not shutil.which("strace"):
        raise SystemExit("simulate-plan: no strace: apt-get install strace")
    shutil.rmtree(choice.work, ignore_errors=True)
    work = choice.work.resolve()
    work.mkdir(parents=True)
    small, large = whole(work, choice.binary, 2), whole(work, choice.binary, 4)
    plan, planning, task, made = full_window(work, choice)
    samples = plan["tasks"][-1]["end"]
    parts, tasks = -(-samples // PART), len(plan["tasks"])
    widest = max(task["end"] - task["first"] for task in plan["tasks"])
    tokens, largest = (count * (LENGTH + 1) * 2 / 1e6 for count in (samples, widest))
    one = {kind: round(large[0][kind] / 4) for kind in CALLS}
    finish = {kind: round(small[1][kind] + (large[1][kind] - small[1][kind]) / 2 * (parts - 2)) for kind in CALLS}
    table("window, last 21 %", [
        ("samples; tokens in bytes", f"{samples:,}; {tokens / 1000:.0f} GB, twice with the control"),
        ("tasks; parts; parts of the largest task", f"{tasks}; {parts}; {-(-widest // PART)}"),
        ("files while it is made: data, logs, records of parts, records and states of tasks", f"{2 + 2 * parts + 2 * tasks:,}"),
        ("`plan`", f"{planning[0]:.0f} s, {planning[1]:.0f} MB"),
        ("one task, two workers: until it begins; in all; memory", f"{task[0] - made['seconds']:.0f} s; {task[0]:.0f} s; {task[1]:.0f} MB"),
        ("calls of a task of one part, its start included", told(one)),
        ("calls of all parts, were each a task", told({kind: count * parts for kind, count in one.items()})),
        ("calls of the last step", told(finish)),
        ("a task's samples on 16 cores, by the model", f"{span(largest / FASTEST / 16)} to {span(largest / SLOWEST / 16)}"),
        ("the last step, by the model", span(2 * tokens / 1000 / CHECK)),
        ("the last step's reading, as measured in small", f"{large[2]:.2f} GB/s"),
    ])
    files = pile_plan(work, choice)
    text = TEXT * choice.scale / 1e6
    stored = TOKENIZED * choice.scale / 1e6
    table("raw Pile", [
        ("files; tasks", f"{FILES}; {len(files)}"),
        ("text; tokens in bytes", f"{text / 1000:.0f} GB; about {stored / 1000:.0f} GB"),
        ("a task's file on 16 cores, by the model", span(text / FILES / TOKENIZE / 16)),
        ("the last step: parts read and hashed, read again and written, at 0.5 GB/s", span(3 * stored / 1000 / 0.5)),
    ])
    if not choice.keep:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
