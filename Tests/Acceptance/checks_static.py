"""The static program in a root folder with nothing but the C library: the bytes of the ordinary program."""

import os
import shutil
import subprocess

from harness import Difference, check, expect
from minimal_root import MinimalRoot
from neox import write_idxmap
from program import ROOT, hashes, needs

MODEL = ROOT / "Tests/NeoXModelTests/Fixtures/neox-8"


def static_program():
    named = os.environ.get("TIRESIAS_STATIC")
    needs(named, "set TIRESIAS_STATIC=1, or make acceptance-static")
    found = [named] if named != "1" else sorted(ROOT.glob("out/static/tiresias-*-linux-*"), key=os.path.getmtime)
    needs(found, "there is no out/static: make static")
    return found[-1]


class Both:
    """The static program inside a root, and the ordinary one outside, in the same folder."""

    def __init__(self, context, name):
        self.context = context
        self.root = MinimalRoot(context.work / name)
        self.folder = self.root.folder
        program = static_program()
        self.libraries = self.root.add_c_library(program)
        shutil.copy(program, self.folder / "tiresias")
        shutil.copytree(ROOT / "rules", self.folder / "rules")
        (self.folder / "assets").mkdir()
        shutil.copy(context.tokenizer, self.folder / "assets/20B_tokenizer.json")

    def inside(self, *arguments, code=0):
        return self.judged(self.root.run("/tiresias", *arguments), arguments, code)

    def outside(self, *arguments, code=0):
        done = subprocess.run([self.context.binary, *map(str, arguments)], cwd=self.folder, capture_output=True)
        return self.judged(done, arguments, code)

    def judged(self, done, arguments, code):
        if done.returncode != code:
            raise Difference(f"{arguments[0]}: exit {done.returncode}, not {code}: {done.stderr.decode(errors='replace')[-1000:]}")
        return done.stdout.decode(), done.stderr.decode()

    def same(self, *arguments, code=0):
        inside, outside = self.inside(*arguments, code=code), self.outside(*arguments, code=code)
        expect(inside == outside, f"{' '.join(arguments)}: {inside} inside, {outside} outside")
        return inside[0]


@check("static: in a root with the C library alone, every result has the bytes of the ordinary program's")
def inside(context):
    both = Both(context, "static-root")
    expect(len(both.libraries) <= 5, f"it needs more than the C library: {both.libraries}")
    both.same("--version")
    rules = both.same("rules", "test", "rules").strip().splitlines()[-1]
    both.same("rules", "check", "rules")
    doctor, _ = both.inside("doctor")
    expect("libdnnl" in doctor and "MISSING" not in doctor, f"doctor: {doctor}")
    results = {}
    corpus(context, both.folder)
    for name, call in (("inside", both.inside), ("outside", both.outside)):
        results[name] = made(context, both, call)
    expect(results["inside"] == results["outside"], "the results differ")
    return f"{len(both.libraries)} libraries; {rules}; {len(results['inside'])} files the same"


def corpus(context, folder):
    context.base  # writes the corpus
    subprocess.run(["zstd", "-q", "-3", context.corpus, "-o", folder / "pile.jsonl.zst"], check=True)


def made(context, both, call):
    """The hashes of tokens and window, as one of the two programs makes them; nothing is left of it."""
    work = both.folder / "made"
    work.mkdir()
    call("tokenize", "pile.jsonl.zst", "--tokenizer", "assets/20B_tokenizer.json", "--output", "made/base", "--quiet")
    text = context.pipeline("static", "made/base_text_document", context.plan, context.intervention(percent=40)).read_text()
    (work / "p.yaml").write_text(text.replace(str(ROOT / "rules"), "rules").replace(str(context.tokenizer), "20B"))
    call("run", "made/p.yaml", "--output", "made/window", "--quiet")
    call("verify", "made/window/manifest.json", "--base", "made/base_text_document", "--sequences", "all", "--quiet")
    (work / "base_text_document.origin.stamps.json").unlink(missing_ok=True)
    found = hashes(work)
    shutil.rmtree(work)
    return found


@check("static: scores are those of the ordinary program where oneDNN is, and missed by name where it is not")
def scores(context):
    both = Both(context, "static-scores")
    shutil.copytree(MODEL, both.folder / "model")
    write_idxmap(both.folder / "heldout", [context.base.tokens(0, 40 * number, 40) for number in range(4)])
    arguments = ["evaluate", "--model", "model", "--step", "1", "--benchmark", "heldout-loss", "--heldout", "heldout",
                 "--heldout-items", "0..<4", "--quiet", "--output"]
    _, errors = both.inside(*arguments, "none", code=1)
    expect("libdnnl" in errors and "install" in errors, f"it does not say what is missing: {errors}")
    found = {}
    for name, program in (("ordinary", context.binary), ("static", static_program())):
        done = subprocess.run([program, *arguments, "scores"], cwd=both.folder, capture_output=True)
        expect(done.returncode == 0, f"{name}: {done.stderr.decode(errors='replace')}")
        found[name] = hashes(both.folder / "scores")
        shutil.rmtree(both.folder / "scores")
    expect(found["ordinary"] == found["static"], f"scores differ: {found}")
    return f"{len(found['static'])} files the same"
