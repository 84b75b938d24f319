#include "regex_guard.h"
#include <unicode/uregex.h>

// Steps of the matching engine, some 10,000 states each: a guard sees some hundred characters.
enum { step_limit = 64, stack_limit = 1 << 20 };

static URegularExpression *unwrapped(const tiresias_regex *regex) { return (URegularExpression *)regex; }

tiresias_regex *tiresias_regex_open(const uint16_t *pattern, int32_t length, int32_t *column, const char **reason) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError error = {0};
  URegularExpression *regex = uregex_open((const UChar *)pattern, length, 0, &error, &status);
  *column = error.offset > 0 ? error.offset : 0;
  *reason = u_errorName(status);
  return U_SUCCESS(status) ? (tiresias_regex *)regex : 0;
}

tiresias_regex *tiresias_regex_clone(const tiresias_regex *regex) {
  UErrorCode status = U_ZERO_ERROR;
  URegularExpression *clone = uregex_clone(unwrapped(regex), &status);
  // A clone does not take the limits over.
  uregex_setTimeLimit(clone, step_limit, &status);
  uregex_setStackLimit(clone, stack_limit, &status);
  return U_SUCCESS(status) ? (tiresias_regex *)clone : 0;
}

void tiresias_regex_close(tiresias_regex *regex) { uregex_close(unwrapped(regex)); }

int tiresias_regex_overlaps(tiresias_regex *wrapped, const uint16_t *text, int32_t length, int32_t from, int32_t to) {
  URegularExpression *regex = unwrapped(wrapped);
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(regex, (const UChar *)text, length, &status);
  int found = 0;
  while (!found && uregex_findNext(regex, &status)) {
    if (uregex_start(regex, 0, &status) >= to) break;
    found = uregex_end(regex, 0, &status) > from;
  }
  return U_FAILURE(status) ? -1 : found;
}
