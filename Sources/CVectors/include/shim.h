// Loops over numbers that take the processor's wide registers where it has them: Swift compiles for the oldest of its kind.
//
// Every number is computed in the same steps and the same order on every processor, so that all give the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// The largest of the numbers; -infinity without any. What is no number counts for nothing.
float tiresias_largest(const float *values, size_t count);

/// The sum of e^(value - largest), in eight lanes whose sums are added last. No value may be above `largest`.
///
/// e^x for x <= 0 is good to a few units in the last place of the numbers that count in a sum beside 1; below -87 it is 2^-126,
/// and what is no number stays so.
float tiresias_sum_exponentials(const float *values, size_t count, float largest);

/// Replaces values by e^(value - largest) and returns their sum. There is room for full lanes of eight, which are written.
float tiresias_exponentials(float *values, size_t count, float largest);

/// Causal attention of one position and head: softmax(q K) V over `count` rows of the store, each a key and its value of
/// `head_size` numbers. `weights` has room for `count` numbers in full lanes of eight.
void tiresias_attend(size_t head_size, const float *query, const float *store, const int32_t *rows, size_t count,
                     float *weights, float *result);

#ifdef __cplusplus
}
#endif
