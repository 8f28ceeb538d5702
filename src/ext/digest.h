/* digest: incremental SHA-256 (libsodium) for content hashes. */
#ifndef EXT_DIGEST_H
#define EXT_DIGEST_H

#include "base/str.h"

struct digest {
    _Alignas(16) unsigned char state[128];
};

void digest_start(struct digest *);
void digest_add(struct digest *, struct str);
/* 64 hex digits in the arena. */
struct str digest_end(struct digest *, struct arena *);

#endif
