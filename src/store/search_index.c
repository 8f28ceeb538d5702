/* search_index: see search_index.h. */
#include "store/search_index.h"

enum {
    COURSES,
    WORDS,
    DROP_TEXTS,
    DROP_DOCUMENTS,
    DROP_COURSE,
    ADD_COURSE,
    ADD_DOCUMENT,
    ADD_TEXT,
    DROP_WORD,
    ADD_WORD
};
static const struct db_statement statements[] = {
    [COURSES] = { "courses", "SELECT course, hash FROM search_course ORDER BY course",
                  "all of them are compared with the live packs" },
    [WORDS] = { "words", "SELECT lang, folded, rowid FROM search_word ORDER BY lang, folded", NULL },
    [DROP_TEXTS] = { "drop-texts",
                     "DELETE FROM search_text WHERE rowid IN (SELECT id FROM search_document WHERE course = ?1)",
                     NULL },
    [DROP_DOCUMENTS] = { "drop-documents", "DELETE FROM search_document WHERE course = ?1", NULL },
    [DROP_COURSE] = { "drop-course", "DELETE FROM search_course WHERE course = ?1", NULL },
    [ADD_COURSE] = { "add-course", "INSERT INTO search_course (course, hash) VALUES (?1, ?2)", NULL },
    [ADD_DOCUMENT] = { "add-document", "INSERT INTO search_document (course, kind, name, lang) VALUES (?1, ?2, ?3, ?4)",
                       NULL },
    [ADD_TEXT] = { "add-text",
                   "INSERT INTO search_text (rowid, title, objectives, headings, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                   NULL },
    [DROP_WORD] = { "drop-word", "DELETE FROM search_word WHERE rowid = ?1", NULL },
    [ADD_WORD] = { "add-word", "INSERT INTO search_word (folded, lang, written) VALUES (?1, ?2, ?3)", NULL },
};
const struct db_set search_index_set = STORE_SET(STORE_SEARCH_INDEX, "search-index", statements);

enum status search_index_courses(struct db_conn *conn, struct arena *a, struct search_course **courses, size_t *count)
{
    size_t room = 0;
    *courses = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &search_index_set, COURSES);
    while (db_next(&c)) {
        *courses = arena_grow(a, *courses, *count, &room, sizeof **courses);
        if (!*courses)
            break;
        (*courses)[(*count)++] = (struct search_course){ .course = db_text(&c, 0, a), .hash = db_text(&c, 1, a) };
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status search_index_words(struct db_conn *conn, struct arena *a, struct search_word **words, size_t *count)
{
    size_t room = 0;
    *words = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &search_index_set, WORDS);
    while (db_next(&c)) {
        *words = arena_grow(a, *words, *count, &room, sizeof **words);
        if (!*words)
            break;
        (*words)[(*count)++] =
            (struct search_word){ .lang = (enum lang)db_int(&c, 0), .folded = db_text(&c, 1, a), .id = db_int(&c, 2) };
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status search_index_drop(struct db_conn *conn, struct str course)
{
    enum status s = OK;
    for (int statement = DROP_TEXTS; s == OK && statement <= DROP_COURSE; statement++) {
        struct db_cursor c = db_query(conn, &search_index_set, statement);
        db_bind_text(&c, course);
        s = db_run(&c, NULL);
    }
    return s;
}

static enum status add_document(struct db_conn *conn, struct str course, const struct search_document *d)
{
    struct db_cursor c = db_query(conn, &search_index_set, ADD_DOCUMENT);
    db_bind_text(&c, course);
    db_bind_int(&c, d->kind);
    db_bind_text(&c, d->name);
    db_bind_int(&c, d->lang);
    enum status s = db_run(&c, NULL);
    if (s)
        return s;
    int64_t id = db_last_id(conn);
    c = db_query(conn, &search_index_set, ADD_TEXT);
    db_bind_int(&c, id);
    db_bind_text(&c, d->title);
    db_bind_text(&c, d->objectives);
    db_bind_text(&c, d->headings);
    db_bind_text(&c, d->body);
    return db_run(&c, NULL);
}

enum status search_index_put(struct db_conn *conn, const struct search_course *course)
{
    struct db_cursor c = db_query(conn, &search_index_set, ADD_COURSE);
    db_bind_text(&c, course->course);
    db_bind_text(&c, course->hash);
    enum status s = db_run(&c, NULL);
    for (size_t i = 0; s == OK && i < course->document_count; i++)
        s = add_document(conn, course->course, &course->documents[i]);
    return s;
}

enum status search_index_drop_word(struct db_conn *conn, const struct search_word *word)
{
    struct db_cursor c = db_query(conn, &search_index_set, DROP_WORD);
    db_bind_int(&c, word->id);
    return db_run(&c, NULL);
}

enum status search_index_put_word(struct db_conn *conn, const struct search_word *word)
{
    struct db_cursor c = db_query(conn, &search_index_set, ADD_WORD);
    db_bind_text(&c, word->folded);
    db_bind_int(&c, word->lang);
    db_bind_text(&c, word->written);
    return db_run(&c, NULL);
}
