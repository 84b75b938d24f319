// SHA-256 of OpenSSL's libcrypto, with its state in the caller's memory, and of two hashes at once.
#pragma once
#include <stddef.h>
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

/// The state of a hash.
typedef SHA256_CTX tiresias_sha256;

void tiresias_sha256_start(tiresias_sha256 *hash);
void tiresias_sha256_update(tiresias_sha256 *hash, const void *bytes, size_t count);
/// The hash is spent.
void tiresias_sha256_finish(tiresias_sha256 *hash, unsigned char digest[32]);

/// Gives two hashes the same bytes. Where both stand between blocks of 64 bytes and the processor has instructions for
/// SHA-256, that takes little longer than giving them to one.
void tiresias_sha256_update_both(tiresias_sha256 *one, tiresias_sha256 *other, const void *bytes, size_t count);
