#include "include/shim.h"
#include <unicode/uversion.h>

const UNormalizer2 *tiresias_nfc_open(const UChar *pattern, int32_t length, const USet **known, UErrorCode *status) {
  USet *set = uset_openPattern(pattern, length, status);
  const UNormalizer2 *nfc = unorm2_getNFCInstance(status);
  if (U_FAILURE(*status)) return NULL;
  uset_freeze(set);
  *known = set;
  return unorm2_openFiltered(nfc, set, status);
}

int32_t tiresias_nfc_normalize(const UNormalizer2 *nfc, const UChar *source, int32_t length, UChar *target,
                               int32_t capacity, UErrorCode *status) {
  return unorm2_normalize(nfc, source, length, target, capacity, status);
}

bool tiresias_nfc_has_boundary_before(const UNormalizer2 *nfc, uint32_t scalar) {
  return unorm2_hasBoundaryBefore(nfc, (UChar32)scalar);
}

uint8_t tiresias_nfc_combining_class(const UNormalizer2 *nfc, uint32_t scalar) {
  return unorm2_getCombiningClass(nfc, (UChar32)scalar);
}

int32_t tiresias_nfc_decomposition(const UNormalizer2 *nfc, uint32_t scalar, UChar *target, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = unorm2_getDecomposition(nfc, (UChar32)scalar, target, capacity, &status);
  return U_SUCCESS(status) ? length : -1;
}

int32_t tiresias_set_item_count(const USet *set) { return uset_getItemCount(set); }

bool tiresias_set_range(const USet *set, int32_t index, UChar32 *first, UChar32 *last) {
  UErrorCode status = U_ZERO_ERROR;
  return uset_getItem(set, index, first, last, NULL, 0, &status) == 0 && U_SUCCESS(status);
}

void tiresias_icu_version(char *text) {
  UVersionInfo version;
  u_getVersion(version);
  u_versionToString(version, text);
}
