// One line of a raw Pile, read by simdjson: where its text and its subset's name are.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct tiresias_pile_parser tiresias_pile_parser;

/// What a line says. Both pointers stay valid until the parser reads its next line.
typedef struct {
  const uint8_t *text;
  size_t text_length;
  /// NULL where `meta.pile_set_name` is missing.
  const uint8_t *subset;
  size_t subset_length;
} tiresias_pile_line;

/// NULL if there is no memory.
tiresias_pile_parser *tiresias_pile_parser_new(void);
void tiresias_pile_parser_free(tiresias_pile_parser *parser);

/// Reads one line: an object with `text`, a string or a list of strings (joined with two line feeds), or a string.
///
/// False means no more than "simdjson does not vouch for it": lines that it refuses although they are JSON
/// (a lone surrogate, a number of a hundred digits) are among them.
/// `tiresias_json_padding()` bytes behind the line must be readable; their values do not matter.
bool tiresias_pile_parse(
    tiresias_pile_parser *parser, const uint8_t *line, size_t length, tiresias_pile_line *result);

#ifdef __cplusplus
}
#endif
