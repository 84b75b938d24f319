#include "include/shim.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/uversion.h>

const UNormalizer2 *tiresias_nfc_open(const uint16_t *pattern, int32_t length, const USet **known, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  USet *set = uset_openPattern(pattern, length, &code);
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
  *status = code;
  if (U_FAILURE(code)) return NULL;
  uset_freeze(set);
  *known = set;
  nfc = unorm2_openFiltered(nfc, set, &code);
  *status = code;
  return nfc;
}

int32_t tiresias_nfc_normalize(const UNormalizer2 *nfc, const uint16_t *source, int32_t length, uint16_t *target,
                               int32_t capacity, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t written = unorm2_normalize(nfc, source, length, target, capacity, &code);
  *status = code;
  return written;
}

bool tiresias_nfc_has_boundary_before(const UNormalizer2 *nfc, uint32_t scalar) {
  return unorm2_hasBoundaryBefore(nfc, (UChar32)scalar);
}

uint8_t tiresias_nfc_combining_class(const UNormalizer2 *nfc, uint32_t scalar) {
  return unorm2_getCombiningClass(nfc, (UChar32)scalar);
}

int32_t tiresias_nfc_decomposition(const UNormalizer2 *nfc, uint32_t scalar, uint16_t *target, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = unorm2_getDecomposition(nfc, (UChar32)scalar, target, capacity, &status);
  return U_SUCCESS(status) ? length : -1;
}

int32_t tiresias_set_item_count(const USet *set) { return uset_getItemCount(set); }

bool tiresias_set_range(const USet *set, int32_t index, int32_t *first, int32_t *last) {
  UErrorCode status = U_ZERO_ERROR;
  return uset_getItem(set, index, first, last, NULL, 0, &status) == 0 && U_SUCCESS(status);
}

void tiresias_icu_version(char *text) {
  UVersionInfo version;
  u_getVersion(version);
  u_versionToString(version, text);
}

bool tiresias_is_wide(uint32_t scalar) {
  int32_t width = u_getIntPropertyValue((UChar32)scalar, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE;
}
