// A whole JSON document, handed over value by value.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// What the parser meets, in document order. Text is UTF-8 and lives only during the call. False stops the parse.
typedef struct {
  void *context;
  bool (*start_object)(void *context);
  bool (*key)(void *context, const char *text, size_t length);
  bool (*end_object)(void *context);
  bool (*start_array)(void *context);
  bool (*end_array)(void *context);
  bool (*string)(void *context, const char *text, size_t length);
  bool (*signed_integer)(void *context, int64_t value);
  /// Only for values above INT64_MAX.
  bool (*unsigned_integer)(void *context, uint64_t value);
  bool (*number)(void *context, double value);
  bool (*boolean)(void *context, bool value);
  bool (*null)(void *context);
} tiresias_json_events;

typedef struct {
  /// False if the document is bad; an event that returned false is no failure.
  bool ok;
  /// simdjson's words.
  const char *reason;
  /// Byte offset of the fault; negative where simdjson cannot tell.
  ptrdiff_t offset;
} tiresias_json_result;

/// Parses `length` bytes, nested at most `depth` deep. Copies them once. The whole document is checked before any event.
tiresias_json_result tiresias_json_parse(const uint8_t *bytes, size_t length, size_t depth,
                                         const tiresias_json_events *events);
#ifdef __cplusplus
}
#endif
