#!/usr/bin/env bash
# Ours and the peers on the same texts: Benchmarks/results.md. --quick takes minutes and leaves its table in out/bench-quick.md.
# PILE=FOLDER has .jsonl.zst with the Pile's subsets, NEOX=CHECKOUT a GPT-NeoX whose helper is compiled; other arguments go to compare.py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-bench
folder=Benchmarks/compare
results=Benchmarks/results.md
if [[ "${1:-}" == --quick ]]; then
  shift
  results=out/bench-quick.md
  set -- --size 0.05 --rounds 1 "$@"
fi

# Each peer by itself: one that cannot be had is named in the table, and the others are measured.
install() { "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  scripts/install-packages.sh python3-venv
fi
if ! cat "$folder/requirements.txt" "$folder/peers.txt" | cmp --silent - "$environment/installed.txt"; then
  python3 -m venv "$environment"
  install --requirement "$folder/requirements.txt"
  complete=1
  while read -r peer; do
    install "$peer" || { complete=0 && echo "bench: $peer cannot be installed" >&2; }
  done <"$folder/peers.txt"
  if ((complete)); then cat "$folder/requirements.txt" "$folder/peers.txt" >"$environment/installed.txt"; fi
fi

if [[ -z "${PILE:-}" && -d "${TIRESIAS_ASSETS:-}/pile-like" ]]; then PILE=$TIRESIAS_ASSETS/pile-like; fi
for program in encode-speed rules-speed; do swift build -c release --package-path Benchmarks --product "$program"; done
mkdir -p out
parent=out
if [[ -w /dev/shm ]]; then parent=/dev/shm; fi
work=$(mktemp -d "$parent/tiresias-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

options=()
if [[ -n "${PILE:-}" ]]; then options+=(--pile "$PILE"); fi
if [[ -n "${NEOX:-}" ]]; then options+=(--neox "$NEOX"); fi
"$environment/bin/python" "$folder/compare.py" --tiresias .build/release/tiresias \
  --encoder Benchmarks/.build/release/encode-speed --matcher Benchmarks/.build/release/rules-speed --tokenizer assets/20B_tokenizer.json \
  --work "$work/data" --results "$results" "${options[@]}" "$@"
