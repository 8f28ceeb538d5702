/* password: see password.h.
 *
 * One hash takes 19 MiB and about 18 ms of a core. A gate lets as many run at once as there are cores; a bounded
 * number waits behind it; everyone else is told BUSY at once, so that a flood of sign-ins cannot take all workers.
 * The gate is the one shared object here: a process has one set of cores. Any thread may call. */
#include "ext/password.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <unistd.h>

enum {
    PASSES = 2,
    MEMORY = 19 * 1024 * 1024,
    WAITING_PER_CORE = 16, /* about 0.3 s behind the gate */
};

/* Made by the calls below from 32 random bytes that were thrown away: a name without an account costs one check
 * against it, with the same parameters. */
static const char NOBODY[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=19456,t=2,p=1$U/vVC+9ouAWqw19ch0iRdQ$Fs1AfMH76b0uJESHqUtSI/i7gncpEZV0kn/Y1TZ6jLI";

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    long running, waiting;
} gate = { .mutex = PTHREAD_MUTEX_INITIALIZER, .freed = PTHREAD_COND_INITIALIZER };

static long cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? n : 1;
}

static enum status gate_enter(void)
{
    const long places = cores();
    enum status s = OK;
    pthread_mutex_lock(&gate.mutex);
    if (gate.running >= places && gate.waiting >= places * WAITING_PER_CORE) {
        s = BUSY;
    } else {
        gate.waiting++;
        while (gate.running >= places)
            pthread_cond_wait(&gate.freed, &gate.mutex);
        gate.waiting--;
        gate.running++;
    }
    pthread_mutex_unlock(&gate.mutex);
    return s;
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.running--;
    pthread_cond_signal(&gate.freed);
    pthread_mutex_unlock(&gate.mutex);
}

enum status password_hash(struct str password, struct arena *a, struct str *phc)
{
    if (password.len > PASSWORD_MAX_BYTES)
        return INVALID;
    enum status s = gate_enter();
    if (s != OK)
        return s;
    char out[crypto_pwhash_STRBYTES];
    int failed = crypto_pwhash_str_alg(out, password.at ? password.at : "", password.len, PASSES, MEMORY,
                                       crypto_pwhash_ALG_ARGON2ID13);
    gate_leave();
    if (failed)
        return NO_MEMORY; /* the only way it can fail */
    *phc = str_copy(a, str_of(out));
    return arena_status(a);
}

enum status password_check(struct str password, struct str phc)
{
    if (password.len > PASSWORD_MAX_BYTES || phc.len >= crypto_pwhash_STRBYTES)
        return INVALID;
    char stored[crypto_pwhash_STRBYTES] = { 0 };
    const bool known = phc.len > 0;
    if (known)
        memcpy(stored, phc.at, phc.len);
    enum status s = gate_enter();
    if (s != OK)
        return s;
    errno = 0;
    int wrong = crypto_pwhash_str_verify(known ? stored : NOBODY, password.at ? password.at : "", password.len);
    const bool starved = wrong && errno == ENOMEM; /* nobody's password is wrong because memory is short */
    gate_leave();
    if (starved)
        return NO_MEMORY;
    return known && !wrong ? OK : INVALID;
}
