/* cut: see cut.h. */
#include "task/cut.h"

#include "ext/digest.h"
#include "ext/token.h"
#include "rules/disclosure.h"
#include "store/evidence.h"
#include "store/lane.h"
#include "store/org.h"
#include "store/snapshot.h"

#include <assert.h>

struct cutting {
    const struct cut *cut;
    struct arena *arena;
    struct unit_list units;
    struct disclosure_unit *counts; /* of the subject at hand, one per unit */
    struct str subject;
    struct cell_list cells;
    size_t room;
    int subjects;
};

/* ---------- counting ---------- */

static int index_of_place(const struct unit_list *units, int32_t place)
{
    size_t low = 0, high = units->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (units->units[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < units->count && units->units[low].place == place ? (int)low : -1;
}

static void take_count(void *context, struct lane_count count)
{
    struct cutting *c = context;
    int i = index_of_place(&c->units, count.place);
    if (i < 0)
        return; /* a unit that came after the list was read in this same view: cannot be */
    c->counts[i].people = count.people;
    c->counts[i].assessed = count.assessed;
    c->counts[i].reached = count.reached;
}

static void clear_counts(struct cutting *c)
{
    for (size_t i = 0; i < c->units.count; i++)
        c->counts[i] = (struct disclosure_unit){ .parent = index_of_place(&c->units, c->units.units[i].parent) };
}

/* ---------- protecting ---------- */

static uint32_t theta(void *context, int home, int people, int reached, int assessed)
{
    const struct cutting *c = context;
    char text[512]; /* subject and code are ids: 64 characters each and their prefix */
    int len = snprintf(text, sizeof text, "unit|%.*s|%.*s|%d|%d|%d", STR_ARG(c->subject),
                       STR_ARG(c->units.units[home].code), people, reached, assessed);
    assert(len > 0 && (size_t)len < sizeof text);
    uint32_t hash = (uint32_t)token_keyed64(c->cut->secret, (struct str){ text, (size_t)len });
    return hash ? hash : 1;
}

static void add_cell(struct cutting *c, struct cell cell)
{
    cell.subject = c->subject;
    c->cells.cells = arena_grow(c->arena, c->cells.cells, c->cells.count, &c->room, sizeof cell);
    if (c->cells.cells)
        c->cells.cells[c->cells.count++] = cell;
}

static int32_t place_of(const struct cutting *c, int unit)
{
    return unit < 0 ? -1 : c->units.units[unit].place;
}

static void add_unit_cell(struct cutting *c, int unit, const struct disclosure_cell *d)
{
    add_cell(c, (struct cell){
                    .place = place_of(c, unit),
                    .kind = CELL_UNIT,
                    .own = d->own,
                    .people = d->people,
                    .reached = d->shown_reached,
                    .assessed = d->shown_assessed,
                    .steps = d->m,
                    .counted_in = d->own ? -1 : place_of(c, d->counted_in),
                    .included_of = place_of(c, d->own ? d->included.of : -1),
                    .included_people = d->own && d->included.of >= 0 ? d->included.people : 0,
                });
}

static void add_rest_cell(struct cutting *c, int unit, const struct disclosure_group *g)
{
    add_cell(c, (struct cell){
                    .place = place_of(c, unit),
                    .kind = CELL_REST,
                    .own = true,
                    .people = g->people,
                    .reached = g->shown_reached,
                    .assessed = g->shown_assessed,
                    .steps = g->m,
                    .counted_in = -1,
                    .included_of = place_of(c, g->included.of),
                    .included_people = g->included.of >= 0 ? g->included.people : 0,
                });
}

static enum status protect_subject(struct cutting *c)
{
    struct disclosure_result result;
    struct disclosure_theta keyed = { theta, c };
    enum status s = disclosure_protect(c->counts, (int)c->units.count, CUT_K, keyed, c->arena, &result);
    if (s || !result.published)
        return s;
    c->subjects++;
    for (int i = 0; i < (int)c->units.count; i++) {
        const struct disclosure_cell *cell = &result.cells[i];
        if (cell->own || cell->counted_in >= 0)
            add_unit_cell(c, i, cell);
        if (cell->rest_group >= 0)
            add_rest_cell(c, i, &result.groups[cell->rest_group]);
    }
    return arena_status(c->arena);
}

/* ---------- the subjects ---------- */

static enum status cut_competences(struct cutting *c, struct db_conn *view)
{
    struct str *competences;
    size_t count;
    enum status s = evidence_competences(view, c->arena, &competences, &count);
    for (size_t i = 0; s == OK && i < count; i++) {
        clear_counts(c);
        c->subject = str_format(c->arena, "competence:%.*s", STR_ARG(competences[i]));
        s = lane_count_competence(view, competences[i], c->cut->day, (struct lane_counts){ take_count, c });
        if (s == OK)
            s = protect_subject(c);
    }
    return s;
}

static enum status cut_courses(struct cutting *c, struct db_conn *view)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < c->cut->course_count; i++) {
        clear_counts(c);
        c->subject = str_format(c->arena, "course:%.*s", STR_ARG(c->cut->courses[i]));
        s = lane_count_course(view, c->cut->courses[i], c->cut->day, (struct lane_counts){ take_count, c });
        if (s == OK)
            s = protect_subject(c);
    }
    return s;
}

static enum status cut_participation(struct cutting *c, struct db_conn *view)
{
    clear_counts(c);
    c->subject = STR("participation");
    enum status s = lane_count_participation(view, c->cut->day - PARTICIPATION_DAYS, c->cut->day,
                                             (struct lane_counts){ take_count, c });
    return s ? s : protect_subject(c);
}

static enum status cut_subjects(struct cutting *c, struct db_conn *view)
{
    enum status s = units_all(view, c->arena, &c->units);
    if (s == OK && c->units.count == 0)
        s = NOT_FOUND;
    if (s == OK && !(c->counts = ARENA_ARRAY(c->arena, c->units.count, struct disclosure_unit)))
        s = NO_MEMORY;
    if (s == OK)
        s = cut_competences(c, view);
    if (s == OK)
        s = cut_courses(c, view);
    return s ? s : cut_participation(c, view);
}

/* ---------- publishing ---------- */

static void digest_unit(void *digest, const struct snapshot_unit *u)
{
    char line[64];
    int len = snprintf(line, sizeof line, "unit %d %d %d ", (int)u->place, (int)u->last, (int)u->parent);
    digest_add(digest, (struct str){ line, (size_t)len });
    digest_add(digest, u->code);
    digest_add(digest, STR("\n"));
    digest_add(digest, u->name);
    digest_add(digest, STR("\n"));
}

static void digest_cell(void *digest, const struct cell *c)
{
    char line[256];
    int len = snprintf(line, sizeof line, "cell %d %d %d %d %lld %lld %d %d %d %d ", (int)c->place, (int)c->kind,
                       c->own, c->people, (long long)c->reached, (long long)c->assessed, c->steps, (int)c->counted_in,
                       (int)c->included_of, c->included_people);
    digest_add(digest, (struct str){ line, (size_t)len });
    digest_add(digest, c->subject);
    digest_add(digest, STR("\n"));
}

enum status cut_checksum(struct db_conn *conn, int64_t snapshot, struct arena *a, struct str *hex)
{
    struct digest digest;
    digest_start(&digest);
    enum status s = snapshot_read(conn, snapshot, (struct snapshot_reader){ digest_unit, digest_cell, &digest });
    *hex = digest_end(&digest, a);
    return s ? s : arena_status(a);
}

static struct snapshot_unit published_unit(const struct unit *u)
{
    return (struct snapshot_unit){
        .place = u->place, .last = u->last, .parent = u->parent, .code = u->code, .name = u->name
    };
}

/* In the order in which snapshot_read hands rows out: place, 'rest' before 'unit', subject. */
static int compare_cells(const void *left, const void *right)
{
    const struct cell *l = left, *r = right;
    if (l->place != r->place)
        return l->place < r->place ? -1 : 1;
    if (l->kind != r->kind)
        return l->kind == CELL_REST ? -1 : 1;
    return str_compare(l->subject, r->subject);
}

static struct str checksum_of(struct cutting *c)
{
    struct digest digest;
    digest_start(&digest);
    for (size_t i = 0; i < c->units.count; i++) {
        struct snapshot_unit u = published_unit(&c->units.units[i]);
        digest_unit(&digest, &u);
    }
    for (size_t i = 0; i < c->cells.count; i++)
        digest_cell(&digest, &c->cells.cells[i]);
    return digest_end(&digest, c->arena);
}

static enum status publish(struct db_conn *conn, void *job)
{
    struct cutting *c = job;
    int64_t id;
    struct snapshot snapshot = { .day = c->cut->day, .cut_at = c->cut->now, .k = CUT_K, .checksum = checksum_of(c) };
    enum status s = snapshot_add(conn, &snapshot, &id);
    for (size_t i = 0; s == OK && i < c->units.count; i++) {
        struct snapshot_unit u = published_unit(&c->units.units[i]);
        s = snapshot_add_unit(conn, id, &u);
    }
    for (size_t i = 0; s == OK && i < c->cells.count; i++)
        s = snapshot_add_cell(conn, id, &c->cells.cells[i]);
    return s ? s : arena_status(c->arena);
}

enum status cut_snapshot(struct db *db, const struct cut *cut, struct arena *a, struct cut_outcome *out)
{
    struct cutting c = { .cut = cut, .arena = a };
    struct snapshot before;
    struct db_conn *view;
    enum status s = db_view(db, &view);
    if (s)
        return s;
    s = snapshot_of_day(view, cut->day, a, &before);
    s = s == OK ? CONFLICT : s == NOT_FOUND ? cut_subjects(&c, view) : s;
    db_view_end(view);
    if (s)
        return s;
    qsort(c.cells.cells, c.cells.count, sizeof *c.cells.cells, compare_cells);
    *out = (struct cut_outcome){ (int)c.units.count, c.subjects, (int)c.cells.count };
    return db_bulk(db, publish, &c);
}
