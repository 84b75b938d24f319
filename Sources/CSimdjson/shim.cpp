#include "shim.h"
#include <simdjson.h>

size_t tiresias_json_padding(void) { return simdjson::SIMDJSON_PADDING; }
