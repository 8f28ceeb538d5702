/* filter: see filter.h. */
#include "page/filter.h"

#include "page/study.h"
#include "page/url.h"

enum { LEVELS = 4 };
static const int MINUTES[] = { 5, 10, 20, 45, 90 };
enum { MINUTES_COUNT = sizeof MINUTES / sizeof *MINUTES };

static int number_of(const struct exchange *x, const char *name)
{
    int64_t n;
    return str_to_int(exchange_query(x, name), &n) && n > 0 && n <= 1000 ? (int)n : 0;
}

struct filter filter_read(const struct exchange *x)
{
    struct filter f = { .level = number_of(x, "level"), .minutes = number_of(x, "minutes") };
    f.competence = framework_find(x->app->framework, exchange_query(x, "competence"));
    f.speaks = lang_parse(exchange_query(x, "language"), &f.lang);
    if (f.level > LEVELS)
        f.level = 0;
    return f;
}

bool filter_is_set(const struct filter *f)
{
    return f->competence || f->level || f->minutes || f->speaks;
}

static bool fits_objective(const struct filter *f, const struct lesson *lesson)
{
    bool fits = !f->competence && !f->level;
    for (size_t i = 0; !fits && i < lesson->objective_count; i++) {
        const struct objective *o = &lesson->objectives[i];
        fits = (!f->competence || str_equal(o->competence, f->competence->id)) && (!f->level || o->level == f->level);
    }
    return fits;
}

bool filter_fits_lesson(const struct filter *f, const struct lesson *lesson)
{
    return fits_objective(f, lesson) && (!f->minutes || lesson->minutes <= f->minutes);
}

static bool has_competence(const struct course *course, const struct competence *competence)
{
    for (size_t i = 0; i < course->competence_count; i++)
        if (str_equal(course->competences[i], competence->id))
            return true;
    return false;
}

bool filter_fits_course(const struct exchange *x, const struct filter *f, const struct course *course)
{
    bool fits = (!f->competence && !f->level) || (f->competence && !f->level && has_competence(course, f->competence));
    for (size_t i = 0; !fits && i < course->lesson_count; i++)
        fits = study_shows(x, &course->lessons[i]) && fits_objective(f, &course->lessons[i]);
    return fits && (!f->minutes || study_minutes(x, course) <= f->minutes) &&
           (!f->speaks || course_speaks(course, f->lang));
}

/* ---------- what there is to choose ---------- */

static void add_choice(struct doc_node *list, struct str value, struct str label, bool chosen)
{
    struct doc_node *choice = doc_add_map(list);
    doc_put_text(choice, "value", value);
    doc_put_text(choice, "label", label);
    doc_put_bool(choice, "chosen", chosen);
}

/* Those that some course is about, in the framework's order. */
static void put_competences(const struct exchange *x, const struct filter *f, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "competences");
    const struct framework *framework = x->app->framework;
    for (size_t i = 0; i < framework->count; i++) {
        const struct competence *c = &framework->competences[i];
        const struct filter about = { .competence = c };
        bool taught = c == f->competence;
        for (size_t k = 0; !taught && k < x->catalogue->count; k++)
            taught = filter_fits_course(x, &about, x->catalogue->courses[k]);
        if (taught)
            add_choice(list, c->id, c->title[x->lang], c == f->competence);
    }
}

static void put_levels(const struct exchange *x, const struct filter *f, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "levels");
    for (int level = 1; level <= LEVELS; level++)
        add_choice(list, str_format(x->arena, "%d", level),
                   str_format(x->arena, "%d %.*s", level, STR_ARG(x->app->framework->level[level][x->lang])),
                   level == f->level);
}

static void put_minutes(const struct exchange *x, const struct filter *f, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "lengths");
    for (size_t i = 0; i < MINUTES_COUNT; i++) {
        struct message_param n = PARAM_OF_INT("n", MINUTES[i]);
        add_choice(list, str_format(x->arena, "%d", MINUTES[i]),
                   message_text(x->app->messages, x->arena, x->lang, STR("filter-minutes-most"), &n, 1),
                   MINUTES[i] == f->minutes);
    }
}

/* In the language itself, as in the menu of languages. */
static void put_languages(const struct filter *f, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "languages_of_content");
    for (int i = 0; i < LANG_COUNT; i++)
        add_choice(list, str_of(lang_code((enum lang)i)), str_of(lang_name((enum lang)i)),
                   f->speaks && f->lang == (enum lang)i);
}

static void put_int_or_null(struct doc_node *map, const char *key, int n)
{
    if (n)
        doc_put_int(map, key, n);
    else
        doc_put_null(map, key);
}

static void put_text_or_null(struct doc_node *map, const char *key, struct str text)
{
    if (text.len)
        doc_put_text(map, key, text);
    else
        doc_put_null(map, key);
}

void filter_put(struct exchange *x, const struct filter *f, const char *path)
{
    struct doc_node *chosen = doc_put_map(x->doc->data, "filter"), *form = doc_put_map(x->doc->view, "form");
    put_text_or_null(chosen, "competence", f->competence ? f->competence->id : STR_NONE);
    put_int_or_null(chosen, "level", f->level);
    put_int_or_null(chosen, "minutes", f->minutes);
    put_text_or_null(chosen, "language", f->speaks ? str_of(lang_code(f->lang)) : STR_NONE);
    doc_put_bool(form, "is_set", filter_is_set(f));
    doc_put_url(form, "filter_url", str_of(path));
    put_competences(x, f, form);
    put_levels(x, f, form);
    put_minutes(x, f, form);
    put_languages(f, form);
}

struct str filter_query(const struct exchange *x, const struct filter *f)
{
    struct str query = STR("");
    if (f->competence)
        query = str_format(x->arena, "&competence=%.*s", STR_ARG(url_encode(x->arena, f->competence->id)));
    if (f->level)
        query = str_format(x->arena, "%.*s&level=%d", STR_ARG(query), f->level);
    if (f->minutes)
        query = str_format(x->arena, "%.*s&minutes=%d", STR_ARG(query), f->minutes);
    if (f->speaks)
        query = str_format(x->arena, "%.*s&language=%s", STR_ARG(query), lang_code(f->lang));
    return query;
}
