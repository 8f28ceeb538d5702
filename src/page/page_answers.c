/* page_answers: POST /attempts/{attempt}/answers: saves one answer, or those of the page with all questions.
 *
 * A form says of each answer which one it showed (shown.ITEM). Where another tab or device has saved another one since,
 * nothing is overwritten: the page comes back with both (409) and asks which counts (choose.ITEM); all the rest of the
 * form stays as it was filled in, and nothing of it is saved yet. The same page (422) asks for another answer where one
 * cannot be taken as it was typed (words where a number belongs). After handing in nothing is taken any more; what was
 * not taken is shown on the result. Clients without forms leave both fields out: their latest answer counts.
 *
 * An answer is kept with the language in which it was given: that of the form (lang). The languages in the page's frame are
 * buttons of this form, so that changing the language saves first. */
#include "ext/token.h"
#include "page/exam.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/question_item.h"
#include "page/study.h"
#include "page/url.h"
#include "rules/answer.h"

enum { MOST_TRIES = 3 };

struct brought {
    size_t number; /* of the item, from 0 */
    const struct exam_item *item;
    struct given given;
    struct str mark, shown, choice;
    enum answer_fate fate;
    const char *refusal; /* message: why it cannot be taken as it was typed; NULL: it can */
};

struct answers {
    struct exam exam;
    struct str page; /* mark of the page that was sent: of its key; empty without one */
    bool one;        /* of a page with one question */
    struct brought *list;
    size_t count;
};

static bool is_any(const struct answers *answers, enum answer_fate fate)
{
    for (size_t i = 0; i < answers->count; i++)
        if (answers->list[i].fate == fate)
            return true;
    return false;
}

static int count_refused(const struct answers *answers)
{
    int count = 0;
    for (size_t i = 0; i < answers->count; i++)
        count += answers->list[i].refusal != NULL;
    return count;
}

/* ---------- reading the form ---------- */

/* The name of a question's fields: "answer" on its own page, "answer.ITEM" beside others. */
static struct str field_of(const struct exchange *x, const struct answers *answers, const struct question *question)
{
    return answers->one ? STR("answer") : str_format(x->arena, "answer.%.*s", STR_ARG(question->id));
}

static struct str field_about(const struct exchange *x, const char *name, const struct question *question)
{
    struct str field = str_format(x->arena, "%s.%.*s", name, STR_ARG(question->id));
    return field.at ? exchange_field(x, field.at) : STR_NONE;
}

/* "brought.MARK", "saved.MARK": which counts, beside the mark of what was saved when that was asked. */
static enum answer_fate fate_of(const struct answers *answers, const struct brought *b)
{
    struct str against = b->choice, which = str_cut(&against, '.');
    return answer_fate(&(struct answer_case){
        .shown = b->shown,
        .saved = b->item->mark,
        .brought = b->mark,
        .own = answers->page.len && str_equal(answers->page, b->item->page),
        .choice = str_is(which, "brought") ? CHOICE_BROUGHT : str_is(which, "saved") ? CHOICE_SAVED : CHOICE_NONE,
        .chosen_against = against,
    });
}

static uint64_t seed_of(const struct answers *answers)
{
    return (uint64_t)answers->exam.attempt->seed;
}

static enum status read_answer(struct exchange *x, struct answers *answers, size_t number)
{
    const struct exam_item *item = &answers->exam.items[number];
    struct brought *b = &answers->list[answers->count++];
    struct str field = field_of(x, answers, item->question);
    *b = (struct brought){ .number = number, .item = item };
    enum status s = field.at ? question_item_given(x, &x->request->form, item->question, seed_of(answers), field.at, &b->given)
                               : NO_MEMORY;
    b->refusal = s == INVALID ? question_refusal(item->question, &b->given) : NULL;
    if (s && !b->refusal)
        return s;
    b->mark = exam_mark(x, &b->given);
    b->shown = field_about(x, "shown", item->question);
    b->choice = field_about(x, "choose", item->question);
    b->fate = fate_of(answers, b);
    return arena_status(x->arena);
}

/* Whether the page with all questions was sent; of another form nothing must be taken for cleared. */
static bool has_answers(const struct exchange *x)
{
    const struct pairs *form = &x->request->form;
    for (size_t i = 0; i < form->count; i++)
        if (str_starts(form->list[i].name, STR("answer.")) || str_is(form->list[i].name, "go"))
            return true;
    return false;
}

static enum status read_answers(struct exchange *x, struct answers *answers)
{
    struct str question = exchange_field(x, "question"), key = exchange_field(x, "key");
    size_t number = exam_find(&answers->exam, question);
    answers->one = question.at != NULL;
    answers->page = key.len ? exam_mark_of(x, key) : STR_NONE;
    answers->list = ARENA_ARRAY(x->arena, answers->exam.count + 1, struct brought);
    if (!answers->list)
        return NO_MEMORY;
    if (answers->one)
        return number < answers->exam.count ? read_answer(x, answers, number) : INVALID;
    enum status s = has_answers(x) ? OK : INVALID;
    for (size_t i = 0; s == OK && i < answers->exam.count; i++)
        s = read_answer(x, answers, i);
    return s;
}

/* ---------- saving ---------- */

struct save_job {
    const struct answers *answers;
    int position;
    enum lang lang;
    int64_t now;
    struct arena *arena;
};

static enum status write_answers(struct db_conn *conn, void *context)
{
    const struct save_job *job = context;
    const struct answers *answers = job->answers;
    int64_t attempt = answers->exam.attempt->id;
    enum status s = attempt_save(conn, attempt, job->position);
    for (size_t i = 0; s == OK && i < answers->count; i++) {
        const struct brought *b = &answers->list[i];
        struct answer answer = { b->item->question->id, given_encode(&b->given, job->arena), answers->page, job->lang, job->now };
        if (b->fate == ANSWER_SAVE)
            s = answer_put(conn, attempt, &answer, given_encode(&b->item->given, job->arena));
    }
    return s;
}

/* The anchor of the button that moved something; STR_NONE: none did. */
static struct str moved_at(const struct exchange *x, const struct answers *answers)
{
    struct str anchor = STR_NONE;
    for (size_t i = 0; i < answers->count && !anchor.at; i++)
        anchor = question_item_moved(x, &x->request->form, answers->list[i].item->question);
    return anchor;
}

static struct str back_to(const struct exchange *x, const struct answers *answers, struct str anchor)
{
    const struct exam *exam = &answers->exam;
    if (!answers->one)
        return str_format(x->arena, "%.*s#%.*s", STR_ARG(exam_url(x, exam, "/all")), STR_ARG(anchor));
    return str_format(x->arena, "/attempts/%lld?number=%zu#%.*s", (long long)exam->attempt->id,
                      answers->list[0].number + 1, STR_ARG(anchor));
}

#define TO_LANGUAGE "lang-"

/* The button of a language, "lang-fr": saves, and shows the same page in it. */
static bool is_language(struct str go)
{
    enum lang lang;
    return str_starts(go, STR(TO_LANGUAGE)) && lang_parse(str_from(go, strlen(TO_LANGUAGE)), &lang);
}

static struct str same_page_in(const struct exchange *x, const struct answers *answers, struct str lang)
{
    long long attempt = (long long)answers->exam.attempt->id;
    if (!answers->one)
        return str_format(x->arena, "/attempts/%lld/all?saved=1&lang=%.*s", attempt, STR_ARG(lang));
    return str_format(x->arena, "/attempts/%lld?number=%zu&lang=%.*s", attempt, answers->list[0].number + 1, STR_ARG(lang));
}

/* Where the pressed button leads: next, back, stop, save, finish, a language; without one, to the next question. */
static struct str after_saving(const struct exchange *x, const struct answers *answers)
{
    const struct exam *exam = &answers->exam;
    struct str go = exchange_field(x, "go"), moved = moved_at(x, answers);
    if (moved.at)
        return back_to(x, answers, moved);
    if (is_language(go))
        return same_page_in(x, answers, str_from(go, strlen(TO_LANGUAGE)));
    if (str_is(go, "stop"))
        return str_format(x->arena, "/courses/%.*s#test", STR_ARG(exam->course->id));
    if (str_is(go, "finish"))
        return exam_url(x, exam, "/review");
    if (!answers->one)
        return exam_url(x, exam, "/all?saved=1");
    size_t position = answers->list[0].number + 1, next = str_is(go, "back") ? position - 1 : position + 1;
    if (next > exam->count)
        return exam_url(x, exam, "/review");
    return str_format(x->arena, "/attempts/%lld?number=%zu", (long long)exam->attempt->id, next < 1 ? 1 : next);
}

/* Where the reader goes on, here or on another device: stopping and changing the language stay at the question. 0: where
 * it was. */
static int position_to_resume(const struct exchange *x, const struct answers *answers)
{
    struct str go = exchange_field(x, "go");
    if (!answers->one)
        return 0;
    int position = (int)answers->list[0].number + 1;
    if (str_is(go, "stop") || is_language(go) || moved_at(x, answers).at)
        return position;
    if (str_is(go, "back"))
        return position - 1;
    return position < (int)answers->exam.count ? position + 1 : position;
}

static enum status save(struct exchange *x, const struct answers *answers)
{
    struct str location = after_saving(x, answers);
    struct save_job job = {
        .answers = answers,
        .position = position_to_resume(x, answers),
        .lang = answers->exam.course->lang,
        .now = x->request->now,
        .arena = x->arena,
    };
    enum status s = exchange_submit(x, write_answers, &job, &location);
    if (s == OK)
        exchange_redirect(x, location);
    return s;
}

/* ---------- two answers, or one that cannot be taken: asking ---------- */

static void put_time(const struct exchange *x, int64_t instant, struct doc_node *map)
{
    struct civil at = clock_civil(instant, x->app->zone);
    doc_put_day(map, "day", clock_day(instant, x->app->zone));
    doc_put_text(map, "time", str_format(x->arena, "%02d:%02d", at.hour, at.minute));
}

static void put_choice(struct exchange *x, const struct exam *exam, const struct brought *b, struct doc_node *map)
{
    const struct question *question = b->item->question;
    struct str id = str_format(x->arena, "choose-%.*s", STR_ARG(question->id));
    struct message_param number = PARAM_OF_INT("number", (int64_t)b->number + 1);
    doc_put_text(map, "html_id", id);
    doc_put_text(map, "field", str_format(x->arena, "choose.%.*s", STR_ARG(question->id)));
    doc_put_text(map, "take_saved", str_format(x->arena, "saved.%.*s", STR_ARG(b->item->mark)));
    doc_put_text(map, "take_brought", str_format(x->arena, "brought.%.*s", STR_ARG(b->item->mark)));
    put_time(x, b->item->answered_at, doc_put_map(map, "saved_at"));
    put_time(x, x->request->now, doc_put_map(map, "brought_at"));
    exam_put_frozen(x, exam, b->number, &b->item->given, doc_put_map(map, "saved"));
    frame_error(x, str_format(x->arena, "#%.*s", STR_ARG(id)),
                message_text(x->app->messages, x->arena, x->lang, STR("attempt-choose-number"), &number, 1));
}

/* The form as it was filled in. What a question showed stays what it showed, so that the answer is compared with it again. */
static void put_brought(struct exchange *x, const struct answers *answers, const struct brought *b, struct doc_node *row)
{
    struct question_item shown = {
        .question = b->item->question,
        .course = answers->exam.course,
        .seed = seed_of(answers),
        .given = &b->given,
        .step = question_item_step(x, "attempt-position", b->number + 1, answers->exam.count),
        .field = field_of(x, answers, b->item->question),
        .error = b->refusal ? exchange_say(x, b->refusal) : STR_NONE,
    };
    if (b->refusal)
        frame_error(x, str_format(x->arena, "#q-%.*s-answer", STR_ARG(b->item->question->id)), shown.error);
    doc_put_int(row, "number", (int64_t)b->number + 1);
    doc_put_text(row, "shown", b->shown);
    question_item_put_form(&shown, row);
    if (b->fate == ANSWER_ASK)
        put_choice(x, &answers->exam, b, doc_put_map(row, "choice"));
    else
        doc_put_null(row, "choice");
}

static void put_count_or_null(struct doc_node *map, const char *key, int64_t count)
{
    if (count)
        put_count(map, key, count);
    else
        doc_put_null(map, key);
}

static enum status ask(struct exchange *x, const struct answers *answers)
{
    const struct exam *exam = &answers->exam;
    struct doc_node *view = x->doc->view, *list = doc_put_list(view, "items");
    int64_t asked = 0;
    for (size_t i = 0; i < answers->count; i++) {
        put_brought(x, answers, &answers->list[i], doc_add_map(list));
        asked += answers->list[i].fate == ANSWER_ASK;
    }
    exam_put_head(x, exam);
    put_count_or_null(view, "asked", asked);
    put_count_or_null(view, "refused", count_refused(answers));
    doc_put_url(view, "action", exam_url(x, exam, "/answers"));
    doc_put_url(view, "back_url", exam_url(x, exam, answers->one ? "" : "/all"));
    doc_put_text(view, "key", token_new(x->arena));
    doc_put_text(view, "go", exchange_field(x, "go"));
    exam_put_language_form(x, exam, exchange_field(x, "go"));
    if (answers->one)
        doc_put_text(view, "question", answers->list[0].item->question->id);
    else
        doc_put_null(view, "question");
    exchange_title(x, exchange_say(x, asked ? "attempt-choose" : "attempt-mend"));
    x->reply->code = asked ? 409 : 422;
    return OK;
}

/* ---------- too late ---------- */

enum { LATE_URL_MAX = 3900 }; /* of the 4,096 bytes that an address may have (http/head.h) */

/* The pairs of the form that belong to an answer, as the page of one question would name them for page_result. */
static struct str late_pairs(const struct exchange *x, const struct answers *answers, const struct question *question)
{
    const struct pairs *form = &x->request->form;
    struct str field = field_of(x, answers, question), text = STR("");
    struct str parts = str_format(x->arena, "part.%.*s.", STR_ARG(question->id));
    for (size_t i = 0; i < form->count; i++) {
        struct str name = form->list[i].name;
        if (str_equal(name, field))
            name = str_format(x->arena, "answer.%.*s", STR_ARG(question->id));
        else if (!str_starts(name, parts))
            continue;
        text = str_format(x->arena, "%.*s&%.*s=%.*s", STR_ARG(text), STR_ARG(name),
                          STR_ARG(url_encode(x->arena, form->list[i].value)));
    }
    return text;
}

/* The result, with those answers in the address that would have changed something: nothing that somebody filled in
 * vanishes without a word. `unshown`: how many were too long for an address. */
static struct str late_url(const struct exchange *x, const struct answers *answers)
{
    struct str url = exam_url(x, &answers->exam, "/result");
    int unshown = 0;
    if (!is_any(answers, ANSWER_SAVE) && !is_any(answers, ANSWER_ASK))
        return url;
    url = str_format(x->arena, "%.*s?late=1", STR_ARG(url));
    for (size_t i = 0; i < answers->count; i++) {
        const struct brought *b = &answers->list[i];
        struct str pairs = b->fate == ANSWER_LEAVE ? STR("") : late_pairs(x, answers, b->item->question);
        if (url.len + pairs.len > LATE_URL_MAX)
            unshown++;
        else
            url = str_format(x->arena, "%.*s%.*s", STR_ARG(url), STR_ARG(pairs));
    }
    return unshown ? str_format(x->arena, "%.*s&unshown=%d", STR_ARG(url), unshown) : url;
}

/* ---------- the page ---------- */

/* Words are taken for the language in which the form stood, whatever was chosen since in another tab; the page speaks the
 * reader's. */
static void speak_as_form(struct exchange *x)
{
    x->content_first = lang_parse(exchange_field(x, "lang"), &x->content);
}

static enum status answer_once(struct exchange *x)
{
    struct answers answers = { 0 };
    bool again = !x->view; /* the guard's view went with the change that met a CONFLICT */
    enum status s = exchange_read(x);
    if (s == OK && again)
        s = attempt_find(x->view, x->attempt.id, x->arena, &x->attempt);
    if (s == OK)
        s = exam_open(x, &answers.exam);
    if (s == OK)
        s = read_answers(x, &answers);
    if (s)
        return s;
    if (answers.exam.attempt->finished) {
        exchange_redirect(x, late_url(x, &answers));
        return OK;
    }
    return is_any(&answers, ANSWER_ASK) || count_refused(&answers) ? ask(x, &answers) : save(x, &answers);
}

enum status page_answers_post(struct exchange *x)
{
    struct str location;
    enum status s = exchange_repeated(x, &location);
    if (s == OK)
        exchange_redirect(x, location);
    if (s != NOT_FOUND)
        return s;
    speak_as_form(x);
    s = CONFLICT;
    for (int i = 0; s == CONFLICT && i < MOST_TRIES; i++)
        s = answer_once(x);
    return s;
}
