/* page_packs: GET /packs, how the course packs stand, for trainers: what is live, what is wrong with the files as they are
 * now, and which lessons are past the day on which somebody should have read them again. */
#include "page/page.h"
#include "page/study.h"

static const char *state_of(const struct pack_status *pack)
{
    return pack->kept ? "kept" : pack->course ? "live" : "refused";
}

static void put_course(const struct course *course, struct doc_node *row)
{
    if (!course) {
        doc_put_null(row, "course");
        return;
    }
    struct doc_node *map = doc_put_map(row, "course");
    doc_put_text(map, "id", course->id);
    doc_put_text(map, "title", course->title);
    doc_put_text(map, "lang", course->tag);
    doc_put_text(map, "version", course->version);
    doc_put_urlf(map, "url", "/courses/%.*s", STR_ARG(course->id));
}

static void put_reviews(const struct exchange *x, const struct course *course, struct doc_node *row)
{
    struct doc_node *list = doc_put_list(row, "reviews");
    bool any = false;
    for (size_t i = 0; course && i < course->lesson_count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        if (lesson->review_by == 0 || lesson->review_by >= x->today)
            continue;
        struct doc_node *map = doc_add_map(list);
        any = true;
        doc_put_text(map, "title", lesson->title);
        doc_put_text(map, "lang", course->tag);
        doc_put_day(map, "day", lesson->review_by);
        doc_put_urlf(map, "url", "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(lesson->id));
    }
    doc_put_bool(row, "has_reviews", any);
}

/* Where the reference explains the first element that the words name, "<table>", and that it knows. */
static void put_reference(const struct exchange *x, struct str words, struct doc_node *map)
{
    while (words.len) {
        str_cut(&words, '<');
        struct str rest = words, name = str_cut(&rest, '>');
        if (!reference_entry_of(x->app->reference, name))
            continue;
        doc_put_urlf(map, "reference_url", "/packs/reference/%.*s", STR_ARG(name));
        return;
    }
    doc_put_null(map, "reference_url");
}

static void put_finding(const struct exchange *x, const struct finding *f, struct doc_node *map)
{
    const struct messages *messages = x->app->messages;
    struct str words = finding_what(f, messages, x->lang, x->arena);
    doc_put_text(map, "file", f->file);
    doc_put_int(map, "line", f->line);
    doc_put_int(map, "column", f->column);
    doc_put_text(map, "place", finding_place(f, x->arena));
    doc_put_text(map, "severity", f->severity == SEVERITY_ERROR ? STR("error") : STR("warning"));
    doc_put_bool(map, "is_error", f->severity == SEVERITY_ERROR);
    doc_put_text(map, "code", str_of(f->code));
    doc_put_text(map, "message", words);
    put_reference(x, words, map);
    doc_put_text(map, "mend", finding_mend(f, messages, x->lang, x->arena));
}

static void put_findings(const struct exchange *x, const struct findings *findings, struct doc_node *row)
{
    enum { SHOWN = 50 };
    struct doc_node *list = doc_put_list(row, "findings");
    size_t shown = 0;
    for (const struct finding *f = findings->first; f && shown < SHOWN; f = f->next, shown++)
        put_finding(x, f, doc_add_map(list));
    doc_put_bool(row, "has_findings", shown > 0);
    size_t more = findings->errors + findings->warnings - shown;
    if (more)
        put_count(row, "more", (int64_t)more);
    else
        doc_put_null(row, "more");
}

static void put_pack(const struct exchange *x, const struct pack_status *pack, struct doc_node *row)
{
    const char *state = state_of(pack);
    doc_put_copy(row, "folder", pack->folder);
    doc_put_text(row, "state", str_of(state));
    doc_put_bool(row, "is_live", strcmp(state, "live") == 0);
    doc_put_bool(row, "is_kept", strcmp(state, "kept") == 0);
    doc_put_bool(row, "is_refused", strcmp(state, "refused") == 0);
    put_course(pack->course, row);
    put_count(row, "errors", (int64_t)pack->findings->errors);
    put_count(row, "warnings", (int64_t)pack->findings->warnings);
    doc_put_day(row, "read_on", clock_day(pack->loaded_at, x->app->zone));
    put_reviews(x, pack->course, row);
    put_findings(x, pack->findings, row);
}

enum status page_packs(struct exchange *x)
{
    struct doc_node *list = doc_put_list(x->doc->data, "packs");
    for (size_t i = 0; i < x->catalogue->pack_count; i++)
        put_pack(x, &x->catalogue->packs[i], doc_add_map(list));
    exchange_title(x, exchange_say(x, "packs-title"));
    return OK;
}
