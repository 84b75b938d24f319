#!/usr/bin/env bash
# Prints each pipeline's name and its description.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../pipelines"

awk '
  FNR == 1 { name = FILENAME; sub(/\.yaml$/, "", name) }
  /^description:/ { sub(/^description: */, ""); printf "  %-46s %s\n", name, $0 }
' *.yaml | sort
