/* page_courses: GET /courses, the catalogue; GET /courses/{course}, a course's own page; GET /courses/{course}/glossary. */
#include "ext/token.h"
#include "page/filter.h"
#include "page/page.h"
#include "page/related.h"
#include "page/study.h"

static struct str language_name(const struct exchange *x, enum lang lang)
{
    return exchange_say(x, str_format(x->arena, "language-%s", lang_code(lang)).at);
}

/* "Deutsch, Französisch und Englisch" */
static struct str language_names(const struct exchange *x, const struct course *course)
{
    struct str list = STR_NONE, last = STR_NONE;
    for (int i = 0; i < LANG_COUNT; i++) {
        if (!course_speaks(course, (enum lang)i))
            continue;
        if (last.at)
            list = list.at ? str_format(x->arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(last)) : last;
        last = language_name(x, (enum lang)i);
    }
    struct message_param params[] = { PARAM_OF_TEXT("list", list), PARAM_OF_TEXT("last", last) };
    return list.at ? message_text(x->app->messages, x->arena, x->lang, STR("language-and"), params, 2) : last;
}

/* Named where the content is in other languages than the page. */
static void put_language(struct exchange *x, const struct course *course, struct doc_node *map)
{
    if (course_speaks(course, x->lang))
        doc_put_null(map, "language_name");
    else
        doc_put_text(map, "language_name", language_names(x, course));
}

/* Of several languages that are all not the page's, one is chosen, once for all courses. */
static void put_content_languages(struct exchange *x, const struct course *course)
{
    struct doc_node *list = doc_put_list(x->doc->view, "content_languages");
    size_t count = 0;
    for (int i = 0; i < LANG_COUNT; i++)
        count += course_speaks(course, (enum lang)i);
    for (int i = 0; i < LANG_COUNT && count > 1 && !course_speaks(course, x->lang); i++) {
        enum lang lang = (enum lang)i;
        if (!course_speaks(course, lang))
            continue;
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "name", str_of(lang_name(lang)));
        doc_put_text(row, "tag", str_of(lang_tag(lang)));
        doc_put_url(row, "url", str_format(x->arena, "?content=%s", lang_code(lang)));
        doc_put_bool(row, "here", course->lang == lang);
    }
}

static void put_competences(struct exchange *x, const struct course *course, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "competences");
    for (size_t i = 0; i < course->competence_count; i++) {
        const struct competence *c = framework_find(x->app->framework, course->competences[i]);
        doc_add_text(list, c ? c->title[x->lang] : course->competences[i]);
    }
}

static void put_row(struct exchange *x, const struct study *study, const struct course *course, struct doc_node *list)
{
    struct course_study cs = study_course(x, study, course);
    struct doc_node *row = doc_add_map(list);
    study_put_row(x, &cs, row);
    doc_put_text(row, "about", cs.course->summary_text);
    put_competences(x, cs.course, row);
    put_language(x, cs.course, row);
}

enum status page_courses(struct exchange *x)
{
    struct study study;
    enum status s = study_read(x, &study);
    const struct filter filter = filter_read(x);
    const struct catalogue *catalogue = x->catalogue;
    struct doc_node *data = x->doc->data, *list = doc_put_list(data, "courses"), *matching = doc_put_map(data, "matching");
    size_t count = 0;
    for (size_t i = 0; s == OK && i < catalogue->count; i++) {
        if (!filter_fits_course(x, &filter, catalogue->courses[i]))
            continue;
        put_row(x, &study, catalogue->courses[i], list);
        count++;
    }
    doc_put_int(matching, "n", (int64_t)count);
    doc_put_int(matching, "of", (int64_t)catalogue->count);
    filter_put(x, &filter, "/courses");
    doc_put_bool(x->doc->view, "has_courses", count > 0);
    doc_put_text(x->doc->view, "query", STR(""));
    doc_put_url(x->doc->view, "unfiltered_url", STR("/courses"));
    exchange_title(x, exchange_say(x, "nav-courses"));
    return s;
}

static void put_lessons(struct exchange *x, const struct course_study *cs)
{
    const struct course *course = cs->course;
    struct doc_node *list = doc_put_list(x->doc->data, "lessons");
    for (size_t i = 0; cs->lessons && i < course->lesson_count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        if (!study_shows(x, lesson))
            continue;
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "id", lesson->id);
        doc_put_int(row, "number", (int64_t)study_number(x, course, i));
        doc_put_text(row, "title", lesson->title);
        doc_put_text(row, "lang", lesson->title_tag);
        doc_put_url(row, "url", str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(lesson->id)));
        put_count(row, "minutes", lesson->minutes);
        doc_put_bool(row, "done", cs->lessons[i] == LESSON_FINISHED);
        doc_put_bool(row, "started", cs->lessons[i] == LESSON_STARTED);
        study_put_dates(x, lesson, row);
        struct doc_node *objectives = doc_put_list(row, "objectives");
        for (size_t o = 0; o < lesson->objective_count; o++) {
            struct doc_node *objective = doc_add_map(objectives);
            const struct competence *c = framework_find(x->app->framework, lesson->objectives[o].competence);
            doc_put_text(objective, "text", lesson->objectives[o].text);
            if (c)
                doc_put_text(objective, "competence", c->title[x->lang]);
            else
                doc_put_null(objective, "competence");
        }
    }
}

static void put_condition(struct doc_node *list, struct str text, bool met)
{
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "text", text);
    doc_put_bool(row, "met", met);
}

static void put_conditions(struct exchange *x, const struct course_study *cs)
{
    struct doc_node *list = doc_put_list(x->doc->data, "conditions");
    const struct course_state *s = &cs->state;
    struct message_param params[] = { PARAM_OF_INT("done", (int64_t)s->lessons_finished),
                                      PARAM_OF_INT("of", (int64_t)s->lessons) };
    if (!s->completion_by_test)
        put_condition(list, message_text(x->app->messages, x->arena, x->lang, STR("course-condition-lessons"), params, 2),
                      s->lessons_finished == s->lessons);
    if (s->has_test)
        put_condition(list, exchange_say(x, "course-condition-test"),
                      s->test_passed && cs->progress != COURSE_EXPIRED);
}

static int must_pass_count(const struct test *test)
{
    int count = 0;
    for (size_t i = 0; i < test->draw_count; i++)
        count += test->draws[i].must_pass ? test->draws[i].count : 0;
    return count;
}

static void put_count_or_null(struct doc_node *map, const char *key, int n)
{
    if (n)
        put_count(map, key, n);
    else
        doc_put_null(map, key);
}

static void put_test(struct exchange *x, const struct course *course)
{
    const struct test *test = course->test;
    if (!test) {
        doc_put_null(x->doc->data, "test");
        return;
    }
    struct doc_node *map = doc_put_map(x->doc->data, "test");
    doc_put_text(map, "title", test->title);
    doc_put_text(map, "lang", test->tag);
    put_count(map, "questions", test->drawn);
    doc_put_percent(map, "pass_percent", test->pass_percent);
    put_count_or_null(map, "pause", test->pause_minutes);
    put_count_or_null(map, "must_pass", must_pass_count(test));
}

static void put_attempts(struct exchange *x, const struct course_study *cs)
{
    struct doc_node *list = doc_put_list(x->doc->data, "attempts");
    for (size_t i = cs->attempt_count; i-- > 0;) {
        const struct attempt *t = &cs->attempts[i];
        if (!t->finished)
            continue;
        struct doc_node *row = doc_add_map(list);
        doc_put_int(row, "number", (int64_t)i + 1);
        doc_put_urlf(row, "url", "/attempts/%lld/result", (long long)t->id);
        doc_put_day(row, "day", clock_day(t->finished_at, x->app->zone));
        doc_put_percent(row, "percent", t->points_max ? (int64_t)t->points * 100 / t->points_max : 0);
        doc_put_bool(row, "passed", t->passed);
    }
}

static void put_actions(struct exchange *x, const struct course_study *cs)
{
    struct doc_node *view = x->doc->view;
    int wait = study_pause(x, cs);
    if (cs->next.step == STEP_LESSON)
        doc_put_url(view, "next_url", study_next_url(x, cs));
    else
        doc_put_null(view, "next_url");
    doc_put_text(view, "go_label", cs->next.step == STEP_LESSON ? study_next_label(x, cs) : STR(""));
    doc_put_url(view, "start_url", str_format(x->arena, "/courses/%.*s/attempts", STR_ARG(cs->course->id)));
    doc_put_text(view, "key", token_new(x->arena));
    if (cs->open)
        doc_put_urlf(view, "resume_url", "/attempts/%lld", (long long)cs->open->id);
    else
        doc_put_null(view, "resume_url");
    put_count_or_null(view, "wait", (wait + 59) / 60);
}

enum status page_course(struct exchange *x)
{
    struct study study;
    const struct course *source = catalogue_course(x->catalogue, exchange_param(x, "course"));
    if (!source)
        return NOT_FOUND;
    enum status s = study_read(x, &study);
    if (s)
        return s;
    struct course_study cs = study_course(x, &study, source);
    const struct course *course = cs.course;
    struct doc_node *data = x->doc->data;
    doc_put_text(data, "id", course->id);
    doc_put_text(data, "title", course->title);
    doc_put_text(data, "content_lang", course->tag);
    doc_put_html(data, "summary", course->summary);
    put_count(data, "minutes", study_minutes(x, course));
    if (course->glossary_count)
        doc_put_url(data, "glossary_url", str_format(x->arena, "/courses/%.*s/glossary", STR_ARG(course->id)));
    else
        doc_put_null(data, "glossary_url");
    put_language(x, course, data);
    put_content_languages(x, course);
    put_lessons(x, &cs);
    study_put_stops(x, &cs, data, -1, true);
    put_conditions(x, &cs);
    doc_put_bool(data, "finished", cs.progress == COURSE_FINISHED);
    doc_put_bool(data, "expired", cs.progress == COURSE_EXPIRED);
    if (cs.state.valid_until && cs.progress == COURSE_FINISHED)
        doc_put_day(data, "valid_until", cs.state.valid_until);
    else
        doc_put_null(data, "valid_until");
    put_test(x, course);
    put_attempts(x, &cs);
    put_actions(x, &cs);
    related_put(x, source);
    exchange_title(x, course->title);
    return OK;
}

/* ---------- the glossary ---------- */

enum status page_glossary(struct exchange *x)
{
    const struct course *source = catalogue_course(x->catalogue, exchange_param(x, "course"));
    if (!source || source->glossary_count == 0)
        return NOT_FOUND;
    const struct course *course = exchange_course(x, source);
    struct doc_node *data = x->doc->data, *map = doc_put_map(data, "course");
    doc_put_text(map, "id", course->id);
    doc_put_text(map, "title", course->title);
    doc_put_url(map, "url", str_format(x->arena, "/courses/%.*s", STR_ARG(course->id)));
    doc_put_text(data, "content_lang", course->tag);
    struct doc_node *entries = doc_put_list(data, "entries");
    for (size_t i = 0; i < course->glossary_count; i++) {
        struct doc_node *row = doc_add_map(entries);
        doc_put_text(row, "id", course->glossary[i].id);
        doc_put_text(row, "title", course->glossary[i].title);
        doc_put_text(row, "lang", course->glossary[i].tag);
        doc_put_html(row, "text", course->glossary[i].text);
    }
    exchange_title(x, exchange_say(x, "glossary-title"));
    return OK;
}
