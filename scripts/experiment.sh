#!/usr/bin/env bash
# The closed loop: trainer/experiment.py, then the report. $SEEDS base models (3) on $PILE (the embedded sample), into $OUT.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=${OUT:-out/experiment}
scripts/trainer-environment.sh
.venv-trainer/bin/python trainer/experiment.py --output "$out" --seeds "${SEEDS:-3}" ${PILE:+--pile "$PILE"} "$@"
printf '\n4. The report\n'
windows=("$out"/windows/*/manifest.json)
RESULTS="$out/scores" MANIFESTS="${windows[*]}" OUT="$out/report" scripts/report.sh
printf '\nWhat the arms did to log P(feminine) - log P(masculine), from %s/report:\n' "$out"
sed -n 's/^- Manipulation check, \(experiment.*\)/  \1/p' "$out/report/summary.md"
