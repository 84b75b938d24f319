#!/usr/bin/env bash
# Gives what reads files from strangers to libFuzzer: every target of Tests/FuzzTargets for a minute.
#
#   --seconds N      of each target
#   --target NAME    only this one; may be repeated
#   --jobs N         targets at a time (1)
#   --list           the targets
#   --replay         gives each target the inputs that are kept, once, and looks for no others (built without optimisation, which
#                    takes half as long)
#   --keep           at the end, puts the smallest inputs that reach all that was reached into Fuzzing/corpus
#
# Begins with Fuzzing/corpus and what earlier runs found (Fuzzing/.build/corpus). An input that ends the process is put into
# Fuzzing/regressions/TARGET, which the tests replay, and the exit code is 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

limit=-max_total_time=60 jobs=1 keep='' targets=() configuration=release
work=$PWD/Fuzzing/.build

build() {
  # Overflows of C, memory, and the edges that are reached; simdjson, ICU and zstd are the system's, and are not watched.
  swift build -c "$configuration" --disable-index-store --package-path Fuzzing --product fuzz \
    -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address,undefined \
    -Xcc -fno-sanitize=vptr,function -Xcc -fno-sanitize-recover=undefined
}

while (($#)); do
  case "$1" in
    --seconds) limit=-max_total_time=$2 && shift ;;
    --replay) limit=-runs=0 configuration=debug ;;
    --target) targets+=("$2") && shift ;;
    --jobs) jobs=$2 && shift ;;
    --keep) keep=1 ;;
    --list) build >&2 && "$work/$configuration/fuzz" --list && exit ;;
    *) echo "fuzz: unknown argument $1; see the top of scripts/fuzz.sh" >&2 && exit 2 ;;
  esac
  shift
done

build
fuzz=$work/$configuration/fuzz
if ((${#targets[@]} == 0)); then mapfile -t targets < <("$fuzz" --list); fi
# Files of targets lie in memory where the system allows it.
TMPDIR=$(mktemp -d -p "$([[ -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
"$fuzz" --seeds "$TMPDIR/seeds"

# run TARGET: one line of what came of it; its log is in Fuzzing/.build/logs.
run() {
  local name=$1 log=$work/logs/$1.log status=0 options=()
  rm -rf "$work/found/$name"
  mkdir -p "$work/corpus/$name" "$work/logs" "$work/found/$name"
  if [[ -f Fuzzing/dictionaries/$name.dict ]]; then options+=(-dict="Fuzzing/dictionaries/$name.dict"); fi
  local folders=("$work/corpus/$name" "$TMPDIR/seeds/$name")
  if [[ -d Fuzzing/corpus/$name ]]; then folders+=("Fuzzing/corpus/$name"); fi
  if [[ -d Fuzzing/regressions/$name ]]; then folders+=("Fuzzing/regressions/$name"); fi
  TIRESIAS_FUZZ_TARGET=$name ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} "$fuzz" "$limit" -timeout=10 \
    -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=16384 -print_final_stats=1 -artifact_prefix="$work/found/$name/" \
    "${options[@]}" "${folders[@]}" >"$log" 2>&1 || status=$?
  awk -v name="$name" -v status="$status" '
    / cov: [0-9]+ / { for (i = 1; i < NF; i++) { if ($i == "cov:") { if (!first) first = $(i + 1); last = $(i + 1) } } }
    /stat::number_of_executed_units/ { count = $2 }
    /stat::peak_rss_mb/ { memory = $2 }
    END { printf "%-18s %10d executions, edges %d to %d, at most %d MB: %s\n", name, count, first, last, memory,
          status ? "FOUND SOMETHING" : "nothing found" }' "$log"
  if ((status)); then
    mkdir -p "Fuzzing/regressions/$name"
    find "$work/found/$name" -type f ! -name 'slow-unit-*' -exec cp {} "Fuzzing/regressions/$name/" \;
    grep -m 3 -E 'Fatal error|ERROR:|runtime error|SUMMARY' "$log" | sed "s/^/  /" || true
    return 1
  fi
}

# keep TARGET: the smallest inputs that reach all that is reached.
keep() {
  local name=$1 folder=$TMPDIR/kept
  rm -rf "$folder" && mkdir -p "$folder"
  TIRESIAS_FUZZ_TARGET=$name "$fuzz" -set_cover_merge=1 -max_len=1024 "$folder" "$work/corpus/$name" >"$work/logs/$name.merge.log" 2>&1
  mkdir -p "Fuzzing/corpus/$name"
  find "$folder" -type f -size -3 -printf '%s %p\n' | sort -n | head -n 12 | cut -d ' ' -f 2- | xargs -r cp -t "Fuzzing/corpus/$name"
}

failed=0 running=0
for name in "${targets[@]}"; do
  if ((running == jobs)); then wait -n || failed=1; else running=$((running + 1)); fi
  run "$name" &
done
while ((running-- > 0)); do wait -n || failed=1; done
if [[ -n "$keep" ]]; then for name in "${targets[@]}"; do keep "$name"; done; fi
exit "$failed"
