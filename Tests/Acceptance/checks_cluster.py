"""Plans: tasks in any order, on several processes at once, killed and repeated. Slurm itself is in checks_slurm.py."""

import collections
import dataclasses
import json
import random
import shutil
import subprocess
import time

import jsonschema
from referencing import Registry, Resource

import checks_evaluate
from harness import check, expect
from program import ROOT, hashes

COUNTS = (1, 3, 8, 10_000)


def alone(context):
    """Tokens and window as one machine makes them, from a Pile in eight files."""
    if not hasattr(context, "_alone"):
        work = context.work / "plans"
        context.base  # writes the corpus
        lines = context.corpus.read_bytes().splitlines(keepends=True)
        (work / "pile").mkdir(parents=True)
        for number in range(8):
            (work / f"pile/{number}.jsonl").write_bytes(b"".join(lines[number::8]))
        plan = dataclasses.replace(context.plan, read="pile")
        path = context.pipeline("plans", work / "pile", plan, context.intervention(percent=60))
        path.write_text(path.read_text().replace('"pile": "', '"base": "base", "pile": "'))
        context.call(*command(path, "run", work / "one"), "--quiet")
        context._alone = (work, path)
    return context._alone


def command(path, name, folder):
    return [name, path, "--output", folder / "w", "--set", f"read.base={folder}/base"]


def results(folder):
    return {name: value for name, value in hashes(folder).items() if ".plan/" not in name}


@check("plans: any number of tasks, in random order, killed and repeated: the bytes of one machine")
def tasks(context):
    work, path = alone(context)
    draw, kills, wanted = random.Random(8), 0, results(work / "one")
    for count in COUNTS[:: 2 if context.quick else 1]:
        folder = work / f"many-{count}"
        for output in ("base_text_document", "w"):
            context.call(*command(path, "plan", folder), "--tasks", count)
            kills += perform(context, folder / f"{output}.plan/plan.json", draw)
        differing = {name for name in wanted.keys() | results(folder).keys() if wanted.get(name) != results(folder).get(name)}
        expect(not differing, f"{count} tasks: {sorted(differing)}")
        shutil.rmtree(folder)
    return f"{kills} kills"


def perform(context, plan, draw):
    """All tasks and the last step, by two processes at once; many are killed, and all are repeated."""
    schema_holds(plan)
    count = len(json.loads(plan.read_text())["tasks"])
    numbers = list(range(count)) * 2 if count < 20 else list(range(count))
    draw.shuffle(numbers)
    kills, running = 0, []
    for number in numbers[:60]:
        running.append(start(context, plan, "--task", number))
        if len(running) == 2:
            time.sleep(draw.uniform(0, 0.4))
            running[0].kill()
            kills += sum(process.wait() == -9 for process in running)
            running.clear()
    for process in running:
        process.wait()
    for _ in range(2):
        process = start(context, plan, "--finish")
        time.sleep(draw.uniform(0, 0.3))
        process.kill()
        process.wait()
    for number in json.loads(context.call("status", plan, "--json").stdout)["tasks"]:
        if number["state"] != "done":
            context.call("run", "--plan", plan, "--task", number["task"], "--quiet")
    context.call("run", "--plan", plan, "--finish", "--quiet")
    status = json.loads(context.call("status", plan, "--json").stdout)
    expect(status["finished"] and status["done"] == count and not status["missing"], f"{status}")
    return kills


def start(context, plan, *arguments):
    arguments = [str(context.binary), "run", "--plan", str(plan), *map(str, arguments), "--quiet"]
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def schema_holds(plan):
    manifest = Resource.from_contents(json.loads((ROOT / "docs/manifest.schema.json").read_text()))
    schema = json.loads((ROOT / "docs/plan.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(
        schema, registry=Registry().with_resources([("manifest.schema.json", manifest)]))
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(plan.read_text()))]
    expect(not faults, f"{plan}: {faults}")


@check("plans: inputs that a command streams: the tokens of files")
def streamed(context):
    work, _ = alone(context)
    names = sorted(path.name for path in (work / "pile").iterdir())
    folder = work / "streamed"
    plan = folder / "base_text_document.plan"
    options = ["--tokenizer", context.tokenizer, "--output", folder / "base", "--input-command", f"cat {work}/pile/{{}}"]
    context.call("plan", "tokenize", *names, *options, "--tasks", 3)
    for task in (2, 0, 1):
        context.call("run", "--plan", plan, "--task", task, "--quiet")
    context.call("run", "--plan", plan, "--finish", "--quiet")
    for suffix in (".bin", ".idx", ".origin.bin", ".origin.json"):
        same = (folder / f"base_text_document{suffix}").read_bytes() == (work / f"one/base_text_document{suffix}").read_bytes()
        expect(same, f"{suffix} differs")
    options[-1] = "cat {}; exit 3"
    context.call("tokenize", *names, *options[:3], folder / "failed", *options[4:], code=1)
    expect(not (folder / "failed_text_document.bin").exists(), "tokens of a command that failed")
    return f"{len(names)} objects"


@check("plans: checkpoints scored by tasks: the files of one machine")
def scores(context):
    folder = context.work / "plans-scores"
    for seed in (1, 2, 3):
        checks_evaluate.model(context, seed)
    request = [
        "--checkpoints", context.work / "random-[123]/step1000", "--benchmark", "crows-pairs", "--limit", 20,
        "--data", checks_evaluate.data_folder(context), "--tokenizer", context.tokenizer,
    ]
    context.call("evaluate", *request, "--output", folder / "one", "--quiet")
    context.call("plan", "evaluate", *request, "--output", folder / "many", "--tasks", 2)
    plan = folder / "many.plan/plan.json"
    schema_holds(plan)
    for task in (1, 0, 1):
        context.call("run", "--plan", plan, "--task", task, "--quiet")
    context.call("run", "--plan", plan, "--finish", "--quiet")
    expect(hashes(folder / "many") == hashes(folder / "one"), "the scores differ")
    next((folder / "many/items").iterdir()).write_text("")
    context.call("run", "--plan", plan, "--finish", code=1)
    expect(json.loads(context.call("status", plan, "--json").stdout)["missing"] == 1, "what is damaged counts as done")
    return "3 checkpoints"


@check("plans: without sbatch, submit says what to type instead")
def no_cluster(context):
    work, path = alone(context)
    arguments = [str(context.binary), *map(str, command(path, "submit", work / "none")), "--tasks", "4"]
    done = subprocess.run(arguments, capture_output=True, text=True, env={"PATH": "/nowhere"})
    expect(done.returncode == 1 and "xargs -P" in done.stderr, f"{done.returncode}: {done.stderr}")
    shown = context.call(*command(path, "submit", work / "none"), "--tasks", 4, "--dry-run").stdout.decode()
    expect("#SBATCH --output=" in shown and "--finish" in shown, shown)
    expect("--quiet" in shown and "--log-format" not in shown, shown)
    shown = context.call(*command(path, "submit", work / "none"), "--tasks", 4, "--dry-run", "--log-format", "json").stdout.decode()
    expect(shown.count(" --log-format json ") == 2 and "--quiet" not in shown, shown)
    return "xargs, and the scripts with --dry-run"


@check("plans: with --log-format json every line is an object, and says what the stages took")
def log_lines(context):
    work, path = alone(context)
    folder = work / "logged"
    context.call(*command(path, "plan", folder), "--tasks", 1)
    context.call("run", "--plan", folder / "base_text_document.plan", "--task", 0, "--quiet")
    context.call("run", "--plan", folder / "base_text_document.plan", "--finish", "--quiet")
    context.call(*command(path, "plan", folder), "--tasks", 2)
    plan = folder / "w.plan/plan.json"
    said = b"".join(
        context.call("run", "--plan", plan, *step, "--log-format", "json").stderr for step in (["--task", 1], ["--task", 0], ["--finish"]))
    lines = [json.loads(line) for line in said.splitlines()]
    for line in lines:
        missing = {"time", "level", "event", "message", "host", "process"} - line.keys()
        expect(not missing and line["event"] in ("began", "progress", "finished", "note"), f"{missing}: {line}")
    ended = [line for line in lines if "stages" in line]
    expect([line["stage"] for line in ended] == ["intervene", "intervene"], f"{ended}")
    for line in ended:
        busy = collections.Counter()
        for stage in line["stages"]:
            busy[stage["threads"]] += stage["share"]
        expect(all(0 <= share < 1.05 for share in busy.values()), f"threads were busy for {busy} of their time")
        expect(line["bottleneck"] in (stage["stage"] for stage in line["stages"]), f"{line}")
    failed = subprocess.run(
        [context.binary, "run", "--plan", plan, "--task", "7", "--log-format=json"], capture_output=True)
    error = json.loads(failed.stderr)
    expect(failed.returncode == 1 and error["level"] == "error" and error["exit"] == 1, f"{error}")
    return f"{len(lines)} lines"
