"""The bias report as people open it: in headless Chromium, from disk, in both colour schemes, wide and on a phone."""

import importlib.util
import json
import shutil
import sys

import random_neox
from browser import Browser, program
from checks_evaluate import data_folder
from harness import Skip, check, expect
from program import ROOT

HOSTILE = "<script>document.title='hacked'</script><img src=x onerror=alert(1)>"


def scores(context):
    """Two seeds of two arms, at two steps."""
    output = context.work / "page-scores"
    if not output.exists():
        for arm, number in (("control", 10), ("m2f", 20)):
            for seed in (1, 2):
                for step in (500, 1000):
                    model = random_neox.write(context.work / f"page-{arm}-{seed}" / f"step{step}", seed=number + seed + step)
                    context.call(
                        "evaluate", "--model", model, "--name", "tiny", "--arm", arm, "--seed", seed, "--step", step, "--limit", 60, "--data",
                        data_folder(context), "--tokenizer", context.tokenizer, "--output", output, "--quiet", "--benchmark", "crows-pairs",
                        "--benchmark", "pronoun-probe", "--benchmark", "lambada",
                    )
    return output


def page(context, name, *results):
    """The report's page; charts where vl-convert is there."""
    folder = context.work / name
    python = sys.executable if importlib.util.find_spec("vl_convert") else "/dev/null"
    context.call("report", *results, "--output", folder, "--python", python, "--quiet")
    return folder / "report.html", len(list((folder / "figures").glob("*.svg")))


def browser():
    if not program():
        raise Skip("no chromium here")
    return Browser()


def looked_at(context, path, figures, found):
    """Both schemes and widths: nothing is loaded, nothing fails, nothing sticks out, every figure is there."""
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            found.open(path, width, scheme)
            where = f"{path.parent.name}, {scheme}, {width} pixels"
            expect(not found.problems, f"{where}: {found.problems[:3]}")
            sizes = found.evaluate("[...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect().height)")
            expect(len(sizes) == figures and all(size > 60 for size in sizes), f"{where}: figures of heights {sizes}")
            wide = found.evaluate("document.documentElement.scrollWidth")
            expect(wide <= width, f"{where}: the page is {wide} pixels wide")
            out = found.evaluate(
                "[...document.querySelectorAll('h1, h2, h3, p, li, nav, summary, .claim')].filter(e => "
                "e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll')).map(e => e.textContent.slice(0, 60))")
            expect(not out, f"{where}: sticks out: {out[:3]}")
            back = found.evaluate("getComputedStyle(document.body).backgroundColor")
            light = sum(map(int, back[4:-1].split(",")[:3])) > 382
            expect(light == (scheme == "light"), f"{where}: the background is {back}")
            found.picture(context.work / f"{path.parent.name}-{scheme}-{width}.png")


@check("report: the page opens in Chromium from disk: no error, no request, every figure, both schemes, wide and narrow")
def opens(context):
    with browser() as found:
        pages = [page(context, "page-seeds", scores(context)), page(context, "page-forms", ROOT / "Tests/Results")]
        for path, figures in pages:
            looked_at(context, path, figures, found)
        found.open(pages[0][0])
        found.key("Tab", 9)
        expect(found.evaluate("document.activeElement.tagName") == "A", "Tab does not reach the first link")
        found.evaluate("document.querySelector('summary').focus()")
        found.key("Enter", 13)
        expect(found.evaluate("document.querySelector('details').open"), "Enter does not unfold a table")
    return f"{len(pages)} pages, {sum(figures for _, figures in pages)} figures"


@check("report: a result file with markup in every string shows it as text")
def hostile(context):
    folder = context.work / "page-hostile-results"
    shutil.copytree(scores(context), folder)
    for path in folder.glob("results_*.json"):
        result = json.loads(path.read_bytes())
        record = result["tiresias"]
        record["model"]["name"] += HOSTILE
        record["arm"]["run"] += HOSTILE
        if record["arm"]["arm"] != "control":
            record["arm"]["arm"] += HOSTILE
        record["version"] = HOSTILE
        for benchmark in record["benchmarks"]:
            benchmark["notes"] = [HOSTILE]
            benchmark["fingerprint"]["scorer"]["library"] += HOSTILE
        path.write_text(json.dumps(result))
    with browser() as found:
        path, _ = page(context, "page-hostile", folder)
        found.open(path)
        expect(not found.problems, f"{found.problems[:3]}")
        expect(found.evaluate("document.querySelectorAll('script, img').length") == 0, "markup of the data is markup of the page")
        expect(found.evaluate("document.title") != "hacked", "a script ran")
        expect(HOSTILE[:20] in found.evaluate("document.body.textContent"), "the text is not shown")
    return "shown as text"
