/* page_learn: GET /learn, the reader's own page: one next step first, then what is open, finished, and the profile. */
#include "page/gauges.h"
#include "page/page.h"
#include "page/study.h"

/* The course whose next step comes first: an open test, then a course begun, then one that expired, then a new one. */
static int urgency(const struct course_study *cs)
{
    if (cs->next.step == STEP_NONE)
        return 0;
    if (cs->next.step == STEP_RESUME_TEST)
        return 4;
    return cs->progress == COURSE_STARTED ? 3 : cs->progress == COURSE_EXPIRED ? 2 : 1;
}

static const struct course_study *most_urgent(const struct course_study *courses, size_t count)
{
    const struct course_study *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (urgency(&courses[i]) > (best ? urgency(best) : 0))
            best = &courses[i];
    return best;
}

static int minutes_left(const struct course_study *cs)
{
    int minutes = 0;
    for (size_t i = 0; cs->lessons && i < cs->course->lesson_count; i++)
        if (cs->lessons[i] == LESSON_OPEN || cs->lessons[i] == LESSON_STARTED)
            minutes += cs->course->lessons[i].minutes;
    return minutes;
}

static enum status put_open_questions(struct exchange *x, const struct course_study *cs, struct doc_node *next)
{
    struct attempt_item *items;
    size_t count, open = 0;
    if (cs->next.step != STEP_RESUME_TEST) {
        doc_put_null(next, "open_questions");
        return OK;
    }
    enum status s = attempt_items(x->view, cs->open->id, x->arena, &items, &count);
    for (size_t i = 0; s == OK && i < count; i++)
        open += !items[i].answered;
    put_count(next, "open_questions", (int64_t)open);
    return s;
}

static enum status put_next(struct exchange *x, const struct course_study *cs)
{
    struct doc_node *data = x->doc->data;
    if (!cs) {
        doc_put_null(data, "next");
        return OK;
    }
    struct doc_node *next = doc_put_map(data, "next");
    int minutes = minutes_left(cs);
    doc_put_text(next, "course", cs->course->id);
    doc_put_text(next, "title", cs->course->title);
    doc_put_url(next, "url", study_next_url(x, cs));
    doc_put_url(next, "course_url", str_format(x->arena, "/courses/%.*s", STR_ARG(cs->course->id)));
    doc_put_text(next, "content_lang", cs->course->tag);
    if (minutes)
        put_count(next, "minutes_left", minutes);
    else
        doc_put_null(next, "minutes_left");
    study_put_stops(x, cs, next, -1, false);
    return put_open_questions(x, cs, next);
}

static struct str lead_of(const struct exchange *x, const struct course_study *cs)
{
    if (!cs)
        return exchange_say(x, "learn-lead-done");
    if (cs->next.step == STEP_RESUME_TEST)
        return exchange_say(x, "learn-lead-resume");
    if (cs->next.step == STEP_TEST)
        return exchange_say(x, "learn-lead-test");
    if (cs->progress == COURSE_NOT_STARTED)
        return exchange_say(x, "learn-lead-start");
    struct message_param params[] = { PARAM_OF_INT("done", (int64_t)cs->state.lessons_finished),
                                      PARAM_OF_INT("of", (int64_t)cs->state.lessons) };
    return message_text(x->app->messages, x->arena, x->lang, STR("learn-lead-continue"), params, 2);
}

static void put_words(struct exchange *x, const struct course_study *cs)
{
    struct doc_node *view = x->doc->view;
    struct message_param name = PARAM_OF_TEXT("name", x->visitor.name);
    doc_put_text(view, "greeting",
                 message_text(x->app->messages, x->arena, x->lang, STR("learn-greeting"), &name, 1));
    doc_put_text(view, "lead", lead_of(x, cs));
    const char *eyebrow = "learn-next-new";
    if (cs && cs->next.step == STEP_RESUME_TEST)
        eyebrow = "learn-next-resume";
    else if (cs && cs->progress == COURSE_EXPIRED)
        eyebrow = "learn-next-renew";
    else if (cs && cs->progress == COURSE_STARTED)
        eyebrow = "learn-next-continue";
    doc_put_text(view, "eyebrow", exchange_say(x, eyebrow));
    doc_put_text(view, "go_label", cs ? study_next_label(x, cs) : STR(""));
    exchange_title(x, exchange_say(x, "nav-learn"));
}

static void put_rows(struct exchange *x, const struct course_study *courses, size_t count, const struct course_study *next)
{
    struct doc_node *open = doc_put_list(x->doc->data, "open_courses");
    struct doc_node *finished = doc_put_list(x->doc->data, "finished_courses");
    for (size_t i = 0; i < count; i++) {
        if (&courses[i] == next)
            continue;
        struct doc_node *row = doc_add_map(courses[i].progress == COURSE_FINISHED ? finished : open);
        study_put_row(x, &courses[i], row);
        doc_put_text(row, "about", study_competences(x, courses[i].course));
    }
}

enum status page_learn(struct exchange *x)
{
    struct study study;
    struct str function;
    size_t count = x->catalogue->count;
    struct course_study *courses = ARENA_ARRAY(x->arena, count + 1, struct course_study);
    enum status s = courses ? study_read(x, &study) : NO_MEMORY;
    for (size_t i = 0; s == OK && i < count; i++)
        courses[i] = study_course(x, &study, x->catalogue->courses[i]);
    if (s)
        return s;
    const struct course_study *next = most_urgent(courses, count);
    s = put_next(x, next);
    put_rows(x, courses, count, next);
    put_words(x, next);
    if (s == OK)
        s = gauges_put(x, x->doc->data, NULL, 0, &function);
    if (s == OK && function.len)
        doc_put_text(x->doc->view, "function_name", function);
    else
        doc_put_null(x->doc->view, "function_name");
    return s;
}
