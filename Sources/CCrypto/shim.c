#include "shim.h"
#include "pair.h"

void tiresias_sha256_start(tiresias_sha256 *hash) { SHA256_Init(hash); }

void tiresias_sha256_update(tiresias_sha256 *hash, const void *bytes, size_t count) {
  SHA256_Update(hash, bytes, count);
}

void tiresias_sha256_finish(tiresias_sha256 *hash, unsigned char digest[32]) { SHA256_Final(digest, hash); }

/// Counts blocks that the state has seen by now: in bits, in two halves.
static void count_blocks(tiresias_sha256 *hash, size_t blocks) {
  unsigned long long bits = ((unsigned long long)hash->Nh << 32 | hash->Nl) + ((unsigned long long)blocks << 9);
  hash->Nl = (SHA_LONG)bits;
  hash->Nh = (SHA_LONG)(bits >> 32);
}

void tiresias_sha256_update_both(tiresias_sha256 *one, tiresias_sha256 *other, const void *bytes, size_t count) {
  size_t blocks = one->num == 0 && other->num == 0 ? count / 64 : 0;
  if (blocks > 0 && tiresias_sha256_pair(one->h, other->h, bytes, blocks)) {
    count_blocks(one, blocks);
    count_blocks(other, blocks);
    bytes = (const unsigned char *)bytes + 64 * blocks;
    count -= 64 * blocks;
  }
  SHA256_Update(one, bytes, count);
  SHA256_Update(other, bytes, count);
}
