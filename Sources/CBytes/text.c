#include "shim.h"

// One body for any processor and for those with wider registers, which do it in half the steps: the functions marked
// `ALWAYS` become part of whichever calls them, and are compiled for its instructions.

#define ALWAYS static inline __attribute__((always_inline))

// MARK: What the bytes of a passage are

enum { block_size = 64 };

typedef uint8_t block __attribute__((ext_vector_type(block_size)));
typedef int8_t signed_block __attribute__((ext_vector_type(block_size)));
typedef bool block_mask __attribute__((ext_vector_type(block_size)));

#define BITS(comparison)                                                      \
  ({                                                                          \
    block_mask mask = __builtin_convertvector((comparison), block_mask);      \
    uint64_t bits;                                                            \
    __builtin_memcpy(&bits, &mask, sizeof bits);                              \
    bits;                                                                     \
  })

#define IS(byte) (block == (typeof(block))(byte))
#define IN(first, count) (block - (first) < (typeof(block))(count))

ALWAYS void read_text(const uint8_t *bytes, tiresias_text_bits *text) {
  block block;
  __builtin_memcpy(&block, bytes, sizeof block);
  text->letters = BITS((block | 0x20) - 0x61 < (typeof(block))26);
  text->line_feeds = BITS(IS(0x0A));
  text->quotes = BITS(IS(0x22));
  // NUL is 0, what is beyond ASCII less.
  text->odd = BITS((signed_block)block < (signed_block)1);
  if (text->odd == 0) return;
  // E2 80 and one of 80 to BF, but 9E.
  uint64_t thirds = BITS(IN(0x80, 0x40) & (block != (typeof(block))0x9E));
  uint64_t marks = BITS(IS(0xE2)) & BITS(IS(0x80)) >> 1 & thirds >> 2;
  text->odd &= ~(marks | marks << 1 | marks << 2);
  text->quotes |= marks & BITS(IN(0x9C, 4)) >> 2;
}

// MARK: Whether the words beside a match tell of English

/// How far the words on one side of a match are read, and what they say.
typedef struct {
  const uint8_t *bytes;
  const tiresias_language_words *list;
  /// Where the last word begins, or, ahead, where it ends.
  size_t place;
  int words;
  /// A quotation's mark was passed.
  bool is_beyond;
  /// What the words weigh: each counts once, as far as seven bits of a hash tell them apart.
  int english;
  uint64_t seen[2];
} reading;

typedef enum {
  is_english,
  /// Something is not plain, or tells of another language.
  is_odd,
  /// All words of the block are read.
  has_more,
  /// All words on this side are read.
  has_ended
} told;

/// English with nothing against it: one word, or some that stand in titles too. What each weighs, far from the match.
enum { settled = 4, english_weight = 4, title_weight = 1 };

enum { lead = 8, blocks = 2 };

ALWAYS uint64_t lowest(uint64_t bits) { return bits & -bits; }
ALWAYS int lowest_place(uint64_t bits) { return __builtin_ctzll(bits); }
ALWAYS int highest_place(uint64_t bits) { return 63 - __builtin_clzll(bits); }
ALWAYS uint64_t highest(uint64_t bits) { return 1ull << highest_place(bits); }
ALWAYS uint64_t below(int place) { return (1ull << place) - 1; }
ALWAYS uint64_t above(int place) { return ~1ull << place; }
ALWAYS bool has_two(uint64_t bits) { return (bits & (bits - 1)) != 0; }

/// The language of the word of less than eight letters that are the bytes of `key`, the last the lowest; -1 for none.
ALWAYS int language(const tiresias_language_words *list, uint64_t key, uint64_t hash) {
  uint64_t bit = hash >> (64 - tiresias_language_bits - 3);
  if ((list->hashes[bit >> 6] >> (bit & 63) & 1) == 0) return -1;
  uint64_t index = hash >> (64 - tiresias_language_bits);
  for (; list->slots[index] != 0; index = (index + 1) & below(tiresias_language_bits))
    if ((list->slots[index] & below(tiresias_language_shift)) == key)
      return (int)(list->slots[index] >> tiresias_language_shift);
  return -1;
}

ALWAYS bool ends_address(uint8_t byte) { return byte == 0x20 || (uint8_t)(byte - 9) < 5 || byte == 0x22; }

ALWAYS bool is_word_byte(uint8_t byte) { return (uint8_t)((byte | 0x20) - 0x61) < 26 || (uint8_t)(byte - 0x30) < 10; }

/// One of `@ / \ _ =`, or a full stop before a letter or digit.
static bool is_address_mark(const uint8_t *byte) {
  return *byte == 0x40 || *byte == 0x2F || *byte == 0x5C || *byte == 0x5F || *byte == 0x3D ||
         (*byte == 0x2E && is_word_byte(byte[1]));
}

/// True if nothing of an address stands between the word of a block and the white space or quotation's marks about it.
static bool is_no_address(const uint8_t *block, int start, int last) {
  do {
    if (start == 0 || is_address_mark(block + --start)) return false;
  } while (!ends_address(block[start]));
  do {
    if (last >= block_size - 2 || is_address_mark(block + ++last)) return false;
  } while (!ends_address(block[last]));
  return true;
}

/// Notes a word that has a language. `number` counts the words from the match on, `between` is what stands there, and `start`
/// and `last` are its first and last letter.
ALWAYS told add(reading *read, const tiresias_text_bits *text, const uint8_t *block, int start, int last, int number,
                uint64_t between, int language, uint64_t hash) {
  if (language > tiresias_title_english) return is_odd;
  bool stands_free = start > 0 && last < block_size - 1 && ends_address(block[start - 1]) && ends_address(block[last + 1]);
  if (!stands_free && !is_no_address(block, start, last)) return is_odd;
  bool is_near = number <= tiresias_near_words && !read->is_beyond && (text->quotes & between) == 0;
  bool is_capital = (block[start] & 0x20) == 0;
  uint64_t bit = hash >> 57;
  if (read->seen[bit >> 6] >> (bit & 63) & 1) return has_more;
  read->seen[bit >> 6] |= 1ull << (bit & 63);
  read->english += (language == tiresias_english && !is_capital ? english_weight : title_weight) << is_near;
  return read->english >= settled ? is_english : has_more;
}

/// What lies before a paragraph's end: two line feeds with no word between them.
ALWAYS uint64_t within_paragraph(uint64_t lines, uint64_t letters, bool is_ahead) {
  while (has_two(lines)) {
    int line = is_ahead ? lowest_place(lines) : highest_place(lines);
    lines ^= 1ull << line;
    uint64_t between = is_ahead ? above(line) & (lowest(lines) - 1) : below(line) & above(highest_place(lines));
    if ((letters & between) == 0) return is_ahead ? below(line) : above(line);
  }
  return ~0ull;
}

/// Sixteen letters in a row: such words are not read here.
ALWAYS bool has_long_word(uint64_t letters) {
  letters &= letters >> 1;
  letters &= letters >> 2;
  letters &= letters >> 4;
  return (letters & letters >> 8) != 0;
}

/// Reads the words of 64 bytes, from the match outwards.
ALWAYS told read_block(reading *read, size_t first, bool is_ahead) {
  const uint8_t *block = read->bytes + first;
  tiresias_text_bits text;
  read_text(block, &text);
  // From the match to the first byte that is not plain; never to the block's end, beyond which a word may go on.
  uint64_t odd = is_ahead ? lowest(text.odd | 1ull << 63) : highest(text.odd | 1);
  uint64_t plain = is_ahead ? odd - 1 : ~(odd | (odd - 1));
  uint64_t letters = text.letters & plain;
  if (has_long_word(letters)) return is_odd;
  uint64_t inside = within_paragraph(text.line_feeds & plain, letters, is_ahead);
  bool has_end = inside != ~0ull;
  uint64_t starts = letters & ~(letters << 1) & inside, lasts = letters & ~(letters >> 1) & inside;
  // What touches a byte that is not plain may go on there.
  if ((is_ahead ? letters << 1 : letters >> 1) & odd & inside) {
    starts ^= is_ahead ? highest(starts) : lowest(starts);
    lasts ^= is_ahead ? highest(lasts) : lowest(lasts);
  }
  int count = __builtin_popcountll(lasts), left = tiresias_foreign_words - read->words;
  has_end |= count >= left;
  for (; count > left; count--) {
    starts ^= is_ahead ? highest(starts) : lowest(starts);
    lasts ^= is_ahead ? highest(lasts) : lowest(lasts);
  }
  if (count == 0) return has_end ? has_ended : is_odd;
  int outermost = is_ahead ? highest_place(lasts) : lowest_place(starts);
  while (lasts != 0) {
    int start = is_ahead ? lowest_place(starts) : highest_place(starts);
    int last = is_ahead ? lowest_place(lasts) : highest_place(lasts);
    starts ^= 1ull << start;
    lasts ^= 1ull << last;
    uint64_t key;
    __builtin_memcpy(&key, block + last + 1 - lead, sizeof key);
    // Eight letters and more are no word of the list: theirs have their highest byte empty.
    int bits = 8 * (last - start + 1);
    key = (__builtin_bswap64(key) | 0x2020202020202020) & (bits < 64 ? below(bits) : ~0ull);
    uint64_t hash = key * 0x9E3779B97F4A7C15;
    int found = language(read->list, key, hash);
    if (found < 0) continue;
    int number = read->words + count - __builtin_popcountll(lasts);
    told told = add(read, &text, block, start, last, number, is_ahead ? below(start) : above(last), found, hash);
    if (told != has_more) return told;
  }
  if (has_end) return has_ended;
  read->words += count;
  read->place = first + (size_t)(is_ahead ? outermost + 1 : outermost);
  read->is_beyond |= (text.quotes & (is_ahead ? below(outermost) : above(outermost))) != 0;
  return text.odd == 0 ? has_more : is_odd;
}

/// Reads the words on one side of a match within `lower..<upper`.
ALWAYS told read_side(reading *read, size_t place, size_t lower, size_t upper, bool is_ahead) {
  read->place = place;
  read->words = 0;
  read->is_beyond = false;
  for (int block = 0; block < blocks; block++) {
    if (is_ahead ? read->place < lower + lead || read->place + block_size > upper
                 : read->place < lower + block_size + lead || read->place > upper)
      return is_odd;
    told told = read_block(read, is_ahead ? read->place : read->place - block_size, is_ahead);
    if (told != has_more) return told;
  }
  return is_odd;
}

ALWAYS bool is_plainly_not_foreign_in(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                  const tiresias_language_words *list) {
  reading read = {.bytes = bytes, .list = list};
  told told = read_side(&read, start, lower, upper, false);
  if (told == has_ended) told = read_side(&read, end, lower, upper, true);
  // Where all is read and nothing tells of another language, the passage is not taken to be in one.
  return told == is_english || told == has_ended;
}

// MARK: For each kind of processor

static void read_any(const uint8_t *bytes, tiresias_text_bits *text) { read_text(bytes, text); }

static bool is_plainly_not_foreign_any(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                   const tiresias_language_words *list) {
  return is_plainly_not_foreign_in(bytes, lower, upper, start, end, list);
}

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2,bmi,bmi2,lzcnt")))

WIDE static void read_wide(const uint8_t *bytes, tiresias_text_bits *text) { read_text(bytes, text); }

WIDE static bool is_plainly_not_foreign_wide(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                         const tiresias_language_words *list) {
  return is_plainly_not_foreign_in(bytes, lower, upper, start, end, list);
}

/// The builtin reads what the C library found at the start.
static bool is_wide(int width) {
  return width >= 32 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt");
}
#else
#define read_wide read_any
#define is_plainly_not_foreign_wide is_plainly_not_foreign_any
static bool is_wide(int width) { return false; }
#endif

void tiresias_read_text(const uint8_t *bytes, tiresias_text_bits *text, int width) {
  is_wide(width) ? read_wide(bytes, text) : read_any(bytes, text);
}

bool tiresias_is_plainly_not_foreign(const uint8_t *bytes, size_t lower, size_t upper, size_t start, size_t end,
                                 const tiresias_language_words *list, int width) {
  return is_wide(width) ? is_plainly_not_foreign_wide(bytes, lower, upper, start, end, list)
                        : is_plainly_not_foreign_any(bytes, lower, upper, start, end, list);
}
