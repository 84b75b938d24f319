// ICU's functions are macros that add a version suffix, which Swift cannot import: one-line wrappers.
// ICU's own headers stay out: Foundation brings another version of the same types, and no file could import both.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "character_table.h"

typedef struct UNormalizer2 UNormalizer2;
typedef struct USet USet;

/// NFC restricted to the code points that `pattern` names (UTF-16, as in `[:age=9.0:]`): unorm2_openFiltered over a frozen
/// set. The set is handed out for inspection; both live as long as the process. NULL on failure.
/// A status, here and below, is ICU's UErrorCode: above 0 is an error.
const UNormalizer2 *tiresias_nfc_open(const uint16_t *pattern, int32_t length, const USet **known, int32_t *status);
/// The corresponding ICU function is `unorm2_normalize`.
int32_t tiresias_nfc_normalize(const UNormalizer2 *nfc, const uint16_t *source, int32_t length, uint16_t *target,
                               int32_t capacity, int32_t *status);
/// The corresponding ICU function is `unorm2_hasBoundaryBefore`.
bool tiresias_nfc_has_boundary_before(const UNormalizer2 *nfc, uint32_t scalar);
/// The corresponding ICU function is `unorm2_getCombiningClass`.
uint8_t tiresias_nfc_combining_class(const UNormalizer2 *nfc, uint32_t scalar);
/// The corresponding ICU function is `unorm2_getDecomposition`; negative if the code point has none.
int32_t tiresias_nfc_decomposition(const UNormalizer2 *nfc, uint32_t scalar, uint16_t *target, int32_t capacity);
/// The corresponding ICU function is `uset_getItemCount`.
int32_t tiresias_set_item_count(const USet *set);
/// The corresponding ICU function is `uset_getItem`, for ranges.
bool tiresias_set_range(const USet *set, int32_t index, int32_t *first, int32_t *last);
/// The version of ICU that runs, as `72.1`, into 20 bytes.
void tiresias_icu_version(char *text);
/// True if the code point takes two columns: East_Asian_Width is Wide or Fullwidth, by `u_getIntPropertyValue`.
bool tiresias_is_wide(uint32_t scalar);
