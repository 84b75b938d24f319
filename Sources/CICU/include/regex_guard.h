// ICU's regular expressions for guards. ICU's own headers stay out: Foundation brings another version of the same types.
#pragma once
#include <stdint.h>

typedef struct tiresias_regex tiresias_regex;

/// The corresponding ICU function is `uregex_open`, on UTF-16. NULL on failure: then `column` is the error's place in the
/// pattern, from 1, or 0, and `reason` names it (a constant).
tiresias_regex *tiresias_regex_open(const uint16_t *pattern, int32_t length, int32_t *column, const char **reason);
/// The corresponding ICU function is `uregex_clone`. NULL on failure.
tiresias_regex *tiresias_regex_clone(const tiresias_regex *regex);
/// The corresponding ICU function is `uregex_close`; NULL is allowed.
void tiresias_regex_close(tiresias_regex *regex);
/// 1 if a match overlaps [from, to) of the UTF-16 text, 0 if none does, -1 if the search took too long or failed.
int tiresias_regex_overlaps(tiresias_regex *regex, const uint16_t *text, int32_t length, int32_t from, int32_t to);
