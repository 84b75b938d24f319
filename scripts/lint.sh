#!/usr/bin/env bash
# Format of the Swift sources, syntax of the shell and Python files, and paths that belong to one machine only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources Fuzzing/Package.swift Fuzzing/Sources

for file in .ci/run scripts/*.sh; do
  bash -n "$file"
done

if command -v python3 >/dev/null; then
  python3 - Tests/Acceptance/*.py Benchmarks/compare/*.py trainer/*.py trainer/tests/*.py <<'CHECK'
import ast, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        ast.parse(file.read(), path)
CHECK
else
  echo "lint: Python files not checked: no python3" >&2
fi
