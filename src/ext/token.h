/* token: random tokens, hashes and keyed hashes (libsodium). */
#ifndef EXT_TOKEN_H
#define EXT_TOKEN_H

#include "base/str.h"

/* Must be called once before threads start. */
enum status token_start(void) MUST_CHECK;
/* 256 random bits, base64url without padding: 43 characters. */
struct str token_new(struct arena *);
uint64_t token_random63(void); /* never 0 */
/* SHA-256, 32 bytes in the arena. */
struct str token_hash(struct str, struct arena *);
struct str token_hash_hex(struct str, struct arena *);
enum { TOKEN_KEY_MIN = 16, TOKEN_KEY_MAX = 64 };

/* Keyed BLAKE2b, 32 bytes; key: TOKEN_KEY_MIN to TOKEN_KEY_MAX bytes, checked where it comes from. */
struct str token_keyed(struct str key, struct str message, struct arena *);
/* A keyed hash as 64 bits. */
uint64_t token_keyed64(struct str key, struct str message);
struct str token_base64url(struct str bytes, struct arena *);
/* In constant time. */
bool token_equal(struct str, struct str);

#endif
