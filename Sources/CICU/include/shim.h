// ICU's functions are macros that add a version suffix, which Swift cannot import: one-line wrappers.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include "character_table.h"

/// NFC restricted to the code points that `pattern` names (UTF-16, as in `[:age=9.0:]`): unorm2_openFiltered over a frozen
/// set. The set is handed out for inspection; both live as long as the process. NULL on failure.
const UNormalizer2 *tiresias_nfc_open(const UChar *pattern, int32_t length, const USet **known, UErrorCode *status);
/// The corresponding ICU function is `unorm2_normalize`.
int32_t tiresias_nfc_normalize(const UNormalizer2 *nfc, const UChar *source, int32_t length, UChar *target,
                               int32_t capacity, UErrorCode *status);
/// The corresponding ICU function is `unorm2_hasBoundaryBefore`.
bool tiresias_nfc_has_boundary_before(const UNormalizer2 *nfc, uint32_t scalar);
/// The corresponding ICU function is `unorm2_getCombiningClass`.
uint8_t tiresias_nfc_combining_class(const UNormalizer2 *nfc, uint32_t scalar);
/// The corresponding ICU function is `unorm2_getDecomposition`; negative if the code point has none.
int32_t tiresias_nfc_decomposition(const UNormalizer2 *nfc, uint32_t scalar, UChar *target, int32_t capacity);
/// The corresponding ICU function is `uset_getItemCount`.
int32_t tiresias_set_item_count(const USet *set);
/// The corresponding ICU function is `uset_getItem`, for ranges.
bool tiresias_set_range(const USet *set, int32_t index, UChar32 *first, UChar32 *last);
/// The version of ICU that runs, as `72.1`, into 20 bytes.
void tiresias_icu_version(char *text);
