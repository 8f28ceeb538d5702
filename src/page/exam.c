/* exam: see exam.h. */
#include "page/exam.h"

#include "ext/token.h"
#include "page/question_item.h"
#include "store/pack_state.h"

enum status exam_keep_state(struct db_conn *conn, const struct course *course, const struct pack_files *files, int64_t now)
{
    enum status s = pack_state_exists(conn, course->hash);
    if (s != NOT_FOUND)
        return s;
    s = pack_state_add(conn, course->hash, course->id, course->version, now);
    for (size_t i = 0; s == OK && i < files->count; i++)
        s = pack_state_add_file(conn, course->hash, (struct pack_state_file){ files->files[i].path, files->files[i].bytes });
    return s;
}

/* Called by the state cache, without any lock held. The view is given back before the course is built. */
static enum status load_state(void *context, struct str hash, struct arena *a, struct pack_files *files)
{
    struct exchange *x = context;
    struct pack_state_file *stored;
    enum status s = exchange_read(x);
    if (s == OK)
        s = pack_state_files(x->view, hash, a, &stored, &files->count);
    exchange_read_end(x);
    if (s)
        return s == NOT_FOUND ? CORRUPT : s;
    files->files = ARENA_ARRAY(a, files->count, struct pack_file);
    for (size_t i = 0; files->files && i < files->count; i++)
        files->files[i] = (struct pack_file){ stored[i].path, stored[i].bytes };
    return arena_status(a);
}

static enum status find_course(struct exchange *x, struct exam *exam)
{
    const struct course *live = catalogue_course(x->catalogue, x->attempt.course);
    if (live && str_equal(live->hash, x->attempt.pack)) {
        exam->course = exchange_course(x, live);
        return OK;
    }
    enum status s = OK;
    if (!x->held) {
        exchange_read_end(x); /* it may have to wait until somebody else has loaded it */
        s = state_cache_take(x->app->states, x->attempt.pack, load_state, x, &x->held);
    }
    if (s == OK)
        exam->course = exchange_course(x, x->held);
    return s;
}

static enum status read_items(struct exchange *x, struct exam *exam)
{
    struct attempt_item *rows;
    enum status s = exchange_read(x);
    if (s == OK)
        s = attempt_items(x->view, x->attempt.id, x->arena, &rows, &exam->count);
    if (s)
        return s;
    exam->items = ARENA_ARRAY(x->arena, exam->count + 1, struct exam_item);
    for (size_t i = 0; exam->items && i < exam->count; i++) {
        struct exam_item *item = &exam->items[i];
        item->question = course_question(exam->course, rows[i].item);
        item->asked = rows[i].answered ? course_question(course_in(exam->course, rows[i].lang), rows[i].item) : item->question;
        item->must_pass = rows[i].must_pass;
        item->given = rows[i].answered ? given_decode(rows[i].given, x->arena) : (struct given){ 0 };
        item->mark = exam_mark(x, &item->given);
        item->page = rows[i].page;
        item->answered_at = rows[i].answered_at;
        item->answered = item->given.count || item->given.dont_know;
        exam->answered += item->answered;
        if (!item->question)
            return CORRUPT;
    }
    return arena_status(x->arena);
}

enum status exam_open(struct exchange *x, struct exam *exam)
{
    *exam = (struct exam){ .attempt = &x->attempt };
    enum status s = find_course(x, exam);
    if (s)
        return s;
    return exam->course->test ? read_items(x, exam) : CORRUPT;
}

void exam_let_go(struct exchange *x)
{
    if (x->held)
        state_cache_release(x->app->states, x->held);
    x->held = NULL;
}

const struct course *exam_course_now(const struct exchange *x, const struct exam *exam)
{
    const struct course *live = catalogue_course(x->catalogue, exam->course->id);
    return live ? live : exam->course;
}

struct marking exam_worth(const struct exam_item *item)
{
    return question_mark(item->asked, &item->given);
}

const struct question *exam_question_marked(const struct exam_item *item)
{
    bool same = question_accepts(item->question, &item->given) == OK &&
                question_mark(item->question, &item->given).points == exam_worth(item).points;
    return same ? item->question : item->asked;
}

size_t exam_find(const struct exam *exam, struct str question)
{
    size_t i = 0;
    while (i < exam->count && !str_equal(exam->items[i].question->id, question))
        i++;
    return i;
}

struct str exam_url(const struct exchange *x, const struct exam *exam, const char *rest)
{
    return str_format(x->arena, "/attempts/%lld%s", (long long)exam->attempt->id, rest);
}

struct str exam_mark_of(const struct exchange *x, struct str text)
{
    enum { MARK_DIGITS = 16 };
    return str_part(token_hash_hex(text, x->arena), 0, MARK_DIGITS);
}

struct str exam_mark(const struct exchange *x, const struct given *given)
{
    return exam_mark_of(x, given_encode(given, x->arena));
}

void exam_put_frozen(const struct exchange *x, const struct exam *exam, size_t number, const struct given *given,
                     struct doc_node *map)
{
    struct question question = *exam->items[number].question;
    uint64_t seed = (uint64_t)exam->attempt->seed;
    if (!map)
        return;
    question.material = question.setting = (struct safe_html){ STR_NONE }; /* the other form shows it */
    doc_put_int(map, "number", (int64_t)number + 1);
    doc_put_text(map, "step", question_item_step(x, "attempt-position", number + 1, exam->count));
    doc_put_null(map, "error");
    question_describe(&question, seed, doc_put_map(map, "question"));
    question_form(&question, seed, given, str_format(map->arena, "frozen.%.*s", STR_ARG(question.id)), STR("frozen-"),
                  doc_put_map(map, "form"));
}

void exam_put_head(struct exchange *x, const struct exam *exam)
{
    struct doc_node *data = x->doc->data, *course = doc_put_map(data, "course");
    const struct course *c = exam->course;
    doc_put_text(course, "id", c->id);
    doc_put_text(course, "title", c->title);
    doc_put_url(course, "url", str_format(x->arena, "/courses/%.*s", STR_ARG(c->id)));
    doc_put_text(data, "id", str_format(x->arena, "%lld", (long long)exam->attempt->id));
    doc_put_text(data, "test_title", c->test->title);
    doc_put_text(data, "content_lang", c->tag);
    doc_put_int(data, "of", (int64_t)exam->count);
    doc_put_int(data, "answered", (int64_t)exam->answered);
}

void exam_put_language_form(struct exchange *x, const struct exam *exam, struct str go)
{
    struct doc_node *map = doc_put_map(x->doc->view, "language_form");
    doc_put_text(map, "id", STR("answers"));
    doc_put_text(map, "go", go);
    doc_put_text(map, "lang", str_of(lang_code(exam->course->lang)));
}

void exam_put_numbers(struct exchange *x, const struct exam *exam, size_t here)
{
    struct doc_node *list = doc_put_list(x->doc->view, "numbers");
    for (size_t i = 0; i < exam->count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_int(row, "number", (int64_t)i + 1);
        doc_put_urlf(row, "url", "/attempts/%lld?number=%zu", (long long)exam->attempt->id, i + 1);
        doc_put_bool(row, "done", exam->items[i].answered);
        doc_put_bool(row, "here", i + 1 == here);
    }
}
