#!/usr/bin/env bash
# Scores the checkpoint $MODEL, or all below it that are named step…, into $OUT; arguments go to `tiresias evaluate`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -z "${MODEL:-}" ]]; then
  echo "tiresias: name a checkpoint: make evaluate MODEL=models/pythia-70m-deduped [OUT=out/scores] [ARGS='--limit 100']" >&2
  exit 2
fi
model=(--model "$MODEL")
if [[ ! -f "$MODEL/config.json" && " $* " != *" --manifest "* ]]; then model=(--checkpoints "$MODEL/*step*"); fi
exec .build/release/tiresias evaluate "${model[@]}" --output "${OUT:-out/scores}" "$@"
