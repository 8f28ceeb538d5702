/* evidence: see evidence.h. The primary key's order (learner, course, item, attempt) is the order in which evidence is
 * tallied: the last row of an item is its latest answer, whatever competence and level the item had before, and no sort
 * is needed. */
#include "store/evidence.h"

enum { ADD, OF_LEARNER, ALL, DROP_STANDINGS, ADD_STANDING, ALL_STANDINGS, COMPETENCES };

#define ROWS "SELECT learner, course, item, competence, level, points FROM evidence"
#define KEY_ORDER " ORDER BY learner, course, item, attempt"

static const struct db_statement statements[] = {
    [ADD] = { "add",
              "INSERT INTO evidence (learner, competence, level, course, item, attempt, points, day)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
              NULL },
    [OF_LEARNER] = { "of-learner", ROWS " WHERE learner = ?1" KEY_ORDER, NULL },
    [ALL] = { "all", ROWS KEY_ORDER, "verify reads every fact" },
    [DROP_STANDINGS] = { "drop-standings", "DELETE FROM standing WHERE learner = ?1", NULL },
    [ADD_STANDING] = { "add-standing",
                       "INSERT INTO standing (learner, competence, assessable, level) VALUES (?1, ?2, ?3, ?4)", NULL },
    [ALL_STANDINGS] = { "all-standings",
                        "SELECT learner, competence, assessable, level FROM standing ORDER BY learner, competence",
                        "verify reads every derived row" },
    [COMPETENCES] = { "competences", "SELECT DISTINCT competence FROM standing ORDER BY competence",
                      "once a cut, to know its subjects" },
};
const struct db_set evidence_set = STORE_SET(STORE_EVIDENCE, "evidence", statements);

enum status evidence_add(struct db_conn *conn, const struct evidence *e)
{
    struct db_cursor c = db_query(conn, &evidence_set, ADD);
    db_bind_int(&c, e->learner);
    db_bind_text(&c, e->competence);
    db_bind_int(&c, e->level);
    db_bind_text(&c, e->course);
    db_bind_text(&c, e->item);
    db_bind_int(&c, e->attempt);
    db_bind_int(&c, e->points);
    db_bind_int(&c, e->day);
    return db_run(&c, NULL);
}

/* ---- tallying: evidence in key order becomes standings ---- */

/* Reads one row ahead, to see whether a later answer to the same item follows. */
struct reading {
    struct db_cursor cursor;
    struct arena *texts; /* of the rows; reset by the owner between learners where there are many */
    bool row;            /* next holds a row that is not yet tallied */
    struct evidence next;
};

static void read_next(struct reading *r)
{
    r->row = db_next(&r->cursor);
    if (!r->row)
        return;
    r->next = (struct evidence){
        .learner = db_int(&r->cursor, 0),
        .course = db_text(&r->cursor, 1, r->texts),
        .item = db_text(&r->cursor, 2, r->texts),
        .competence = db_text(&r->cursor, 3, r->texts),
        .level = (int)db_int(&r->cursor, 4),
        .points = (int)db_int(&r->cursor, 5),
    };
}

static bool is_same_item(const struct evidence *a, const struct evidence *b)
{
    return a->learner == b->learner && str_equal(a->course, b->course) && str_equal(a->item, b->item);
}

/* The standings of one learner, sorted by competence. */
struct tally {
    struct arena *arena;
    struct standing_row *rows;
    size_t count, room;
};

/* The row of a competence, made where there is none; NULL: no memory. */
static struct standing_row *row_of(struct tally *t, struct str competence)
{
    size_t at = 0;
    while (at < t->count && str_compare(t->rows[at].competence, competence) < 0)
        at++;
    if (at < t->count && str_equal(t->rows[at].competence, competence))
        return &t->rows[at];
    t->rows = arena_grow(t->arena, t->rows, t->count, &t->room, sizeof *t->rows);
    if (!t->rows)
        return NULL;
    for (size_t i = t->count++; i > at; i--)
        t->rows[i] = t->rows[i - 1];
    t->rows[at] = (struct standing_row){ .competence = competence };
    return &t->rows[at];
}

/* Of the learner at whom the reading stands: each item once, by its latest answer. */
static enum status tally_learner(struct reading *r, struct tally *t)
{
    int64_t learner = r->next.learner;
    while (r->row && r->next.learner == learner) {
        struct evidence e = r->next;
        read_next(r);
        if (r->row && is_same_item(&e, &r->next))
            continue;
        struct standing_row *row = row_of(t, e.competence);
        if (!row)
            return NO_MEMORY;
        row->levels[e.level].items++;
        row->levels[e.level].points += e.points;
    }
    for (size_t i = 0; i < t->count; i++)
        t->rows[i].standing = competence_standing(t->rows[i].levels);
    return OK;
}

enum status standings_of(struct db_conn *conn, int64_t learner, struct arena *a, struct standing_row **rows,
                         size_t *count)
{
    struct tally t = { .arena = a };
    struct reading r = { .cursor = db_query(conn, &evidence_set, OF_LEARNER), .texts = a };
    db_bind_int(&r.cursor, learner);
    read_next(&r);
    enum status tallied = r.row ? tally_learner(&r, &t) : OK, s = db_end(&r.cursor);
    *rows = t.rows;
    *count = t.count;
    return s ? s : tallied ? tallied : arena_status(a);
}

/* ---- keeping ---- */

static enum status drop_standings(struct db_conn *conn, int64_t learner)
{
    struct db_cursor c = db_query(conn, &evidence_set, DROP_STANDINGS);
    db_bind_int(&c, learner);
    return db_run(&c, NULL);
}

static enum status add_standing(struct db_conn *conn, int64_t learner, const struct standing_row *row)
{
    struct db_cursor c = db_query(conn, &evidence_set, ADD_STANDING);
    db_bind_int(&c, learner);
    db_bind_text(&c, row->competence);
    db_bind_int(&c, row->standing.assessable);
    db_bind_int(&c, row->standing.level);
    return db_run(&c, NULL);
}

enum status standings_derive(struct db_conn *conn, int64_t learner)
{
    enum { CEILING = 16 * 1024 * 1024 };
    struct arena a;
    struct standing_row *rows;
    size_t count;
    arena_init(&a, CEILING);
    enum status s = standings_of(conn, learner, &a, &rows, &count);
    if (s == OK)
        s = drop_standings(conn, learner);
    for (size_t i = 0; s == OK && i < count; i++)
        s = add_standing(conn, learner, &rows[i]);
    arena_release(&a);
    return s;
}

/* ---- comparing ---- */

/* The stored standings beside the rebuilt ones, both in the order of (learner, competence). */
static bool stored_equals(struct db_cursor *stored, int64_t learner, const struct standing_row *row,
                          struct arena *texts)
{
    return db_next(stored) && db_int(stored, 0) == learner && str_equal(db_text(stored, 1, texts), row->competence) &&
           (db_int(stored, 2) == 1) == row->standing.assessable && db_int(stored, 3) == row->standing.level;
}

/* Once out of step, all that follow count as wrong: the answer is "rebuild" anyway. */
static enum status compare_learner(struct reading *r, struct db_cursor *stored, int64_t *checked, int64_t *wrong)
{
    int64_t learner = r->next.learner;
    struct tally t = { .arena = r->texts };
    enum status s = tally_learner(r, &t);
    for (size_t i = 0; i < t.count; i++, ++*checked)
        *wrong += !stored_equals(stored, learner, &t.rows[i], r->texts);
    return s ? s : arena_status(r->texts);
}

/* Into the other arena, which is empty: the row read ahead survives the learner before it. */
static void turn_to(struct reading *r, struct arena *texts)
{
    arena_reset(texts);
    r->texts = texts;
    r->next.course = str_copy(texts, r->next.course);
    r->next.item = str_copy(texts, r->next.item);
    r->next.competence = str_copy(texts, r->next.competence);
}

enum status standing_count_wrong(struct db_conn *conn, int64_t *checked, int64_t *wrong)
{
    enum { CEILING = 16 * 1024 * 1024 };
    *checked = *wrong = 0;
    struct arena texts[2]; /* in turns */
    arena_init(&texts[0], CEILING);
    arena_init(&texts[1], CEILING);
    struct db_cursor stored = db_query(conn, &evidence_set, ALL_STANDINGS);
    struct reading r = { .cursor = db_query(conn, &evidence_set, ALL), .texts = &texts[0] };
    read_next(&r);
    enum status compared = OK;
    for (int turn = 1; r.row && compared == OK; turn = !turn) {
        turn_to(&r, &texts[turn]);
        compared = compare_learner(&r, &stored, checked, wrong);
    }
    while (db_next(&stored))
        ++*wrong;
    enum status s = db_end(&r.cursor), t = db_end(&stored);
    arena_release(&texts[0]);
    arena_release(&texts[1]);
    return s ? s : t ? t : compared;
}

enum status evidence_competences(struct db_conn *conn, struct arena *a, struct str **list, size_t *count)
{
    size_t room = 0;
    *list = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &evidence_set, COMPETENCES);
    while (db_next(&c) && (*list = arena_grow(a, *list, *count, &room, sizeof **list)))
        (*list)[(*count)++] = db_text(&c, 0, a);
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}
