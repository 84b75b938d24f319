#!/usr/bin/env bash
# One file to copy to a cluster: the program as it was built, linked again with Swift, ICU, zstd, simdjson, libcrypto and the C++
# runtime inside. What is left outside is the C library, whose parts look for each other's versions at run time, and oneDNN, for
# which `tiresias evaluate` looks when it runs (Sources/CDNNL/late.h).
#
# Nothing of Swift is compiled again: the objects are those of `make build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=.build/static
archives=$work/archives
release=$(readlink -f .build/release)
objects=$release/tiresias.product/Objects.LinkFileList

if [[ $(uname -s) != Linux ]]; then
  echo "static: made on Linux, for Linux" >&2
  exit 1
fi
mkdir -p "$archives"

# The linker takes what it finds first: a folder with archives alone, before those that have shared libraries, too.
archive() {
  local path
  path=$(clang -print-file-name="lib$1.a")
  if [[ $path != /* ]]; then
    echo "static: there is no lib$1.a: install the Debian package that has it ($2)" >&2
    exit 1
  fi
  ln -sf "$path" "$archives/lib$1.a"
}
for name in icui18n icuuc icudata; do archive "$name" libicu-dev; done
archive zstd libzstd-dev
archive crypto libssl-dev
archive stdc++ libstdc++-dev

# Debian has simdjson as a shared library alone; its source package has the file to compile, of the same version as the header.
simdjson() {
  local version here=$work/simdjson
  version=$(dpkg-query --show --showformat='${source:Version}' libsimdjson-dev)
  [[ -f $work/simdjson.o && $(cat "$here/version" 2>/dev/null) == "$version" ]] && return
  rm -rf "$here"
  mkdir -p "$here/lists/partial"
  # Source packages are of the same places as the others; only this script needs to know.
  if [[ -f /etc/apt/sources.list.d/debian.sources ]]; then
    sed 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources >"$here/debian.sources"
  elif [[ -f /etc/apt/sources.list ]]; then
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$here/debian.list"
  else
    echo "static: not a Debian system: there is no source package of simdjson to be had" >&2
    exit 1
  fi
  apt_source() {
    (cd "$here" && apt-get -qq -o "Dir::Etc::sourcelist=$PWD/$(ls debian.*)" -o Dir::Etc::sourceparts=- \
      -o "Dir::State::lists=$PWD/lists" -o APT::Sandbox::User=root "$@")
  }
  apt_source update
  apt_source source --download-only "simdjson=$version" >/dev/null
  tar -xzf "$here"/simdjson_*.orig.tar.gz -C "$here" --strip-components=1 --wildcards '*/singleheader/simdjson.*'
  cmp --silent "$here/singleheader/simdjson.h" /usr/include/simdjson.h || {
    echo "static: simdjson's header is not that of its source package $version" >&2
    exit 1
  }
  clang++ -w -std=c++17 -O3 -DNDEBUG -fPIC -c "$here/singleheader/simdjson.cpp" -o "$work/simdjson.o"
  printf '%s\n' "$version" >"$here/version"
  rm -rf "$here/lists"
}
simdjson

clang -O2 -fPIC -c scripts/older-glibc.c -o "$work/older-glibc.o"

# What Foundation's archives want of each other, the objects do not say: they were compiled for its shared library.
foundation=(-lFoundation -lFoundationInternationalization -lFoundationEssentials -lCoreFoundation -l_FoundationICU
  -l_FoundationCollections -l_FoundationCShims)
link=(
  -static-stdlib -use-ld=lld -emit-executable -o "$work/tiresias"
  "@$objects" "$work/older-glibc.o" "$work/simdjson.o"
  -L "$archives" -L "$release" -licui18n -licuuc -licudata -lzstd -lcrypto "${foundation[@]}" -lstdc++
  -Xclang-linker -static-libgcc -Xlinker --gc-sections -Xlinker --build-id=sha1
  # The package manager gives each program's main function a name of its own.
  -Xlinker --defsym=main=tiresias_main
  -Xlinker --wrap=hypot -Xlinker --wrap=hypotf
)
swiftc "${link[@]}"
strip "$work/tiresias"

needed=$(readelf --dynamic --wide "$work/tiresias" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p')
others=$(grep -vE '^(libc\.so\.6|libm\.so\.6|libdl\.so\.2|libpthread\.so\.0|librt\.so\.1|ld-linux-.*)$' <<<"$needed" || true)
if [[ -n $others ]]; then
  echo "static: it still needs ${others//$'\n'/, }" >&2
  exit 1
fi
glibc=$(readelf --version-info --wide "$work/tiresias" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)

target=out/static/tiresias-$("$work/tiresias" --version)-linux-$(uname -m)
mkdir -p out/static
mv "$work/tiresias" "$target"
printf '%s\n  %s bytes; needs glibc %s or later, and nothing else (%s)\n  SHA-256 %s\n' "$target" \
  "$(stat -c %s "$target")" "${glibc#GLIBC_}" "${needed//$'\n'/, }" "$(sha256sum "$target" | cut -d ' ' -f 1)"
