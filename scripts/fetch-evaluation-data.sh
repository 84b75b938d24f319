#!/usr/bin/env bash
# Puts benchmark data below assets/, from $TIRESIAS_ASSETS or from where they are published. Whatever the way, only the
# published bytes are accepted. What cannot be had is named, and is no failure: `tiresias evaluate` scores the rest.
# With --once it is not tried again where an earlier try failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tried=assets/.evaluation-data-tried
if [[ "${1:-}" == --once && -e "$tried" ]]; then exit 0; fi

crows=https://raw.githubusercontent.com/nyu-mll/crows-pairs/master/data
winobias=https://raw.githubusercontent.com/uclanlp/corefBias/master/WinoBias/wino/data
lambada=https://openaipublic.blob.core.windows.net/gpt-2/data

# File below assets/, its SHA-256, the folder it is published in ('-': in none, it comes from $TIRESIAS_ASSETS alone).
files=(
  "crows-pairs/crows_pairs_anonymized.csv dfb36986ce0502abbaf7055b9176da3d08d48e07df1251991b5dfbcbceab9d0c $crows"
  "winobias/pro_stereotyped_type1.txt.test db7838907238a758eeb5779e48f38c013b892910d6fe864456c59f04245c6689 $winobias"
  "winobias/anti_stereotyped_type1.txt.test 331db5bd74bfefebf146a60b67645152a4a1991570d2a56f57154103ac361dd2 $winobias"
  "winobias/pro_stereotyped_type2.txt.test ea1c1fd94fa612e3cc44d7fa3cc4cb76021bb63fdf94f9826f430051e9052438 $winobias"
  "winobias/anti_stereotyped_type2.txt.test 336571ac1ea8c06cd2aba8e5dd2bd98e00acc0c48da3e4ec5ec7e54eb2633a8f $winobias"
  "winobias/occupations.tsv 40efb82a2c31306462c87d12cbadadb3d630b04f64b9302d80a2f18b09c34f29 -"
  "lambada/lambada_test.jsonl 4aa8d02cd17c719165fc8a7887fddd641f43fcafa4b1c806ca8abc31fabdb226 $lambada"
)

is_published() {
  [[ -f "$1" ]] && sha256sum --check --status - <<<"$2  $1"
}

from_assets() {
  [[ -n "${TIRESIAS_ASSETS:-}" ]] && cp "$TIRESIAS_ASSETS/$2" "$1"
}

# A host that does not answer once is not asked again.
unreachable=" - "
from_publisher() {
  [[ "$unreachable" != *" $3 "* ]] || return 1
  curl --fail --silent --show-error --location --connect-timeout 5 --max-time 60 --output "$1" "$3/${2##*/}" ||
    { unreachable+="$3 " && return 1; }
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
missing=()
for entry in "${files[@]}"; do
  read -r file sha256 folder <<<"$entry"
  if is_published "assets/$file" "$sha256"; then continue; fi
  candidate="$work/candidate"
  for way in from_assets from_publisher; do
    rm -f "$candidate"
    "$way" "$candidate" "$file" "$folder" 2>/dev/null || continue
    is_published "$candidate" "$sha256" || continue
    mkdir -p "assets/$(dirname "$file")"
    mv "$candidate" "assets/$file"
    chmod u+w "assets/$file"
    echo "assets/$file is in place (${way//_/ }, SHA-256 checked)"
    continue 2
  done
  missing+=("  assets/$file"$'\n'"    SHA-256 $sha256"$'\n'"    ${folder/#-/given by TIRESIAS_ASSETS only}")
done

((${#missing[@]})) || exit 0
mkdir -p assets && touch "$tried"
echo "tiresias: no way to get these benchmark data from here; benchmarks that need them are left out:" >&2
printf '%s\n' "${missing[@]}" >&2
