#!/usr/bin/env bash
# Compares the scorer with transformers on random models; arguments go to model.py, or behind --speed to speed.py.
# PyTorch is large, so this has an environment of its own and is not part of `make acceptance`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-model
requirements=Tests/Acceptance/requirements-model.txt
program=model.py
if [[ "${1:-}" == --speed ]]; then
  program=speed.py
  shift
fi

if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  scripts/install-packages.sh python3-venv
fi
if ! cmp --silent "$requirements" "$environment/installed.txt"; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
  cp "$requirements" "$environment/installed.txt"
fi
swift build -c release --package-path Benchmarks --product neox-scores
exec "$environment/bin/python" "Tests/Acceptance/$program" "$@"
