// oneDNN's matrix product on packed weights, one thread a call.
#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

/// "2.6.3 (commit)": the library that runs, not the headers it was compiled with.
const char *tiresias_dnnl_version(void);

#ifdef __cplusplus
}
#endif
