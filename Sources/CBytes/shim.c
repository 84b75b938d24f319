#include "shim.h"

// A table of sixteen bytes is looked up for all bytes of a vector in one instruction; each byte of three in a row by its
// halves. (The idea is that of Hyperscan's "Teddy".)

#if defined(__x86_64__)
#include <immintrin.h>

#define LOOP(name, instructions, vector, load, table, shuffle, any)                                               \
  __attribute__((target(instructions))) static size_t name(                                                       \
      const uint8_t *bytes, size_t count, size_t from, size_t to, const tiresias_beginnings *sets) {              \
    typedef uint8_t lanes __attribute__((vector_size(sizeof(vector)), aligned(1)));                               \
    size_t place = from;                                                                                          \
    for (; place < to && place + sizeof(vector) + 2 <= count; place += sizeof(vector)) {                          \
      lanes found = ((*(const lanes *)(bytes + place - 1) | 0x20) - 0x61 >= (lanes){} + 26) != 0;                 \
      for (int byte = 0; byte < 3; byte++) {                                                                      \
        lanes here = *(const lanes *)(bytes + place + byte);                                                      \
        found &= (lanes)shuffle(table(sets->low[byte]), (vector)(here & 0x0F));                                   \
        found &= (lanes)shuffle(table(sets->high[byte]), (vector)(here >> 4));                                    \
      }                                                                                                           \
      uint32_t hits = any((vector)(found != 0));                                                                  \
      if (hits != 0) return place + (size_t)__builtin_ctz(hits);                                                  \
    }                                                                                                             \
    return place;                                                                                                 \
  }

#define TABLE_16(bytes) _mm_loadu_si128((const __m128i *)(bytes))
#define TABLE_32(bytes) _mm256_broadcastsi128_si256(TABLE_16(bytes))
LOOP(next_by_16, "ssse3", __m128i, _mm_loadu_si128, TABLE_16, _mm_shuffle_epi8, _mm_movemask_epi8)
LOOP(next_by_32, "avx2,bmi", __m256i, _mm256_loadu_si256, TABLE_32, _mm256_shuffle_epi8, _mm256_movemask_epi8)

#elif defined(__aarch64__)
#include <arm_neon.h>

static size_t next_by_16(const uint8_t *bytes, size_t count, size_t from, size_t to, const tiresias_beginnings *sets) {
  size_t place = from;
  for (; place < to && place + 18 <= count; place += 16) {
    uint8x16_t before = vsubq_u8(vorrq_u8(vld1q_u8(bytes + place - 1), vdupq_n_u8(0x20)), vdupq_n_u8(0x61));
    uint8x16_t found = vcgeq_u8(before, vdupq_n_u8(26));
    for (int byte = 0; byte < 3; byte++) {
      uint8x16_t here = vld1q_u8(bytes + place + byte);
      found = vandq_u8(found, vqtbl1q_u8(vld1q_u8(sets->low[byte]), vandq_u8(here, vdupq_n_u8(0x0F))));
      found = vandq_u8(found, vqtbl1q_u8(vld1q_u8(sets->high[byte]), vshrq_n_u8(here, 4)));
    }
    // Four bits a byte.
    uint8x8_t halves = vshrn_n_u16(vreinterpretq_u16_u8(vtstq_u8(found, found)), 4);
    uint64_t hits = vget_lane_u64(vreinterpret_u64_u8(halves), 0);
    if (hits != 0) return place + (size_t)__builtin_ctzll(hits) / 4;
  }
  return place;
}
#endif

// A byte at a time.
static size_t next_by_1(const uint8_t *bytes, size_t count, size_t from, size_t to, const tiresias_beginnings *sets) {
  size_t place = from;
  for (; place < to && place + 2 < count; place++) {
    if ((bytes[place - 1] | 0x20) - 0x61u < 26) continue;
    uint8_t found = 0xFF;
    for (int byte = 0; byte < 3; byte++)
      found &= sets->low[byte][bytes[place + byte] & 0x0F] & sets->high[byte][bytes[place + byte] >> 4];
    if (found != 0) return place;
  }
  return place;
}

size_t tiresias_next_beginning(const uint8_t *bytes, size_t count, size_t from, size_t to,
                               const tiresias_beginnings *sets, int width) {
#if defined(__x86_64__)
  // The builtin reads what the C library found at the start.
  if (width >= 32 && __builtin_cpu_supports("avx2")) return next_by_32(bytes, count, from, to, sets);
  if (width >= 16 && __builtin_cpu_supports("ssse3")) return next_by_16(bytes, count, from, to, sets);
#elif defined(__aarch64__)
  if (width >= 16) return next_by_16(bytes, count, from, to, sets);
#endif
  return next_by_1(bytes, count, from, to, sets);
}
