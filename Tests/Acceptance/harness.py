"""Checks with a name, a verdict and figures: `NAME … ok (figures)`, `… skipped (why)`, `… FAILED (what)`."""

import time
import traceback


class Skip(Exception):
    """Raised by a check that cannot be made here; says why."""


class Difference(Exception):
    """What was found is not what must be."""


CHECKS = []


def check(name):
    """Registers a function of the context; it returns its figures, or raises."""

    def register(function):
        CHECKS.append((name, function))
        return function

    return register


def expect(condition, message):
    if not condition:
        raise Difference(message)


def run_checks(context, only):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name, function in CHECKS:
        if only and not any(part in name for part in only):
            continue
        print(f"{name} … ", end="", flush=True)
        start = time.monotonic()
        try:
            figures = function(context)
            counts["passed"] += 1
            print(f"ok ({figures}; {time.monotonic() - start:.1f} s)")
        except Skip as reason:
            counts["skipped"] += 1
            print(f"skipped ({reason})")
        except Difference as difference:
            counts["failed"] += 1
            print(f"FAILED ({difference})")
        except Exception:
            counts["failed"] += 1
            print(f"FAILED\n{traceback.format_exc()}")
    return counts
