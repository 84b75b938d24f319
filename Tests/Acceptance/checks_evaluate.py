"""`tiresias evaluate` against lm-evaluation-harness' definitions, written again here: what is read from the data, what the
metrics are of the model's own answers, and what an interruption leaves."""

import csv
import json
import math
import re
import shutil
import signal
import statistics
import string
import subprocess
import time

import numpy

import random_neox
from harness import Skip, check, expect
from program import hashes

SMALL = {
    "lambada/lambada_test.jsonl": [
        "the old man had lost the war and asked his wife",
        "she opened the door, and there stood \"Anna\"",
        "nobody in the village had ever seen the sea",
    ],
}


def data_folder(context):
    """The originals, and a LAMBADA of three passages in its format."""
    if not context.assets:
        raise Skip("needs the originals: --assets or TIRESIAS_ASSETS")
    folder = context.work / "evaluation-data"
    if not folder.exists():
        for name in ("crows-pairs", "winobias"):
            shutil.copytree(context.assets / name, folder / name)
        for name, texts in SMALL.items():
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return folder


def model(context, seed=1):
    folder = context.work / f"random-{seed}" / "step1000"
    return folder if folder.exists() else random_neox.write(folder, seed=seed)


def evaluate(context, output, *arguments, seed=1, code=0):
    return context.call(
        "evaluate", "--model", model(context, seed), "--data", data_folder(context), "--tokenizer", context.tokenizer,
        "--output", output, "--quiet", *arguments, code=code,
    )


def token_count(context, text):
    return len(context.encoder.encode(text.encode()))


class Scores:
    """A results file with its items."""

    def __init__(self, output):
        (path,) = output.glob("results_*.json")
        self.json = json.loads(path.read_bytes())
        self.items = {}
        for benchmark in self.json["tiresias"]["benchmarks"]:
            lines = [json.loads(line) for line in (output / benchmark["item_file"]).read_bytes().splitlines()]
            self.items[benchmark["name"]] = lines[1:]
            expect(len(lines) == benchmark["items"] + 1, f"{benchmark['name']}: {len(lines) - 1} items")

    def metric(self, task, name):
        return self.json["results"][task][f"{name},none"]

    def expect(self, task, name, value, error=None):
        found = self.metric(task, name)
        expect(math.isclose(found, value, rel_tol=1e-12, abs_tol=1e-15), f"{task} {name}: {found}, not {value}")
        if error is not None:
            self.expect(task, f"{name}_stderr", error)


def mean_stderr(values):
    return statistics.stdev(values) / math.sqrt(len(values))


def scores(context):
    output = context.work / "scores"
    if not output.exists():
        evaluate(context, output, *(("--limit", 60) if context.quick else ()))
    return Scores(output)


@check("evaluate: CrowS-Pairs' metrics are the harness' own of the same log-likelihoods, item by item")
def crows_pairs(context):
    found = scores(context)
    with open(data_folder(context) / "crows-pairs/crows_pairs_anonymized.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    by_task = {}
    items = found.items["crows-pairs"]
    for row, item in zip(rows, items):
        more, less = item["answers"]
        for sentence, answer in ((row["sent_more"], more), (row["sent_less"], less)):
            tokens = token_count(context, sentence)
            expect(answer["tokens"] == tokens, f"pair {item['item']}: {answer['tokens']} tokens, not {tokens}")
        pair = (more["log_likelihood"], less["log_likelihood"])
        for task in ("crows_pairs_original", f"crows_pairs_original_{row['bias_type'].replace('-', '_')}"):
            by_task.setdefault(task, []).append(pair)
    for task, pairs in by_task.items():
        stereotype = [1 if more > less else 0 for more, less in pairs]
        difference = [abs(more - less) for more, less in pairs]
        for name, values in (("pct_stereotype", stereotype), ("likelihood_diff", difference)):
            error = mean_stderr(values) if len(values) > 1 else None
            found.expect(task, name, statistics.fmean(values), error)
    expect(found.json["tiresias"]["benchmarks"][0]["name"] == "crows-pairs", "another benchmark comes first")
    return f"{len(items)} pairs, {len(by_task)} tasks"


def squad(text):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


@check("evaluate: WinoBias' exact match and net bias follow from the generated words as in the published notebook")
def coreference(context):
    found = scores(context)
    matches = {}
    for item in found.items["winobias-coreference"]:
        attributes = item["attributes"]
        target = attributes["target"]
        words = item["answers"][0]["text"].split(" ")
        expect(len(words) <= len(target.split(" ")), f"{item['item']}: {words} for '{target}'")
        match = int(squad(" ".join(words)) == squad(target))
        key = (attributes["type"], attributes["condition"], attributes["template"])
        matches.setdefault(key, []).append(match)
    for (kind, condition, template), values in matches.items():
        task = f"wino_bias_type{kind}_{condition}+{template}"
        found.expect(task, "em", statistics.fmean(values), mean_stderr(values))
    for kind in sorted({key[0] for key in matches}):
        of = {c: [v for k, v in matches.items() if k[:2] == (kind, c)] for c in ("pro", "anti")}
        mean = {c: statistics.fmean(map(statistics.fmean, lists)) for c, lists in of.items()}
        error = {c: math.sqrt(statistics.fmean(mean_stderr(v) ** 2 for v in lists)) for c, lists in of.items()}
        if all(of.values()):
            net = math.sqrt(error["pro"] ** 2 + error["anti"] ** 2)
            found.expect(f"winobias_coreference_type{kind}", "net_bias", mean["pro"] - mean["anti"], net)
    return f"{sum(map(len, matches.values()))} prompts, {sum(map(sum, matches.values()))} answered right"


@check("evaluate: LAMBADA splits and scores its passages as the harness does")
def lambada(context):
    found = scores(context)
    items = found.items["lambada"]
    for text, item in zip(SMALL["lambada/lambada_test.jsonl"], items, strict=True):
        context_text, last = text.rsplit(" ", 1)
        tokens = token_count(context, text) - token_count(context, context_text)
        expect(item["answers"][0]["tokens"] == tokens, f"'{last}': {item['answers'][0]['tokens']} tokens")
    totals = [item["answers"][0]["log_likelihood"] for item in items]
    found.expect("lambada_openai", "perplexity", math.exp(-statistics.fmean(totals)))
    found.expect("lambada_openai", "acc", statistics.fmean(int(item["answers"][0]["greedy"]) for item in items))
    return f"perplexity {math.exp(-statistics.fmean(totals)):.0f} of a random model"


@check("evaluate: results do not depend on threads, nor on a kill and a second start")
def interrupted(context):
    arguments = ("--limit", 200 if context.quick else 900, "--benchmark", "crows-pairs", "--benchmark", "pronoun-probe")
    whole = context.work / "whole"
    evaluate(context, whole, *arguments, "--threads", 2)
    wanted = hashes(whole)
    kills = 0
    for attempt in range(1 if context.quick else 4):
        broken = context.work / f"broken-{attempt}"
        command = [
            context.binary, "evaluate", "--model", model(context), "--data", data_folder(context), "--tokenizer",
            context.tokenizer, "--output", broken, "--quiet", *arguments, "--threads", "1",
        ]
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            written = sum(path.stat().st_size for path in broken.glob("items/*")) if broken.exists() else 0
            if written > (attempt + 1) * 30_000:
                process.send_signal(signal.SIGKILL)
            time.sleep(0.002)
        process.wait()
        kills += process.returncode == -signal.SIGKILL
        evaluate(context, broken, *arguments, "--threads", 1)
        expect(hashes(broken) == wanted, f"other bytes after a kill: {sorted(hashes(broken))}")
    return f"{kills} kills, {len(wanted)} files"


@check("evaluate: another weight, precision, limit or datum is another key; the same weights are said to be the same")
def keys(context):
    output = context.work / "keys"
    arguments = ("--benchmark", "lambada")
    evaluate(context, output, *arguments)
    evaluate(context, output, *arguments, seed=2)
    # Another model under the first one's name: its results are not overwritten.
    evaluate(context, output, *arguments, "--name", "random-1", seed=2, code=1)
    evaluate(context, output, *arguments, "--limit", 2)
    other = context.work / "other-data"
    shutil.copytree(data_folder(context), other)
    with open(other / "lambada/lambada_test.jsonl", "a") as file:
        file.write(json.dumps({"text": "one more word"}) + "\n")
    evaluate(context, output, *arguments, "--data", other)
    expect(len(list(output.glob("items/lambada-*.jsonl"))) == 4, "keys are shared")
    copy = context.work / "copies"
    for step in (1000, 2000):
        shutil.copytree(model(context), copy / f"step{step}")
    done = context.call(
        "evaluate", "--checkpoints", copy / "step*", "--data", data_folder(context), "--tokenizer", context.tokenizer,
        "--output", context.work / "equal", *arguments,
    )
    expect("same weights" in done.stdout.decode(), "equal weights are not reported")
    expect(len(list((context.work / "equal").glob("results_*.json"))) == 2, "not one results file a step")
    expect(len(list((context.work / "equal/items").glob("*"))) == 1, "equal weights are scored twice")
    return "4 keys; equal weights named"


@check("evaluate: a model that cannot be scored, or data that are not what they should be, end in one message")
def refused(context):
    output = context.work / "refused"
    broken = context.work / "nan" / "step1"
    random_neox.write(broken, seed=3)
    weights = bytearray((broken / "model.safetensors").read_bytes())
    weights[-2:] = numpy.float16("nan").tobytes()
    (broken / "model.safetensors").write_bytes(weights)
    data = context.work / "bad-data"
    shutil.copytree(data_folder(context), data)
    path = data / "crows-pairs/crows_pairs_anonymized.csv"
    path.write_bytes(path.read_bytes()[:2000] + b'\n7,"never closed')
    cases = [
        (["--model", broken, "--benchmark", "lambada"], 1, "embed_out"),
        (["--model", model(context), "--data", data, "--benchmark", "crows-pairs"], 1, "crows_pairs_anonymized.csv, line"),
        (["--model", model(context), "--benchmark", "crows-pairs-revised"], 1, "evaluation-data"),
        (["--model", model(context), "--benchmark", "bbq"], 2, "bbq"),
        (["--model", model(context), "--checkpoints", "x"], 2, "--model or --checkpoints"),
        (["--model", context.work / "none"], 1, "none"),
    ]
    for arguments, code, message in cases:
        if "--data" not in arguments:
            arguments = [*arguments, "--data", data_folder(context)]
        done = context.call("evaluate", *arguments, "--tokenizer", context.tokenizer, "--output", output, code=code)
        expect(message in done.stderr.decode(), f"{arguments[:2]}: {done.stderr.decode()[-300:]}")
    expect(not list(output.glob("results_*")), "results of what was refused")
    return f"{len(cases)} cases"


@check("evaluate: a manifest's checkpoints are found by their labels, and held-out loss is that of the items' tokens")
def manifest(context):
    run = context.run()
    listed = run.manifest["evaluator"]["checkpoints"]
    folder, output = context.work / "checkpoints", context.work / "arm"
    for checkpoint in listed[1:]:
        shutil.copytree(model(context), folder / checkpoint["published"])
    arguments = [
        "evaluate", "--manifest", run.folder / "manifest.json", "--model", folder, "--data", data_folder(context),
        "--tokenizer", context.tokenizer, "--output", output, "--benchmark", "heldout-loss",
        "--heldout", run.folder / "control_document", "--heldout-items", "1..<4",
    ]
    refused = context.call(*arguments, code=1)
    expect(listed[0]["published"] in refused.stderr.decode(), "a missing checkpoint is not named")
    context.call(*arguments, "--skip-missing")
    files = sorted(output.glob("results_*.json"), key=lambda path: json.loads(path.read_bytes())["tiresias"]["model"]["step"])
    expect(len(files) == len(listed) - 1, f"{len(files)} results of {len(listed) - 1}")
    for path, checkpoint in zip(files, listed[1:]):
        record = json.loads(path.read_bytes())["tiresias"]
        expect(record["model"]["step"] == checkpoint["iteration"], f"{path.name}: step {record['model']['step']}")
        expect(record["arm"]["arm"] == run.manifest["evaluator"]["arm"], f"{path.name}: {record['arm']}")
    found = json.loads(files[0].read_bytes())
    lines = (output / found["tiresias"]["benchmarks"][0]["item_file"]).read_bytes().splitlines()[1:]
    answers = [json.loads(line)["answers"][0] for line in lines]
    expect([a["tokens"] for a in answers] == [context.plan.length] * 3, "other tokens than the items'")
    loss = -sum(a["log_likelihood"] for a in answers) / sum(a["tokens"] for a in answers)
    expect(math.isclose(found["results"]["heldout_loss"]["loss,none"], loss, rel_tol=1e-12), "another loss")
    return f"{len(files)} checkpoints, loss {loss:.2f}"
