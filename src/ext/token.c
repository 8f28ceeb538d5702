/* token: see token.h. Stateless; every result lives in the arena it is given. */
#include "ext/token.h"

#include <assert.h>
#include <sodium.h>

enum { TOKEN_BYTES = 32 };

static_assert(crypto_hash_sha256_BYTES == TOKEN_BYTES, "a token's hash is as long as the token");

enum status token_start(void)
{
    return sodium_init() < 0 ? UNAVAILABLE : OK;
}

struct str token_base64url(struct str bytes, struct arena *a)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t room = sodium_base64_encoded_len(bytes.len, variant);
    char *text = arena_alloc(a, room);
    if (!text)
        return STR_NONE;
    sodium_bin2base64(text, room, (const unsigned char *)bytes.at, bytes.len, variant);
    return (struct str){ text, room - 1 };
}

struct str token_new(struct arena *a)
{
    unsigned char bits[TOKEN_BYTES];
    randombytes_buf(bits, sizeof bits);
    struct str token = token_base64url((struct str){ (const char *)bits, sizeof bits }, a);
    sodium_memzero(bits, sizeof bits);
    return token;
}

uint64_t token_random63(void)
{
    uint64_t number;
    do {
        randombytes_buf(&number, sizeof number);
        number &= INT64_MAX;
    } while (number == 0);
    return number;
}

struct str token_hash(struct str s, struct arena *a)
{
    unsigned char *hash = arena_alloc(a, TOKEN_BYTES);
    if (!hash)
        return STR_NONE;
    crypto_hash_sha256(hash, (const unsigned char *)s.at, s.len);
    return (struct str){ (const char *)hash, TOKEN_BYTES };
}

struct str token_hash_hex(struct str s, struct arena *a)
{
    unsigned char hash[TOKEN_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)s.at, s.len);
    char *hex = arena_alloc(a, 2 * TOKEN_BYTES + 1);
    if (!hex)
        return STR_NONE;
    sodium_bin2hex(hex, 2 * TOKEN_BYTES + 1, hash, sizeof hash);
    return (struct str){ hex, 2 * TOKEN_BYTES };
}

static_assert(TOKEN_KEY_MIN >= crypto_generichash_KEYBYTES_MIN && TOKEN_KEY_MAX <= crypto_generichash_KEYBYTES_MAX,
              "libsodium takes the keys that we take");

static void keyed(unsigned char *out, size_t bytes, struct str key, struct str message)
{
    assert(key.len >= TOKEN_KEY_MIN && key.len <= TOKEN_KEY_MAX);
    crypto_generichash(out, bytes, (const unsigned char *)message.at, message.len, (const unsigned char *)key.at,
                       key.len);
}

struct str token_keyed(struct str key, struct str message, struct arena *a)
{
    unsigned char *out = arena_alloc(a, TOKEN_BYTES);
    if (!out)
        return STR_NONE;
    keyed(out, TOKEN_BYTES, key, message);
    return (struct str){ (const char *)out, TOKEN_BYTES };
}

/* Bytes are put together by hand: a stored number must not depend on the machine's byte order. */
uint64_t token_keyed64(struct str key, struct str message)
{
    unsigned char out[TOKEN_BYTES];
    keyed(out, sizeof out, key, message);
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | out[i];
    return number;
}

bool token_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}
