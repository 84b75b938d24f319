#include "shim.h"
#include <math.h>

// A multiplication and an addition are two roundings everywhere, also where the processor could do both in one.
#pragma STDC FP_CONTRACT OFF

// Vectors are passed between functions of this file and one instruction set only: how others would pass them does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef int32_t lane_bits __attribute__((vector_size(32)));

#define lanes_of(x) ((lanes){(x), (x), (x), (x), (x), (x), (x), (x)})

#define FOR_PROCESSOR
#define NAMED(name) plain_##name
#define WIDE 8
#include "loops.h"

#if defined(__x86_64__)

#define FOR_PROCESSOR __attribute__((target("avx2")))
#define NAMED(name) avx2_##name
#define WIDE 8
#include "loops.h"

#define FOR_PROCESSOR __attribute__((target("avx512f,avx512vl,avx512dq")))
#define NAMED(name) avx512_##name
#define WIDE 16
#include "loops.h"

// The builtin reads what the C library found at the start.
#define CALL(name, ...)                                                                                  \
  (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") ? avx512_##name(__VA_ARGS__) \
   : __builtin_cpu_supports("avx2")                                        ? avx2_##name(__VA_ARGS__)   \
                                                                            : plain_##name(__VA_ARGS__))
#else
#define CALL(name, ...) plain_##name(__VA_ARGS__)
#endif

float tiresias_largest(const float *values, size_t count) { return CALL(largest, values, count); }

float tiresias_sum_exponentials(const float *values, size_t count, float largest) {
  return CALL(sum_exponentials, values, count, largest);
}

float tiresias_exponentials(float *values, size_t count, float largest) {
  return CALL(exponentials, values, count, largest);
}

void tiresias_attend(size_t head_size, const float *query, const float *store, const int32_t *rows, size_t count,
                     float *weights, float *result) {
  CALL(attend, head_size, query, store, rows, count, weights, result);
}
