/* page_search: GET /search?q=, lessons, entries of glossaries and courses that have the words. What was searched for stands
 * in the address and in this page, and nowhere else. */
#include "base/utf8.h"
#include "page/filter.h"
#include "page/page.h"
#include "page/study.h"
#include "page/url.h"
#include "store/search.h"

enum { QUERY_LEAST = 2, QUERY_MOST = 120, LESSONS_A_PAGE = 10, BESIDE_MOST = 5, KINDS = 3, RESULTS_MOST = 1000 };

/* A course, lesson or entry, in the language in which it was found. */
struct result {
    const struct search_hit *hit;
    const struct course *course;        /* in that language, where it has it */
    const struct lesson *lesson;        /* of a lesson and */
    const struct glossary_entry *entry; /* of an entry: the thing itself; else NULL */
    const void *thing;                  /* the same in all languages */
};

struct results {
    struct result *list;
    size_t count;
};

struct searching {
    struct exchange *x;
    struct str query;
    struct filter filter;
    struct search search;
    struct results kinds[KINDS];
};

/* ---------- from hits to results ---------- */

static const struct glossary_entry *find_entry(const struct course *course, struct str id)
{
    for (size_t i = 0; i < course->glossary_count; i++)
        if (str_equal(course->glossary[i].id, id))
            return &course->glossary[i];
    return NULL;
}

/* False: packs were read meanwhile and it is gone, or it is not for this visitor, or it is filtered out. */
static bool resolve(const struct searching *s, const struct search_hit *hit, struct result *r)
{
    const struct filter *f = &s->filter;
    const struct course *source = catalogue_course(s->x->catalogue, hit->course);
    if (!source || (f->speaks && f->lang != hit->lang))
        return false;
    *r = (struct result){ .hit = hit, .course = course_in(source, hit->lang), .thing = source };
    if (hit->kind == SEARCH_COURSE)
        return filter_fits_course(s->x, f, source);
    if (hit->kind == SEARCH_ENTRY) {
        r->entry = find_entry(r->course, hit->name);
        r->thing = find_entry(source, hit->name);
        return r->entry && r->thing && !f->competence && !f->level && !f->minutes;
    }
    r->lesson = course_lesson(r->course, hit->name);
    r->thing = course_lesson(source, hit->name);
    return r->lesson && r->thing && study_shows(s->x, r->lesson) && filter_fits_lesson(f, r->lesson);
}

static bool is_there(const struct results *results, const void *thing)
{
    for (size_t i = 0; i < results->count; i++)
        if (results->list[i].thing == thing)
            return true;
    return false;
}

/* In the reader's language first, then in the language in which the reader gets it, then in any other. */
static int distance_of(const struct searching *s, const struct result *r)
{
    if (r->hit->lang == s->x->lang)
        return 0;
    const struct course *shown = exchange_course(s->x, r->course->source);
    return shown->lang == r->hit->lang ? 1 : 2;
}

static struct result *resolve_all(const struct searching *s, const struct search_hit *hits, size_t *count)
{
    struct result *list = ARENA_ARRAY(s->x->arena, *count + 1, struct result);
    size_t resolved = 0;
    for (size_t i = 0; list && i < *count; i++)
        if (resolve(s, &hits[i], &list[resolved]))
            resolved++;
    *count = resolved;
    return list;
}

static enum status sort_hits(struct searching *s, const struct search_hit *hits, size_t count)
{
    const struct result *all = resolve_all(s, hits, &count);
    size_t room = count < RESULTS_MOST ? count : RESULTS_MOST;
    for (int kind = 0; kind < KINDS; kind++)
        s->kinds[kind].list = ARENA_ARRAY(s->x->arena, room + 1, struct result);
    if (arena_status(s->x->arena))
        return NO_MEMORY;
    for (int distance = 0; distance <= 2; distance++)
        for (size_t i = 0; i < count; i++) {
            struct results *results = &s->kinds[all[i].hit->kind];
            if (distance_of(s, &all[i]) == distance && results->count < room && !is_there(results, all[i].thing))
                results->list[results->count++] = all[i];
        }
    return OK;
}

/* ---------- what the page says ---------- */

static void add_part(struct doc_node *list, struct str text, bool found)
{
    if (!text.len)
        return;
    struct doc_node *part = doc_add_map(list);
    doc_put_text(part, "text", text);
    doc_put_bool(part, "found", found);
}

/* Text in which some words were found, as a list of parts. */
static void put_parts(struct doc_node *map, const char *key, struct str text)
{
    struct doc_node *list = doc_put_list(map, key);
    while (text.len) {
        add_part(list, str_cut(&text, SEARCH_MARK), false);
        add_part(list, str_cut(&text, SEARCH_MARK_END), true);
    }
}

static void put_foreign(const struct searching *s, enum lang lang, struct doc_node *row)
{
    if (lang == s->x->lang)
        doc_put_null(row, "language_name");
    else
        doc_put_text(row, "language_name",
                     exchange_say(s->x, str_format(s->x->arena, "language-%s", lang_code(lang)).at));
}

static enum status put_result(struct searching *s, const struct result *r, struct doc_node *list)
{
    struct exchange *x = s->x;
    struct search_excerpt excerpt;
    enum status status = search_excerpt(x->view, &s->search, r->hit->document, &excerpt);
    if (status)
        return status;
    struct doc_node *row = doc_add_map(list);
    struct str tag = r->lesson ? r->lesson->tag : r->entry ? r->entry->tag : r->course->tag;
    doc_put_text(row, "course", r->course->id);
    doc_put_text(row, "course_title", r->course->title);
    doc_put_text(row, "course_lang", r->course->tag);
    struct str course_url = str_format(x->arena, "/courses/%.*s", STR_ARG(r->course->id));
    doc_put_url(row, "course_url", course_url);
    doc_put_text(row, "lang", tag);
    put_parts(row, "title", excerpt.title);
    put_parts(row, "excerpt", excerpt.text);
    put_foreign(s, r->hit->lang, row);
    if (r->lesson) {
        doc_put_text(row, "lesson", r->lesson->id);
        doc_put_url(row, "url", str_format(x->arena, "%.*s/%.*s", STR_ARG(course_url), STR_ARG(r->lesson->id)));
        put_count(row, "minutes", r->lesson->minutes);
    } else if (r->entry) {
        doc_put_text(row, "entry", r->entry->id);
        doc_put_url(row, "url",
                    str_format(x->arena, "%.*s/glossary#g-%.*s", STR_ARG(course_url), STR_ARG(r->entry->id)));
    } else {
        doc_put_url(row, "url", course_url);
    }
    return OK;
}

static enum status put_results(struct searching *s, enum search_kind kind, const char *key, size_t from, size_t most)
{
    const struct results *results = &s->kinds[kind];
    struct doc_node *list = doc_put_list(s->x->doc->data, key);
    enum status status = OK;
    for (size_t i = from; status == OK && i < results->count && i < from + most; i++)
        status = put_result(s, &results->list[i], list);
    return status;
}

static struct str address_of(const struct searching *s, struct str query, size_t page)
{
    struct exchange *x = s->x;
    struct str address = str_format(x->arena, "/search?q=%.*s%.*s", STR_ARG(url_encode(x->arena, query)),
                                    STR_ARG(filter_query(x, &s->filter)));
    return page > 1 ? str_format(x->arena, "%.*s&page=%zu", STR_ARG(address), page) : address;
}

static size_t page_of(const struct searching *s, size_t pages)
{
    int64_t page;
    bool given = str_to_int(exchange_query(s->x, "page"), &page) && page >= 1;
    return given && (uint64_t)page <= pages ? (size_t)page : 1;
}

static void put_page_url(const struct searching *s, const char *key, bool there, size_t page)
{
    if (there)
        doc_put_url(s->x->doc->data, key, address_of(s, s->query, page));
    else
        doc_put_null(s->x->doc->data, key);
}

/* What a word was taken for, where it does not stand anywhere. */
static void put_meant(struct searching *s)
{
    struct doc_node *list = doc_put_list(s->x->doc->data, "meant");
    for (size_t i = 0; i < s->search.term_count; i++) {
        const struct search_term *term = &s->search.terms[i];
        if (term->forms[0].fit != WORD_MISTYPED && term->forms[0].fit != WORD_WITHIN)
            continue;
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "typed", term->typed);
        doc_put_text(row, "meant", term->forms[0].written);
    }
}

static enum status put_near(struct searching *s, bool none)
{
    struct str words[SEARCH_NEAR_MAX];
    size_t count = 0;
    struct doc_node *list = doc_put_list(s->x->doc->data, "near");
    enum status status = none ? search_near(s->x->view, &s->search, words, &count) : OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "text", words[i]);
        doc_put_url(row, "url", address_of(s, words[i], 1));
    }
    doc_put_bool(s->x->doc->view, "has_near", count > 0);
    return status;
}

/* Which of the page's faces: exactly one of them. */
static void put_face(struct exchange *x, const char *face)
{
    static const char *const faces[] = { "is_blank", "is_short", "is_long", "is_none", "is_found" };
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
        doc_put_bool(x->doc->view, faces[i], strcmp(faces[i], face) == 0);
}

/* face: NULL where something was looked for. */
static enum status put_found(struct searching *s, const char *face)
{
    const struct results *lessons = &s->kinds[SEARCH_LESSON];
    struct doc_node *data = s->x->doc->data, *view = s->x->doc->view;
    size_t found = lessons->count + s->kinds[SEARCH_ENTRY].count + s->kinds[SEARCH_COURSE].count;
    size_t pages = (lessons->count + LESSONS_A_PAGE - 1) / LESSONS_A_PAGE, page = page_of(s, pages);
    put_face(s->x, face ? face : found ? "is_found" : "is_none");
    put_count(data, "lessons_found", (int64_t)lessons->count);
    doc_put_bool(view, "has_lessons", lessons->count > 0);
    doc_put_bool(view, "has_entries", s->kinds[SEARCH_ENTRY].count > 0);
    doc_put_bool(view, "has_courses", s->kinds[SEARCH_COURSE].count > 0);
    put_page_url(s, "previous_url", page > 1, page - 1);
    put_page_url(s, "next_url", page < pages, page + 1);
    doc_put_int(data, "page", (int64_t)page);
    doc_put_int(data, "pages", (int64_t)pages);
    doc_put_bool(view, "has_pages", pages > 1);
    put_meant(s);
    enum status status = put_results(s, SEARCH_LESSON, "lessons", (page - 1) * LESSONS_A_PAGE, LESSONS_A_PAGE);
    if (status == OK)
        status = put_results(s, SEARCH_ENTRY, "entries", 0, BESIDE_MOST);
    if (status == OK)
        status = put_results(s, SEARCH_COURSE, "courses", 0, BESIDE_MOST);
    return status ? status : put_near(s, !face && found == 0);
}

/* Why nothing is looked for; NULL: it is. */
static const char *face_of(struct str query)
{
    size_t chars = utf8_count(query);
    return chars == 0 ? "is_blank" : chars < QUERY_LEAST ? "is_short" : chars > QUERY_MOST ? "is_long" : NULL;
}

static void put_words(const struct searching *s)
{
    struct exchange *x = s->x;
    struct str query = s->query;
    struct message_param params[] = { PARAM_OF_TEXT("query", query) };
    doc_put_text(x->doc->data, "query", query);
    exchange_title(x, query.len ? message_text(x->app->messages, x->arena, x->lang, STR("search-title-of"), params, 1)
                                : exchange_say(x, "search-title"));
    filter_put(x, &s->filter, "/search");
    doc_put_url(x->doc->view, "unfiltered_url",
                str_format(x->arena, "/search?q=%.*s", STR_ARG(url_encode(x->arena, query))));
}

static enum status look(struct searching *s)
{
    struct exchange *x = s->x;
    struct search_hit *hits;
    size_t count = 0;
    enum status status = search_read(x->view, s->query, x->lang, x->arena, &s->search);
    if (status == OK)
        status = search_find(x->view, &s->search, &hits, &count);
    return status ? status : sort_hits(s, hits, count);
}

enum status page_search(struct exchange *x)
{
    struct str typed = str_trim(exchange_query(x, "q"));
    const char *face = face_of(typed);
    struct searching s = { .x = x, .query = utf8_clip(typed, QUERY_MOST), .filter = filter_read(x) };
    put_words(&s);
    enum status status = face ? OK : look(&s);
    return status ? status : put_found(&s, face);
}
