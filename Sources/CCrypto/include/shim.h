// OpenSSL's EVP digests, of which SHA-256 is the one used.
#pragma once
#include <openssl/evp.h>
