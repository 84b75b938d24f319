"""Compares the scorer with `transformers` on random models: model.py --scores PROGRAM [--only NAME…].

Every CrowS-Pairs sentence and every WinoBias prompt is scored by both, and generation compared; speed.py measures both.
`scripts/acceptance-model.sh` makes the environment and the program.
"""

import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import neox_models
import tokenizers

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-3


class Work:
    """A folder with models, requests, and the program that scores them."""

    def __init__(self, folder, program, threads):
        self.folder, self.program, self.threads = Path(folder), program, threads

    def model(self, shape, seed=0, **options):
        folder = self.folder / f"{shape}-{seed}-{'-'.join(map(str, options.values()))}"
        if not folder.exists():
            neox_models.make(shape, folder, seed, **options)
        return folder

    def ask(self, model, requests, *arguments):
        """The program's lines, as words, and what it says on standard error."""
        path = self.folder / "requests.txt"
        path.write_text("".join(" ".join(map(str, request)) + "\n" for request in requests))
        result = subprocess.run(
            [self.program, model, path, "--threads", str(self.threads), *map(str, arguments)],
            capture_output=True, text=True, check=True,
        )
        return [line.split() for line in result.stdout.splitlines()], result.stderr


def tokenizer():
    assets = os.environ.get("TIRESIAS_ASSETS")
    places = ([Path(assets) / "tokenizer"] if assets else []) + [ROOT / "assets"]
    path = next(place for place in places if (place / "20B_tokenizer.json").exists())
    return tokenizers.Tokenizer.from_file(str(path / "20B_tokenizer.json"))


def crows_pairs(encode):
    assets = Path(os.environ["TIRESIAS_ASSETS"])
    with open(assets / "crows-pairs/crows_pairs_anonymized.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [[1, 0, *encode(row[side])] for row in rows for side in ("sent_more", "sent_less")]


def winobias(encode):
    """Both templates on the test split; brackets read roughly, which changes no comparison."""
    prompts = []
    for path in sorted((Path(os.environ["TIRESIAS_ASSETS"]) / "winobias").glob("*.txt.test")):
        for line in path.read_text(encoding="utf-8").splitlines():
            marked = re.findall(r"\[([^\[\]]*)\]", line)
            text = re.sub(r"[\[\]]", "", line.split(" ", 1)[1])
            pronoun = marked[-1] if marked else "it"
            prompts.append(f'{text}\nHere, what does "{pronoun}" stand for?')
            prompts.append(f'What does "{pronoun}" refer to in the following sentence?\n{text}')
    return [[1, *encode(prompt)] for prompt in prompts]


def random_texts(vocabulary, length, count=80):
    """Token ids that share beginnings."""
    generator = random.Random(vocabulary)
    texts = [[0]]
    for _ in range(count):
        base = generator.choice(texts)
        text = base[: generator.randint(1, len(base))]
        text += [generator.randrange(vocabulary) for _ in range(generator.randint(1, length // 4))]
        texts.append(text[: length - 8])
    return [[generator.randint(1, len(text) - 1), *text] for text in texts[1:] if len(text) > 1]


def same_scores(work, folder, requests, tolerance=TOLERANCE, precision="fp32"):
    """The largest difference of a sentence; more than the tolerance, or another greedy token, is a failure."""
    expected = neox_models.score(neox_models.load(folder, work.threads), requests, batch=32)
    found, _ = work.ask(folder, requests, "--precision", precision)
    assert len(found) == len(expected), f"{len(found)} answers to {len(expected)} requests"
    worst = 0
    for words, answer in zip(found, expected):
        total = sum(float(word.rstrip("*")) for word in words)
        worst = max(worst, abs(total - sum(value for value, _ in answer)))
        if precision == "fp32":
            assert [word.endswith("*") for word in words] == [greedy for _, greedy in answer]
    assert worst <= tolerance, f"a sentence differs by {worst:.2g}"
    return f"{len(requests)} texts within {worst:.1g}"


def same_generation(work, folder, requests, tokens):
    prompts = [request[1:] for request in requests]
    expected = neox_models.generate(neox_models.load(folder, work.threads), prompts, tokens)
    found, _ = work.ask(folder, requests, "--generate", tokens)
    found += [[]] * (len(expected) - len(found))
    different = [index for index, (a, b) in enumerate(zip(found, expected)) if list(map(int, a)) != b]
    assert not different, f"{len(different)} continuations differ, first {different[0]}"
    return f"{len(prompts)} continuations of {tokens} tokens equal"


def checks(work):
    """Name and function of every check."""
    encode = lambda text: tokenizer_.encode(text, add_special_tokens=False).ids
    tokenizer_ = tokenizer()
    for shape, length in (("tiny", 128), ("sequential", 200), ("odd", 200)):
        vocabulary = neox_models.configuration(shape).vocab_size
        for dtype in ("float32", "float16", "bfloat16"):
            yield f"{shape} {dtype}", lambda shape=shape, vocabulary=vocabulary, length=length, dtype=dtype: same_scores(
                work, work.model(shape, seed=1, dtype=dtype), random_texts(vocabulary, length))
        yield f"{shape} sharded", lambda shape=shape, vocabulary=vocabulary, length=length: same_scores(
            work, work.model(shape, seed=2, dtype="float32", sharded=True), random_texts(vocabulary, length))
        yield f"{shape} generation", lambda shape=shape, vocabulary=vocabulary: same_generation(
            work, work.model(shape, seed=1, dtype="float32"), random_texts(vocabulary, 60), 6)
    if "TIRESIAS_ASSETS" not in os.environ:
        print("CrowS-Pairs and WinoBias: skipped: TIRESIAS_ASSETS is not set")
        return
    for shape in ("fixture", "narrow", "14m"):
        long_enough = 64 if shape == "fixture" else 2048
        for name, texts in (("CrowS-Pairs", crows_pairs(encode)), ("WinoBias", winobias(encode))):
            texts = [text for text in texts if len(text) < long_enough]
            yield f"{shape} {name}", lambda shape=shape, texts=texts: same_scores(work, work.model(shape, seed=3), texts)
    yield "narrow CrowS-Pairs bf16x3", lambda: same_scores(
        work, work.model("narrow", seed=3), crows_pairs(encode), precision="bf16x3")
    yield "narrow WinoBias generation", lambda: same_generation(
        work, work.model("narrow", seed=3), winobias(encode)[::24], 4)
    yield "narrow window of 2048", lambda: same_scores(
        work, work.model("narrow", seed=3), [[1, *random.Random(5).choices(range(50277), k=2048)]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=Path, default=ROOT / "Benchmarks/.build/release/neox-scores")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", nargs="*", help="the checks with one of these in their name")
    parser.add_argument("--work", help="a folder to work in and to keep; else a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tiresias-model-") as temporary:
        work = Work(options.work or temporary, options.scores.resolve(), options.threads)
        passed = failed = 0
        for name, check in checks(work):
            if options.only and not any(word in name for word in options.only):
                continue
            try:
                print(f"{name}: {check()}", flush=True)
                passed += 1
            except (AssertionError, subprocess.CalledProcessError) as failure:
                print(f"{name}: FAILED: {failure}", flush=True)
                failed += 1
        print(f"{passed} passed, {failed} failed")
        sys.exit(failed > 0)


if __name__ == "__main__":
    main()
