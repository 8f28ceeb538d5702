/* form_key: see form_key.h. */
#include "store/form_key.h"

enum { FIND, CLAIM, SETTLE, TIDY };
static const struct db_statement statements[] = {
    [FIND] = { "find", "SELECT location FROM form_key WHERE form_hash = ?1", NULL },
    [CLAIM] = { "claim", "INSERT INTO form_key (form_hash, location, at) VALUES (?1, ?2, ?3)", NULL },
    [SETTLE] = { "settle", "UPDATE form_key SET location = ?2 WHERE form_hash = ?1", NULL },
    [TIDY] = { "tidy", "DELETE FROM form_key WHERE at < ?1", NULL },
};
const struct db_set form_key_set = STORE_SET(STORE_FORM_KEY, "form-key", statements);

enum status form_key_find(struct db_conn *conn, struct str hash, struct arena *a, struct str *location)
{
    struct db_cursor c = db_query(conn, &form_key_set, FIND);
    db_bind_blob(&c, hash);
    bool found = db_next(&c);
    if (found)
        *location = db_text(&c, 0, a);
    return store_found(found, &c);
}

enum status form_key_claim(struct db_conn *conn, struct str hash, struct str location, int64_t now,
                           struct arena *a, struct str *before)
{
    *before = STR_NONE;
    if (hash.len == 0)
        return OK;
    enum status s = form_key_find(conn, hash, a, before);
    if (s != NOT_FOUND)
        return s;
    struct db_cursor c = db_query(conn, &form_key_set, CLAIM);
    db_bind_blob(&c, hash);
    db_bind_text(&c, location);
    db_bind_int(&c, now);
    return db_run(&c, NULL);
}

enum status form_key_settle(struct db_conn *conn, struct str hash, struct str location)
{
    if (hash.len == 0)
        return OK;
    struct db_cursor c = db_query(conn, &form_key_set, SETTLE);
    db_bind_blob(&c, hash);
    db_bind_text(&c, location);
    return db_run(&c, NULL);
}

enum status form_key_tidy(struct db_conn *conn, int64_t now)
{
    struct db_cursor c = db_query(conn, &form_key_set, TIDY);
    db_bind_int(&c, now - 24 * 3600);
    return db_run(&c, NULL);
}
