#!/usr/bin/env bash
# Compares the encoder with a slow, obviously right one on hostile and real text, for ten minutes unless told otherwise; arguments go
# to encode-fuzz (--seconds N, --seed N, --case N). PILE=FOLDER has .jsonl.zst to draw real text from.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift build -c release --package-path Benchmarks --product encode-fuzz
if [[ -z "${PILE:-}" && -d "${TIRESIAS_ASSETS:-}/pile-like" ]]; then PILE=$TIRESIAS_ASSETS/pile-like; fi
texts=()
if [[ -n "${PILE:-}" ]]; then texts=("$PILE"); fi
exec Benchmarks/.build/release/encode-fuzz assets/20B_tokenizer.json "$@" "${texts[@]}"
