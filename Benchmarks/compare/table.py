"""results.md: one line a stage, columns that line up."""

import datetime
import os
import platform
import re
from importlib import metadata
from pathlib import Path

HEADINGS = ["stage", "clock", "ours", "spread", "peer", "theirs", "spread", "reached", "goal", "met"]


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def speeds(figures, clock):
    """Median and spread, or dashes."""
    if figures is None:
        return ["–", "–"]
    low, high = figures.spread(clock)
    return [number(figures.median(clock)), f"{number(low)}–{number(high)}"]


def cells(row):
    reached, met = row.reached(), row.met()
    space = "" if row.unit == "×" else " "
    bound = "≤" if row.unit == "MB" else "≥"
    return [
        row.stage,
        "–" if row.value is not None else row.clock,
        *speeds(row.ours, row.clock),
        row.peer or "–",
        *speeds(row.theirs, row.clock),
        "peer is missing" if reached is None else number(reached) + space + row.unit,
        "–" if row.goal is None else f"{bound} {row.goal:g}{space}{row.unit}",
        row.note or {None: "–", True: "yes", False: "**no**"}[met],
    ]


def sizeless(stage):
    """A stage's name whatever the size it ran at."""
    return re.sub(r"[\d.]+", "", stage.rstrip("* "))


def kept(earlier, rows):
    """Lines of an earlier page whose stages `rows` has not, with stars that say which run they are from, and a line for each
    of these runs: those whose rows have all been measured again are gone, and the others are numbered anew."""
    names = {sizeless(row.stage) for row in rows}
    table = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in earlier.splitlines() if line.startswith("|")]
    lines = []
    for stage, *figures in (line for line in table[2:] if sizeless(line[0]) not in names):
        stage, stars = re.fullmatch(r"(.*?)(?: (\*+))?", stage).groups()
        lines.append((stars or "", stage, figures))
    if not lines:
        return [], ""
    # The run of the page itself is named first, without stars.
    first, *others = re.split(r"\nRows with (\*+): ", earlier.split("\n\n")[1])
    about = {"": first, **dict(zip(others[::2], others[1::2]))}
    stars = {before: "*" * age for age, before in enumerate(sorted({line[0] for line in lines}, key=len), 1)}
    return (
        [[f"{stage} {stars[before]}", *figures] for before, stage, figures in lines],
        "".join(f"\nRows with {now}: " + about[before].replace("\n", " ") for before, now in stars.items()),
    )


def aligned(lines):
    widths = [max(map(len, column)) for column in zip(*lines)]
    rule = ["-" * width for width in widths]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths)] for line in [lines[0], rule, *lines[1:]]]
    return "\n".join("| " + " | ".join(line) + " |" for line in padded)


def machine():
    text = Path("/proc/cpuinfo").read_text()

    def said(key):
        return next((line.split(":")[1].strip() for line in text.splitlines() if line.startswith(key)), "")

    model = said("model name") and f"{said('model name')} (family {said('cpu family')})"
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} × {model or platform.machine()}, {memory:.0f} GiB, Linux {platform.release()}"


def versions(peers):
    return ", ".join([f"Python {platform.python_version()}", *(f"{peer} {metadata.version(peer)}" for peer in peers)])


def page(rows, options, peers, missing, origin, load, earlier):
    others, about = kept(earlier, rows)
    lines = [HEADINGS, *map(cells, rows), *others]
    shared = f"Load of the machine before and after: {load[0]:.1f} and {load[1]:.1f}, where 0 is a machine of its own."
    return f"""# What `make bench` measured

{datetime.date.today()}, {machine()}. {versions(peers)}. Text: {origin}. Size {options.size:g}, rounds {options.rounds}.
{shared} {'Niceness ' + str(os.nice(0)) + '. ' if os.nice(0) else ''}{'Missing: ' + ', '.join(missing) + '.' if missing else 'No peer is missing.'}{about}

MB/s of UTF-8 text, or of tokens in their two bytes where tokens come in; millions of documents a second for index maps. `cpu` is by
processor time (the thread's for encoding, matching and Python, all threads' for whole programs), `wall` by the clock, which says little where
the machine has other work. Medians of interleaved rounds, with the lowest and highest. Memory is the peak that no file stands behind.
Cold passes over less than 10 MB say little: what is learnt on the way has hardly begun to help.
Ids, bytes and maps are compared in the same run; a difference would stand in the last column.

{aligned(lines)}
"""
