#!/usr/bin/env bash
# The main job in small: a synthetic Pile, a run over its last 21 %, the proof, and a look at what came out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tiresias=.build/release/tiresias
pipeline=pipelines/demo.yaml
out=out/demo
bold='' plain=''
if [[ -t 1 ]]; then bold=$'\033[1m' plain=$'\033[0m'; fi

say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# number KEY FILE: the first whole number that follows KEY in a YAML or JSON file.
number() { sed -nE "s/.*\"?$1\"?: *([0-9]+).*/\1/p" "$2" | head -n 1; }

# One edit for each of a few choices that the rules make: q, position, branch.
some_edits() {
  zstd -dcq "$out/edits/00000.jsonl.zst" | sed -nE \
    '/"kept"/!s/^\{"q":([0-9]+),.*"position":([0-9]+),.*"branch":"([^"]*)".*/\1 \2 \3/p' |
    awk -v end="$length" '
      $2 > 14 && $2 < end - 12 && ($1 != sample || $2 > position + 20) && !seen[$3] && count < 5 {
        print
        sample = $1; position = $2; seen[$3] = 1; count++
      }'
}

# excerpt FILE SAMPLE POSITION: the text around a token. Item k of a window is at byte k · (L + 1) · 2.
excerpt() {
  dd if="$out/$1" bs=2 skip=$(($2 * (length + 1) + $3 - 10)) count=20 status=none |
    "$tiresias" decode --tokenizer assets/20B_tokenizer.json --from u16 | tr '\n' ' '
}

# What an earlier demo left: this one shows all of it again.
rm -rf "$out" out/demo-pile out/base/demo-pile_text_document.*

say '1. A synthetic Pile (the real one has 134 million documents; this one has 2,000)'
"$tiresias" sample-pile --output out/demo-pile --documents 2000 --seed 1

say "2. The run: $pipeline"
sed -n '/^stages/,$p' "$pipeline"
"$tiresias" run "$pipeline"

say '3. The proof: every file hashed, every sequence derived again from the base'
"$tiresias" verify "$out/manifest.json" --base out/base/demo-pile_text_document --sequences all | grep -v 'hash as recorded'

say "4. What came out, in $out"
(
  cd "$out"
  du --apparent-size -h -- *.bin *.idx edits/* manifest.json report.html README.md TRAINING.md | sed 's/^/  /'
  printf '  %d index maps (.npy) and %d GPT-NeoX configs (neox/*.yml)\n' \
    "$(find . -name '*.npy' | wc -l)" "$(find neox -name '*.yml' | wc -l)"
)

say '5. The same tokens of training, before (control) and after (window)'
length=$(number sequence_length "$pipeline")
first_sample=$(number first_sample "$out/manifest.json")
some_edits | while read -r sample position branch; do
  printf '\n  sample %d, token %d, rule %s\n' "$sample" "$position" "$branch"
  printf '  - …%s…\n' "$(excerpt control_document.bin $((sample - first_sample)) "$position")"
  printf '  + …%s…\n' "$(excerpt window_document.bin $((sample - first_sample)) "$position")"
done
printf '\nOpen %s: what was changed, with charts. %s tells what is in the folder, %s how\nGPT-NeoX trains on it. Next: make list.\n' \
  "$out/report.html" "$out/README.md" "$out/TRAINING.md"
