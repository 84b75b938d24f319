// simdjson is C++; this is its face to Swift.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Bytes that must be readable behind every buffer handed to simdjson.
size_t tiresias_json_padding(void);
#ifdef __cplusplus
}
#endif
