/* page_unit: GET /units, which unit?, and GET /units/{unit}, the report as a page (csv and json: report.c). */
#include "page/page.h"
#include "page/report.h"
#include "page/study.h"
#include "store/org.h"

/* ---------- shares as the templates want them ---------- */

/* Heat map step 1..6: bounds 35, 50, 65, 75, 85. */
static int step_of(struct disclosure_share share)
{
    static const int bounds[] = { 35, 50, 65, 75, 85 };
    int step = 1;
    while (step < 6 && share.percent >= bounds[step - 1])
        step++;
    return share.edge < 0 && step > 1 ? step - 1 : step; /* "under 50 %" is below 50 */
}

static void put_share(struct doc_node *map, const char *key, const struct cell *c, struct disclosure_share share)
{
    struct doc_node *node = doc_put_map(map, key);
    doc_put_percent(node, "percent", share.percent);
    doc_put_bool(node, "is_about", share.edge == 0);
    doc_put_bool(node, "is_under", share.edge < 0);
    doc_put_bool(node, "is_over", share.edge > 0);
    doc_put_int(node, "width", share.percent);
    doc_put_int(node, "step", step_of(share));
    doc_put_int(node, "n", c->people);
}

static void put_counted_in(struct exchange *x, const struct cell *c, struct doc_node *map)
{
    if (c && !c->own)
        doc_put_text(map, "counted_in", report_group_name(x, c->counted_name, c->counted_rest));
    else
        doc_put_null(map, "counted_in");
}

static void put_reached(struct exchange *x, const struct cell *c, const char *key, struct doc_node *map)
{
    if (c && c->own)
        put_share(map, key, c, report_reached(c));
    else
        doc_put_null(map, key);
    put_counted_in(x, c, map);
}

/* ---------- subjects ---------- */

struct subject_list {
    struct str *subjects;
    size_t count;
};

/* Subjects with a prefix of which the unit or a child has a cell, in the cells' order. */
static struct subject_list subjects_of(struct exchange *x, const struct report *r, const char *prefix)
{
    struct subject_list list = { 0 };
    size_t room = 0;
    for (size_t i = 0; i < r->cells.count; i++) {
        struct str subject = r->cells.cells[i].subject;
        size_t k = 0;
        while (k < list.count && !str_equal(list.subjects[k], subject))
            k++;
        if (k < list.count || !str_starts(subject, str_of(prefix)))
            continue;
        list.subjects = arena_grow(x->arena, list.subjects, list.count, &room, sizeof *list.subjects);
        if (!list.subjects)
            return (struct subject_list){ 0 };
        list.subjects[list.count++] = subject;
    }
    return list;
}

static struct str title_of(const struct exchange *x, struct str subject)
{
    struct str id = subject, kind = str_cut(&id, ':');
    if (str_is(kind, "competence")) {
        const struct competence *c = framework_find(x->app->framework, id);
        return c ? c->title[x->lang] : id;
    }
    const struct course *course = catalogue_course(x->catalogue, id);
    return course ? course->title : id;
}

/* ---------- parts of the page ---------- */

/* Places of a snapshot are those of its day: whether the reader may open a unit is asked of its place today. */
static void put_unit_link(struct exchange *x, const struct snapshot_unit *u, struct doc_node *map)
{
    struct access_target target = { .unit_place = u->place_today };
    if (access_decide(ACCESS_UNIT_REPORT, &x->visitor.viewer, target) == ACCESS_ALLOWED)
        doc_put_url(map, "url", str_format(x->arena, "/units/%.*s", STR_ARG(u->code)));
    else
        doc_put_null(map, "url");
}

static void put_crumbs(struct exchange *x, const struct report *r)
{
    struct doc_node *list = doc_put_list(x->doc->view, "crumbs");
    for (size_t i = 0; i < r->path.count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "label", r->path.units[i].name);
        if (i + 1 < r->path.count)
            put_unit_link(x, &r->path.units[i], row);
        else
            doc_put_null(row, "url");
    }
}

/* One sentence: the competence nearest to its target, and the one farthest from it. */
static struct str lead_of(const struct exchange *x, const struct report *r, const struct subject_list *competences)
{
    struct str strong = STR_NONE, weak = STR_NONE;
    int best = -1, worst = 101;
    for (size_t i = 0; i < competences->count; i++) {
        const struct cell *c = report_cell(r, r->unit.place, CELL_UNIT, competences->subjects[i]);
        int percent = c && c->own ? report_reached(c).percent : -1;
        if (percent > best) {
            best = percent;
            strong = title_of(x, competences->subjects[i]);
        }
        if (percent >= 0 && percent < worst) {
            worst = percent;
            weak = title_of(x, competences->subjects[i]);
        }
    }
    if (!weak.len)
        return exchange_say(x, "report-lead-none");
    struct message_param params[] = { PARAM_OF_TEXT("strong", strong), PARAM_OF_TEXT("weak", weak) };
    bool one = str_equal(strong, weak) || best == worst;
    struct str id = one ? STR("report-lead-one") : STR("report-lead-strong-weak");
    return message_text(x->app->messages, x->arena, x->lang, id, params, 2);
}

static struct str share_text(const struct exchange *x, const struct cell *c)
{
    if (!c || !c->own)
        return exchange_say(x, "report-not-shown");
    struct disclosure_share share = report_reached(c);
    struct message_param percent = PARAM_OF_PERCENT("percent", share.percent);
    struct str id = share.edge < 0 ? STR("report-under") : share.edge > 0 ? STR("report-over") : STR("report-about");
    return message_text(x->app->messages, x->arena, x->lang, id, &percent, 1);
}

static void put_figure(struct doc_node *list, struct str label, struct str value, struct str note)
{
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "label", label);
    doc_put_text(row, "value", value);
    doc_put_text(row, "note", note);
}

static void put_figures(struct exchange *x, const struct report *r, const struct subject_list *competences,
                        const struct subject_list *courses)
{
    struct doc_node *list = doc_put_list(x->doc->view, "figures");
    const struct cell *everybody = report_cell(r, r->unit.place, CELL_UNIT, STR("participation"));
    struct str people = everybody && everybody->own ? format_int(x->arena, x->lang, everybody->people)
                                                    : exchange_say(x, "report-people-few");
    put_figure(list, exchange_say(x, "report-figure-people"), people, exchange_say(x, "report-figure-people-note"));
    put_figure(list, exchange_say(x, "report-figure-active"), share_text(x, everybody),
               exchange_say(x, "report-figure-active-note"));
    if (courses->count) {
        const struct cell *c = report_cell(r, r->unit.place, CELL_UNIT, courses->subjects[0]);
        put_figure(list, exchange_say(x, "report-figure-finished"), share_text(x, c),
                   title_of(x, courses->subjects[0]));
    }
    int64_t with_value = 0;
    for (size_t i = 0; i < competences->count; i++) {
        const struct cell *c = report_cell(r, r->unit.place, CELL_UNIT, competences->subjects[i]);
        with_value += c && c->own;
    }
    struct message_param params[] = { PARAM_OF_INT("n", with_value), PARAM_OF_INT("of", (int64_t)competences->count) };
    put_figure(list, exchange_say(x, "report-figure-coverage"), format_int(x->arena, x->lang, with_value),
               message_text(x->app->messages, x->arena, x->lang, STR("report-figure-coverage-note"), params, 2));
}

static void put_heat_row(struct exchange *x, const struct report *r, int32_t place, enum cell_kind kind,
                         const struct subject_list *competences, struct doc_node *list)
{
    const struct snapshot_unit *u = report_unit(r, place);
    const struct cell *everybody = report_cell(r, place, kind, STR("participation"));
    bool shown = everybody && everybody->own, is_own = place == r->unit.place && kind == CELL_UNIT;
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "name", report_group_name(x, u ? u->name : STR_NONE, kind == CELL_REST));
    if (is_own || kind == CELL_REST || !u)
        doc_put_null(row, "url");
    else
        put_unit_link(x, u, row);
    doc_put_text(row, "people",
                 shown ? format_int(x->arena, x->lang, everybody->people) : exchange_say(x, "report-people-few"));
    doc_put_bool(row, "is_own", is_own);
    doc_put_bool(row, "is_rest", kind == CELL_REST);
    struct doc_node *squares = doc_put_list(row, "squares");
    for (size_t i = 0; i < competences->count; i++)
        put_reached(x, report_cell(r, place, kind, competences->subjects[i]), "share", doc_add_map(squares));
}

static bool has_rest(const struct report *r)
{
    for (size_t i = 0; i < r->cells.count; i++)
        if (r->cells.cells[i].place == r->unit.place && r->cells.cells[i].kind == CELL_REST)
            return true;
    return false;
}

static void put_heat_map(struct exchange *x, const struct report *r, const struct subject_list *competences)
{
    struct doc_node *subjects = doc_put_list(x->doc->view, "subjects");
    for (size_t i = 0; i < competences->count; i++)
        doc_put_text(doc_add_map(subjects), "title", title_of(x, competences->subjects[i]));
    struct doc_node *units = doc_put_list(x->doc->view, "units");
    for (size_t i = 0; i < r->children.count; i++)
        put_heat_row(x, r, r->children.units[i].place, CELL_UNIT, competences, units);
    if (has_rest(r))
        put_heat_row(x, r, r->unit.place, CELL_REST, competences, units);
    put_heat_row(x, r, r->unit.place, CELL_UNIT, competences, units);
}

static void put_own_rows(struct exchange *x, const struct report *r, const char *key,
                         const struct subject_list *subjects, const char *share_key, bool with_assessed)
{
    struct doc_node *list = doc_put_list(x->doc->view, key);
    for (size_t i = 0; i < subjects->count; i++) {
        const struct cell *c = report_cell(r, r->unit.place, CELL_UNIT, subjects->subjects[i]);
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "title", title_of(x, subjects->subjects[i]));
        doc_put_text(row, "people",
                     c && c->own ? format_int(x->arena, x->lang, c->people) : exchange_say(x, "report-people-few"));
        put_reached(x, c, share_key, row);
        if (with_assessed && c && c->own)
            put_share(row, "assessed", c, report_assessed(c));
        else if (with_assessed)
            doc_put_null(row, "assessed");
    }
}

static void put_report(struct exchange *x, const struct report *r)
{
    struct doc_node *view = x->doc->view;
    struct subject_list competences = subjects_of(x, r, "competence:"), courses = subjects_of(x, r, "course:");
    put_crumbs(x, r);
    doc_put_text(view, "lead", lead_of(x, r, &competences));
    put_figures(x, r, &competences, &courses);
    put_heat_map(x, r, &competences);
    put_own_rows(x, r, "competences", &competences, "reached", true);
    put_own_rows(x, r, "courses", &courses, "finished", false);
    doc_put_url(view, "csv_url", str_format(x->arena, "/units/%.*s.csv", STR_ARG(r->unit.code)));
    doc_put_url(view, "json_url", str_format(x->arena, "/units/%.*s.json", STR_ARG(r->unit.code)));
}

/* Before the first snapshot, or for a unit that came after it. */
static void put_empty(struct exchange *x)
{
    static const char *const lists[] = { "cells", "coverage", "courses", "participation", "children" };
    struct doc_node *data = x->doc->data;
    doc_put_null(data, "snapshot");
    doc_put_null(data, "n");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        doc_put_list(data, lists[i]);
    struct doc_node *crumb = doc_add_map(doc_put_list(x->doc->view, "crumbs"));
    doc_put_text(crumb, "label", x->unit.name);
    doc_put_null(crumb, "url");
}

struct viewing {
    int64_t person, now;
    struct str code;
};

static enum status write_viewing(struct db_conn *conn, void *job)
{
    const struct viewing *v = job;
    return report_view_add(conn, v->person, v->code, v->now);
}

/* No figures without a record of who saw them: where it cannot be written, the report is not shown either (503). HEAD shows
 * none. */
static enum status record_viewing(struct exchange *x)
{
    struct viewing viewing = { x->visitor.person, x->request->now, x->unit.code };
    return x->request->head ? OK : exchange_write(x, write_viewing, &viewing);
}

enum status page_unit(struct exchange *x)
{
    struct report report;
    enum status s = report_read(x, &report);
    if (s && s != NOT_FOUND)
        return s;
    doc_put_text(x->doc->data, "code", x->unit.code);
    doc_put_text(x->doc->data, "name", x->unit.name);
    if (s == NOT_FOUND) {
        put_empty(x);
    } else {
        report_put_data(x, &report);
        if (x->request->format == FORMAT_HTML)
            put_report(x, &report);
    }
    exchange_title(x, x->unit.name);
    return record_viewing(x);
}

enum status page_units(struct exchange *x)
{
    struct unit_list units;
    if (!viewer_has(&x->visitor.viewer, ROLE_LEAD) && !viewer_has(&x->visitor.viewer, ROLE_HR))
        return FORBIDDEN;
    enum status s = units_of_viewer(x->view, x->visitor.person, x->arena, &units);
    if (s)
        return s;
    if (units.count == 1 && x->request->format == FORMAT_HTML) {
        exchange_redirect(x, str_format(x->arena, "/units/%.*s", STR_ARG(units.units[0].code)));
        return OK;
    }
    struct doc_node *list = doc_put_list(x->doc->data, "units");
    for (size_t i = 0; i < units.count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "code", units.units[i].code);
        doc_put_text(row, "name", units.units[i].name);
        doc_put_url(row, "url", str_format(x->arena, "/units/%.*s", STR_ARG(units.units[i].code)));
    }
    exchange_title(x, exchange_say(x, "report-start-title"));
    return OK;
}
