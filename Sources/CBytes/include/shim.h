// Many bytes in one step, where Swift's vectors lack the step: bits from comparisons, and tables in registers.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Which of 64 bytes are of a kind, a bit each, the first the lowest. Any processor: what Clang makes of it on x86-64
// and arm64 are instructions that every one of them has.

typedef uint8_t tiresias_block __attribute__((ext_vector_type(64)));
typedef bool tiresias_block_mask __attribute__((ext_vector_type(64)));

#define TIRESIAS_BITS(bytes, comparison)                                                  \
  tiresias_block block;                                                                   \
  __builtin_memcpy(&block, bytes, sizeof block);                                          \
  tiresias_block_mask mask = __builtin_convertvector((comparison), tiresias_block_mask);  \
  uint64_t bits;                                                                          \
  __builtin_memcpy(&bits, &mask, sizeof bits);                                            \
  return bits

/// The ASCII letters.
static inline uint64_t tiresias_letters(const uint8_t *bytes) {
  TIRESIAS_BITS(bytes, (block | 0x20) - 0x61 < (tiresias_block)26);
}

/// Those that are `byte`.
static inline uint64_t tiresias_equal(const uint8_t *bytes, uint8_t byte) {
  TIRESIAS_BITS(bytes, block == (tiresias_block)byte);
}

/// NUL and whatever is beyond ASCII.
static inline uint64_t tiresias_no_text(const uint8_t *bytes) {
  TIRESIAS_BITS(bytes, block - 1 >= (tiresias_block)0x7F);
}

#undef TIRESIAS_BITS

// MARK: Where words may begin

/// Sets of three bytes in a row, at most eight, a bit each. A byte is in a set if both its halves are.
typedef struct {
  uint8_t low[3][16];
  uint8_t high[3][16];
} tiresias_beginnings;

/// The first place from `from` on whose three bytes are of one set and which follows on no ASCII letter; or where the search
/// ended: at `to` or beyond, or where less than a step and two bytes were left of `count`. `from` is at least 1. A step is of
/// `width` bytes, 1, 16 or 32, or of fewer where the processor cannot.
size_t tiresias_next_beginning(const uint8_t *bytes, size_t count, size_t from, size_t to,
                               const tiresias_beginnings *sets, int width);
