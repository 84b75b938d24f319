#!/usr/bin/env bash
# Compares results: $RESULTS (files and folders), with the manifests $MANIFESTS, into $OUT; arguments go to `tiresias report`.
# Figures are rendered by vl-convert, in a Python environment of its own; without it the report has its tables and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-report
requirements=scripts/report-requirements.txt

python_packages() {
  python3 -m venv "$environment" &&
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" &&
    cp "$requirements" "$environment/installed.txt"
}

renderer() {
  if cmp --silent "$requirements" "$environment/installed.txt"; then return 0; fi
  if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
    scripts/install-packages.sh python3-venv || return 1
  fi
  python_packages >/dev/null 2>&1
}

if [[ -z "${RESULTS:-}" ]]; then
  echo "tiresias: name the results: make report RESULTS='out/scores' [MANIFESTS='out/m2f/manifest.json'] [OUT=out/report]" >&2
  exit 2
fi
renderer || echo "report: the Python packages of $requirements cannot be had; there will be no figures" >&2

# A path with spaces goes to `tiresias report` itself.
read -ra results <<<"$RESULTS"
read -ra manifests <<<"${MANIFESTS:-}"
exec .build/release/tiresias report "${results[@]}" "${manifests[@]/#/--manifest=}" --output "${OUT:-out/report}" "$@"
