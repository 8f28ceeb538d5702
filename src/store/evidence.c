/* evidence: see evidence.h. The primary key's order (learner, competence, level, course, item, attempt) is the order in
 * which evidence is folded into standings: the last row of an item is its latest attempt, and no sort is needed. */
#include "store/evidence.h"

enum { ADD, OF_COMPETENCE, OF_LEARNER, ALL, PUT_STANDING, ALL_STANDINGS, COMPETENCES };

#define ROW "learner, competence, level, course, item, points"
#define KEY_ORDER " ORDER BY learner, competence, level, course, item, attempt"

static const struct db_statement statements[] = {
    [ADD] = { "add",
              "INSERT INTO evidence (learner, competence, level, course, item, attempt, points, day)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
              NULL },
    [OF_COMPETENCE] = { "of-competence",
                        "SELECT " ROW " FROM evidence WHERE learner = ?1 AND competence = ?2" KEY_ORDER, NULL },
    [OF_LEARNER] = { "of-learner", "SELECT " ROW " FROM evidence WHERE learner = ?1" KEY_ORDER, NULL },
    [ALL] = { "all", "SELECT " ROW " FROM evidence" KEY_ORDER, "verify reads every fact" },
    [PUT_STANDING] = { "put-standing",
                       "INSERT INTO standing (learner, competence, assessable, level) VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT (learner, competence) DO UPDATE SET assessable = excluded.assessable,"
                       " level = excluded.level",
                       NULL },
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

/* Folds evidence rows, in key order, into one standing after the other. */
struct fold {
    struct db_cursor cursor;
    struct arena *texts; /* reset by the owner between standings where there are many */
    bool row;            /* the cursor stands on a row that is not yet folded */
    int64_t learner;     /* of the row */
    struct str competence;
    int level;
    struct str course, item;
    int points;
};

static void fold_read(struct fold *f)
{
    f->row = db_next(&f->cursor);
    if (!f->row)
        return;
    f->learner = db_int(&f->cursor, 0);
    f->competence = db_text(&f->cursor, 1, f->texts);
    f->level = (int)db_int(&f->cursor, 2);
    f->course = db_text(&f->cursor, 3, f->texts);
    f->item = db_text(&f->cursor, 4, f->texts);
    f->points = (int)db_int(&f->cursor, 5);
}

/* The next learner and competence with their evidence by level; false at the end. */
static bool fold_next(struct fold *f, int64_t *learner, struct standing_row *out)
{
    if (!f->row)
        return false;
    *learner = f->learner;
    *out = (struct standing_row){ .competence = f->competence };
    while (f->row && f->learner == *learner && str_equal(f->competence, out->competence)) {
        int level = f->level, points = f->points;
        struct str course = f->course, item = f->item;
        fold_read(f);
        bool again = f->row && f->learner == *learner && f->level == level && str_equal(f->competence, out->competence) &&
                     str_equal(f->course, course) && str_equal(f->item, item);
        if (again)
            continue; /* a later attempt of the same item follows: that one counts */
        out->levels[level].items++;
        out->levels[level].points += points;
    }
    out->standing = competence_standing(out->levels);
    return true;
}

static enum status put_standing(struct db_conn *conn, int64_t learner, const struct standing_row *row)
{
    struct db_cursor c = db_query(conn, &evidence_set, PUT_STANDING);
    db_bind_int(&c, learner);
    db_bind_text(&c, row->competence);
    db_bind_int(&c, row->standing.assessable);
    db_bind_int(&c, row->standing.level);
    return db_run(&c, NULL);
}

enum status standing_derive(struct db_conn *conn, int64_t learner, struct str competence)
{
    struct arena texts;
    arena_init(&texts, 4 * 1024 * 1024);
    struct fold f = { .cursor = db_query(conn, &evidence_set, OF_COMPETENCE), .texts = &texts };
    db_bind_int(&f.cursor, learner);
    db_bind_text(&f.cursor, competence);
    fold_read(&f);
    struct standing_row row;
    bool any = fold_next(&f, &learner, &row);
    enum status s = db_end(&f.cursor);
    if (s == OK)
        s = arena_status(&texts);
    if (s == OK && any)
        s = put_standing(conn, learner, &row);
    arena_release(&texts);
    return s;
}

enum status standings_of(struct db_conn *conn, int64_t learner, struct arena *a, struct standing_row **rows, size_t *count)
{
    size_t room = 0;
    *rows = NULL;
    *count = 0;
    struct fold f = { .cursor = db_query(conn, &evidence_set, OF_LEARNER), .texts = a };
    db_bind_int(&f.cursor, learner);
    fold_read(&f);
    while (f.row && (*rows = arena_grow(a, *rows, *count, &room, sizeof **rows)) &&
           fold_next(&f, &learner, &(*rows)[*count]))
        (*count)++;
    enum status s = db_end(&f.cursor);
    return s ? s : arena_status(a);
}

/* The stored standings beside the rebuilt ones, both in the order of (learner, competence). */
static bool stored_equals(struct db_cursor *stored, int64_t learner, const struct standing_row *row, struct arena *texts)
{
    return db_next(stored) && db_int(stored, 0) == learner && str_equal(db_text(stored, 1, texts), row->competence) &&
           (db_int(stored, 2) == 1) == row->standing.assessable && db_int(stored, 3) == row->standing.level;
}

enum status standing_count_wrong(struct db_conn *conn, int64_t *checked, int64_t *wrong)
{
    *checked = *wrong = 0;
    struct arena texts[2]; /* in turns: the row read ahead must survive the reset */
    arena_init(&texts[0], 4 * 1024 * 1024);
    arena_init(&texts[1], 4 * 1024 * 1024);
    struct db_cursor stored = db_query(conn, &evidence_set, ALL_STANDINGS);
    struct fold f = { .cursor = db_query(conn, &evidence_set, ALL), .texts = &texts[0] };
    fold_read(&f);
    int64_t learner;
    struct standing_row row;
    for (int turn = 1; f.row; turn = !turn) {
        f.texts = &texts[turn];
        arena_reset(f.texts);
        f.competence = str_copy(f.texts, f.competence);
        f.course = str_copy(f.texts, f.course);
        f.item = str_copy(f.texts, f.item);
        if (!fold_next(&f, &learner, &row))
            break;
        ++*checked;
        if (!stored_equals(&stored, learner, &row, &texts[turn]))
            ++*wrong; /* once out of step, all that follow count as wrong: the answer is "rebuild" anyway */
    }
    while (db_next(&stored))
        ++*wrong;
    enum status s = db_end(&f.cursor), t = db_end(&stored);
    if (arena_status(&texts[0]) || arena_status(&texts[1]))
        s = NO_MEMORY;
    arena_release(&texts[0]);
    arena_release(&texts[1]);
    return s ? s : t;
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
