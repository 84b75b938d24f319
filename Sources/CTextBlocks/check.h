// Whether text is UTF-8, and whether NFC can change it.

/// True if a block goes on with UTF-8 as the block before left it: `open` are the bytes that continue its last character, bits
/// from 0 on, and `last` is its last byte.
FOR_PROCESSOR static inline bool NAMED(is_utf8)(bytes block, uint64_t *open, uint8_t *last) {
  uint64_t high = MASK(block >= 0x80);
  if ((high | *open) == 0) {
    *last = 0;
    return true;
  }
  uint64_t tails = MASK((block & 0xC0) == 0x80);
  uint64_t two = MASK(block - 0xC2 < 0x1E), three = MASK((block & 0xF0) == 0xE0), four = MASK(block - 0xF0 < 5);
  uint64_t longer = three | four, all = two | longer;
  uint64_t expected = *open | all << 1 | longer << 2 | four << 3;
  // No overlong forms, no surrogates, nothing beyond U+10FFFF: the second byte after these is from half of the range.
  uint64_t wrong = (MASK(block == 0xE0) << 1 | (*last == 0xE0)) & MASK(block < 0xA0);
  wrong |= (MASK(block == 0xED) << 1 | (*last == 0xED)) & MASK(block >= 0xA0);
  wrong |= (MASK(block == 0xF0) << 1 | (*last == 0xF0)) & MASK(block < 0x90);
  wrong |= (MASK(block == 0xF4) << 1 | (*last == 0xF4)) & MASK(block >= 0x90);
  *open = all >> 63 | longer >> 62 | four >> 61;
  *last = block[63];
  return ((expected ^ tails) | (high & ~(tails | all)) | wrong) == 0;
}

FOR_PROCESSOR static size_t NAMED(utf8_front)(const uint8_t *text, size_t size) {
  uint64_t open = 0, valid;
  uint8_t last = 0;
  size_t position = 0;
  for (; position < size; position += 64) {
    if (!NAMED(is_utf8)(NAMED(load)(text, position, size, &valid), &open, &last)) break;
  }
  if (position >= size && open == 0) return size;
  // A character that begins before may be what is at fault.
  if (position > size) position = size;
  while (position > 0 && (text[--position] & 0xC0) == 0x80) {}
  return position;
}

/// True if the character at `position` is well formed and inert under NFC.
FOR_PROCESSOR static inline bool NAMED(is_inert)(const place *at, size_t position) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned length;
  uint32_t scalar = NAMED(decode)(at, position, &length);
  if (scalar < least[length] || scalar > 0x10FFFF || (scalar & 0x1FF800) == 0xD800) return false;
  for (unsigned tail = 1; tail < length; tail++) {
    if ((at->text[position + tail] & 0xC0) != 0x80) return false;
  }
  return length > 1 && (tiresias_character_properties(scalar) & 0x80) != 0;
}

FOR_PROCESSOR static size_t NAMED(first_combining)(const uint8_t *text, size_t from, size_t size) {
  uint64_t valid;
  place at = {text, size, from};
  for (; at.position < size; at.position += 64) {
    // U+0300 is 0xCC 0x80.
    uint64_t leads = MASK(NAMED(load)(text, at.position, size, &valid) >= 0xCC);
    for (; leads != 0; leads &= leads - 1) {
      size_t position = at.position + (size_t)__builtin_ctzll(leads);
      if (!NAMED(is_inert)(&at, position)) return position;
    }
  }
  return size;
}
