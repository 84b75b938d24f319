"""The intervened window, the control, the edit log and the index maps, against the slow reference."""

import collections
import dataclasses
import json
import os
import random
import subprocess
from pathlib import Path

import jsonschema
import numpy as np
import regex

import manifest_schema
import neox
from harness import check, expect
from program import SEED, Plan, needs, sha256
from text import END_OF_TEXT, segments

# Whole words in the usual sense; deliberately not the program's own idea of a word.
MASCULINE = regex.compile(r"(?<![\p{L}\p{N}_])(?:he|him|his|himself|hisself)(?![\p{L}\p{N}_])", regex.IGNORECASE)

FRACTIONS = ("0.25", "0.5", "1.0")


def window_samples(run):
    first = run.first_sample
    return range(first, first + len(run.window))


def texts_in(context, order, samples):
    """The text of every segment that these samples read from."""
    items = {item for q in samples for item, _, _ in order.spans(q)}
    for item in items:
        ids = order.base.tokens(item).tolist()
        for first, end in segments(ids):
            yield context.encoder.decode(ids[first:end])


def compare(context, run, reference):
    """As `compare_samples`, with the rules' decisions asked for beforehand."""
    context.prepare(texts_in(context, reference.order, window_samples(run)))
    return compare_samples(run, reference)


def compare_samples(run, reference):
    """Every sample of the window, and every logged edit in it, against the reference; returns how many edits there were.

    Edits in what a slid sample was filled up with are not counted: they show in the tokens.
    """
    logged = collections.Counter(
        (line["q"], line["position"], tuple(line["before_ids"]), tuple(line["after_ids"]))
        for line in run.edits()
        if line["position"] <= run.plan.length
    )
    expected = collections.Counter()
    for k, q in enumerate(window_samples(run)):
        wanted, places = reference.sample(q)
        found = run.window.tokens(k).tolist()
        expect(found == wanted, f"sample {q} differs at token {first_difference(found, wanted)}")
        for position, edit in places:
            before = reference.order.base.tokens(edit.item, edit.first, edit.end - edit.first).tolist()
            expected[q, position, tuple(before), tuple(edit.after)] += 1
    expect(logged == expected, f"edit log: {(logged - expected) or (expected - logged)}")
    return sum(expected.values())


def first_difference(a, b):
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


@check("window is where the run says")
def window_place(context):
    for percent in (7, 21):
        run, first = context.run(percent=percent), context.plan.last(percent)
        window = run.manifest["window"]
        expect((window["first_step"], window["end_step"]) == (first, context.plan.steps), f"{percent} %: {window}")
        expect(run.first_sample == first * context.plan.batch, f"{percent} %: first sample {run.first_sample}")
        expect(len(run.window) == (context.plan.steps - first) * context.plan.batch, f"{percent} %: items")
    return f"of {context.plan.steps} steps, from {context.plan.last(7)} and {context.plan.last(21)}"


@check("control equals the order")
def control(context):
    run = context.run(percent=21)
    for k, q in enumerate(window_samples(run)):
        expect(np.array_equal(run.control.tokens(k), context.order.sample(q)), f"sample {q}")
    return f"{len(run.control)} samples"


@check("window equals the slow reference")
def window(context):
    figures = []
    for percent in (7, 21):
        for fraction in FRACTIONS:
            for by in ("sequence", "document", "occurrence"):
                if fraction == "1.0" and by != "sequence":
                    continue
                run = context.run(percent=percent, fraction=fraction, by=by)
                edits = compare(context, run, context.reference(fraction, by))
                figures.append(f"{percent} % {fraction} {by}: {edits} edits")
    return "; ".join(figures)


@check("window equals the slow reference where samples slide or are padded")
def other_policies(context):
    figures = []
    for policy in ("slide", "pad"):
        run = context.run(percent=7, fraction="0.75", by="document", policy=policy)
        edits = compare(context, run, context.reference("0.75", "document", policy))
        figures.append(f"{policy}: {edits} edits, {shifted(run)} samples shifted")
    return "; ".join(figures)


def shifted(run):
    return sum(any(line["position"] != line["output_position"] for line in lines) for lines in by_sample(run).values())


def by_sample(run):
    samples = collections.defaultdict(list)
    for line in run.edits():
        samples[line["q"]].append(line)
    return samples


@check("window equals the slow reference on a base whose tokens are not the tokenizer's")
def noncanonical(context):
    """Texts encoded in pieces that were cut anywhere."""
    draw = random.Random(5)
    texts = [text for text in context.documents if text.isascii() and len(text) < 100_000][:300]
    items = [[index for piece in pieces(text, draw) for index in context.encoder.encode(piece)] for text in texts]
    prefix = context.work / "noncanonical"
    neox.write_idxmap(prefix, [[*ids, END_OF_TEXT] for ids in items])
    plan = Plan(steps=sum(map(len, items)) // 256 // 4, batch=4, length=256)
    reference = context.reference()
    reference.order = neox.TrainingOrder(neox.Idxmap(prefix), plan.wanted, plan.length, SEED)
    reference.items = {}
    run = context.run(percent=50, prefix=prefix, plan=plan)
    edits = compare(context, run, reference)
    dropped = sum(line.get("kept") == "noncanonical" for line in run.log())
    expect(dropped > 0, "nothing was left for this reason")
    return f"{edits} edits, {dropped} left alone"


def pieces(text, draw):
    while text:
        length = draw.randrange(1, 120)
        yield text[:length].encode()
        text = text[length:]


@check("literal reference equals the quick one")
def literal(context):
    """Every edit made alone in the whole text, which is then encoded as a whole, on the items that are short enough."""
    run = context.run(percent=7)
    items = {item for q in window_samples(run) for item, _, _ in context.order.spans(q)}
    short = sorted(item for item in items if context.base.sizes[item] < 3000)[: 200 if context.quick else 1000]
    quick, whole = context.reference(), context.reference(literal=True)
    for item in short:
        expect(quick.edits(item) == whole.edits(item), f"item {item}")
    return f"{len(short)} items, {sum(len(quick.edits(item)) for item in short)} edits"


@check("a larger fraction contains the smaller")
def nesting(context):
    figures = []
    for by in ("sequence", "document", "occurrence"):
        keys = [logged_keys(context.run(percent=21, fraction=fraction, by=by)) for fraction in FRACTIONS]
        expect(keys[0] < keys[1] < keys[2], f"by {by}: {[len(key) for key in keys]}")
        figures.append(f"by {by} {len(keys[0])} < {len(keys[1])} < {len(keys[2])}")
    return ", ".join(figures)


def logged_keys(run):
    """Where samples were edited: sample, position in it, and item."""
    return {(line["q"], line["position"], line["item"]) for line in run.edits()}


@check("the 7 % window is the end of the 21 % window")
def suffix(context):
    for fraction, by in (("1.0", "sequence"), ("0.5", "occurrence")):
        short, long = (context.run(percent=percent, fraction=fraction, by=by).window for percent in (7, 21))
        expect(np.array_equal(short.data, long.data[-len(short.data) :]), f"fraction {fraction} by {by}")
    return f"{len(short.data)} bytes"


@check("1, 2 and 7 workers write the same bytes")
def workers(context):
    hashes = [context.run(percent=7, fraction="0.5", by="occurrence", workers=count).hashes() for count in (1, 2, 7)]
    files = {name for names in hashes for name in names}
    differing = sorted(name for name in files if len({names.get(name) for names in hashes}) > 1)
    expect(not differing, f"differing: {differing}")
    return f"{len(files)} files"


@check("every masculine pronoun left is in the log with a reason")
def left(context):
    run = context.run(percent=7)
    logged = {(line["q"], line["position"] + shift) for line in run.log() for shift in range(reach(line))}
    seen, missing = 0, []
    for q in window_samples(run):
        position = 0
        for item, first, count in context.order.spans(q):
            for token, word in pronouns(context, item):
                if first <= token < first + count:
                    seen += 1
                    if (q, position + token - first) not in logged:
                        missing.append(f"{word} (sample {q}, item {item}, token {token})")
            position += count
    expect(not missing, f"{len(missing)} of {seen}: {'; '.join(missing[:10])}")
    return f"{seen} pronouns, all edited or with a reason"


def reach(line):
    """Tokens that a line of the log speaks of."""
    return len(line.get("before_ids", [0]))


def pronouns(context, item):
    """Each masculine pronoun of an item: the token that holds its first byte, and the word."""
    cache = context.__dict__.setdefault("_pronouns", {})
    if item not in cache:
        ids = context.base.tokens(item).tolist()
        starts = np.cumsum([0] + [len(context.encoder.bytes_of[index]) for index in ids])
        text = context.encoder.decode(ids).decode("utf-8", "surrogateescape")
        offset, seen, cache[item] = 0, 0, []
        for match in MASCULINE.finditer(text):
            offset += len(text[seen : match.start()].encode("utf-8", "surrogateescape"))
            seen = match.start()
            cache[item].append((int(np.searchsorted(starts, offset, side="right")) - 1, match.group()))
    return cache[item]


@check("control and log make the window")
def replay(context):
    run = context.run(percent=7)
    tokens = [run.control.tokens(k).tolist() for k in range(len(run.control))]
    for line in run.edits():
        row = tokens[line["q"] - run.first_sample]
        for position, index in enumerate(line["after_ids"], line["position"]):
            if 0 <= position < len(row):
                row[position] = index
    expect(all(run.window.tokens(k).tolist() == row for k, row in enumerate(tokens)), "another window")
    return f"{len(tokens)} samples"


@check("GPT-NeoX's rules read the window, and nothing else")
def loader(context):
    run, plan, first = context.run(percent=7), context.plan, context.run(percent=7).first_sample
    for naming in ("", "_packedpi_ac"):
        for name, items in (("window_document", run.window), ("control_document", run.control)):
            data = neox.Loader(run.folder / name, "train_0", plan.wanted, plan.length, SEED, naming)
            expect(len(data) >= plan.steps * plan.batch, f"{name}: {len(data)} samples, too few for the run")
            for k in range(len(items)):
                expect(np.array_equal(data[first + k], items.tokens(k)), f"{name}{naming}: sample {first + k}")
            for q in (0, 1, first // 2, first - 1):
                expect(fails(data, q), f"{name}{naming}: sample {q} is outside the window and was read")
    return f"{len(items)} samples, both namings, window and control"


def fails(data, q):
    try:
        data[q]
    except IndexError:
        return True
    return False


@check("Megatron-Core reads the window")
def megatron(context):
    python = os.environ.get("MEGATRON")
    needs(python, "MEGATRON names no Python that has megatron-core: Tests/Acceptance/megatron_items.py says how to get one")
    run, output = context.run(percent=7), context.work / "megatron.npz"
    script = Path(__file__).parent / "megatron_items.py"
    command = [os.path.abspath(python), "-W", "ignore", script, run.folder / "window_document", output]
    done = subprocess.run(command, capture_output=True, text=True)
    expect(done.returncode == 0, done.stderr[-2000:])
    theirs, window = np.load(output, allow_pickle=False), run.window
    expect(theirs["tokens"].dtype == window.dtype, f"type {theirs['tokens'].dtype}")
    expect(np.array_equal(theirs["tokens"], window.data.view(window.dtype)), "other tokens")
    expect(np.array_equal(theirs["sizes"], window.sizes), "other sizes")
    expect(np.array_equal(theirs["documents"], window.doc_idx), "other documents")
    expect(np.array_equal(theirs["part"], window.tokens(len(window) - 1, 1, 2)), "another part of an item")
    return f"{len(window)} items, {len(theirs['tokens'])} tokens, {done.stdout.strip()}"


@check("batches of a manifest are the window's")
def manifest_batches(context):
    run, plan, output = context.run(percent=7), context.plan, context.work / "window.npy"
    first = plan.last(7)
    context.call(
        "batch", "--window", run.folder / "manifest.json", "--steps", f"{first}..<{plan.steps}", "--npy", output
    )
    found = np.load(output, allow_pickle=False)
    expect(found.shape == (plan.steps - first, plan.batch, plan.length + 1), f"shape {found.shape}")
    expect(found.tobytes() == run.window.data.tobytes(), "other tokens than the window's")
    return f"{found.size} tokens"


@check("shards and a raw Pile give the same window")
def other_bases(context):
    """Shards as they are published, and the corpus that the base was tokenized from."""
    run, plan = context.run(percent=7), context.plan
    shards = context.work / "shards"
    context.call("dataset", "shard", context.base.prefix, "--output", shards, "--shard-size", 100_001)
    expect(np.array_equal(neox.Idxmap(shards).data, context.base.data), "the shards hold other bytes")
    parts = len(list(context.work.glob("shards-?????-of-?????.bin")))
    sharded = context.run(percent=7, prefix=shards)
    raw = context.run(percent=7, prefix=context.corpus, plan=Plan(plan.steps, plan.batch, plan.length, "pile"))
    for other in (sharded, raw):
        expect(np.array_equal(other.window.data, run.window.data), f"{other.folder.name}: another window")
        expect(np.array_equal(other.control.data, run.control.data), f"{other.folder.name}: another control")
    return f"{parts} shards"


@check("the manifest's schema and hashes hold")
def manifest(context):
    run = context.run(percent=7)
    path = run.folder / "manifest.json"
    schema = json.loads(manifest_schema.SCHEMA.read_text(encoding="utf-8"))
    found = manifest_schema.faults(path, jsonschema.Draft202012Validator(schema))
    expect(not found, "; ".join(found))
    for output in run.manifest["outputs"]:
        expect(sha256(run.folder / output["path"]) == output["sha256"], output["path"])
    return f"{len(run.manifest['outputs'])} outputs"


@check("verify sees a changed byte, and says what it could not check")
def verify(context):
    run = context.run(percent=7)
    manifest, base = run.folder / "manifest.json", context.base.prefix
    context.call("verify", manifest, "--base", base, "--sequences", "all")
    told = context.call("verify", manifest)
    expect(b"base" in told.stdout + told.stderr, "nothing said of the base that was not given")
    for name in ("window_document.bin", "control_document.bin"):
        with changed_byte(run.folder / name, 2 * (context.plan.length + 1) + 7):
            context.call("verify", manifest, "--base", base, "--sequences", "all", code=3)
    context.call("verify", manifest, "--base", base, "--sequences", 10, "--seed", 3)
    return "3 for window and control"


class changed_byte:
    def __init__(self, path, offset):
        self.path, self.offset = path, offset

    def flip(self):
        with open(self.path, "r+b") as file:
            file.seek(self.offset)
            byte = file.read(1)[0]
            file.seek(self.offset)
            file.write(bytes([byte ^ 1]))

    def __enter__(self):
        self.flip()

    def __exit__(self, *error):
        self.flip()


@check("preshuffled data give the same edits but for the edges")
def preshuffled(context):
    """Samples of 1,025 tokens or more: where both edges are within 1,024 bytes little can be decided."""
    scale = max(1, 1024 // context.plan.length)
    plan = Plan(context.plan.steps // scale, context.plan.batch, context.plan.length * scale)
    order = neox.TrainingOrder(context.base, plan.wanted, plan.length, SEED)
    prefix = context.work / "preshuffled"
    neox.write_idxmap(prefix, [order.sample(q) for q in range(plan.steps * plan.batch)], context.base.dtype)
    run = context.run(percent=7, plan=plan)
    cut = context.run(percent=7, prefix=prefix, plan=dataclasses.replace(plan, read="preshuffled"))
    expect(np.array_equal(cut.control.data, run.control.data), "another control")
    whole, parts = edits_of(run), edits_of(cut)
    expect(not parts.keys() - whole.keys(), f"edits of its own: {sorted(parts.keys() - whole.keys())[:5]}")
    expect(all(whole[key] == value for key, value in parts.items()), "the same place edited otherwise")
    lost = whole.keys() - parts.keys()
    edges = {(line["q"], line["position"]) for line in cut.log() if line.get("kept") == "edge"}
    unexplained = {key for key in lost if not any((key[0], key[1] + shift) in edges for shift in range(-3, 4))}
    expect(not unexplained, f"lost without the reason edge: {sorted(unexplained)[:5]}")
    return f"{len(parts)} edits, {len(lost)} of {len(whole)} lost at edges"


def edits_of(run):
    return {(line["q"], line["position"]): tuple(line["after_ids"]) for line in run.edits()}
