#!/usr/bin/env bash
# Runs the tests with what watches memory, undefined behaviour of C, and threads.
#
#   address    every test with AddressSanitizer, the C shims with UndefinedBehaviorSanitizer as well
#   thread     the tests of rooms that work on several threads, with ThreadSanitizer
#   --quick    what CI runs: the fuzzers' targets with both of the first, on every input that is kept, and the program itself with
#              ThreadSanitizer and four workers
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

# Swift's Mutex waits in ways that ThreadSanitizer does not know; scripts/tsan-mutex.c tells it.
watching_threads() {
  TSAN_OPTIONS=halt_on_error=1 LD_PRELOAD=$PWD/.build-thread/tsan-mutex.so "$@"
}

thread_options=(--sanitize=thread --scratch-path .build-thread -Xswiftc -use-ld=lld)

thread_runtime() {
  mkdir -p .build-thread
  clang -shared -fPIC -O1 scripts/tsan-mutex.c -o .build-thread/tsan-mutex.so
}

thread() {
  thread_runtime
  watching_threads swift test "${thread_options[@]}" --filter "$threaded"
}

# A raw Pile to tokens, to a window, and the window made again, each by several threads.
threaded_program() {
  local program=.build-thread/debug/tiresias
  thread_runtime
  swift build "${thread_options[@]}" --disable-index-store --product tiresias
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  sed -e "s|{pile: [^}]*}|{pile: $work/pile}|; s|train_iters: [0-9]*|train_iters: 24|; s|checkpoint_every: 10|checkpoint_every: 2|" \
    -e "s|rules: |rules: $PWD/|; s|tokenizer: 20B|tokenizer: $PWD/assets/20B_tokenizer.json|; s|to: [^,]*|to: \"$work/window\"|" \
    pipelines/demo.yaml >"$work/window.yaml"
  watching_threads "$program" sample-pile --output "$work/pile" --documents 400 --seed 1
  watching_threads "$program" run "$work/window.yaml" --workers 4
  watching_threads "$program" verify "$work/window" --base "$work/base/pile_text_document" --sequences all --quiet
}

if (($# == 0)); then set -- address thread; fi
for kind in "$@"; do
  case "$kind" in
    address | thread) "$kind" ;;
    --quick)
      scripts/fuzz.sh --replay
      threaded_program
      ;;
    *) echo "sanitize: unknown argument $kind; see the top of scripts/sanitize.sh" >&2 && exit 2 ;;
  esac
done
