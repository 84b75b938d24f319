#include "shim.h"

// One body for any processor and for those with wider registers, which do it in half the steps.

typedef uint8_t block __attribute__((ext_vector_type(64)));
typedef bool block_mask __attribute__((ext_vector_type(64)));

#define BITS(comparison)                                                      \
  ({                                                                          \
    block_mask mask = __builtin_convertvector((comparison), block_mask);      \
    uint64_t bits;                                                            \
    __builtin_memcpy(&bits, &mask, sizeof bits);                              \
    bits;                                                                     \
  })

#define IS(byte) (block == (typeof(block))(byte))
#define IN(first, count) (block - (first) < (typeof(block))(count))

#define READ_TEXT(name, attributes)                                                             \
  attributes static void name(const uint8_t *bytes, tiresias_text_bits *text) {                 \
    block block;                                                                                \
    __builtin_memcpy(&block, bytes, sizeof block);                                              \
    text->letters = BITS((block | 0x20) - 0x61 < (typeof(block))26);                            \
    text->line_feeds = BITS(IS(0x0A));                                                          \
    text->quotes = BITS(IS(0x22));                                                              \
    text->ends = BITS(IS(0x20) | IN(0x09, 5) | IS(0x22));                                       \
    uint64_t words = text->letters | BITS(IN(0x30, 10));                                        \
    text->odd = BITS(IS(0) | IS(0x40) | IS(0x2F) | IS(0x5C) | IS(0x5F) | IS(0x3D)) |            \
                (BITS(IS(0x2E)) & words << 1 & words >> 1);                                     \
    uint64_t others = BITS(block >= (typeof(block))0x80);                                       \
    if (others == 0) return;                                                                    \
    /* E2 80 and one of 80 to BF, but 9E. */                                                    \
    uint64_t thirds = BITS(IN(0x80, 0x40) & (block != (typeof(block))0x9E));                    \
    uint64_t marks = BITS(IS(0xE2)) & BITS(IS(0x80)) >> 1 & thirds >> 2;                        \
    text->odd |= others & ~(marks | marks << 1 | marks << 2);                                   \
    text->quotes |= marks & BITS(IN(0x9C, 4)) >> 2;                                             \
  }

READ_TEXT(read_any, )

#if defined(__x86_64__)
READ_TEXT(read_avx2, __attribute__((target("avx2"))))
#endif

void tiresias_read_text(const uint8_t *bytes, tiresias_text_bits *text, int width) {
#if defined(__x86_64__)
  // The builtin reads what the C library found at the start.
  if (width >= 32 && __builtin_cpu_supports("avx2")) return read_avx2(bytes, text);
#endif
  read_any(bytes, text);
}
