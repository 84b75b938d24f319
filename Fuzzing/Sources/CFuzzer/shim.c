#include "include/shim.h"

/// What the library's own `main` calls. A debug build links that in beside the program's, though nothing runs it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) { return bytes == NULL || size == 0 ? 0 : -1; }
