#!/usr/bin/env bash
# Installs the program, its manual page and shell completions below a folder: install.sh PREFIX.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix=${1:?usage: install.sh PREFIX}
program=.build/release/tiresias

install -D -m 755 "$program" "$prefix/bin/tiresias"

completions() {
  mkdir -p "$(dirname "$prefix/share/$2")"
  "$program" --generate-completion-script "$1" >"$prefix/share/$2"
}
completions bash bash-completion/completions/tiresias
completions zsh zsh/site-functions/_tiresias
completions fish fish/vendor_completions.d/tiresias.fish

if command -v python3 >/dev/null; then
  mkdir -p "$prefix/share/man/man1"
  "$program" --experimental-dump-help | python3 scripts/manual.py >"$prefix/share/man/man1/tiresias.1"
else
  echo "install: no manual page: there is no python3" >&2
fi
echo "installed $prefix/bin/tiresias, with completions and manual page below $prefix/share"
