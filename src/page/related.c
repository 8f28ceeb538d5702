/* related: see related.h. */
#include "page/related.h"

#include "page/study.h"

enum { RELATED_MAX = 3 };

struct relation {
    const struct course *course;
    size_t shared;
};

static bool has_competence(const struct course *course, struct str competence)
{
    for (size_t i = 0; i < course->competence_count; i++)
        if (str_equal(course->competences[i], competence))
            return true;
    return false;
}

static size_t count_shared(const struct course *a, const struct course *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->competence_count; i++)
        shared += has_competence(b, a->competences[i]);
    return shared;
}

/* Of equals the first in the catalogue stays first. */
static size_t keep_best(struct relation *best, size_t count, struct relation r)
{
    size_t at = count;
    while (at > 0 && best[at - 1].shared < r.shared)
        at--;
    if (at == RELATED_MAX)
        return count;
    size_t last = count < RELATED_MAX ? count : RELATED_MAX - 1;
    for (size_t i = last; i > at; i--)
        best[i] = best[i - 1];
    best[at] = r;
    return last + 1;
}

static void put_shared(struct exchange *x, const struct course *a, const struct course *b, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "shared");
    for (size_t i = 0; i < a->competence_count; i++) {
        const struct competence *c = framework_find(x->app->framework, a->competences[i]);
        if (has_competence(b, a->competences[i]))
            doc_add_text(list, c ? c->title[x->lang] : a->competences[i]);
    }
}

void related_put(struct exchange *x, const struct course *source)
{
    struct relation best[RELATED_MAX] = { { NULL, 0 } };
    size_t count = 0;
    for (size_t i = 0; i < x->catalogue->count; i++) {
        const struct course *other = x->catalogue->courses[i];
        struct relation r = { other, count_shared(source, other) };
        if (other != source && r.shared)
            count = keep_best(best, count, r);
    }
    doc_put_bool(x->doc->view, "has_related", count > 0);
    struct doc_node *list = doc_put_list(x->doc->data, "related");
    for (size_t i = 0; i < count; i++) {
        const struct course *course = exchange_course(x, best[i].course);
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "id", course->id);
        doc_put_text(row, "title", course->title);
        doc_put_text(row, "lang", course->tag);
        doc_put_url(row, "url", str_format(x->arena, "/courses/%.*s", STR_ARG(course->id)));
        put_count(row, "minutes", study_minutes(x, course));
        put_shared(x, source, course, row);
    }
}
