/* password: Argon2id (libsodium), 19 MiB and 2 passes. Hashing is bounded to as many at once as there are cores,
 * with a short queue behind; more is BUSY. */
#ifndef EXT_PASSWORD_H
#define EXT_PASSWORD_H

#include "base/str.h"

enum { PASSWORD_MIN_CHARS = 8, PASSWORD_MAX_BYTES = 1024 };

/* A PHC string "$argon2id$v=19$m=19456,t=2,p=1$..." in the arena. */
enum status password_hash(struct str password, struct arena *, struct str *phc) MUST_CHECK;
/* OK, INVALID (wrong), BUSY. An empty phc costs the same and is always wrong: for names that do not exist. */
enum status password_check(struct str password, struct str phc) MUST_CHECK;

#endif
