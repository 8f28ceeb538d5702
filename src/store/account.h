/* account: sign-in. Accounts, sessions, grants, failures. Session tokens are known here only by their hash. */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "base/lang.h"
#include "rules/access.h"
#include "store/store.h"

enum { SESSION_SECONDS = 12 * 3600 };

struct account {
    int64_t person;
    struct str password; /* PHC string */
    enum lang lang;
};

struct session {
    int64_t person, started_at;
    struct str name; /* of the person, for the own pages */
    enum lang lang;
};

/* name in lower case. */
enum status account_find(struct db_conn *, struct str name, struct arena *, struct account *) MUST_CHECK;
enum status account_put(struct db_conn *, int64_t person, struct str name, struct str password) MUST_CHECK;
/* The id of a new person. */
enum status person_add(struct db_conn *, struct str name, enum lang, int64_t *person) MUST_CHECK;

enum status session_start(struct db_conn *, struct str token_hash, int64_t person, enum lang, int64_t now) MUST_CHECK;
/* NOT_FOUND when there is none or it has expired. */
enum status session_find(struct db_conn *, struct str token_hash, int64_t now, struct arena *, struct session *) MUST_CHECK;
enum status session_end(struct db_conn *, struct str token_hash) MUST_CHECK;
enum status session_end_all(struct db_conn *, int64_t person) MUST_CHECK;
struct own_account {
    struct str sign_in_name, unit_name; /* unit_name: STR_NONE without a position */
    int64_t sessions;                   /* that have not expired */
};
/* What the account page tells the person about the own account. */
enum status account_own(struct db_conn *, int64_t person, int32_t day, int64_t now, struct arena *, struct own_account *)
    MUST_CHECK;
/* Deletes what has expired: sessions and failures. */
enum status account_tidy(struct db_conn *, int64_t now) MUST_CHECK;

enum status grants_of(struct db_conn *, int64_t person, struct arena *, struct grant **, size_t *count) MUST_CHECK;
enum status grant_add(struct db_conn *, int64_t person, enum role, int64_t unit) MUST_CHECK;

struct failures {
    int count;
    int64_t last_at;
};
/* counter: a keyed hash (page/known_browser.h). No row: zeros. */
enum status failures_of(struct db_conn *, struct str counter, struct failures *) MUST_CHECK;
enum status failures_put(struct db_conn *, struct str counter, struct failures) MUST_CHECK;
enum status failures_clear(struct db_conn *, struct str counter) MUST_CHECK;

#endif
