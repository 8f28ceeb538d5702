/* setting: see setting.h. */
#include "store/setting.h"

enum { GET, PUT };
static const struct db_statement statements[] = {
    [GET] = { "get", "SELECT value FROM setting WHERE name = ?1", NULL },
    [PUT] = { "put",
              "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
              NULL },
};
const struct db_set setting_set = STORE_SET(STORE_SETTING, "setting", statements);

enum status setting_get(struct db_conn *conn, const char *name, struct arena *a, struct str *value)
{
    struct db_cursor c = db_query(conn, &setting_set, GET);
    db_bind_text(&c, str_of(name));
    bool found = db_next(&c);
    if (found)
        *value = db_text(&c, 0, a);
    return store_found(found, &c);
}

enum status setting_put(struct db_conn *conn, const char *name, struct str value)
{
    struct db_cursor c = db_query(conn, &setting_set, PUT);
    db_bind_text(&c, str_of(name));
    db_bind_text(&c, value);
    return db_run(&c, NULL);
}
