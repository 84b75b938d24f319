"""The room Statistics on random data, against scipy and statsmodels."""

import math
import shutil
import subprocess

import numpy
import scipy.stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from harness import Skip, check, expect
from program import ROOT

BUILD = ("swift", "build", "-c", "release", "--package-path", str(ROOT / "Benchmarks"), "--product", "statistics")


def program():
    if not shutil.which("swift"):
        raise Skip("no swift to build Benchmarks with")
    built = subprocess.run([*BUILD, "--quiet"], capture_output=True, text=True)
    expect(built.returncode == 0, f"Benchmarks does not build: {built.stdout[-500:]}{built.stderr[-500:]}")
    return subprocess.run([*BUILD, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()


def ask(questions):
    """One list of numbers for each question, which is a name and numbers."""
    text = "".join(" ".join([name, *(repr(float(x)) for x in numbers)]) + "\n" for name, numbers in questions)
    done = subprocess.run([program() + "/statistics"], input=text, check=True, capture_output=True, text=True)
    return [[float(word) for word in line.split()] for line in done.stdout.splitlines()]


def close(found, wanted, tolerance=1e-8):
    return all(
        math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-14) for a, b in zip(found, wanted, strict=True)
    )


def questions(random, rounds):
    """Questions, and the answers of scipy and statsmodels."""
    for _ in range(rounds):
        b, c = (int(x) for x in random.integers(0, random.choice([8, 20, 300]), 2))
        if b + c:
            test = mcnemar([[5, b], [c, 5]], exact=b + c < 25, correction=True)
            # Where as many go one way as the other, statsmodels' correction gives 1/(b + c) for what is 0.
            yield "mcnemar", (b, c), [1.0 if b == c else float(test.pvalue)]
        p = random.random(int(random.integers(1, 12))) ** 2
        yield "holm", p, multipletests(p, method="holm")[1]
        n, m = (int(x) for x in random.integers(2, 2000, 2))
        j, k = int(random.integers(0, n + 1)), int(random.integers(0, m + 1))
        yield "wilson", (j, n), proportion_confint(j, n, method="wilson")
        if 0 < j + k < n + m:
            ends = confint_proportions_2indep(k, m, j, n, method="newcomb")
            yield "proportions", (j, n, k, m), [*proportions_ztest([k, j], [m, n]), *ends]
        x = random.normal(0.2, 1, int(random.integers(3, 900)))
        yield "mean", x, [x.mean(), x.std(ddof=1) / len(x) ** 0.5]
        yield "student", x, [scipy.stats.ttest_1samp(x, 0).pvalue]
        x = random.normal(0.4, 1, int(random.integers(3, 13)))
        flips = scipy.stats.permutation_test(
            (x,), lambda d, axis: d.mean(axis=axis), permutation_type="samples", vectorized=True, n_resamples=10_000
        )
        yield "signflip", x, [flips.pvalue]


@check("statistics: McNemar, Holm, intervals and tests are those of scipy and statsmodels on random data")
def exact(context):
    asked = list(questions(numpy.random.default_rng(2024), 30 if context.quick else 300))
    for (name, numbers, wanted), found in zip(asked, ask([q[:2] for q in asked]), strict=True):
        expect(close(found, wanted), f"{name} {list(numbers)[:8]}: {found[:4]}, not {list(wanted)[:4]}")
    return f"{len(asked)} questions"


@check("statistics: the bootstrap's intervals are scipy's BCa but for the draws, and cover as often as they say")
def bootstrap(context):
    random = numpy.random.default_rng(7)
    samples = [numpy.exp(random.normal(0, 0.8, 80)) for _ in range(5)]
    worst = 0
    for x, found in zip(samples, ask([("bootstrap", x) for x in samples]), strict=True):
        wanted = scipy.stats.bootstrap((x,), numpy.mean, n_resamples=100_000, method="BCa", batch=5_000, rng=1)
        ends = wanted.confidence_interval
        # The ends of 10,000 draws scatter by about 2 % of the interval.
        error = max(abs(found[2] - ends.low), abs(found[3] - ends.high)) / (ends.high - ends.low)
        worst = max(worst, error)
    expect(worst < 0.08, f"an end is {worst:.1%} of the interval away")
    rounds = 100 if context.quick else 400
    clustered = [
        ("clusters", [2, *(numpy.repeat(random.exponential(1, 150), 2) + random.normal(0, 0.5, 300))])
        for _ in range(rounds)
    ]
    covered = sum(low <= 1 <= high for _, _, low, high in ask(clustered)) / rounds
    expect(0.89 <= covered <= 0.99, f"95 % intervals cover in {covered:.1%}")
    return f"ends within {worst:.1%} of the interval; coverage {covered:.1%} of {rounds}"


@check("statistics: the smallest differences that can be seen are those of the specification")
def detectable(context):
    found = ask([("detectable", (320, d, 0.6)) for d in (0.05, 0.1, 0.2)])
    rounded = [round(100 * paired, 1) for paired, _ in found] + [round(100 * found[0][1], 1)]
    expect(rounded == [3.5, 4.9, 7.0, 10.8], f"{rounded}")
    return "3.5, 4.9, 7.0 points paired, 10.8 unpaired"
