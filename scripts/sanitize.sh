#!/usr/bin/env bash
# Runs the tests with what watches memory, undefined behaviour of C, and threads.
#
#   address    every test with AddressSanitizer, the C shims with UndefinedBehaviorSanitizer as well
#   thread     the tests of rooms that work on several threads, with ThreadSanitizer
#   --quick    what CI runs: the fuzzers' targets with both of the first, on every input that is kept
#
# Without arguments the first two. Each has a build folder of its own, .build-address and .build-thread.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The rooms that start threads, or are called from several.
threaded='PipelineTests|InterventionTests|CorpusTests|BiasEvaluationTests|NeoXModelTests|LoopbackServerTests|ViewingTests|PlanningTests|TokenizationTests'

address() {
  # libFoundation and the C library of Swift keep what they allocate once; growing leaks are the fuzzers' to find.
  ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build-address -Xswiftc -use-ld=lld \
    -Xcc -fsanitize=undefined -Xcc -fno-sanitize=vptr,function -Xcc -fno-sanitize-recover=undefined
}

thread() {
  mkdir -p .build-thread
  clang -shared -fPIC -O1 scripts/tsan-mutex.c -o .build-thread/tsan-mutex.so
  TSAN_OPTIONS=halt_on_error=1 LD_PRELOAD=$PWD/.build-thread/tsan-mutex.so \
    swift test --sanitize=thread --scratch-path .build-thread -Xswiftc -use-ld=lld --filter "$threaded"
}

if (($# == 0)); then set -- address thread; fi
for kind in "$@"; do
  case "$kind" in
    address | thread) "$kind" ;;
    --quick) scripts/fuzz.sh --replay ;;
    *) echo "sanitize: unknown argument $kind; see the top of scripts/sanitize.sh" >&2 && exit 2 ;;
  esac
done
