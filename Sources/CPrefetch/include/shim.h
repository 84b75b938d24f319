// Swift has no way to ask for a cache line ahead of its use.
#pragma once

/// Asks for the cache line that holds `address`; no fault, whatever the address.
static inline void tiresias_prefetch(const void *address) { __builtin_prefetch(address); }
