#!/usr/bin/env bash
# Installs the Debian packages that the build needs and this machine lacks; says nothing when all are there.
set -euo pipefail

packages=(libicu-dev libzstd-dev libsimdjson-dev libssl-dev libdnnl-dev zstd ca-certificates curl)

if ! command -v swift >/dev/null; then
  echo "tiresias: swift is not on the PATH; install Swift 6.3 from swift.org/install, then run make again" >&2
  exit 1
fi

is_installed() {
  [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

if ! command -v apt-get >/dev/null; then
  echo "tiresias: not a Debian system: ICU, zstd, simdjson, oneDNN and OpenSSL (with headers) are taken to be there" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}" "$@"; do
  is_installed "$package" || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "tiresias: as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
