#include "shim.h"

// A table of sixteen bytes is looked up for all bytes of a vector in one instruction; each byte of three in a row by its
// halves. (The idea is that of Hyperscan's "Teddy".) What is let through is noted without a branch: whether a word of
// English may be a form is nothing that a processor can foresee.

typedef struct {
  size_t *places;
  size_t count, room;
} found;

static inline void note(const uint8_t *bytes, size_t place, bool counts, const tiresias_beginnings *sets, found *found) {
  uint64_t word;
  __builtin_memcpy(&word, bytes + place, sizeof word);
  found->places[found->count] = place;
  found->count += counts & tiresias_holds_word(sets, word);
}

#if defined(__x86_64__)
#include <immintrin.h>

/// Looks at `parts` vectors in one step. What is written could be the sets, for all that the compiler knows: copies stay in
/// registers.
#define LOOP(name, instructions, vector, parts, table, shuffle, any)                                                  \
  __attribute__((target(instructions))) static size_t name(const uint8_t *bytes, size_t count, size_t place, size_t to, \
                                                           const tiresias_beginnings *sets, found *all) {            \
    typedef uint8_t lanes __attribute__((vector_size(sizeof(vector)), aligned(1)));                                   \
    enum { step = parts * sizeof(vector) };                                                                           \
    found found = *all;                                                                                               \
    tiresias_beginnings words = {.hashes = sets->hashes, .shift = sets->shift};                                       \
    vector low[3], high[3];                                                                                           \
    for (int byte = 0; byte < 3; byte++) low[byte] = table(sets->low[byte]), high[byte] = table(sets->high[byte]);    \
    for (; place < to && place + step + 8 <= count && found.count + step <= found.room; place += step) {              \
      uint64_t hits = 0;                                                                                              \
      for (size_t part = 0; part < step; part += sizeof(vector)) {                                                    \
        const uint8_t *first = bytes + place + part;                                                                  \
        lanes held = ((*(const lanes *)(first - 1) | 0x20) - 0x61 >= (lanes){} + 26) != 0;                            \
        for (int byte = 0; byte < 3; byte++) {                                                                        \
          lanes here = *(const lanes *)(first + byte);                                                                \
          held &= (lanes)shuffle(low[byte], (vector)(here & 0x0F));                                                   \
          held &= (lanes)shuffle(high[byte], (vector)(here >> 4));                                                    \
        }                                                                                                             \
        hits |= (uint64_t)(uint32_t)any((vector)(held != 0)) << part;                                                 \
      }                                                                                                               \
      for (; hits != 0; hits &= hits - 1) {                                                                           \
        size_t hit = place + (size_t)__builtin_ctzll(hits);                                                           \
        note(bytes, hit, hit < to, &words, &found);                                                                   \
      }                                                                                                               \
    }                                                                                                                 \
    *all = found;                                                                                                     \
    return place;                                                                                                     \
  }

#define TABLE_16(bytes) _mm_loadu_si128((const __m128i *)(bytes))
#define TABLE_32(bytes) _mm256_broadcastsi128_si256(TABLE_16(bytes))
LOOP(by_16, "ssse3", __m128i, 1, TABLE_16, _mm_shuffle_epi8, _mm_movemask_epi8)
LOOP(by_32, "avx2,bmi", __m256i, 1, TABLE_32, _mm256_shuffle_epi8, _mm256_movemask_epi8)
LOOP(by_64, "avx2,bmi", __m256i, 2, TABLE_32, _mm256_shuffle_epi8, _mm256_movemask_epi8)

#elif defined(__aarch64__)
#include <arm_neon.h>

static size_t by_16(const uint8_t *bytes, size_t count, size_t place, size_t to, const tiresias_beginnings *sets,
                    found *found) {
  for (; place < to && place + 16 + 8 <= count && found->count + 16 <= found->room; place += 16) {
    uint8x16_t before = vsubq_u8(vorrq_u8(vld1q_u8(bytes + place - 1), vdupq_n_u8(0x20)), vdupq_n_u8(0x61));
    uint8x16_t held = vcgeq_u8(before, vdupq_n_u8(26));
    for (int byte = 0; byte < 3; byte++) {
      uint8x16_t here = vld1q_u8(bytes + place + byte);
      held = vandq_u8(held, vqtbl1q_u8(vld1q_u8(sets->low[byte]), vandq_u8(here, vdupq_n_u8(0x0F))));
      held = vandq_u8(held, vqtbl1q_u8(vld1q_u8(sets->high[byte]), vshrq_n_u8(here, 4)));
    }
    // Four bits a byte.
    uint8x8_t halves = vshrn_n_u16(vreinterpretq_u16_u8(vtstq_u8(held, held)), 4);
    uint64_t hits = vget_lane_u64(vreinterpret_u64_u8(halves), 0) & 0x1111111111111111;
    for (; hits != 0; hits &= hits - 1) {
      size_t hit = place + (size_t)__builtin_ctzll(hits) / 4;
      note(bytes, hit, hit < to, sets, found);
    }
  }
  return place;
}
#endif

bool tiresias_begins(const uint8_t *bytes, size_t count, size_t place, const tiresias_beginnings *sets) {
  if (place > 0 && (bytes[place - 1] | 0x20) - 0x61u < 26) return false;
  uint8_t front[8] = {};
  __builtin_memcpy(front, bytes + place, count - place < 8 ? count - place : 8);
  uint8_t held = 0xFF;
  for (int byte = 0; byte < 3; byte++) held &= sets->low[byte][front[byte] & 0x0F] & sets->high[byte][front[byte] >> 4];
  uint64_t word;
  __builtin_memcpy(&word, front, sizeof word);
  return held != 0 && tiresias_holds_word(sets, word);
}

static size_t by_1(const uint8_t *bytes, size_t count, size_t place, size_t to, const tiresias_beginnings *sets,
                   found *found) {
  for (; place < to && found->count < found->room; place++)
    if (tiresias_begins(bytes, count, place, sets)) found->places[found->count++] = place;
  return place;
}

size_t tiresias_find_beginnings(const uint8_t *bytes, size_t count, size_t *from, size_t to,
                                const tiresias_beginnings *sets, size_t *places, size_t room, int width) {
  found found = {places, 0, room};
  // The vectors read the byte before their own.
  size_t place = *from > 0 ? *from : by_1(bytes, count, 0, to < 1 ? to : 1, sets, &found);
  size_t step = 1;
#if defined(__x86_64__)
  // The builtin reads what the C library found at the start.
  if (width >= 32 && __builtin_cpu_supports("avx2")) {
    // Twice as many in one step but where there is no room: each step ends in a guess how many there were.
    if (width >= 64) place = by_64(bytes, count, place, to, sets, &found);
    if (width < 64 || room < 64 || place + 64 + 8 > count) place = by_32(bytes, count, place, to, sets, &found);
    step = 32;
  } else if (width >= 16 && __builtin_cpu_supports("ssse3")) {
    place = by_16(bytes, count, place, to, sets, &found);
    step = 16;
  }
#elif defined(__aarch64__)
  if (width >= 16) {
    place = by_16(bytes, count, place, to, sets, &found);
    step = 16;
  }
#endif
  if (step == 1 || place + step + 8 > count) place = by_1(bytes, count, place, to, sets, &found);
  *from = place < to ? place : to;
  return found.count;
}
