#include "shim.h"

#include <oneapi/dnnl/dnnl.h>
#include <stdio.h>

const char *tiresias_dnnl_version(void) {
  static char text[96];
  const dnnl_version_t *version = dnnl_version();
  snprintf(text, sizeof text, "%d.%d.%d (%.40s)", version->major, version->minor, version->patch, version->hash);
  return text;
}
