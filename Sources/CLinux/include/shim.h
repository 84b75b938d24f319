// What Linux offers and Swift's Glibc module does not import.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// The corresponding C function is `copy_file_range`; offsets are always given.
ssize_t tiresias_copy_file_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t count);

