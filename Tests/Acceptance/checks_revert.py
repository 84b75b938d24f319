"""What can be made again from an output folder that has no control and no index maps."""

import re
import shutil

from checks_control import random_edits
from harness import check, expect


@check("window and log alone give the control, and the manifest the index maps")
def revert(context):
    """Under every policy of length, and where the control has edits of its own."""
    choices = {"percent": 7, "fraction": "0.75", "by": "document"}
    runs = {policy: context.run(**choices, policy=policy) for policy in ("aligned", "slide", "pad")}
    runs["random edits"] = random_edits(context, **choices)
    figures = []
    for name, run in runs.items():
        alone = context.work / f"alone {name}"
        shutil.copytree(run.folder, alone, ignore=shutil.ignore_patterns("control*", "*.npy"))
        told = context.call("revert", alone / "manifest.json", "--output", alone / "control_document").stdout.decode()
        context.call("order", "replay", alone / "manifest.json")
        for path in sorted(run.folder.glob("*_document*")):
            expect((alone / path.name).read_bytes() == path.read_bytes(), f"{name}: another {path.name}")
        figures.append(f"{name}: {re.search('[0-9]+ edits', told)[0]}")
    return "; ".join(figures)
