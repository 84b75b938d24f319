"""Killed runs and wrong input."""

import json
import random
import shutil
import struct
import subprocess
import time

from harness import check, expect
from program import PACK, ROOT, hashes


@check("run, killed at random moments and run again: the same bytes")
def killed_run(context):
    path = context.pipeline("killed", context.base.prefix, context.plan, context.intervention(percent=21))
    folder = context.work / "killed"
    wanted = context.run(percent=21, workers=1).hashes()
    figures = kill(context, ["run", path, "--output", folder], folder, wanted, folder / "manifest.json")
    context.call("verify", folder / "manifest.json", "--base", context.base.prefix, "--sequences", "all")
    return figures


@check("tokenize, killed at random moments and run again: the same bytes")
def killed_tokenize(context):
    command = ["tokenize", context.corpus, "--tokenizer", context.tokenizer, "--output"]
    whole, folder = context.work / "tokenize-whole", context.work / "tokenize-killed"
    context.base  # writes the corpus
    context.call(*command, whole / "base")
    done = folder / "base_text_document.idx"
    return kill(context, [*command, folder / "base"], folder, hashes(whole), done)


def kill(context, command, folder, wanted, done):
    """Kills the command again and again; whatever it has left, the next one goes on from it. `done` is written last."""
    seconds = timed(context, command, folder)
    draw, kills = random.Random(10), 0
    for _ in range(30 if context.quick else 10):
        process = subprocess.Popen([context.binary, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0, seconds))
        process.kill()
        kills += process.wait() != 0
        expect_complete(folder, wanted)
        if done.exists():
            expect_whole(context, command, folder, wanted)
            shutil.rmtree(folder)
    expect_whole(context, command, folder, wanted)
    return f"{kills} kills within {seconds:.2f} s"


def expect_whole(context, command, folder, wanted):
    """Run again, the folder holds what an undisturbed run writes, and nothing else."""
    context.call(*command)
    found = hashes(folder)
    differing = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    expect(not differing, f"differing or stale: {differing}")


def timed(context, command, folder):
    start = time.monotonic()
    context.call(*command)
    shutil.rmtree(folder)
    return time.monotonic() - start


def expect_complete(folder, wanted):
    """Whatever bears a final name is what it is at the end."""
    if folder.exists():
        partial = sorted(name for name, value in hashes(folder).items() if wanted.get(name, value) != value)
        expect(not partial, f"half-written under a final name: {partial}")


# Wrong input: the exit code, what the message names, and nothing left under a final name.


def refused(context, *arguments, names, leaves, code=1):
    done = context.call(*arguments, code=code)
    message = done.stderr.decode(errors="replace")
    lines = [line for line in message.splitlines() if line.startswith("tiresias:")]
    expect(len(lines) == 1, f"not one error line: {message!r}")
    missing = [name for name in names if str(name) not in message]
    expect(not missing, f"the message does not name {missing}: {message!r}")
    left = [str(path) for path in leaves if path.exists()]
    expect(not left, f"left behind: {left}")


def tokenize_refused(context, corpus, names):
    prefix = context.work / "wrong"
    leaves = [context.work / f"wrong_text_document{suffix}" for suffix in (".bin", ".idx", ".origin.json", ".origin.bin")]
    refused(
        context, "tokenize", corpus, "--tokenizer", context.tokenizer, "--output", prefix,
        names=[corpus.name, *names], leaves=leaves,
    )


def good_lines(count):
    return b"".join(json.dumps({"text": f"Line {n}. He said so."}).encode() + b"\n" for n in range(1, count + 1))


@check("a cut zstd frame is refused")
def cut_frame(context):
    corpus = context.work / "cut.jsonl.zst"
    whole = subprocess.run(["zstd", "-cq"], input=good_lines(50_000), capture_output=True, check=True).stdout
    corpus.write_bytes(whole[: len(whole) // 2])
    tokenize_refused(context, corpus, [])
    return f"{len(whole) // 2} of {len(whole)} bytes"


@check("invalid JSON on line 1000 is refused")
def invalid_json(context):
    corpus = context.work / "invalid.jsonl"
    corpus.write_bytes(good_lines(999) + b'{"text": "no end\n' + good_lines(10))
    tokenize_refused(context, corpus, ["1000"])
    return "line named"


@check("invalid UTF-8 is refused")
def invalid_utf8(context):
    corpus = context.work / "utf8.jsonl"
    corpus.write_bytes(good_lines(41) + b'{"text": "caf\xe9 au lait"}\n' + good_lines(10))
    tokenize_refused(context, corpus, ["42", str(len(good_lines(41)) + 13)])
    return "line and byte named"


def copied_base(context, name):
    prefix = context.work / name
    for suffix in (".bin", ".idx"):
        shutil.copy(context.base.prefix + suffix, f"{prefix}{suffix}")
    return prefix


def run_refused(context, name, prefix, names, stages=None, edit=None, code=1):
    path = context.pipeline(name, prefix, context.plan, stages or context.intervention())
    folder = context.work / f"refused-{name}"
    if edit:
        path.write_text(edit(path.read_text()))
    leaves = [folder / "manifest.json", folder / "window_document.bin"]
    refused(context, "run", path, "--output", folder, names=names, leaves=leaves, code=code)


@check("an .idx that claims 2^60 items is refused")
def too_many_items(context):
    prefix = copied_base(context, "many")
    with open(f"{prefix}.idx", "r+b") as file:
        file.seek(18)
        file.write(struct.pack("<Q", 1 << 60))
    refused(context, "dataset", "check", prefix, names=["many.idx"], leaves=[])
    run_refused(context, "many-items", prefix, ["many.idx"])
    return "file named"


@check("a .bin one byte short is refused")
def short_bin(context):
    prefix = copied_base(context, "short")
    with open(f"{prefix}.bin", "r+b") as file:
        file.truncate(len(context.base.data) - 1)
    refused(context, "dataset", "check", prefix, names=["short.bin"], leaves=[])
    run_refused(context, "short-bin", prefix, ["short.bin"])
    return "file named"


@check("pipeline files that do not fit together are refused")
def pipelines(context):
    base = context.base.prefix
    run_refused(
        context, "key", base, ["key.yaml:7", "last"], edit=lambda text: text.replace('"last"', '"lats"')
    )
    run_refused(
        context, "stage", base, ["stage.yaml:9", "swap"], edit=lambda text: text.replace('"swap"', '"swop"')
    )
    order = context.intervention()
    run_refused(context, "place", base, ["place.yaml"], stages=[order[3], order[2], order[1], order[0]])
    return "file, line and what was meant"


@check("a rule file with a failing test is refused")
def failing_test(context):
    shutil.copytree(ROOT / "rules", context.work / "rules", dirs_exist_ok=True)
    pack = context.work / "rules" / PACK.name
    pack.write_text(pack.read_text() + '\n  - {in: "He ran.", out: "It ran."}\n')
    told = context.call("rules", "test", pack, code=1).stdout.decode()
    expect(PACK.name in told and "It ran." in told, f"the failing test is not named: {told!r}")
    stages = context.intervention()
    stages[2] = {"swap": {"rules": str(pack)}}
    run_refused(context, "failing", context.base.prefix, [PACK.name], stages=stages)
    return "file and sentence named"
