/* account: see account.h. */
#include "store/account.h"

enum {
    FIND,
    PUT,
    ADD_PERSON,
    START,
    FIND_SESSION,
    END,
    END_ALL,
    GRANTS,
    ADD_GRANT,
    FAILURES,
    PUT_FAILURES,
    CLEAR_FAILURES,
    OWN,
    TIDY_SESSIONS,
    TIDY_FAILURES,
};
static const struct db_statement statements[] = {
    [FIND] = { "find",
               "SELECT a.person, a.password, p.lang FROM account a JOIN person p ON p.id = a.person WHERE a.name = ?1",
               NULL },
    [PUT] = { "put",
              "INSERT INTO account (person, name, password) VALUES (?1, ?2, ?3)"
              " ON CONFLICT (person) DO UPDATE SET name = excluded.name, password = excluded.password",
              NULL },
    [ADD_PERSON] = { "add-person", "INSERT INTO person (name, lang) VALUES (?1, ?2)", NULL },
    [START] = { "start-session",
                "INSERT INTO session (token_hash, person, started_at, expires_at, lang) VALUES (?1, ?2, ?3, ?4, ?5)",
                NULL },
    [FIND_SESSION] = { "find-session",
                       "SELECT s.person, s.started_at, p.name, s.lang FROM session s JOIN person p ON p.id = s.person"
                       " WHERE s.token_hash = ?1 AND s.expires_at > ?2",
                       NULL },
    [END] = { "end-session", "DELETE FROM session WHERE token_hash = ?1", NULL },
    [END_ALL] = { "end-sessions", "DELETE FROM session WHERE person = ?1", NULL },
    [GRANTS] = { "grants",
                 "SELECT g.role, u.place, u.last FROM role_grant g JOIN unit u ON u.id = g.unit WHERE g.person = ?1"
                 " ORDER BY g.role, u.place",
                 NULL },
    [ADD_GRANT] = { "add-grant",
                    "INSERT INTO role_grant (person, role, unit) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", NULL },
    [FAILURES] = { "failures", "SELECT failures, last_at FROM sign_in_failure WHERE name_hash = ?1", NULL },
    [PUT_FAILURES] = { "put-failures",
                       "INSERT INTO sign_in_failure (name_hash, failures, last_at) VALUES (?1, ?2, ?3)"
                       " ON CONFLICT (name_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
                       NULL },
    [CLEAR_FAILURES] = { "clear-failures", "DELETE FROM sign_in_failure WHERE name_hash = ?1", NULL },
    [OWN] = { "own",
              "SELECT a.name, (SELECT u.name FROM position p JOIN unit u ON u.id = p.unit WHERE p.person = ?1"
              " AND p.from_day <= ?2 AND coalesce(p.to_day, ?2) >= ?2 ORDER BY p.from_day DESC LIMIT 1),"
              " (SELECT count(*) FROM session s WHERE s.person = ?1 AND s.expires_at > ?3) FROM account a WHERE a.person = ?1",
              NULL },
    [TIDY_SESSIONS] = { "tidy-sessions", "DELETE FROM session WHERE expires_at <= ?1", NULL },
    [TIDY_FAILURES] = { "tidy-failures", "DELETE FROM sign_in_failure WHERE last_at < ?1", NULL },
};
const struct db_set account_set = STORE_SET(STORE_ACCOUNT, "account", statements);

static enum lang lang_of(struct str code)
{
    enum lang lang = LANG_DE;
    (void)lang_parse(code, &lang); /* the schema allows known codes only */
    return lang;
}

enum status account_find(struct db_conn *conn, struct str name, struct arena *a, struct account *out)
{
    struct db_cursor c = db_query(conn, &account_set, FIND);
    db_bind_text(&c, name);
    bool found = db_next(&c);
    if (found)
        *out = (struct account){ db_int(&c, 0), db_text(&c, 1, a), lang_of(db_text(&c, 2, a)) };
    return store_found(found, &c);
}

enum status account_put(struct db_conn *conn, int64_t person, struct str name, struct str password)
{
    struct db_cursor c = db_query(conn, &account_set, PUT);
    db_bind_int(&c, person);
    db_bind_text(&c, name);
    db_bind_text(&c, password);
    return db_run(&c, NULL);
}

enum status person_add(struct db_conn *conn, struct str name, enum lang lang, int64_t *person)
{
    struct db_cursor c = db_query(conn, &account_set, ADD_PERSON);
    db_bind_text(&c, name);
    db_bind_text(&c, str_of(lang_code(lang)));
    enum status s = db_run(&c, NULL);
    if (s == OK)
        *person = db_last_id(conn);
    return s;
}

enum status session_start(struct db_conn *conn, struct str token_hash, int64_t person, enum lang lang, int64_t now)
{
    struct db_cursor c = db_query(conn, &account_set, START);
    db_bind_blob(&c, token_hash);
    db_bind_int(&c, person);
    db_bind_int(&c, now);
    db_bind_int(&c, now + SESSION_SECONDS);
    db_bind_text(&c, str_of(lang_code(lang)));
    return db_run(&c, NULL);
}

enum status session_find(struct db_conn *conn, struct str token_hash, int64_t now, struct arena *a, struct session *out)
{
    struct db_cursor c = db_query(conn, &account_set, FIND_SESSION);
    db_bind_blob(&c, token_hash);
    db_bind_int(&c, now);
    bool found = db_next(&c);
    if (found)
        *out = (struct session){ db_int(&c, 0), db_int(&c, 1), db_text(&c, 2, a), lang_of(db_text(&c, 3, a)) };
    return store_found(found, &c);
}

enum status session_end(struct db_conn *conn, struct str token_hash)
{
    struct db_cursor c = db_query(conn, &account_set, END);
    db_bind_blob(&c, token_hash);
    return db_run(&c, NULL);
}

enum status session_end_all(struct db_conn *conn, int64_t person)
{
    struct db_cursor c = db_query(conn, &account_set, END_ALL);
    db_bind_int(&c, person);
    return db_run(&c, NULL);
}

enum status account_own(struct db_conn *conn, int64_t person, int32_t day, int64_t now, struct arena *a,
                        struct own_account *out)
{
    struct db_cursor c = db_query(conn, &account_set, OWN);
    db_bind_int(&c, person);
    db_bind_int(&c, day);
    db_bind_int(&c, now);
    bool found = db_next(&c);
    if (found)
        *out = (struct own_account){ db_text(&c, 0, a), db_text(&c, 1, a), db_int(&c, 2) };
    return store_found(found, &c);
}

enum status account_tidy(struct db_conn *conn, int64_t now)
{
    struct db_cursor sessions = db_query(conn, &account_set, TIDY_SESSIONS);
    db_bind_int(&sessions, now);
    enum status s = db_run(&sessions, NULL);
    if (s)
        return s;
    struct db_cursor failures = db_query(conn, &account_set, TIDY_FAILURES);
    db_bind_int(&failures, now - 900);
    return db_run(&failures, NULL);
}

enum status grants_of(struct db_conn *conn, int64_t person, struct arena *a, struct grant **grants, size_t *count)
{
    size_t room = 0;
    *count = 0;
    *grants = NULL;
    struct db_cursor c = db_query(conn, &account_set, GRANTS);
    db_bind_int(&c, person);
    while (db_next(&c) && (*grants = arena_grow(a, *grants, *count, &room, sizeof **grants))) {
        struct grant g = { .first = (int32_t)db_int(&c, 1), .last = (int32_t)db_int(&c, 2) };
        if (role_parse(db_text(&c, 0, a).at, &g.role))
            (*grants)[(*count)++] = g;
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status grant_add(struct db_conn *conn, int64_t person, enum role role, int64_t unit)
{
    struct db_cursor c = db_query(conn, &account_set, ADD_GRANT);
    db_bind_int(&c, person);
    db_bind_text(&c, str_of(role_name(role)));
    db_bind_int(&c, unit);
    return db_run(&c, NULL);
}

enum status failures_of(struct db_conn *conn, struct str counter, struct failures *out)
{
    *out = (struct failures){ 0 };
    struct db_cursor c = db_query(conn, &account_set, FAILURES);
    db_bind_blob(&c, counter);
    if (db_next(&c))
        *out = (struct failures){ (int)db_int(&c, 0), db_int(&c, 1) };
    return db_end(&c);
}

enum status failures_put(struct db_conn *conn, struct str counter, struct failures f)
{
    struct db_cursor c = db_query(conn, &account_set, PUT_FAILURES);
    db_bind_blob(&c, counter);
    db_bind_int(&c, f.count);
    db_bind_int(&c, f.last_at);
    return db_run(&c, NULL);
}

enum status failures_clear(struct db_conn *conn, struct str counter)
{
    struct db_cursor c = db_query(conn, &account_set, CLEAR_FAILURES);
    db_bind_blob(&c, counter);
    return db_run(&c, NULL);
}
