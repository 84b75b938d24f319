// What Linux offers and Swift's Glibc module does not import.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// The corresponding C function is `copy_file_range`; offsets are always given.
ssize_t tiresias_copy_file_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t count);

/// How often the calling thread has read from storage or waited for that, in no particular unit.
long tiresias_storage_reads(void);

/// A mapped file, as ``tiresias_exit_on_lost_mappings`` knows it.
typedef struct tiresias_mapping tiresias_mapping;

/// Notes that a file is mapped; NULL where memory is short. Any thread may call it.
tiresias_mapping *tiresias_mapping_add(const void *start, size_t size, const char *path);
/// Forgets it, before the file is unmapped. NULL is allowed.
void tiresias_mapping_remove(tiresias_mapping *mapping);

/// From now on, touching a page of a noted file that is gone (SIGBUS) ends the process with a message that names the file,
/// and exit code 1. Without it, by the signal.
void tiresias_exit_on_lost_mappings(void);
