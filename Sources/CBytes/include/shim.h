// Many bytes in one step, where Swift's vectors lack the step: bits from comparisons, and tables in registers.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: What the bytes of a passage are

/// Bytes that are looked at in one step: five words of English, of which one nearly always tells.
enum { tiresias_text_block = 32 };

/// A bit for each byte of a block, the first that is read the lowest.
typedef struct {
  /// ASCII ones.
  uint32_t letters;
  uint32_t line_feeds;
  /// NUL, and whatever is beyond ASCII but whole marks of U+2000 to U+203F that are not „.
  uint32_t odd;
} tiresias_text_bits;

/// Reads a block from the first or from the last, in steps of `width` bytes, 16 or 32, or of fewer where the processor cannot.
void tiresias_read_text(const uint8_t *bytes, tiresias_text_bits *text, bool is_ahead, int width);

// MARK: Words that tell a passage's language

/// Words that are looked at on either side of a match.
enum { tiresias_foreign_words = 12 };

/// The languages of words, as the two bits from `tiresias_language_shift` on say them; what is above the second is not English.
enum { tiresias_english = 0, tiresias_title_english = 1, tiresias_language_shift = 62 };

/// There are 2 to this power of slots.
enum { tiresias_language_bits = 13 };

typedef struct tiresias_language_words tiresias_language_words;

/// A list of `slots`, which must outlive it: words in lower case, the last byte the lowest, by open addressing with the top
/// bits of the word times 0x9E3779B97F4A7C15, at least one slot empty; the top two bits say the language. Those of at most
/// seven ASCII letters are looked for, in steps of `width` bytes, as above.
tiresias_language_words *tiresias_make_language_words(const uint64_t *slots, int width);

void tiresias_free_language_words(tiresias_language_words *list);

/// True if the words around the match at `start..<end` tell of English, as they mostly do, or at least none of another
/// language, and all that are read on the way are plain text. Reads within `lower..<upper`.
bool tiresias_is_plainly_not_foreign(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                     const tiresias_language_words *list);

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
/// bytes, 1, 16, 32 or 64, or of fewer where the processor cannot; `room` is at least 32.
size_t tiresias_find_beginnings(const uint8_t *bytes, size_t count, size_t *from, size_t to,
                                const tiresias_beginnings *sets, size_t *places, size_t room, int width);
