#include "shim.h"

#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "late.h"

#define TRY(call)                                                \
  do {                                                           \
    dnnl_status_t status_of_call = (call);                       \
    if (status_of_call != dnnl_success) return words(status_of_call); \
  } while (0)

static const char *words(dnnl_status_t status) {
  switch (status) {
    case dnnl_success: return NULL;
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "not available on this processor";
    default: return "the library failed";
  }
}

const char *tiresias_dnnl_missing(void) { return dnnl_is_missing(); }

const char *tiresias_dnnl_version(void) {
  if (dnnl_is_missing()) return "(none)";
  static char text[96];
  const dnnl_version_t *version = dnnl_version();
  snprintf(text, sizeof text, "%d.%d.%d (%.40s)", version->major, version->minor, version->patch, version->hash);
  return text;
}

const char *tiresias_dnnl_instruction_set(void) {
  if (dnnl_is_missing()) return "none";
  switch (dnnl_get_effective_cpu_isa()) {
    case dnnl_cpu_isa_sse41: return "sse41";
    case dnnl_cpu_isa_avx: return "avx";
    case dnnl_cpu_isa_avx2: return "avx2";
    case dnnl_cpu_isa_avx2_vnni: return "avx2_vnni";
    case dnnl_cpu_isa_avx512_core: return "avx512_core";
    case dnnl_cpu_isa_avx512_core_vnni: return "avx512_core_vnni";
    case dnnl_cpu_isa_avx512_core_bf16: return "avx512_core_bf16";
    case dnnl_cpu_isa_avx512_core_amx: return "avx512_core_amx";
    default: return "other";
  }
}

// One engine for the process: it stands for the processor and has no state of ours.
static dnnl_engine_t engine;
static dnnl_status_t engine_status;
static void make_engine(void) { engine_status = dnnl_engine_create(&engine, dnnl_cpu, 0); }

static const char *need_engine(void) {
  const char *missing = dnnl_is_missing();
  if (missing) return missing;
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_engine);
  return words(engine_status);
}

struct tiresias_product {
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
  dnnl_memory_desc_t source, plain_weights, packed, bias, destination, scratch;
  bool has_bias;
};

static dnnl_data_type_t type_of(bool is_bfloat16) { return is_bfloat16 ? dnnl_bf16 : dnnl_f32; }

static const char *describe_operands(tiresias_product *product, const tiresias_product_shape *shape) {
  dnnl_dims_t source = {(dnnl_dim_t)shape->rows, (dnnl_dim_t)shape->inputs};
  dnnl_dims_t weights = {(dnnl_dim_t)shape->inputs, (dnnl_dim_t)shape->outputs};
  dnnl_dims_t bias = {1, (dnnl_dim_t)shape->outputs};
  dnnl_dims_t destination = {(dnnl_dim_t)shape->rows, (dnnl_dim_t)shape->outputs};
  dnnl_data_type_t type = type_of(shape->is_bfloat16);
  TRY(dnnl_memory_desc_init_by_tag(&product->source, 2, source, type, dnnl_ab));
  TRY(dnnl_memory_desc_init_by_tag(&product->plain_weights, 2, weights, dnnl_f32, dnnl_ba));
  TRY(dnnl_memory_desc_init_by_tag(&product->packed, 2, weights, type, dnnl_format_tag_any));
  TRY(dnnl_memory_desc_init_by_tag(&product->bias, 2, bias, dnnl_f32, dnnl_ab));
  TRY(dnnl_memory_desc_init_by_tag(
      &product->destination, 2, destination, type_of(shape->gives_bfloat16), dnnl_ab));
  return NULL;
}

static const char *make_attributes(const tiresias_product_shape *shape, dnnl_primitive_attr_t attributes) {
  dnnl_post_ops_t operations;
  TRY(dnnl_post_ops_create(&operations));
  dnnl_status_t status = dnnl_success;
  if (shape->accumulates) status = dnnl_post_ops_append_sum(operations, 1);
  if (!status && shape->has_gelu) {
    status = dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_erf, 0, 0);
  }
  if (!status) status = dnnl_primitive_attr_set_post_ops(attributes, operations);
  dnnl_post_ops_destroy(operations);
  TRY(status);
  // The default mode keeps scratch memory in the primitive: threads that share one would write over each other's sums.
  TRY(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user));
  return NULL;
}

static const char *make_primitive(tiresias_product *product, const tiresias_product_shape *shape) {
  dnnl_matmul_desc_t matmul;
  TRY(dnnl_matmul_desc_init(
      &matmul, &product->source, &product->packed, shape->has_bias ? &product->bias : NULL, &product->destination));
  dnnl_primitive_attr_t attributes;
  TRY(dnnl_primitive_attr_create(&attributes));
  const char *reason = make_attributes(shape, attributes);
  dnnl_status_t status = dnnl_success;
  if (!reason) status = dnnl_primitive_desc_create(&product->description, &matmul, attributes, engine, NULL);
  dnnl_primitive_attr_destroy(attributes);
  if (reason) return reason;
  TRY(status);
  product->packed = *dnnl_primitive_desc_query_md(product->description, dnnl_query_weights_md, 0);
  product->scratch = *dnnl_primitive_desc_query_md(product->description, dnnl_query_scratchpad_md, 0);
  TRY(dnnl_primitive_create(&product->primitive, product->description));
  return NULL;
}

const char *tiresias_product_new(const tiresias_product_shape *shape, tiresias_product **result) {
  const char *reason = need_engine();
  if (reason) return reason;
  // The plan divides the work among the threads that OpenMP would give: one, here and in every run.
  omp_set_num_threads(1);
  tiresias_product *product = calloc(1, sizeof *product);
  if (!product) return words(dnnl_out_of_memory);
  product->has_bias = shape->has_bias;
  reason = describe_operands(product, shape);
  if (!reason) reason = make_primitive(product, shape);
  if (reason) {
    tiresias_product_free(product);
    return reason;
  }
  *result = product;
  return NULL;
}

void tiresias_product_free(tiresias_product *product) {
  if (product->primitive) dnnl_primitive_destroy(product->primitive);
  if (product->description) dnnl_primitive_desc_destroy(product->description);
  free(product);
}

size_t tiresias_product_packed_size(const tiresias_product *product) {
  return dnnl_memory_desc_get_size(&product->packed);
}

size_t tiresias_product_scratch_size(const tiresias_product *product) {
  return dnnl_memory_desc_get_size(&product->scratch);
}

const char *tiresias_product_kernel(const tiresias_product *product) {
  const char *text = "unknown";
  dnnl_primitive_desc_query(product->description, dnnl_query_impl_info_str, 0, &text);
  return text;
}

struct tiresias_product_stream {
  dnnl_stream_t stream;
};

const char *tiresias_product_stream_new(tiresias_product_stream **result) {
  const char *reason = need_engine();
  if (reason) return reason;
  tiresias_product_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return words(dnnl_out_of_memory);
  dnnl_status_t status = dnnl_stream_create(&stream->stream, engine, dnnl_stream_default_flags);
  if (status) {
    free(stream);
    return words(status);
  }
  *result = stream;
  return NULL;
}

void tiresias_product_stream_free(tiresias_product_stream *stream) {
  dnnl_stream_destroy(stream->stream);
  free(stream);
}

// The operands of one call.
typedef struct {
  dnnl_exec_arg_t items[5];
  int count;
} operands;

static dnnl_status_t add(operands *all, int name, const dnnl_memory_desc_t *description, const void *bytes) {
  dnnl_memory_t memory;
  dnnl_status_t status = dnnl_memory_create(&memory, description, engine, (void *)bytes);
  if (!status) all->items[all->count++] = (dnnl_exec_arg_t){name, memory};
  return status;
}

static const char *execute(dnnl_primitive_t primitive, dnnl_stream_t stream, dnnl_status_t status, operands *all) {
  if (!status) status = dnnl_primitive_execute(primitive, stream, all->count, all->items);
  if (!status) status = dnnl_stream_wait(stream);
  for (int i = 0; i < all->count; i++) dnnl_memory_destroy(all->items[i].memory);
  return words(status);
}

const char *tiresias_product_run(
    const tiresias_product *product, tiresias_product_stream *stream, const void *source, const void *packed,
    const float *bias, void *destination, void *scratch) {
  omp_set_num_threads(1);
  operands all = {.count = 0};
  dnnl_status_t status = add(&all, DNNL_ARG_SRC, &product->source, source);
  if (!status) status = add(&all, DNNL_ARG_WEIGHTS, &product->packed, packed);
  if (!status && product->has_bias) status = add(&all, DNNL_ARG_BIAS, &product->bias, bias);
  if (!status) status = add(&all, DNNL_ARG_DST, &product->destination, destination);
  if (!status) status = add(&all, DNNL_ARG_SCRATCHPAD, &product->scratch, scratch);
  return execute(product->primitive, stream->stream, status, &all);
}

const char *tiresias_product_pack(
    const tiresias_product *product, tiresias_product_stream *stream, const float *weights, void *packed) {
  omp_set_num_threads(1);
  dnnl_primitive_desc_t description;
  TRY(dnnl_reorder_primitive_desc_create(
      &description, &product->plain_weights, engine, &product->packed, engine, NULL));
  dnnl_primitive_t reorder;
  dnnl_status_t status = dnnl_primitive_create(&reorder, description);
  dnnl_primitive_desc_destroy(description);
  TRY(status);
  operands all = {.count = 0};
  status = add(&all, DNNL_ARG_FROM, &product->plain_weights, weights);
  if (!status) status = add(&all, DNNL_ARG_TO, &product->packed, packed);
  const char *reason = execute(reorder, stream->stream, status, &all);
  dnnl_primitive_destroy(reorder);
  return reason;
}
