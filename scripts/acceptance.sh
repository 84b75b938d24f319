#!/usr/bin/env bash
# Compares the built program with the slow reference in Tests/Acceptance; arguments go to run.py.
# Without Python or its packages the checks are skipped, and the closing line says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-acceptance
requirements=Tests/Acceptance/requirements.txt

skip() {
  printf 'acceptance: skipped: %s\n0 passed, 0 failed, 1 skipped\n' "$1"
  exit 0
}

python_packages() {
  python3 -m venv "$environment" &&
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" &&
    cp "$requirements" "$environment/installed.txt"
}

if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  scripts/install-packages.sh python3-venv || skip "no python3 with venv"
fi
if ! cmp --silent "$requirements" "$environment/installed.txt"; then
  python_packages || skip "the Python packages of $requirements cannot be had"
fi
exec "$environment/bin/python" Tests/Acceptance/run.py --binary .build/release/tiresias "$@"
