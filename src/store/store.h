/* store: the tables in the words of the product. SQL lives here only, each statement atop the file that uses it.
 *
 * Functions that read take a connection of a view or of a change; functions that write are meant to be called inside
 * a change (db_write) and are re-runnable. Text they hand out is copied into the arena given.
 * NOT_FOUND: no such row. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "db/db.h"

enum store_set {
    STORE_SETTING,
    STORE_ACCOUNT,
    STORE_LANE,
    STORE_ORG,
    STORE_ATTEMPT,
    STORE_PROGRESS,
    STORE_EVIDENCE,
    STORE_SNAPSHOT,
    STORE_PACK_STATE,
    STORE_FORM_KEY,
    STORE_SEARCH,
    STORE_SEARCH_WORDS,
    STORE_SEARCH_INDEX,
    STORE_SET_COUNT
};

extern const struct db_set setting_set, account_set, lane_set, org_set, attempt_set, progress_set, evidence_set,
    snapshot_set, pack_state_set, form_key_set, search_set,
    search_words_set, search_index_set;

#define STORE_SET(set_id, set_name, list) \
    { .id = (set_id), .name = (set_name), .statements = (list), .count = sizeof(list) / sizeof *(list) }

/* Opens DIRECTORY/lotse.db with all statement sets and migrations. create makes directory and file. */
enum status store_open(struct db **, struct str directory, bool create, bool exclusive, struct arena *,
                       struct str *problem) MUST_CHECK;

/* What a query for one row amounts to: the cursor's error, else OK or NOT_FOUND. */
static inline enum status MUST_CHECK store_found(bool found, struct db_cursor *c)
{
    enum status end = db_end(c);
    return end ? end : found ? OK : NOT_FOUND;
}

#endif
