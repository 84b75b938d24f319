"""A rule pack as the built program applies it, and what must hold of every edit it makes."""

import concurrent.futures
import json
import subprocess
from pathlib import Path

from harness import expect

RULES = Path(__file__).resolve().parents[2] / "rules"


class Pack:
    def __init__(self, binary, path):
        self.binary, self.path = str(binary), Path(path)

    @property
    def name(self):
        return self.path.stem

    def call(self, text, *options):
        done = subprocess.run([self.binary, "rules", "apply", self.path, *options], input=text, capture_output=True)
        if done.returncode:
            raise RuntimeError(f"rules apply {self.path}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def decisions(self, text):
        """One dictionary a candidate: `to` where it is edited, `kept` where it is left alone."""
        return [json.loads(line) for line in self.call(text, "--edits", "--all").splitlines()]

    def edits(self, text):
        return [json.loads(line) for line in self.call(text, "--edits").splitlines()]

    def output(self, text):
        return self.call(text)


def replaced(text, edits):
    """`text` with the edits made, which stand in order and do not overlap; any other byte stays."""
    pieces, end = [], 0
    for edit in edits:
        expect(end <= edit["start"] < edit["end"] <= len(text), f"edits overlap or lie outside the text at {edit}")
        found = text[edit["start"] : edit["end"]].decode(errors="replace")
        expect(found == edit["from"], f"{edit} is about {found!r}")
        pieces += [text[end : edit["start"]], edit["to"].encode()]
        end = edit["end"]
    return b"".join(pieces) + text[end:]


def for_each(function, values, workers=2):
    """The function's results in order, a few values in flight at a time."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        yield from pool.map(function, values)


def corpus(folder):
    """(subset, text) of every document of a folder of .jsonl.zst."""
    for path in sorted(Path(folder).glob("*.jsonl.zst")):
        lines = subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
        for line in lines.splitlines():
            document = json.loads(line)
            yield document["meta"]["pile_set_name"], document["text"].encode()
