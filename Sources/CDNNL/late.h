// oneDNN is looked for when it is first needed: of the commands only `evaluate` uses it, and linked it would make the start of each
// of them a tenth longer. It is also the only library that nobody has as an archive (scripts/static.sh).
#pragma once
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdbool.h>

// Of OpenMP, which oneDNN runs on; its header comes with gcc, not with clang. Holds for the calling thread.
extern void omp_set_num_threads(int);

#define LATE_FUNCTIONS(X)                  \
  X(dnnl_engine_create)                    \
  X(dnnl_get_effective_cpu_isa)            \
  X(dnnl_matmul_desc_init)                 \
  X(dnnl_memory_create)                    \
  X(dnnl_memory_desc_get_size)             \
  X(dnnl_memory_desc_init_by_tag)          \
  X(dnnl_memory_destroy)                   \
  X(dnnl_post_ops_append_eltwise)          \
  X(dnnl_post_ops_append_sum)              \
  X(dnnl_post_ops_create)                  \
  X(dnnl_post_ops_destroy)                 \
  X(dnnl_primitive_attr_create)            \
  X(dnnl_primitive_attr_destroy)           \
  X(dnnl_primitive_attr_set_post_ops)      \
  X(dnnl_primitive_attr_set_scratchpad_mode) \
  X(dnnl_primitive_create)                 \
  X(dnnl_primitive_desc_create)            \
  X(dnnl_primitive_desc_destroy)           \
  X(dnnl_primitive_desc_query)             \
  X(dnnl_primitive_desc_query_md)          \
  X(dnnl_primitive_destroy)                \
  X(dnnl_primitive_execute)                \
  X(dnnl_reorder_primitive_desc_create)    \
  X(dnnl_stream_create)                    \
  X(dnnl_stream_destroy)                   \
  X(dnnl_stream_wait)                      \
  X(dnnl_version)                          \
  X(omp_set_num_threads)

// The number in the name is that of the interface: another one's structures are others.
#define LATE_TEXT(number) LATE_TEXT_OF(number)
#define LATE_TEXT_OF(number) #number
#define LATE_NAME "libdnnl.so." LATE_TEXT(DNNL_VERSION_MAJOR)

#define LATE_POINTER(name) __typeof__(&name) name;
static struct {
  LATE_FUNCTIONS(LATE_POINTER)
} late;
static bool late_is_there;

static void late_load(void) {
  // Never closed: its threads may live as long as the program.
  void *library = dlopen(LATE_NAME, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define LATE_LOOK_UP(name) \
  if (!(late.name = (__typeof__(&name))dlsym(library, #name))) return;
  LATE_FUNCTIONS(LATE_LOOK_UP)
  late_is_there = true;
}

static const char *dnnl_is_missing(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, late_load);
  if (late_is_there) return NULL;
  return "no " LATE_NAME " is here, which `evaluate` alone needs: install oneDNN "
         LATE_TEXT(DNNL_VERSION_MAJOR) " (Debian 12: apt-get install libdnnl2)";
}

#define dnnl_engine_create late.dnnl_engine_create
#define dnnl_get_effective_cpu_isa late.dnnl_get_effective_cpu_isa
#define dnnl_matmul_desc_init late.dnnl_matmul_desc_init
#define dnnl_memory_create late.dnnl_memory_create
#define dnnl_memory_desc_get_size late.dnnl_memory_desc_get_size
#define dnnl_memory_desc_init_by_tag late.dnnl_memory_desc_init_by_tag
#define dnnl_memory_destroy late.dnnl_memory_destroy
#define dnnl_post_ops_append_eltwise late.dnnl_post_ops_append_eltwise
#define dnnl_post_ops_append_sum late.dnnl_post_ops_append_sum
#define dnnl_post_ops_create late.dnnl_post_ops_create
#define dnnl_post_ops_destroy late.dnnl_post_ops_destroy
#define dnnl_primitive_attr_create late.dnnl_primitive_attr_create
#define dnnl_primitive_attr_destroy late.dnnl_primitive_attr_destroy
#define dnnl_primitive_attr_set_post_ops late.dnnl_primitive_attr_set_post_ops
#define dnnl_primitive_attr_set_scratchpad_mode late.dnnl_primitive_attr_set_scratchpad_mode
#define dnnl_primitive_create late.dnnl_primitive_create
#define dnnl_primitive_desc_create late.dnnl_primitive_desc_create
#define dnnl_primitive_desc_destroy late.dnnl_primitive_desc_destroy
#define dnnl_primitive_desc_query late.dnnl_primitive_desc_query
#define dnnl_primitive_desc_query_md late.dnnl_primitive_desc_query_md
#define dnnl_primitive_destroy late.dnnl_primitive_destroy
#define dnnl_primitive_execute late.dnnl_primitive_execute
#define dnnl_reorder_primitive_desc_create late.dnnl_reorder_primitive_desc_create
#define dnnl_stream_create late.dnnl_stream_create
#define dnnl_stream_destroy late.dnnl_stream_destroy
#define dnnl_stream_wait late.dnnl_stream_wait
#define dnnl_version late.dnnl_version
#define omp_set_num_threads late.omp_set_num_threads
