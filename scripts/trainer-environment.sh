#!/usr/bin/env bash
# Makes .venv-trainer, which has what trainer/ needs and its tests; says nothing when it is there. PyTorch is large.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-trainer
wanted=$(cat trainer/requirements.txt trainer/tests/requirements.txt)

if [[ -f "$environment/installed.txt" && "$wanted" == "$(<"$environment/installed.txt")" ]]; then exit 0; fi
if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  scripts/install-packages.sh python3-venv
fi
echo "making $environment: PyTorch and transformers" >&2
python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement trainer/tests/requirements.txt
printf '%s\n' "$wanted" >"$environment/installed.txt"
