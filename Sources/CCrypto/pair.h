// Two SHA-256 states over the same blocks.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Takes two states (FIPS 180-4, H of section 6.2) over `count` blocks of 64 bytes. False, and nothing done, where the
/// processor has no instructions for it.
bool tiresias_sha256_pair(uint32_t one[8], uint32_t other[8], const uint8_t *blocks, size_t count);
