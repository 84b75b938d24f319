#include <stdlib.h>
#include <string.h>

#include "shim.h"

// One body for any processor and for those with wider registers, which do it in half the steps: the functions marked
// `ALWAYS` become part of whichever calls them, and are compiled for its instructions.

#define ALWAYS static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

/// The builtin reads what the C library found at the start.
static bool is_wide(int width) {
  return width >= 32 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
}
#else
static bool is_wide(int width) { return false; }
#endif

// MARK: What the bytes of a passage are

enum { block_size = tiresias_text_block };

typedef uint8_t block __attribute__((ext_vector_type(block_size)));
typedef int8_t signed_block __attribute__((ext_vector_type(block_size)));
typedef bool block_mask __attribute__((ext_vector_type(block_size)));

#define BITS(comparison)                                                      \
  ({                                                                          \
    block_mask mask = __builtin_convertvector((comparison), block_mask);      \
    uint32_t bits;                                                            \
    __builtin_memcpy(&bits, &mask, sizeof bits);                              \
    bits;                                                                     \
  })

#define IS(byte) (block == (typeof(block))(byte))
#define IN(first, count) (block - (first) < (typeof(block))(count))

#define EIGHT_DOWN(from) from, from - 1, from - 2, from - 3, from - 4, from - 5, from - 6, from - 7
#define REVERSED(block)                                                                                     \
  __builtin_shufflevector(block, block, EIGHT_DOWN(31), EIGHT_DOWN(23), EIGHT_DOWN(15), EIGHT_DOWN(7))

/// The bits that are `count` bytes further on in the text, whichever way the block is read.
ALWAYS uint32_t later(uint32_t bits, int count, bool is_ahead) { return is_ahead ? bits >> count : bits << count; }

ALWAYS void read_text(const uint8_t *bytes, tiresias_text_bits *text, bool is_ahead) {
  block block;
  __builtin_memcpy(&block, bytes, sizeof block);
  if (!is_ahead) block = REVERSED(block);
  // 26 letters are the greatest of the signed bytes if five is added to them.
  text->letters = BITS((signed_block)((block | 0x20) + 5) > (signed_block)0x65);
  text->line_feeds = BITS(IS(0x0A));
  // NUL is 0, what is beyond ASCII less.
  text->odd = BITS((signed_block)block < (signed_block)1);
  if (__builtin_expect(text->odd == 0, true)) return;
  // E2 80 and one of 80 to BF, but 9E.
  uint32_t thirds = BITS(IN(0x80, 0x40) & (block != (typeof(block))0x9E));
  uint32_t marks = BITS(IS(0xE2)) & later(BITS(IS(0x80)), 1, is_ahead) & later(thirds, 2, is_ahead);
  text->odd &= ~(marks | later(marks, 1, !is_ahead) | later(marks, 2, !is_ahead));
}

// MARK: Words that tell a passage's language

enum { hash_bits = 15, english_bits = 9 };

/// What is looked at of most words stands close together.
struct tiresias_language_words {
  /// A bit for each hash of a word that tells something; most words have none of them.
  uint32_t hashes[1 << hash_bits >> 5];
  /// The English ones, by fewer bits of the same hash; in the highest byte the seven bits by which a word that was counted is
  /// known again.
  uint64_t english[1 << english_bits];
  const uint64_t *slots;
  bool is_wide;
};

/// A factor for which no two English words share a place. One in 28 of the other words of an English text has a hash
/// of the list; of some thousand million factors the best would have had one in 32.
ALWAYS uint64_t plain_hash(uint64_t letters) { return letters * 0xB1C0F402DBCF51BF; }

ALWAYS uint64_t word_hash(uint64_t key) { return key * 0x9E3779B97F4A7C15; }

ALWAYS uint64_t below(int place) { return (1ull << place) - 1; }

/// The language of the word of less than eight letters that are the bytes of `key`, the last the lowest; -1 for none.
ALWAYS int language(const uint64_t *slots, uint64_t key) {
  uint64_t index = word_hash(key) >> (64 - tiresias_language_bits);
  for (; slots[index] != 0; index = (index + 1) & below(tiresias_language_bits))
    if ((slots[index] & below(tiresias_language_shift)) == key) return (int)(slots[index] >> tiresias_language_shift);
  return -1;
}

/// Notes a word. Those of titles say nothing here, nor English ones that may have been counted as one of them.
static void note(tiresias_language_words *list, uint64_t key, int language, const bool *titles) {
  uint64_t counted = word_hash(key) >> 57;
  if (language == tiresias_title_english || (language == tiresias_english && titles[counted])) return;
  uint64_t letters = __builtin_bswap64(key) >> (__builtin_clzll(key) & ~7), hash = plain_hash(letters);
  list->hashes[hash >> (64 - hash_bits + 5)] |= 1u << (hash >> (64 - hash_bits) & 31);
  uint64_t *place = &list->english[hash >> (64 - english_bits)];
  if (language == tiresias_english && *place == 0) *place = letters | counted << 56;
}

tiresias_language_words *tiresias_make_language_words(const uint64_t *slots, int width) {
  tiresias_language_words *list = aligned_alloc(64, (sizeof *list + 63) / 64 * 64);
  if (list == NULL) abort();
  memset(list, 0, sizeof *list);
  list->slots = slots;
  list->is_wide = is_wide(width);
  bool titles[128] = {false};
  for (int pass = 0; pass < 2; pass++)
    for (int slot = 0; slot < 1 << tiresias_language_bits; slot++) {
      uint64_t key = slots[slot] & below(tiresias_language_shift);
      if (key == 0 || (key & 0xFF80808080808080) != 0) continue;
      int found = language(slots, key);
      if (pass == 0) titles[word_hash(key) >> 57] |= found == tiresias_title_english;
      if (pass == 1) note(list, key, found, titles);
    }
  return list;
}

void tiresias_free_language_words(tiresias_language_words *list) { free(list); }

// MARK: Whether the words beside a match tell of English

typedef enum {
  is_english,
  /// Something is not plain, or tells of another language.
  is_odd,
  /// All words on this side are read, and none tells of another language.
  has_ended
} told;

/// Bytes before a place that are read with it, blocks on one side, and letters of which no word that is read has more.
enum { lead = 8, blocks = 4, longest_word = 16 };

ALWAYS uint64_t lowest(uint64_t bits) { return bits & -bits; }
ALWAYS int lowest_place(uint64_t bits) { return __builtin_ctzll(bits); }
ALWAYS int highest_place(uint64_t bits) { return 63 - __builtin_clzll(bits); }

/// White space or `"`.
ALWAYS bool ends_address(uint8_t byte) { return byte < 64 && (0x500003E00 >> byte & 1) != 0; }

ALWAYS bool is_word_byte(uint8_t byte) { return (uint8_t)((byte | 0x20) - 0x61) < 26 || (uint8_t)(byte - 0x30) < 10; }

/// One of `@ / \ _ =`, or a full stop before a letter or digit.
ALWAYS bool is_address_mark(const uint8_t *byte) {
  return *byte == 0x40 || *byte == 0x2F || *byte == 0x5C || *byte == 0x5F || *byte == 0x3D ||
         (*byte == 0x2E && is_word_byte(byte[1]));
}

/// True if nothing of an address stands between the word at `start..<end` and the white space or quotation's marks about it.
static __attribute__((noinline)) bool is_no_address(const uint8_t *start, const uint8_t *end, const uint8_t *lower,
                                                    const uint8_t *upper) {
  do {
    if (start == lower || is_address_mark(--start)) return false;
  } while (!ends_address(*start));
  for (; !ends_address(*end); end++)
    if (upper - end < 2 || is_address_mark(end)) return false;
  return true;
}

/// Where paragraphs end: at line feeds between which and another one before there is no letter.
ALWAYS uint64_t paragraph_ends(uint64_t lines, uint64_t letters) {
  uint64_t after = lines << 1, others = ~(lines | letters);
  // Adding a bit where a gap goes on after a line feed carries to what ends the gap.
  return (after | (others + (after & others))) & lines;
}

/// Reads the words on one side of a match, from it outwards, until one settles it. English words that titles have, too, are
/// passed: they would settle three passages in a hundred, and would have to be counted in all. `capitals` has a bit for each
/// English word that began with one, on both sides of the match.
ALWAYS told read_side(const uint8_t *place, const uint8_t *lower, const uint8_t *upper,
                      const tiresias_language_words *list, uint64_t *capitals, bool is_ahead) {
  int words = 0;
  for (int block = 0; block < blocks; block++) {
    if (is_ahead ? upper - place < block_size : place - lower < block_size + lead) return is_odd;
    tiresias_text_bits text;
    read_text(is_ahead ? place : place - block_size, &text, is_ahead);
    uint64_t ends = paragraph_ends(text.line_feeds, text.letters);
    // Not to the block's end: a word may go on beyond it, as where it touches a byte that is not plain.
    uint64_t stop = lowest(ends | text.odd | 1ull << (block_size - 1));
    uint64_t starts = text.letters & ~(text.letters << 1), all = text.letters << 1 & ~text.letters & (stop - 1);
    int lengths = -1;
    for (uint64_t rest = all; rest != 0; rest &= rest - 1) {
      int near = lowest_place(starts), far = lowest_place(rest), start = near - far;
      const uint8_t *end = is_ahead ? place + far : place - near;
      starts &= starts - 1;
      lengths &= start;
      uint64_t letters;
      memcpy(&letters, end - lead, sizeof letters);
      // Of more than eight letters some: no such word is in the list.
      letters = (letters | 0x2020202020202020) >> (8 * start & 63);
      uint64_t hash = plain_hash(letters);
      uint32_t bits = list->hashes[hash >> (64 - hash_bits + 5)];
      if (__builtin_expect((bits >> (__builtin_rotateright64(hash, 64 - hash_bits) & 31) & 1) == 0, true)) continue;
      if (lengths < -longest_word) return is_odd;
      if (words + __builtin_popcountll(all ^ rest) >= tiresias_foreign_words) return has_ended;
      if (start < -7) continue;
      uint64_t english = list->english[hash >> (64 - english_bits)];
      if (__builtin_expect((english ^ letters) << 8 != 0, false)) {
        int found = language(list->slots, __builtin_bswap64(letters) >> (64 + 8 * start));
        if (found < 0 || found == tiresias_title_english) continue;
        return is_odd;
      }
      // With a capital they count less, and a word counts once: the same bit may be another's, too.
      uint64_t bit = 1ull << (english >> 56 & 63);
      if (__builtin_expect((end[start] & 0x20) == 0, false)) *capitals |= bit;
      if (__builtin_expect((*capitals & bit) != 0, false)) continue;
      if (__builtin_expect(ends_address(end[start - 1]) && ends_address(*end), true)) return is_english;
      return is_no_address(end + start, end, lower, upper) ? is_english : is_odd;
    }
    if (lengths < -longest_word) return is_odd;
    words += __builtin_popcountll(all);
    if (words >= tiresias_foreign_words || (ends & stop) != 0) return has_ended;
    // A mark that the block's end cuts is whole in the next.
    if (all == 0 || (text.odd & below(block_size - 2)) != 0) return is_odd;
    place = is_ahead ? place + highest_place(all) : place - highest_place(all);
  }
  return is_odd;
}

ALWAYS bool is_plainly_not_foreign(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                   const tiresias_language_words *list) {
  uint64_t capitals = 0;
  told told = read_side(bytes + start, bytes + lower, bytes + upper, list, &capitals, false);
  if (told == has_ended) told = read_side(bytes + end, bytes + lower, bytes + upper, list, &capitals, true);
  // Where all is read and nothing tells of another language, the passage is not taken to be in one.
  return told != is_odd;
}

// MARK: For each kind of processor

static void read_any(const uint8_t *bytes, tiresias_text_bits *text, bool is_ahead) {
  read_text(bytes, text, is_ahead);
}

static __attribute__((noinline)) bool is_plainly_not_foreign_any(const uint8_t *bytes, size_t lower, size_t upper,
                                                                 size_t start, size_t end,
                                                                 const tiresias_language_words *list) {
  return is_plainly_not_foreign(bytes, lower, upper, start, end, list);
}

#if defined(__x86_64__)
WIDE static void read_wide(const uint8_t *bytes, tiresias_text_bits *text, bool is_ahead) {
  read_text(bytes, text, is_ahead);
}

WIDE static __attribute__((noinline)) bool is_plainly_not_foreign_wide(const uint8_t *bytes, size_t lower, size_t upper,
                                                                       size_t start, size_t end,
                                                                       const tiresias_language_words *list) {
  return is_plainly_not_foreign(bytes, lower, upper, start, end, list);
}
#else
#define read_wide read_any
#define is_plainly_not_foreign_wide is_plainly_not_foreign_any
#endif

void tiresias_read_text(const uint8_t *bytes, tiresias_text_bits *text, bool is_ahead, int width) {
  is_wide(width) ? read_wide(bytes, text, is_ahead) : read_any(bytes, text, is_ahead);
}

bool tiresias_is_plainly_not_foreign(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                     const tiresias_language_words *list) {
  return list->is_wide ? is_plainly_not_foreign_wide(bytes, lower, upper, start, end, list)
                       : is_plainly_not_foreign_any(bytes, lower, upper, start, end, list);
}
