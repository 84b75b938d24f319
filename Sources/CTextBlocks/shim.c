#include "include/shim.h"
#include <stdbool.h>
#include <string.h>
#include "character_table.h"

// Vectors are passed between functions of this file and one instruction set only: how others would pass them does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef uint8_t bytes __attribute__((ext_vector_type(64)));
typedef uint8_t loose_bytes __attribute__((ext_vector_type(64), aligned(1)));
typedef bool flags __attribute__((ext_vector_type(64)));

// The classes of a block, a bit a byte. A character beyond ASCII has its class in all its bytes.
typedef struct {
  uint64_t letters, numbers, spaces, others;
  // Of those, U+0020 and the apostrophe.
  uint64_t plain_spaces, apostrophes;
  // Bytes of characters beyond ASCII.
  uint64_t high;
  // First bytes of white space beyond ASCII that is followed by a character which is none.
  uint64_t last_spaces;
} classes;

// A text and what of it stands where.
typedef struct {
  const uint8_t *text;
  size_t size, position;
} place;

#define FOR_PROCESSOR
#define NAMED(name) plain_##name
#include "loops.h"

#if defined(__x86_64__)

#define FOR_PROCESSOR __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define NAMED(name) avx2_##name
#include "loops.h"

#define FOR_PROCESSOR __attribute__((target("avx512bw,avx512vl,bmi,bmi2,lzcnt,popcnt")))
#define NAMED(name) avx512_##name
#include "loops.h"

#endif

tiresias_registers tiresias_widest_registers(void) {
#if defined(__x86_64__)
  // The builtin reads what the C library found at the start. Every processor with AVX2 has the others.
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) return 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return 1;
#endif
  return 0;
}

#if defined(__x86_64__)
#define CALL(name, ...)                            \
  (registers == 2   ? avx512_##name(__VA_ARGS__)   \
   : registers == 1 ? avx2_##name(__VA_ARGS__)     \
                    : plain_##name(__VA_ARGS__))
#else
#define CALL(name, ...) ((void)registers, plain_##name(__VA_ARGS__))
#endif

size_t tiresias_utf8_front(tiresias_registers registers, const uint8_t *text, size_t size) {
  return CALL(utf8_front, text, size);
}

size_t tiresias_first_combining(tiresias_registers registers, const uint8_t *text, size_t from, size_t size) {
  return CALL(first_combining, text, from, size);
}

size_t tiresias_cut_pre_tokens(tiresias_registers registers, tiresias_cut *cut, const uint8_t *text, size_t size,
                               size_t longest_run, uint32_t *starts, size_t room) {
  return CALL(cut, cut, text, size, longest_run, starts, room);
}
