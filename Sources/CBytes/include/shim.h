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

/// Sets of three bytes in a row, at most eight, a bit each: a byte is in a set if both its halves are. And a bit for each
/// hash of the letters that a word begins with, 2 to the power of `64 - shift` of them.
typedef struct {
  uint8_t low[3][16];
  uint8_t high[3][16];
  const uint64_t *hashes;
  uint64_t shift;
} tiresias_beginnings;

/// Which bit stands for the ASCII letters, at most eight, that the bytes of `word` begin with, the first byte the lowest,
/// whatever their case.
static inline uint64_t tiresias_letters_hash(uint64_t word, uint64_t shift) {
  uint64_t low = (word | 0x2020202020202020) & ~0x8080808080808080;
  uint64_t letters = (low + 0x1F1F1F1F1F1F1F1F) & ~(low + 0x0505050505050505) & ~word & 0x8080808080808080;
  uint64_t others = letters ^ 0x8080808080808080;
  // The bytes below the lowest other; all of them if there is none.
  uint64_t front = ((others & -others) >> 7) - 1;
  // Fibonacci hashing: the high bits of the product depend on all of the key.
  return (((word | 0x2020202020202020) & front) * 0x9E3779B97F4A7C15) >> shift;
}

static inline bool tiresias_holds_word(const tiresias_beginnings *sets, uint64_t word) {
  uint64_t bit = tiresias_letters_hash(word, sets->shift);
  return sets->hashes[bit >> 6] >> (bit & 63) & 1;
}

/// True if the three bytes at `place` are of one set and its letters of a hash, and it follows on no ASCII letter. Bytes
/// beyond `count` are 0.
bool tiresias_begins(const uint8_t *bytes, size_t count, size_t place, const tiresias_beginnings *sets);

/// Writes the places from `*from` to `to` for which ``tiresias_begins`` holds to `places`, in order, until fewer than a step
/// are left of its `room`, and returns how many they are; `*from` is then where to go on, `to` at the end. A step is of `width`
/// bytes, 1, 16 or 32, or of fewer where the processor cannot; `room` is at least 32.
size_t tiresias_find_beginnings(const uint8_t *bytes, size_t count, size_t *from, size_t to,
                                const tiresias_beginnings *sets, size_t *places, size_t room, int width);
