/* reference_look: see reference_look.h. A question is shown as its form, and marked three times: answered rightly, partly
 * rightly and wrongly. The answers are found by guessing: whatever the example is, what is shown is what the marking says. */
#include "page/reference_look.h"

#include "course/random.h"
#include "page/frame.h"
#include "page/question_item.h"
#include "page/study.h"

/* ---------- text and the frame of a course ---------- */

static void put_prose(const struct safe_html look[3], struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "prose");
    for (size_t i = 0; i < 3; i++)
        if (look[i].markup.len)
            doc_put_html(doc_add_map(list), "html", look[i]);
}

static void put_lesson(const struct lesson *lesson, struct doc_node *map)
{
    doc_put_text(map, "title", lesson->title);
    doc_put_text(map, "lang", lesson->tag);
    put_count(map, "minutes", lesson->minutes);
    struct doc_node *objectives = doc_put_list(map, "objectives");
    for (size_t i = 0; i < lesson->objective_count; i++)
        doc_add_text(objectives, lesson->objectives[i].text);
}

static void put_course(const struct course *course, struct doc_node *map)
{
    doc_put_text(map, "title", course->title);
    doc_put_text(map, "lang", course->tag);
    doc_put_html(map, "summary", course->summary);
    struct doc_node *lessons = doc_put_list(map, "lessons");
    for (size_t i = 0; i < course->lesson_count; i++)
        put_lesson(&course->lessons[i], doc_add_map(lessons));
}

static void put_test(const struct test *test, struct doc_node *map)
{
    doc_put_text(map, "title", test->title);
    doc_put_text(map, "lang", test->tag);
    put_count(map, "questions", test->drawn);
    doc_put_percent(map, "pass_percent", test->pass_percent);
    put_count(map, "pause", test->pause_minutes);
    int must_pass = 0;
    for (size_t i = 0; i < test->draw_count; i++)
        must_pass += test->draws[i].must_pass ? test->draws[i].count : 0;
    put_count(map, "must_pass", must_pass);
}

static void put_glossary(const struct course *course, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "terms");
    for (size_t i = 0; i < course->glossary_count; i++) {
        struct doc_node *term = doc_add_map(list);
        doc_put_text(term, "title", course->glossary[i].title);
        doc_put_text(term, "lang", course->glossary[i].tag);
        doc_put_html(term, "text", course->glossary[i].text);
    }
}

/* ---------- questions ---------- */

static struct question_item item_of(const struct exchange *x, const struct question *question)
{
    static const struct course nowhere = { 0 }; /* where an explanation leads to is no page that exists */
    return (struct question_item){
        .question = question,
        .course = &nowhere,
        .step = exchange_say(x, "lesson-practice"),
        .field = STR("answer"),
    };
}

/* Some answer of that worth; false: the kind knows none (who chooses one of several is never partly right). */
static bool find_answer(const struct question *question, enum verdict verdict, struct arena *a, struct given *given)
{
    enum { TRIES = 200 };
    struct random random = random_of(1, question->id);
    for (int i = 0; i < TRIES; i++) {
        *given = verdict == VERDICT_RIGHT ? question_solve(question, a) : question_guess(question, &random, a);
        if (question_mark(question, given).verdict == verdict)
            return true;
    }
    return false;
}

static void put_samples(const struct exchange *x, const struct question *question, struct doc_node *map)
{
    static const struct {
        enum verdict verdict;
        const char *heading;
    } samples[] = {
        { VERDICT_RIGHT, "reference-sample-right" },
        { VERDICT_PARTLY, "reference-sample-partly" },
        { VERDICT_WRONG, "reference-sample-wrong" },
    };
    struct doc_node *list = doc_put_list(map, "samples");
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct question_item item = item_of(x, question);
        struct given given;
        if (!find_answer(question, samples[i].verdict, x->arena, &given))
            continue;
        struct doc_node *row = doc_add_map(list);
        item.given = &given;
        doc_put_int(row, "number", (int64_t)i + 2);
        doc_put_text(row, "heading", exchange_say(x, samples[i].heading));
        question_item_put_result(&item, row);
    }
}

/* What the address says of an answer that somebody tries. */
struct tried {
    struct given given;
    bool sent, known, answered; /* to this question; can be shown in its form; can be marked */
    const char *error;          /* message; NULL: nothing is wrong with it */
};

static struct tried read_tried(const struct exchange *x, const struct question *question)
{
    const struct pairs *query = &x->request->query;
    struct tried tried = { .sent = str_equal(exchange_query(x, "question"), question->id) };
    if (!tried.sent)
        return tried;
    enum status s = question_item_given(x, query, question, 0, "answer", &tried.given);
    const char *refusal = s == INVALID ? question_refusal(question, &tried.given) : NULL;
    bool moved = question_item_moved(x, query, question).at;
    tried.known = s == OK || refusal;
    tried.answered = s == OK && !moved && (tried.given.count || tried.given.dont_know);
    tried.error = tried.answered || moved ? NULL : refusal ? refusal : "question-missing";
    return tried;
}

/* The form, with what was tried in it; then how that is marked. */
static void put_question(struct exchange *x, const struct question *question, struct doc_node *map)
{
    struct question_item item = item_of(x, question);
    struct doc_node *asked = doc_put_map(map, "asked");
    struct tried tried = read_tried(x, question);
    if (tried.known)
        item.given = &tried.given;
    if (tried.error) {
        item.error = exchange_say(x, tried.error);
        frame_error(x, str_format(x->arena, "#q-%.*s-answer", STR_ARG(question->id)), item.error);
    }
    doc_put_urlf(asked, "action", "%.*s#verdict-%.*s-1", STR_ARG(x->request->path), STR_ARG(question->id));
    doc_put_int(asked, "number", 1);
    question_item_put_form(&item, asked);
    if (!tried.answered) {
        doc_put_null(map, "tried");
        return;
    }
    struct doc_node *marked = doc_put_map(map, "tried");
    doc_put_int(marked, "number", 1);
    question_item_put_result(&item, marked);
}

struct str reference_look_verdict(const struct exchange *x, const struct reference_entry *entry)
{
    static const char *const verdicts[] = {
        [VERDICT_OPEN] = "result-open",
        [VERDICT_WRONG] = "result-wrong",
        [VERDICT_PARTLY] = "result-partly",
        [VERDICT_RIGHT] = "result-right",
    };
    const struct question *question = reference_question(x->app->reference, entry, x->lang);
    struct tried tried = question ? read_tried(x, question) : (struct tried){ 0 };
    return tried.answered ? exchange_say(x, verdicts[question_mark(question, &tried.given).verdict]) : STR_NONE;
}

/* ---------- all of them ---------- */

static void put_nothing(struct doc_node *map, const char *const *keys)
{
    for (; *keys; keys++)
        if (!doc_get(map, str_of(*keys)))
            doc_put_null(map, *keys);
}

void reference_look_put(struct exchange *x, const struct reference_entry *entry, struct doc_node *map)
{
    static const char *const keys[] = { "prose", "course", "lesson", "test", "glossary", "asked", "tried", "samples", NULL };
    const struct reference *r = x->app->reference;
    const struct course *whole = course_in(r->whole, x->lang);
    const struct question *question = reference_question(r, entry, x->lang);
    doc_put_text(map, "lang", course_in(r->examples, x->lang)->tag);
    doc_put_bool(map, "has_samples", entry->is_kind);
    doc_put_bool(map, "unseen", entry->look == LOOK_NOTHING);
    if (entry->look == LOOK_PROSE || entry->look == LOOK_LESSON)
        put_prose(entry->in[x->lang].look, map);
    if (entry->look == LOOK_COURSE || entry->look == LOOK_TRANSLATION)
        put_course(entry->look == LOOK_COURSE ? whole : course_in(r->whole, LANG_FR), doc_put_map(map, "course"));
    if (entry->look == LOOK_LESSON)
        put_lesson(&whole->lessons[0], doc_put_map(map, "lesson"));
    if (entry->look == LOOK_TEST)
        put_test(whole->test, doc_put_map(map, "test"));
    if (entry->look == LOOK_GLOSSARY)
        put_glossary(whole, doc_put_map(map, "glossary"));
    if (question) {
        put_question(x, question, map);
        if (entry->is_kind)
            put_samples(x, question, map);
    }
    put_nothing(map, keys);
}
