// oneDNN's matrix product on packed weights, one thread a call.
//
// Functions that can fail return NULL, or oneDNN's words for what went wrong; those live as long as the program.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

/// Why there is no oneDNN, and what to do; NULL where there is. Only a program that carries its libraries can be without.
const char *tiresias_dnnl_missing(void);

/// "2.6.3 (commit)": the library that runs, not the headers it was compiled with.
const char *tiresias_dnnl_version(void);

/// The widest instruction set that oneDNN uses on this processor, as "avx512_core_bf16".
const char *tiresias_dnnl_instruction_set(void);

/// destination[rows][outputs] = source[rows][inputs] * weights[outputs][inputs]^T, and what follows it.
typedef struct {
  size_t rows;
  size_t inputs;
  size_t outputs;
  /// Source and packed weights are bfloat16 instead of float.
  bool is_bfloat16;
  /// The destination is bfloat16 instead of float.
  bool gives_bfloat16;
  /// Adds the product to what the destination holds.
  bool accumulates;
  /// Adds a number for each output.
  bool has_bias;
  /// Last, x * (1 + erf(x / sqrt(2))) / 2.
  bool has_gelu;
} tiresias_product_shape;

typedef struct tiresias_product tiresias_product;

/// Plans a product for one thread. It has no state: many threads may run it at once.
const char *tiresias_product_new(const tiresias_product_shape *shape, tiresias_product **product);
void tiresias_product_free(tiresias_product *product);

/// Bytes of packed weights, and of scratch memory that a run needs.
size_t tiresias_product_packed_size(const tiresias_product *product);
size_t tiresias_product_scratch_size(const tiresias_product *product);
/// What oneDNN calls the code that computes it.
const char *tiresias_product_kernel(const tiresias_product *product);

/// What one thread runs products on.
typedef struct tiresias_product_stream tiresias_product_stream;
const char *tiresias_product_stream_new(tiresias_product_stream **stream);
void tiresias_product_stream_free(tiresias_product_stream *stream);

/// Rearranges weights, [outputs][inputs] in float, into the order that the product wants, rounding them to its type.
const char *tiresias_product_pack(
    const tiresias_product *product, tiresias_product_stream *stream, const float *weights, void *packed);

/// Runs it on the calling thread alone. `bias` and `scratch` are NULL where none is needed; all else is aligned to 64 bytes
/// for speed.
const char *tiresias_product_run(
    const tiresias_product *product, tiresias_product_stream *stream, const void *source, const void *packed,
    const float *bias, void *destination, void *scratch);

#ifdef __cplusplus
}
#endif
