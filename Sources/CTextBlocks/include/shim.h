// Text by blocks of 64 bytes: a block becomes bit masks, one bit a byte, and what is asked of it algebra on them.
//
// The same code for all processors; it takes the widest registers that the processor at hand has. The results are the same.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Which registers the code takes: 0 those that every processor of its kind has, 1 AVX2, 2 AVX-512.
typedef int tiresias_registers;

/// The widest that this processor has.
tiresias_registers tiresias_widest_registers(void);

/// How long a front of the bytes is certain to be UTF-8 (RFC 3629): all of it, or up to a character at most 67 bytes before the
/// first fault.
size_t tiresias_utf8_front(tiresias_registers registers, const uint8_t *text, size_t size);

/// The first place from a character at `from` on where a character of U+0300 or more stands that is not inert under NFC, or that
/// is no UTF-8; `size` if there is none.
size_t tiresias_first_combining(tiresias_registers registers, const uint8_t *text, size_t from, size_t size);

/// How far a text is cut, and what the next block has to know of those before it. All zeros at a text's start.
typedef struct {
  /// Bytes that are done: a multiple of 64 before the text's end.
  uint64_t position;
  /// Classes of the bytes that the last character reaches into the next block: bits from 0 on.
  uint64_t letters, numbers, spaces, others;
  /// Bit 0: what the byte before the next block is. `blank` is white space that a `\s` may match, `single` a space that the
  /// next pre-token begins with.
  uint64_t after_letter, after_number, after_other, after_blank, after_single;
  /// Spaces right before the next block.
  uint64_t run;
  /// A contraction reaches into the next block: bits where no pre-token starts, and where a letter starts one.
  uint64_t contracted, after_contraction;
} tiresias_cut;

/// Writes the offsets at which pre-tokens of a text start, in order, from where `cut` is on; returns how many.
///
/// It stops when fewer than 64 places are left of `room`, or at the text's end. The pattern is GPT-2's,
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, with runs of 2 to `longest_run` spaces as its
/// first alternative unless `longest_run` is 0 (1 means nothing). The text must be UTF-8; no byte behind it is read.
/// `registers` are at most the widest.
size_t tiresias_cut_pre_tokens(tiresias_registers registers, tiresias_cut *cut, const uint8_t *text, size_t size,
                               size_t longest_run, uint32_t *starts, size_t room);
