/* report: see report.h. */
#include "page/report.h"

static const char competence_prefix[] = "competence:";
static const char course_prefix[] = "course:";

enum status report_read(struct exchange *x, struct report *r)
{
    *r = (struct report){ 0 };
    enum status s = snapshot_latest(x->view, x->arena, &r->snapshot);
    if (s == OK)
        s = snapshot_unit_find(x->view, r->snapshot.id, x->unit.code, x->arena, &r->unit);
    if (s == OK)
        s = snapshot_path(x->view, r->snapshot.id, r->unit.place, x->arena, &r->path);
    if (s == OK)
        s = snapshot_children(x->view, r->snapshot.id, r->unit.place, x->arena, &r->children);
    return s ? s : snapshot_cells(x->view, r->snapshot.id, r->unit.place, x->arena, &r->cells);
}

const struct cell *report_cell(const struct report *r, int32_t place, enum cell_kind kind, struct str subject)
{
    for (size_t i = 0; i < r->cells.count; i++) {
        const struct cell *c = &r->cells.cells[i];
        if (c->place == place && c->kind == kind && str_equal(c->subject, subject))
            return c;
    }
    return NULL;
}

const struct snapshot_unit *report_unit(const struct report *r, int32_t place)
{
    if (r->unit.place == place)
        return &r->unit;
    for (size_t i = 0; i < r->children.count; i++)
        if (r->children.units[i].place == place)
            return &r->children.units[i];
    return NULL;
}

struct str report_group_code(const struct exchange *x, struct str code, bool rest)
{
    return rest ? str_format(x->arena, "%.*s*", STR_ARG(code)) : code;
}

struct str report_group_name(const struct exchange *x, struct str name, bool rest)
{
    struct message_param of = PARAM_OF_TEXT("name", name);
    return rest ? message_text(x->app->messages, x->arena, x->lang, STR("report-rest"), &of, 1) : name;
}

struct disclosure_share report_reached(const struct cell *c)
{
    return disclosure_wording(c->reached, c->people, c->steps);
}

struct disclosure_share report_assessed(const struct cell *c)
{
    return disclosure_wording(c->assessed, c->people, c->steps);
}

/* ---------- the public contract ---------- */

static const struct doc_column columns[] = {
    { "unit", "report-unit" },       { "function", "report-function" }, { "competence", "report-competence" },
    { "n", "report-people" },        { "share", "report-share" },       { "edge", "report-edge" },
    { "counted_in", "report-counted-in-heading" },
};

static struct str without_prefix(struct str subject, const char *prefix)
{
    return str_from(subject, strlen(prefix));
}

static void put_figures(struct exchange *x, const struct cell *c, struct disclosure_share share,
                        struct doc_node *row)
{
    if (!c->own) {
        doc_put_null(row, "n");
        doc_put_null(row, "share");
        doc_put_null(row, "edge");
        doc_put_text(row, "counted_in", report_group_code(x, c->counted_code, c->counted_rest));
        return;
    }
    doc_put_int(row, "n", c->people);
    doc_put_int(row, "share", share.percent);
    if (share.edge)
        doc_put_text(row, "edge", share.edge < 0 ? STR("under") : STR("over"));
    else
        doc_put_null(row, "edge");
    doc_put_null(row, "counted_in");
}

static void put_row(struct exchange *x, const struct report *r, const struct cell *c, const char *subject_key,
                    struct str subject, struct disclosure_share share, struct doc_node *row)
{
    const struct snapshot_unit *u = report_unit(r, c->place);
    doc_put_text(row, "unit", u ? report_group_code(x, u->code, c->kind == CELL_REST) : STR_NONE);
    doc_put_null(row, "function");
    doc_put_text(row, subject_key, subject);
    put_figures(x, c, share, row);
}

static struct disclosure_share share_or_nothing(const struct cell *c, bool assessed)
{
    if (!c->own)
        return (struct disclosure_share){ 0 };
    return assessed ? report_assessed(c) : report_reached(c);
}

static void put_cells(struct exchange *x, const struct report *r)
{
    struct doc_node *data = x->doc->data;
    struct doc_node *cells = doc_put_table(x->doc, data, "cells", columns, sizeof columns / sizeof *columns);
    struct doc_node *coverage = doc_put_list(data, "coverage"), *courses = doc_put_list(data, "courses");
    struct doc_node *participation = doc_put_list(data, "participation");
    for (size_t i = 0; i < r->cells.count; i++) {
        const struct cell *c = &r->cells.cells[i];
        struct disclosure_share reached = share_or_nothing(c, false);
        if (str_starts(c->subject, str_of(competence_prefix))) {
            struct str competence = without_prefix(c->subject, competence_prefix);
            put_row(x, r, c, "competence", competence, reached, doc_add_row(cells));
            put_row(x, r, c, "competence", competence, share_or_nothing(c, true), doc_add_map(coverage));
        } else if (str_starts(c->subject, str_of(course_prefix))) {
            put_row(x, r, c, "course", without_prefix(c->subject, course_prefix), reached, doc_add_map(courses));
        } else {
            put_row(x, r, c, "subject", c->subject, reached, doc_add_map(participation));
        }
    }
}

static void put_people(struct doc_node *map, const struct cell *c)
{
    if (c && c->own)
        doc_put_int(map, "n", c->people);
    else
        doc_put_null(map, "n");
}

void report_put_data(struct exchange *x, const struct report *r)
{
    struct doc_node *data = x->doc->data;
    struct str everybody = STR("participation");
    doc_put_day(data, "snapshot", r->snapshot.day);
    put_people(data, report_cell(r, r->unit.place, CELL_UNIT, everybody));
    put_cells(x, r);
    struct doc_node *children = doc_put_list(data, "children");
    for (size_t i = 0; i < r->children.count; i++) {
        struct doc_node *row = doc_add_map(children);
        doc_put_text(row, "code", r->children.units[i].code);
        doc_put_text(row, "name", r->children.units[i].name);
        put_people(row, report_cell(r, r->children.units[i].place, CELL_UNIT, everybody));
    }
}
