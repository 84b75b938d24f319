// What all loops take from a block of text.

FOR_PROCESSOR static inline uint64_t NAMED(mask)(bytes found) {
  flags bits = __builtin_convertvector(found, flags);
  uint64_t mask;
  memcpy(&mask, &bits, sizeof mask);
  return mask;
}

#define MASK(condition) NAMED(mask)((bytes)(condition))

/// The block at `position`; zeros behind the text's end, where `valid` has no bits.
FOR_PROCESSOR static inline bytes NAMED(load)(const uint8_t *text, size_t position, size_t size, uint64_t *valid) {
  size_t left = size - position;
  *valid = ~UINT64_C(0);
  if (left >= 64) return *(const loose_bytes *)(text + position);
  bytes block = (bytes)0;
  memcpy(&block, text + position, left);
  *valid = (UINT64_C(1) << left) - 1;
  return block;
}

/// The code point at `position` < size, and its length: 1 and U+0000, which is no letter, number or space, if it is cut short.
FOR_PROCESSOR static inline uint32_t NAMED(decode)(const place *at, size_t position, unsigned *length) {
  const uint8_t *text = at->text + position;
  size_t left = at->size - position;
  *length = 1;
  if (text[0] < 0x80) return text[0];
  if (text[0] < 0xE0 && left >= 2) {
    *length = 2;
    return (uint32_t)(text[0] & 0x1F) << 6 | (text[1] & 0x3F);
  }
  if (text[0] < 0xF0 && left >= 3) {
    *length = 3;
    return (uint32_t)(text[0] & 0xF) << 12 | (uint32_t)(text[1] & 0x3F) << 6 | (text[2] & 0x3F);
  }
  if (left < 4) return 0;
  *length = 4;
  return (uint32_t)(text[0] & 7) << 18 | (uint32_t)(text[1] & 0x3F) << 12 | (uint32_t)(text[2] & 0x3F) << 6 | (text[3] & 0x3F);
}
