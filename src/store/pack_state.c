/* pack_state: see pack_state.h. */
#include "store/pack_state.h"

enum { EXISTS, ADD, ADD_FILE, COUNT, FILES, FIND_FILE };
static const struct db_statement statements[] = {
    [EXISTS] = { "exists", "SELECT 1 FROM pack_state WHERE hash = ?1", NULL },
    [ADD] = { "add", "INSERT INTO pack_state (hash, course, version, stored_at) VALUES (?1, ?2, ?3, ?4)", NULL },
    [ADD_FILE] = { "add-file", "INSERT INTO pack_state_file (hash, path, bytes) VALUES (?1, ?2, ?3)", NULL },
    [COUNT] = { "count", "SELECT count(*) FROM pack_state_file WHERE hash = ?1", NULL },
    [FILES] = { "files", "SELECT path, bytes FROM pack_state_file WHERE hash = ?1 ORDER BY path", NULL },
    [FIND_FILE] = { "find-file", "SELECT bytes FROM pack_state_file WHERE hash = ?1 AND path = ?2", NULL },
};
const struct db_set pack_state_set = STORE_SET(STORE_PACK_STATE, "pack-state", statements);

enum status pack_state_exists(struct db_conn *conn, struct str hash)
{
    struct db_cursor c = db_query(conn, &pack_state_set, EXISTS);
    db_bind_text(&c, hash);
    return store_found(db_next(&c), &c);
}

enum status pack_state_add(struct db_conn *conn, struct str hash, struct str course, struct str version, int64_t now)
{
    struct db_cursor c = db_query(conn, &pack_state_set, ADD);
    db_bind_text(&c, hash);
    db_bind_text(&c, course);
    db_bind_text(&c, version);
    db_bind_int(&c, now);
    return db_run(&c, NULL);
}

enum status pack_state_add_file(struct db_conn *conn, struct str hash, struct pack_state_file file)
{
    struct db_cursor c = db_query(conn, &pack_state_set, ADD_FILE);
    db_bind_text(&c, hash);
    db_bind_text(&c, file.path);
    db_bind_blob(&c, file.bytes);
    return db_run(&c, NULL);
}

enum status pack_state_files(struct db_conn *conn, struct str hash, struct arena *a, struct pack_state_file **files,
                             size_t *count)
{
    struct db_cursor counting = db_query(conn, &pack_state_set, COUNT);
    db_bind_text(&counting, hash);
    size_t room = db_next(&counting) ? (size_t)db_int(&counting, 0) : 0;
    enum status s = db_end(&counting);
    if (s || room == 0)
        return s ? s : NOT_FOUND;
    *files = ARENA_ARRAY(a, room, struct pack_state_file);
    *count = 0;
    struct db_cursor c = db_query(conn, &pack_state_set, FILES);
    db_bind_text(&c, hash);
    while (*files && *count < room && db_next(&c))
        (*files)[(*count)++] = (struct pack_state_file){ db_text(&c, 0, a), db_text(&c, 1, a) };
    s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status pack_state_file_find(struct db_conn *conn, struct str hash, struct str path, struct arena *a,
                                 struct str *bytes)
{
    struct db_cursor c = db_query(conn, &pack_state_set, FIND_FILE);
    db_bind_text(&c, hash);
    db_bind_text(&c, path);
    bool found = db_next(&c);
    if (found)
        *bytes = db_text(&c, 0, a);
    enum status s = store_found(found, &c);
    return s ? s : arena_status(a);
}
