"""Compares the built program with an independent reference: run.py --binary tiresias [--assets DIR] [--quick] [--only NAME…].

Ends in one line, `N passed, N failed[, N skipped]`, and exits 1 where a check failed.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

# Each registers its checks, and they are made in this order.
import checks_order  # noqa: F401
import checks_encoding  # noqa: F401
import checks_window  # noqa: F401
import checks_neox  # noqa: F401
import checks_control  # noqa: F401
import checks_revert  # noqa: F401
import checks_report  # noqa: F401
import checks_replicas  # noqa: F401
import checks_schema  # noqa: F401
import checks_rules  # noqa: F401
import checks_failures  # noqa: F401
import checks_cluster  # noqa: F401
import checks_faults  # noqa: F401
import checks_slurm  # noqa: F401
import checks_static  # noqa: F401
import checks_container  # noqa: F401
import checks_endurance  # noqa: F401
import checks_statistics  # noqa: F401
import checks_evaluate  # noqa: F401
import checks_page  # noqa: F401
import checks_view  # noqa: F401
import checks_variants  # noqa: F401
from harness import run_checks
from program import ROOT, Context


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/tiresias")
    parser.add_argument("--assets", type=Path, help="the originals and real text; else $TIRESIAS_ASSETS")
    parser.add_argument("--quick", action="store_true", help="a few hundred documents in place of all")
    parser.add_argument("--only", metavar="NAME", nargs="*", help="the checks with one of these in their name")
    parser.add_argument("--work", type=Path, help="a folder to work in and to keep; else a temporary one")
    return parser.parse_args()


def folder(variable):
    value = os.environ.get(variable)
    return Path(value) if value and Path(value).is_dir() else None


def main():
    options = arguments()
    work = options.work or Path(tempfile.mkdtemp(prefix="tiresias-acceptance-"))
    work.mkdir(parents=True, exist_ok=True)
    context = Context(
        binary=options.binary.resolve(),
        tokenizer=ROOT / "assets/20B_tokenizer.json",
        assets=options.assets or folder("TIRESIAS_ASSETS"),
        golden=folder("TIRESIAS_GOLDEN"),
        treebanks=folder("TIRESIAS_TREEBANKS"),
        work=work.resolve(),
        quick=options.quick,
    )
    try:
        counts = run_checks(context, options.only)
    finally:
        if not options.work:
            shutil.rmtree(work)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
