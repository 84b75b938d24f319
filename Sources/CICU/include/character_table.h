// What Tiresias knows of each code point, pinned: see scripts/generate-unicode-table.py.
#pragma once
#include <stdint.h>

extern const char tiresias_character_hash[];
extern const uint64_t tiresias_character_checksum;
extern const uint8_t tiresias_character_palette[64];
extern const uint8_t tiresias_character_index[0x110000 / 128];
extern const uint8_t tiresias_character_blocks[];

/// The table's code for a code point; one past the last reads as U+10FFFF, which is unassigned.
static inline uint8_t tiresias_character_code(uint32_t scalar) {
  if (scalar > 0x10FFFF) scalar = 0x10FFFF;
  return tiresias_character_blocks[(uint32_t)tiresias_character_index[scalar >> 7] << 7 | (scalar & 127)];
}

/// 0 letter, 1 number, 2 space, 3 other.
static inline uint8_t tiresias_character_class(uint32_t scalar) { return tiresias_character_code(scalar) & 3; }

/// Bits 0-4 Word_Break, 5 Extended_Pictographic, 6 mark (\p{M}), 7 inert under NFC.
static inline uint8_t tiresias_character_properties(uint32_t scalar) {
  return tiresias_character_palette[tiresias_character_code(scalar) >> 2];
}

/// SHA-256 of the table's content, in hexadecimal.
static inline const char *tiresias_character_table_hash(void) { return tiresias_character_hash; }
