#!/usr/bin/env bash
# Renders the results that EleutherAI published with Pythia: from $TIRESIAS_ASSETS, else from the repository, into $OUT.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

repository=${PYTHIA_REPOSITORY:-https://github.com/EleutherAI/pythia}
fetched=assets/pythia-evals

# Only the bias results: evals/ has ability scores of forty more models.
from_repository() {
  command -v git >/dev/null || scripts/install-packages.sh git
  local clone
  clone=$(mktemp -d)
  git clone --quiet --depth 1 --filter=blob:none --no-checkout "$repository" "$clone/pythia" &&
    git -C "$clone/pythia" sparse-checkout set --no-cone '/evals/bias-evals/' '/evals/pythia-v0/winobias/' \
      '/evals/pythia-v1/*/baseline/' '/evals/pythia-v1/*/intervention/' &&
    git -C "$clone/pythia" checkout --quiet &&
    mkdir -p assets && mv "$clone/pythia/evals" "$fetched"
  local status=$?
  rm -rf "$clone"
  return "$status"
}

results=${TIRESIAS_ASSETS:+$TIRESIAS_ASSETS/pythia-evals}
if [[ -z "$results" || ! -d "$results" ]]; then
  results=$fetched
  if [[ ! -d "$results" ]] && ! from_repository; then
    echo "tiresias: the published results cannot be had from $repository; set TIRESIAS_ASSETS to a folder that has pythia-evals/" >&2
    exit 1
  fi
fi
RESULTS=$results OUT=${OUT:-out/published-report} exec scripts/report.sh "$@"
