/* question: what all kinds have in common. See question.h; the table of kinds is here. */
#include "course/course.h"

#include "course/kind/kind.h"

#include <assert.h>

static const struct kind *const KINDS[] = {
    &kind_choice, &kind_order, &kind_match, &kind_text, &kind_number, &kind_gap, &kind_select, &kind_inbox, &kind_hotspot,
};

enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static const struct given NOTHING = { .count = 0 };

const struct kind *kind_find(struct str name)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (str_is(name, KINDS[i]->name))
            return KINDS[i];
    return NULL;
}

const char *question_kind(const struct question *q)
{
    return q->kind->name;
}

/* ---- answers ---- */

static bool is_blank(struct str value)
{
    return str_trim(value).len == 0;
}

bool given_is_empty(const struct given *g)
{
    if (g->dont_know)
        return false;
    for (size_t i = 0; i < g->count; i++)
        if (!is_blank(g->values[i]))
            return false;
    return true;
}

struct given given_of(const struct str *values, size_t count, struct arena *a)
{
    struct str *kept = ARENA_ARRAY(a, count, struct str);
    struct given given = { .values = kept };
    for (size_t i = 0; i < count && kept; i++)
        if (str_is(str_trim(values[i]), "?"))
            given.dont_know = true;
        else if (!is_blank(values[i]))
            kept[given.count++] = values[i];
    return given;
}

bool question_is_untouched(const struct question *q, uint64_t seed, const struct given *g)
{
    return !g->dont_know && g->count > 0 && q->kind->untouched && q->kind->untouched(q, seed, g);
}

enum status question_accepts(const struct question *q, const struct given *g)
{
    if (g->dont_know)
        return g->count == 0 ? OK : INVALID;
    if (g->count > GIVEN_MAX_VALUES)
        return INVALID;
    return given_is_empty(g) || q->kind->accepts(q, g) ? OK : INVALID;
}

const char *question_refusal(const struct question *q, const struct given *g)
{
    bool answered = g->count && q->kind->accepts(q, g);
    const char *own = g->count && !answered && q->kind->refusal ? q->kind->refusal(q, g) : NULL;
    return g->dont_know && (answered || own) ? "question-both" : own;
}

struct marking question_mark(const struct question *q, const struct given *g)
{
    if (g->dont_know)
        return (struct marking){ .points = 0, .verdict = VERDICT_WRONG };
    if (given_is_empty(g))
        return (struct marking){ .points = 0, .verdict = VERDICT_OPEN };
    int points = q->kind->points(q, g);
    assert(points >= 0 && points <= 1000);
    enum verdict verdict = points == 1000 ? VERDICT_RIGHT : points == 0 ? VERDICT_WRONG : VERDICT_PARTLY;
    return (struct marking){ .points = points, .verdict = verdict };
}

struct given question_solve(const struct question *q, struct arena *a)
{
    return q->kind->solve(q, a);
}

struct given question_guess(const struct question *q, struct random *r, struct arena *a)
{
    return q->kind->guess(q, r, a);
}

struct str given_encode(const struct given *g, struct arena *a)
{
    return g->dont_know ? STR("?") : str_join(a, g->values, g->count, STR("\n"));
}

struct given given_decode(struct str stored, struct arena *a)
{
    if (str_is(stored, "?"))
        return (struct given){ .dont_know = true };
    size_t lines = 1;
    for (size_t i = 0; i < stored.len; i++)
        lines += stored.at[i] == '\n';
    struct str *values = stored.len ? ARENA_ARRAY(a, lines, struct str) : NULL;
    if (!values)
        return NOTHING;
    for (size_t i = 0; i < lines; i++)
        values[i] = str_cut(&stored, '\n');
    return (struct given){ .values = values, .count = lines };
}

/* ---- document leaves ---- */

void question_describe(const struct question *q, uint64_t seed, struct doc_node *map)
{
    doc_put_text(map, "id", q->id);
    doc_put_text(map, "kind", str_of(q->kind->name));
    doc_put_text(map, "lang", q->tag);
    doc_put_text(map, "competence", q->competence);
    doc_put_int(map, "level", q->level);
    kind_put_html(map, "material", q->material);
    kind_put_html(map, "setting", q->setting);
    doc_put_html(map, "prompt", q->prompt);
    struct doc_node *options = doc_put_list(map, "options"), *parts = doc_put_list(map, "parts");
    q->kind->describe(q, seed, map, options, parts);
}

static void put_kinds(const struct question *q, struct doc_node *map)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        doc_put_bool(map, KINDS[i]->flag, KINDS[i] == q->kind);
}

void question_form(const struct question *q, uint64_t seed, const struct given *given, struct str field,
                   struct str prefix, struct doc_node *map)
{
    if (!map)
        return;
    struct str html_id = str_format(map->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(q->id));
    put_kinds(q, map);
    doc_put_text(map, "id", html_id);
    doc_put_copy(map, "field", field);
    doc_put_text(map, "part", str_format(map->arena, "part.%.*s.", STR_ARG(q->id)));
    doc_put_bool(map, "dont_know", given && given->dont_know);
    if (given && given->dont_know && given->count)
        doc_put_text(map, "counts", str_format(map->arena, "counts.%.*s", STR_ARG(q->id)));
    else
        doc_put_null(map, "counts");
    q->kind->form(q, seed, given ? given : &NOTHING, html_id, map);
}

void marking_describe(const struct marking *m, struct doc_node *map)
{
    static const struct {
        const char *word, *flag;
    } verdicts[] = {
        [VERDICT_OPEN] = { "open", "is_open" },
        [VERDICT_WRONG] = { "wrong", "is_wrong" },
        [VERDICT_PARTLY] = { "partly", "is_partly" },
        [VERDICT_RIGHT] = { "right", "is_right" },
    };
    doc_put_int(map, "points", m->points);
    doc_put_text(map, "verdict", str_of(verdicts[m->verdict].word));
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        doc_put_bool(map, verdicts[i].flag, i == m->verdict);
}

static void put_answered(const struct given *g, struct doc_node *map)
{
    doc_put_bool(map, "dont_know", g->dont_know);
    struct doc_node *answered = doc_put_list(map, "answered");
    for (size_t i = 0; i < g->count; i++)
        doc_add_text(answered, g->values[i]);
}

static void put_see(const struct question *q, const struct course *course, struct doc_node *map)
{
    const struct lesson *lesson = q->see_lesson.len ? course_lesson(course, q->see_lesson) : NULL;
    if (!lesson) {
        doc_put_null(map, "see_url");
        doc_put_null(map, "see_title");
        doc_put_null(map, "see_lang");
        return;
    }
    doc_put_urlf(map, "see_url", "/courses/%.*s/%.*s%s%.*s", STR_ARG(course->id), STR_ARG(lesson->id),
                 q->see.len ? "#" : "", STR_ARG(q->see));
    doc_put_text(map, "see_title", lesson->title);
    doc_put_text(map, "see_lang", lesson->title_tag);
}

void question_result(const struct question *q, const struct course *course, uint64_t seed, const struct given *given,
                     struct doc_node *map)
{
    const struct given *g = given ? given : &NOTHING;
    struct marking marking = question_mark(q, g);
    put_kinds(q, map);
    marking_describe(&marking, map);
    put_answered(g, map);
    kind_put_html(map, "explanation", q->explanation);
    put_see(q, course, map);
    q->kind->result(q, seed, g, map, doc_put_list(map, "marks"));
}
