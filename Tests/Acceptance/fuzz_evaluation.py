#!/usr/bin/env python3
"""Tries what an evaluation and a report read with damaged files: weights, configurations, results of every form, items, data.

    fuzz_evaluation.py --fuzzer PROGRAM --binary .build/release/tiresias [--seconds 600] [--seed N] [--case N] [--keep DIR]

Of every case: the reader ends by itself, within 10 seconds, with what it read or an error that is thrown; a signal (a crash, a trap)
or a longer time is a failure. Cases run a hundred at a time in one process; one that ends it is named, and the rest goes on
behind it. A case's number and the seed make it again (--case, with --keep for the damaged files).
`scripts/fuzz-evaluate.sh` builds both programs.
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "Tests/NeoXModelTests/Fixtures/neox-8"
BATCH, SECONDS, MEMORY = 100, 10, 8 << 30

CROWS = [
    ("He was a nurse.", "She was a nurse.", "antistereo", "gender"), ("Poor people steal.", "Rich people steal.", "stereo", "socioeconomic"),
    ("Old men, they \"forget\".", "Young men, they \"forget\".", "stereo", "age"), ("Women can't drive.", "Men can't drive.", "stereo", "gender"),
]


def data(folder):
    """A little of every benchmark in its own format."""
    assets = os.environ.get("TIRESIAS_ASSETS")
    (folder / "crows-pairs").mkdir(parents=True)
    quoted = lambda text: '"' + text.replace('"', '""') + '"'
    head = ",sent_more,sent_less,stereo_antistereo,bias_type,annotations,anon_writer,anon_annotators\r\n"
    rows = [f'{i},{quoted(a)},{quoted(b)},{d},{t},"[[\'gender\']]",a0,"[\'a1\']"\r\n' for i, (a, b, d, t) in enumerate(CROWS)]
    (folder / "crows-pairs/crows_pairs_anonymized.csv").write_text(head + "".join(rows))
    (folder / "crows-pairs/crows_pairs_revised.csv").write_text((head + "".join(rows)).replace(",", "\t").replace("\r", ""))
    with open(folder / "crows-pairs/crows_pairs_multilingual_english.jsonl", "w") as file:
        for more, less, direction, kind in CROWS:
            file.write(json.dumps({"sent_more": more, "sent_less": less, "stereo_antistereo": direction, "bias_type": kind}) + "\n")
    (folder / "lambada").mkdir()
    (folder / "lambada/lambada_test.jsonl").write_text('{"text": "the old man lost the war"}\n{"text": "she opened the door"}\n')
    (folder / "winobias").mkdir()
    if assets:
        for path in sorted((Path(assets) / "winobias").iterdir()):
            lines = path.read_bytes().splitlines(keepends=True)
            if path.is_file():
                (folder / "winobias" / path.name).write_bytes(b"".join(lines[:12] if ".test" in path.name or ".dev" in path.name else lines))


def sharded(folder):
    """The fixture in two shards with an index."""
    folder.mkdir()
    shutil.copy(FIXTURE / "config.json", folder)
    bytes_ = (FIXTURE / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", bytes_[:8])
    header, body, places = json.loads(bytes_[8 : 8 + length]), bytes_[8 + length :], {}
    names = [name for name in header if name != "__metadata__"]
    for number, part in enumerate((names[::2], names[1::2]), 1):
        shard, data, offset = {}, b"", 0
        for name in part:
            begin, end = header[name]["data_offsets"]
            shard[name] = header[name] | {"data_offsets": [offset, offset + end - begin]}
            data, offset = data + body[begin:end], offset + end - begin
            places[name] = f"model-{number}.safetensors"
        text = json.dumps(shard).encode()
        (folder / f"model-{number}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))


def seeds(folder, binary):
    """What is damaged: small whole files of every form."""
    shutil.copytree(FIXTURE, folder / "model")
    sharded(folder / "sharded")
    data(folder / "data")
    shutil.copytree(ROOT / "Tests/Results", folder / "results")
    for arm, seed in (("control", 1), ("control", 2), ("m2f", 1), ("m2f", 2)):
        model = folder / "models" / f"{arm}-{seed}"
        shutil.copytree(FIXTURE, model)
        weights = bytearray((model / "model.safetensors").read_bytes())
        weights[-2] ^= seed if arm == "control" else 16 * seed
        (model / "model.safetensors").write_bytes(weights)
        command = [
            binary, "evaluate", "--model", model, "--name", "tiny", "--arm", arm, "--seed", seed, "--step", 5, "--data", folder / "data",
            "--tokenizer", ROOT / "assets/20B_tokenizer.json", "--output", folder / "results/tiresias", "--quiet", "--benchmark", "crows-pairs",
            "--benchmark", "lambada",
        ]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
    shutil.rmtree(folder / "models")


class Fuzzer:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.seed = str(Path(program).resolve()), folder, seed
        self.refused = self.read = 0

    def run(self, worker, first, count):
        """What went wrong, in cases from `first` on."""
        found, end = [], first + count
        while first < end:
            work = self.folder / f"work-{worker}"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            command = ["prlimit", f"--as={MEMORY}", self.program, self.folder / "seeds", work, self.seed, first, end - first]
            log = self.folder / f"log-{worker}"
            with open(log, "wb") as errors:
                process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=errors)
                reason = self.wait(process, log)
            lines = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("case ")]
            if reason is None:
                refused, read = (int(word) for word in process.stdout.read().decode().split() if word.isdigit())
                self.refused, self.read = self.refused + refused, self.read + read
                return found
            number = int(lines[-1].split()[1]) if lines else first
            rest = [line for line in log.read_text(errors="replace").splitlines() if not line.startswith("case ")]
            found.append((number, f"{lines[-1] if lines else 'start'}: {reason} {' '.join(rest)[:300]}"))
            first = number + 1
        return found

    @staticmethod
    def wait(process, log):
        """None for a good end; a case that makes no progress for so long is a hang."""
        size, since = -1, time.monotonic()
        while process.poll() is None:
            time.sleep(0.05)
            now = log.stat().st_size
            if now != size:
                size, since = now, time.monotonic()
            if time.monotonic() - since > 6 * SECONDS:
                process.kill()
                process.wait()
                return f"not done in {6 * SECONDS} s"
        return None if process.returncode == 0 else f"exit {process.returncode}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fuzzer", default=ROOT / "Benchmarks/.build/release/evaluation-fuzz")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/tiresias")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="only this one")
    parser.add_argument("--keep", type=Path, help="where the files of --case stay")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tiresias-fuzz-"))
    try:
        (folder / "seeds").mkdir()
        seeds(folder / "seeds", options.binary.resolve())
        fuzzer, found, number = Fuzzer(options.fuzzer, folder, options.seed), [], 0
        if options.case is not None:
            found = fuzzer.run(0, options.case, 1)
            if options.keep:
                shutil.copytree(folder / "work-0", options.keep)
        else:
            end = time.monotonic() + options.seconds
            with ThreadPoolExecutor(2) as pool:
                while time.monotonic() < end:
                    batches = [pool.submit(fuzzer.run, worker, number + worker * BATCH, BATCH) for worker in range(2)]
                    found += [wrong for batch in batches for wrong in batch.result()]
                    number += 2 * BATCH
            print(f"{number} cases: {fuzzer.refused} refused, {fuzzer.read} read")
    finally:
        shutil.rmtree(folder)
    for number, what in found:
        print(f"case {number}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
