"""The page that tells people what a run changed, against the edit log and the base."""

import collections
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from harness import check, expect


@check("report.html is well-formed and counts what the log has")
def report(context):
    figures = []
    for by, policy in (("sequence", "aligned"), ("document", "slide")):
        run = context.run(percent=21, fraction="0.75", by=by, policy=policy)
        page = Page(run.folder / "report.html")
        expect(page.names.isdisjoint({"script", "link", "img", "iframe", "a"}), f"elements: {page.names}")
        expect(page.counts("Edits by rule and branch", 2) == rules(run), "edits by rule")
        expect(page.counts("Candidates left alone, by reason", 1) == kept(run), "candidates left alone")
        expect(page.counts("Edits by subset", 1) == subsets(context, run), "edits by subset")
        expect(page.counts("Edits by subset", 3) == tokens(context, run), "tokens by subset")
        expect(page.counts("Edits along the window", 1) == steps(run), "edits along the window")
        expect(page.excerpts <= logged(run) and len(page.excerpts) == 20, "excerpts that are not in the log")
        figures.append(f"{policy}: {sum(rules(run).values())} edits in {len(steps(run))} runs of steps")
    return "; ".join(figures)


class Page:
    """A report's tables and excerpts, read as XML."""

    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.names = {element.tag for element in self.root.iter()}

    def rows(self, label):
        """The rows of a table, folded ones too."""
        for region in self.root.iter("div"):
            if (region.get("aria-label") or "").removesuffix(", the rest") == label:
                for row in region.find("table").find("tbody"):
                    yield ["".join(cell.itertext()) for cell in row]

    def counts(self, label, column):
        counts = collections.Counter()
        for row in self.rows(label):
            name = tuple(row[:2]) if label == "Edits by rule and branch" else row[0]
            counts[name] += int(row[column].replace(",", ""))
        return counts

    @property
    def excerpts(self):
        """Where each excerpt's edit is, and its two words."""
        found = set()
        for item in self.root.iter("li"):
            place = "".join(item.findall("p")[1].itertext()).rpartition("step ")[2].replace(",", "").split()
            words = [word(mark) for kind in ("del", "ins") for mark in item.iter(kind) if not mark.get("class")]
            found.add((int(place[0]), int(place[2]), int(place[4]), *words))
        return found


def word(mark):
    """Without what is only spoken."""
    return "".join(mark.itertext()).partition(" ")[2]


def rules(run):
    counts = collections.Counter()
    for line in run.edits():
        counts[line["rule"], "" if line["branch"] == line["rule"] else line["branch"]] += 1
    return counts


def kept(run):
    return collections.Counter(line["kept"] for line in run.log() if "kept" in line)


def logged(run):
    return {(line["step"], line["row"], line["position"], line["before"], line["after"]) for line in run.edits()}


def steps(run):
    window = run.manifest["window"]
    first, end = window["first_step"], window["end_step"]
    width = -(-(end - first) // 50)
    edits = collections.Counter((line["step"] - first) // width for line in run.edits())
    runs = [range(start, min(start + width, end)) for start in range(first, end, width)]
    return collections.Counter({name(steps): edits[number] for number, steps in enumerate(runs)})


def name(steps):
    ends = [f"{step:,}" for step in (steps[0], steps[-1])]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def subset_of(context):
    """Each item's subset, by the sidecar."""
    origin = Path(f"{context.base.prefix}.origin.json")
    names = json.loads(origin.read_bytes())["subsets"]
    numbers = np.fromfile(origin.with_suffix(".bin"), dtype="<u2").reshape(-1, 8)[:, 0]
    return [names[number] for number in numbers]


def subsets(context, run):
    of = subset_of(context)
    edits = collections.Counter(of[line["item"]] for line in run.edits())
    return collections.Counter({name: edits[name] for name in tokens(context, run)})


def tokens(context, run):
    of, counts = subset_of(context), collections.Counter()
    for q in range(run.first_sample, run.first_sample + len(run.window)):
        for item, _, count in context.order.spans(q):
            counts[of[item]] += count
    return counts
