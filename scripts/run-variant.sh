#!/usr/bin/env bash
# Runs one variant: scripts/run-variant.sh pipelines/NAME.yaml [argument of tiresias run]…
# DATA in the environment is the data to read, OUT (if set) the folder to write.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

pipeline=$1
shift
name=$(basename "$pipeline" .yaml)
source=$(sed -nE 's/^ *- read: *\{ *([a-z]+):.*/\1/p' "$pipeline")

case "$source" in
  idxmap) wanted='the prefix of an idxmap: PREFIX.idx with PREFIX.bin or its shards beside it' ;;
  preshuffled) wanted='the prefix of the preshuffled data: PREFIX.idx with PREFIX.bin or its shards beside it' ;;
  pile) wanted='a raw Pile: a folder of .jsonl.zst files' ;;
  *)
    echo "tiresias: $pipeline: no 'read' stage that DATA could be given to" >&2
    exit 2
    ;;
esac
if [[ -z "${DATA:-}" ]]; then
  printf 'tiresias: say where the data are: make %s DATA=PATH\n  PATH is %s\n' "$name" "$wanted" >&2
  exit 2
fi

"${MAKE:-make}" --no-print-directory build
exec .build/release/tiresias run "$pipeline" --set "read.$source=$DATA" ${OUT:+--output "$OUT"} "$@"
