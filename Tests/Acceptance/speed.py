"""Seconds and memory for scoring CrowS-Pairs: ours, `transformers` and CTranslate2, one after the other on one machine.

    speed.py --scores PROGRAM [SHAPE…] [--sentences N] [--threads N] [--work DIR] [--rounds N]

A model of each shape (70m 160m 410m) is made with random weights. `transformers` scores as lm-evaluation-harness does: fp32,
batches of 32 sorted by length, a full log-softmax. CTranslate2 scores in its `score_batch`, in fp32 and bf16. Loading and packing
is not counted for any. Every program runs by itself; with --rounds the best of several runs counts. The last lines say
which of the goals are met. `scripts/acceptance-model.sh --speed` makes the environment and the program.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from model import ROOT, Work, crows_pairs, tokenizer

# Times as fast as `transformers`, by shape: at fp32 accuracy, and in bf16.
GOALS = {"70m": (3, 8), "160m": (2.2, 5.5), "410m": (1.5, 4.5)}
HERE = Path(__file__).resolve()


def peak():
    """The most memory of this process that was resident, in MB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1000


def run_transformers(folder, requests, threads):
    import neox_models

    model = neox_models.load(folder, threads)
    neox_models.score(model, requests[:32], 32)
    start = time.perf_counter()
    answers = neox_models.score(model, requests, 32)
    return time.perf_counter() - start, [sum(value for value, _ in answer) for answer in answers]


def convert(folder, target):
    """The model in CTranslate2's format; its tokens are named by their ids, so that ids can be scored."""
    from ctranslate2.converters import transformers as converters

    class Ids(converters.GPTNeoXLoader):
        def get_vocabulary(self, model, _):
            return [str(index) for index in range(model.config.vocab_size)]

        def set_vocabulary(self, spec, tokens):
            spec.register_vocabulary(tokens)

        def set_config(self, config, model, _):
            config.bos_token = config.eos_token = config.unk_token = "0"

    import torch
    import transformers

    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    # transformers 5 keeps these elsewhere than the converter looks.
    rotary = getattr(model.config, "rope_parameters", None) or {}
    for name, value in (("rotary_pct", rotary.get("partial_rotary_factor", 0.25)), ("rope_scaling", None)):
        if not hasattr(model.config, name):
            setattr(model.config, name, value)
    if not hasattr(model, "embed_out"):
        model.embed_out = model.lm_head
    loader = Ids()
    with torch.no_grad():
        spec = loader.get_model_spec(model)
    loader.set_config(spec.config, model, None)
    loader.set_vocabulary(spec, loader.get_vocabulary(model, None))
    spec.validate()
    Path(target).mkdir()
    spec.save(target)


def run_ctranslate2(folder, requests, threads, kind):
    import ctranslate2

    model = ctranslate2.Generator(str(folder), device="cpu", compute_type=kind, intra_threads=threads, inter_threads=1)
    order = sorted(range(len(requests)), key=lambda index: -len(requests[index]))
    texts = [[str(token) for token in requests[index][1:]] for index in order]
    model.score_batch(texts[-32:])
    start = time.perf_counter()
    results = model.score_batch(texts, max_batch_size=32)
    seconds = time.perf_counter() - start
    totals = [0.0] * len(requests)
    for index, result in zip(order, results):
        totals[index] = sum(result.log_probs)
    return seconds, totals


def child(name, folder, requests, threads):
    """One measurement, as a process of its own: prints seconds, memory and totals."""
    if name == "convert":
        return convert(folder, requests)
    lines = [[int(word) for word in line.split()] for line in Path(requests).read_text().splitlines()]
    if name == "transformers":
        seconds, totals = run_transformers(folder, lines, threads)
    else:
        seconds, totals = run_ctranslate2(folder, lines, threads, name)
    print(json.dumps({"seconds": seconds, "memory": peak(), "totals": totals}))


def measure(name, folder, requests, threads):
    command = [sys.executable, HERE, "--child", name, folder, requests, "--threads", str(threads)]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-800:]}")
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def ours(work, folder, requests, precision):
    found, notes = work.ask(folder, requests, "--precision", precision)
    return {
        "seconds": float(re.search(r"scored \d+ requests: ([\d.]+)", notes)[1]),
        "memory": int(re.findall(r"(\d+) MB at most", notes)[-1]),
        "totals": [sum(float(word.rstrip("*")) for word in words) for words in found],
    }


def compare(work, shape, requests, rounds, without):
    """Measures one shape; yields (name, passed)."""
    folder = work.model(shape)
    weights = int(sum(file.stat().st_size for file in folder.glob("*.safetensors")) * 2 / 1e6)
    path = work.folder / "requests.txt"
    path.write_text("".join(" ".join(map(str, request)) + "\n" for request in requests))
    programs = {"transformers": lambda: measure("transformers", folder, path, work.threads)}
    if "ctranslate2" not in without:
        converted = work.folder / f"{shape}-ctranslate2"
        if not converted.exists():
            subprocess.run([sys.executable, HERE, "--child", "convert", folder, converted], check=True, capture_output=True)
        for kind in ("float32", "bfloat16"):
            programs[f"CTranslate2 {kind}"] = lambda kind=kind: measure(kind, converted, path, work.threads)
    for precision in ("fp32", "bf16x3", "bf16"):
        programs[precision] = lambda precision=precision: ours(work, folder, requests, precision)
    print(f"{shape}: {len(requests)} sentences, {work.threads} threads, fp32 weights are {weights} MB", flush=True)
    results = {}
    for _ in range(rounds):
        for name, program in programs.items():
            try:
                result = program()
            except RuntimeError as failure:
                if "not support" not in str(failure):
                    raise
                print(f"  {name}: skipped: it has no such products on this processor", flush=True)
                continue
            if name not in results or result["seconds"] < results[name]["seconds"]:
                results[name] = result
    peer = results["transformers"]
    for name, result in results.items():
        worst = max(abs(a - b) for a, b in zip(result["totals"], peer["totals"]))
        print(
            f"  {name}: {result['seconds']:.1f} s, {peer['seconds'] / result['seconds']:.1f}×, {result['memory']} MB, "
            f"sentences within {worst:.1g}", flush=True)
    exact, rounded = GOALS.get(shape, (0, 0))
    best = min(results["fp32"]["seconds"], results["bf16x3"]["seconds"])
    yield f"{shape}: {exact}× at fp32 accuracy", peer["seconds"] / best >= exact
    yield f"{shape}: {rounded}× in bf16", peer["seconds"] / results["bf16"]["seconds"] >= rounded
    for own, kind in (("fp32", "float32"), ("bf16", "bfloat16")):
        if f"CTranslate2 {kind}" in results:
            other = results[f"CTranslate2 {kind}"]["seconds"]
            yield f"{shape}: {own} no slower than CTranslate2 in {kind}", results[own]["seconds"] <= other
    most = max(results[name]["memory"] for name in ("fp32", "bf16"))
    yield f"{shape}: {most} MB are below fp32 weights + 300 MB", most <= weights + 300


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    parser.add_argument("--scores", type=Path, default=ROOT / "Benchmarks/.build/release/neox-scores")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--sentences", type=int, help="every so many of them that about this number is scored")
    parser.add_argument("--without", nargs="*", default=[], choices=["ctranslate2"])
    parser.add_argument("--work", help="a folder to work in and to keep; else a temporary one")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(*options.shapes, options.threads)
    encode = tokenizer().encode
    requests = crows_pairs(lambda text: encode(text, add_special_tokens=False).ids)
    if options.sentences:
        # Pairs stay together: what they share is part of what is measured.
        step = max(1, round(len(requests) / options.sentences))
        requests = [request for index, request in enumerate(requests) if index // 2 % step == 0]
    with tempfile.TemporaryDirectory(prefix="tiresias-speed-") as temporary:
        work = Work(options.work or temporary, options.scores.resolve(), options.threads)
        goals = [
            goal for shape in options.shapes or GOALS
            for goal in compare(work, shape, requests, options.rounds, options.without)
        ]
    for name, passed in goals:
        print(f"{name}: {'met' if passed else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
