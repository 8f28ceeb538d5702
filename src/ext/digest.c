/* digest: see digest.h. The state lives in the caller's struct; nothing to release. */
#include "ext/digest.h"

#include <assert.h>
#include <sodium.h>

static_assert(sizeof(struct digest) >= sizeof(crypto_hash_sha256_state), "the library's state fits into ours");
static_assert(_Alignof(struct digest) >= _Alignof(crypto_hash_sha256_state), "and may stand there");

static crypto_hash_sha256_state *state_of(struct digest *d)
{
    return (crypto_hash_sha256_state *)(void *)d->state;
}

void digest_start(struct digest *d)
{
    crypto_hash_sha256_init(state_of(d));
}

void digest_add(struct digest *d, struct str bytes)
{
    crypto_hash_sha256_update(state_of(d), (const unsigned char *)bytes.at, bytes.len);
}

struct str digest_end(struct digest *d, struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_of(d), hash);
    char *hex = arena_alloc(a, 2 * sizeof hash + 1);
    if (!hex)
        return STR_NONE;
    sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return (struct str){ hex, 2 * sizeof hash };
}
