#!/usr/bin/env bash
# Tries what `tiresias evaluate` and `report` read with damaged files, for ten minutes unless told otherwise; arguments go to
# fuzz_evaluation.py (--seconds N, --seed N, --case N).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift build -c release --package-path Benchmarks --product evaluation-fuzz
exec python3 Tests/Acceptance/fuzz_evaluation.py "$@"
