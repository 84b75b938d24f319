"""Every variant in pipelines/ on this data: its control made again from window and log, and its window looked at in Chromium."""

import concurrent.futures
import json
import re
import shutil

import yaml

import neox
from checks_page import browser
from checks_view import CHOSEN, Server, filtered, searched_for
from harness import Difference, check, expect
from program import ROOT, SEED, Plan, Run

# Other policies of length than the files have, with packs whose words are of other lengths.
POLICIES = [("pythia-deduped-7pct-m2f", "slide"), ("pythia-deduped-7pct-m2f", "pad"), ("pythia-deduped-7pct-neutral", "slide")]
# What is looked at and kept as a picture, in both colour schemes.
PICTURED = ("7pct-m2f, slide", "7pct-m2f, pad", "7pct-m2f-random-edits", "7pct-swap", "7pct-2023-literal-rows", "7pct-control")


class Variant:
    """A pipeline as it is, but for its data, the numbers of its run, and perhaps its policy of length."""

    def __init__(self, name, policy=None):
        self.name = f"{name}, {policy}" if policy else name
        content = yaml.safe_load((ROOT / "pipelines" / f"{name}.yaml").read_text())
        self.path, self.stages = ROOT / "pipelines" / f"{name}.yaml", content["stages"]
        self.read = next(iter(self.stage("read")))
        self.policy = policy

    def stage(self, name):
        return next((stage[name] for stage in self.stages if name in stage), None)

    @property
    def kind(self):
        """What makes it another variant than others on other data or in another window."""
        stages = [stage for stage in self.stages if not stage.keys() & {"read", "order", "window"}]
        return json.dumps([stages, self.read, "run" in self.stage("order"), self.policy])

    def run(self, context, plan, preshuffled):
        """Two steps at least are in the window."""
        base = context.base.prefix.removesuffix("_text_document")
        data = {"idxmap": context.base.prefix, "preshuffled": preshuffled, "pile": context.corpus}[self.read]
        settings = {f"read.{self.read}": data} | ({"read.base": base} if self.read == "pile" else {})
        numbers = {"train_iters": plan.steps, "batch_size": plan.batch, "sequence_length": plan.length, "seed": SEED}
        settings |= {f"order.{key}": value for key, value in numbers.items()} | {"order.checkpoint_every": 1}
        if self.stage("retokenize"):
            settings["retokenize.tokenizer"] = context.tokenizer
        if self.policy:
            settings["retokenize.length"] = self.policy
        folder = context.work / "variants" / self.name.replace(", ", "-")
        context.call("run", self.path, "--output", folder, *(f"--set={key}={value}" for key, value in settings.items()))
        return Run(folder, plan)

    @property
    def is_encoded_anew(self):
        return (self.stage("retokenize") or {}).get("scope") == "sample"


# What the quick form leaves out: kinds that differ from another one in a number or a direction.
LEFT_OUT = ("0.25", "0.75", "by-document", "-f2m", "pct-nouns", "experiment-7pct")


def variants(context):
    names = sorted(path.stem for path in (ROOT / "pipelines").glob("*.yaml"))
    if context.quick:
        names = [name for name in names if not any(part in name for part in LEFT_OUT)]
    # The last of a kind stays, and 7 % is quicker than 21 %.
    names.sort(key=lambda name: ("21pct" not in name, name))
    found = [Variant(name) for name in names] + [Variant(name, policy) for name, policy in POLICIES]
    return list({variant.kind: variant for variant in found}.values()) if context.quick else found


def made(context):
    """Name, variant and run of each variant; all of them made once."""
    if not hasattr(context, "variants"):
        plan = context.plan
        if context.quick:
            plan = Plan(steps=plan.steps // 2, batch=plan.batch, length=plan.length)
        order = neox.TrainingOrder(context.base, plan.wanted, plan.length, SEED)
        preshuffled = context.work / "variants-preshuffled"
        neox.write_idxmap(preshuffled, [order.sample(q) for q in range(plan.steps * plan.batch)], context.base.dtype)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = pool.map(lambda variant: (variant, variant.run(context, plan, preshuffled)), variants(context))
            context.variants = list(runs)
    return context.variants


@check("every variant in pipelines/: window and log give the control, byte for byte")
def reverted(context):
    edits = refused = 0
    for variant, run in made(context):
        alone, target = context.work / "variant alone", context.work / "variant alone" / "again" / "control_document"
        shutil.rmtree(alone, ignore_errors=True)
        shutil.copytree(run.folder, alone, ignore=shutil.ignore_patterns("control*", "*.npy", "again"))
        told = ("revert", alone / "manifest.json", "--output", target)
        if variant.is_encoded_anew:
            message = context.call(*told, code=1).stderr.decode()
            expect("encoded anew" in message and not target.with_suffix(".bin").exists(), f"{variant.name}: {message}")
            refused += 1
            continue
        answer = context.call(*told).stdout.decode()
        edits += int(re.search("([0-9]+) edits", answer)[1])
        # A run without a control is one.
        wanted = "control_document" if (run.folder / "control_document.bin").exists() else "window_document"
        for end in ("bin", "idx"):
            expect(
                target.with_suffix(f".{end}").read_bytes() == (run.folder / f"{wanted}.{end}").read_bytes(),
                f"{variant.name}: another {wanted}.{end}",
            )
    return f"{len(context.variants)} variants, {edits} edits taken back; {refused} encoded anew, which says that it cannot"


@check("every variant in pipelines/: its page shows, marks, finds and filters, by mouse and keys, and asks nobody else")
def viewed(context):
    rules = edits = 0
    with browser() as found:
        for variant, run in made(context):
            try:
                dataset = [] if variant.read == "preshuffled" else ["--dataset", context.base.prefix]
                with Server(context, run, *dataset) as server:
                    shown = look(context, server, found, variant, run)
                    found.leave()
            except (Difference, RuntimeError) as error:
                raise Difference(f"{variant.name}: {error}") from None
            rules, edits = rules + shown[0], edits + shown[1]
    return f"{len(context.variants)} variants, {rules} filters by rule, {edits} marks"


def look(context, server, found, variant, run):
    """How many rules were filtered by, and how many edits were marked."""
    places = edited_places(run)
    step, row = next(iter(places.values()))[0] if places else (run.first_sample // run.plan.batch, 0)
    found.open(f"{server.address}#step={step}&row={row}")
    found.until("document.querySelectorAll('#sides .text').length > 0")
    expect(found.evaluate("document.querySelectorAll('#rows li').length") == run.plan.batch, "not a line for each row")
    expect(found.evaluate(CHOSEN) == row, "another row than the address says")
    marks = found.evaluate("document.querySelectorAll('#sides ins').length")
    expect(bool(marks) == bool(places) or variant.is_encoded_anew, f"{marks} marks at step {step}, row {row}")
    pictured(context, found, variant)
    keys(found, run, bool(marks))
    searched_for_a_word(found)
    if server.ask("run")["has_documents"]:
        by_subset(server, found)
    rarest = min(places, key=lambda rule: len(places[rule])) if places else None
    if rarest:
        filtered(found, rarest, set(places[rarest]))
    expect(not found.problems, f"{found.problems[:3]}")
    return bool(rarest), marks


def edited_places(run):
    """Rule: the steps and rows that have an edit of it."""
    places = {}
    for line in run.edits():
        places.setdefault(line["rule"], {})[line["step"], line["row"]] = True
    return {rule: list(found) for rule, found in places.items()}


def pictured(context, found, variant):
    if not variant.name.endswith(PICTURED):
        return
    for scheme in ("light", "dark"):
        found.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        found.picture(context.work / f"view-{variant.name.replace(', ', '-')}-{scheme}.png")


def keys(found, run, has_marks):
    if has_marks:
        found.painted()
        found.key("n", 78)
        found.until("document.querySelectorAll('ins.now').length == 1")
    found.key("End", 35)
    found.until(f"{CHOSEN} == {run.plan.batch - 1}")
    found.key("k", 75)
    found.until(f"{CHOSEN} == {run.plan.batch - 2}")
    found.until(f"/row {run.plan.batch - 2}\\b/.test(document.getElementById('title').textContent)")


def searched_for_a_word(found):
    """A word of the sample that is shown is found in it."""
    found.until("document.querySelectorAll('#sides .text').length > 0")
    title = found.evaluate("document.getElementById('title').textContent")
    step, row = (re.sub(",", "", number) for number in re.findall("[0-9,]*[0-9]", title)[:2])
    words = found.evaluate("[...document.querySelector('#sides').lastElementChild.querySelector('.text').childNodes]"
                           ".filter(n => n.nodeType == 3).map(n => n.data.match(/(?<= )[A-Za-z]{4,12}(?= )/)?.[0]).filter(Boolean)")
    expect(words, "no word in the sample")
    found.evaluate(f"document.getElementById('first').value = document.getElementById('last').value = {step}")
    count = searched_for(found, words[0])
    expect(count > 0, f"'{words[0]}' is not found")
    hits = found.evaluate("[...document.querySelectorAll('#rows .place span:first-child')].map(e => e.textContent)")
    expect(f"step {step} · row {row}" in hits, f"'{words[0]}' is not found at step {step}, row {row}: {hits[:3]}")
    found.key("Escape", 27)
    found.key("Escape", 27)
    found.until("document.getElementById('hits-bar').hidden")
    found.evaluate("document.getElementById('text').value = ''; document.getElementById('first').value = 0;"
                   "document.getElementById('last').value = 999999")


def by_subset(server, found):
    """The rows that are left of a step are those that show the subset."""
    subset = server.ask("run")["subsets"][-1]
    value = json.dumps(subset)
    found.evaluate(f"document.getElementById('subset').value = {value}; document.getElementById('subset').dispatchEvent(new Event('change'))")
    found.until("/ of /.test(document.getElementById('count').textContent) || document.querySelectorAll('#rows li').length > 0")
    step = found.evaluate("document.getElementById('step').value")
    wanted = [row["row"] for row in server.ask("step", step=step)["rows"] if subset in row["subsets"]]
    shown = "[...document.querySelectorAll('#rows .place span:first-child')].map(e => Number(e.textContent.slice(4)))"
    found.until(f"{shown}.filter(row => !{json.dumps(wanted)}.includes(row)).length <= 1")
    left = set(found.evaluate(shown))
    expect(left >= set(wanted), f"subset: rows {left}, not {wanted}")
    found.evaluate("document.getElementById('subset').value = ''; document.getElementById('subset').dispatchEvent(new Event('change'))")
    found.until("!/ of /.test(document.getElementById('count').textContent)")
