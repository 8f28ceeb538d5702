/* practice: see practice.h. */
#include "page/practice.h"

#include "page/frame.h"
#include "page/url.h"

enum { QUERY_MAX = 3800 }; /* of the 4,096 bytes that an address may have (http/head.h), the path takes a share */

/* ---------- reading ---------- */

static struct practice_answer *answer_to(const struct practice *practice, struct str id)
{
    for (size_t i = 0; i < practice->count; i++)
        if (str_equal(practice->answers[i].question->id, id))
            return &practice->answers[i];
    return NULL;
}

static void list_questions(const struct lesson *lesson, struct practice *practice)
{
    for (size_t p = 0; p < lesson->part_count; p++)
        for (size_t q = 0; q < lesson->parts[p].question_count; q++)
            practice->answers[practice->count++].question = lesson->parts[p].questions[q];
}

static bool is_filled(const struct practice_answer *answer)
{
    return answer->given.count || answer->given.dont_know;
}

/* An address that somebody changed by hand answers nothing; a form that cannot have come from the page is refused. */
static bool is_form(const struct exchange *x, const struct pairs *pairs)
{
    return pairs == &x->request->form;
}

static enum status read_answer(const struct exchange *x, const struct pairs *pairs, struct practice_answer *answer)
{
    struct str field = str_format(x->arena, "answer.%.*s", STR_ARG(answer->question->id));
    if (!field.at)
        return NO_MEMORY;
    enum status s = question_item_given(x, pairs, answer->question, 0, field.at, &answer->given);
    if (s != INVALID)
        return s;
    answer->message = question_refusal(answer->question, &answer->given);
    if (!answer->message && !is_form(x, pairs))
        answer->given = (struct given){ 0 };
    return answer->message || !is_form(x, pairs) ? OK : INVALID;
}

/* A question that is checked is marked, or it is said why it cannot be. */
static void check(struct practice *practice, struct practice_answer *answer, size_t turn)
{
    if (!answer->message && !is_filled(answer))
        answer->message = "question-missing";
    answer->state = answer->message ? PRACTICE_REFUSED : PRACTICE_MARKED;
    answer->turn = turn;
    practice->asked = answer;
}

static void empty(struct practice *practice, struct practice_answer *answer)
{
    *answer = (struct practice_answer){ .question = answer->question };
    if (practice->asked == answer)
        practice->asked = NULL;
}

/* Those that were checked before; a form or an address that names one without an answer names nothing. */
static size_t read_checked(const struct course *course, const struct pairs *pairs, struct practice *practice)
{
    size_t turn = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (!str_is(pairs->list[i].name, "checked"))
            continue;
        struct practice_answer *answer = answer_to(practice, course_id_now(course, pairs->list[i].value));
        if (!answer || answer->message || !is_filled(answer))
            continue;
        answer->state = PRACTICE_MARKED;
        answer->turn = ++turn;
    }
    return turn;
}

static void check_all_filled(struct practice *practice, size_t turn)
{
    for (size_t i = 0; i < practice->count; i++)
        if (practice->answers[i].state == PRACTICE_OPEN && is_filled(&practice->answers[i]))
            check(practice, &practice->answers[i], ++turn);
}

static enum status apply_button(const struct exchange *x, const struct course *course, const struct pairs *pairs,
                                struct practice *practice)
{
    struct str question = pairs_get(pairs, "question"), again = pairs_get(pairs, "again");
    size_t turn = read_checked(course, pairs, practice);
    struct str id = again.at ? again : question;
    struct practice_answer *answer = id.at ? answer_to(practice, course_id_now(course, id)) : NULL;
    if (pairs_get(pairs, "move").at)
        return OK;
    if (id.at && !answer)
        return is_form(x, pairs) ? INVALID : OK;
    if (again.at)
        empty(practice, answer);
    else if (answer)
        check(practice, answer, turn + 1);
    else if (is_form(x, pairs))
        check_all_filled(practice, turn);
    return OK;
}

enum status practice_read(struct exchange *x, const struct course *course, const struct lesson *lesson,
                          const struct pairs *pairs, struct practice *practice)
{
    *practice = (struct practice){ .answers = ARENA_ARRAY(x->arena, lesson->practice_count + 1, struct practice_answer) };
    if (!practice->answers)
        return NO_MEMORY;
    list_questions(lesson, practice);
    enum status s = OK;
    for (size_t i = 0; i < practice->count && s == OK; i++)
        s = read_answer(x, pairs, &practice->answers[i]);
    return s ? s : apply_button(x, course, pairs, practice);
}

/* ---------- as an address ---------- */

static int by_turn(const void *a, const void *b)
{
    const struct practice_answer *one = *(struct practice_answer *const *)a, *other = *(struct practice_answer *const *)b;
    return (one->turn > other->turn) - (one->turn < other->turn);
}

/* The marked ones in the order in which they were checked; how many. */
static size_t marked_in_order(const struct exchange *x, const struct practice *practice, struct practice_answer ***out)
{
    size_t count = 0;
    *out = ARENA_ARRAY(x->arena, practice->count + 1, struct practice_answer *);
    for (size_t i = 0; *out && i < practice->count; i++)
        if (practice->answers[i].state == PRACTICE_MARKED)
            (*out)[count++] = &practice->answers[i];
    if (count)
        qsort(*out, count, sizeof **out, by_turn);
    return count;
}

static struct str add_pair(const struct exchange *x, struct str query, const char *name, struct str id, struct str value)
{
    return str_format(x->arena, "%.*s%c%s%.*s=%.*s", STR_ARG(query), query.len ? '&' : '?', name, STR_ARG(id),
                      STR_ARG(url_encode(x->arena, value)));
}

static struct str add_answer(const struct exchange *x, struct str query, const struct practice_answer *answer)
{
    struct str id = answer->question->id;
    for (size_t i = 0; i < answer->given.count; i++)
        query = add_pair(x, query, "answer.", id, answer->given.values[i]);
    return answer->given.dont_know ? add_pair(x, query, "answer.", id, STR("?")) : query;
}

enum status practice_query(const struct exchange *x, const struct practice *practice, struct str *query)
{
    struct practice_answer **marked;
    size_t count = marked_in_order(x, practice, &marked);
    *query = STR("");
    if (practice->asked)
        *query = add_pair(x, *query, "question", STR(""), practice->asked->question->id);
    for (size_t i = 0; i < count; i++)
        *query = add_pair(x, *query, "checked", STR(""), marked[i]->question->id);
    for (size_t i = 0; i < practice->count && query->len <= QUERY_MAX; i++)
        *query = add_answer(x, *query, &practice->answers[i]);
    return query->len > QUERY_MAX ? TOO_LARGE : arena_status(x->arena);
}

struct str practice_anchor(const struct exchange *x, const struct practice *practice, const struct pairs *pairs)
{
    struct str anchor = STR_NONE, again = pairs_get(pairs, "again");
    for (size_t i = 0; i < practice->count && !anchor.at; i++)
        anchor = question_item_moved(x, pairs, practice->answers[i].question);
    if (anchor.at)
        return anchor;
    if (!practice->asked)
        return again.at ? str_format(x->arena, "practice-%.*s", STR_ARG(again)) : STR_NONE;
    if (practice->asked->state != PRACTICE_MARKED)
        return STR_NONE;
    return str_format(x->arena, "verdict-%.*s-%td", STR_ARG(practice->asked->question->id), practice->asked - practice->answers + 1);
}

/* ---------- on the page ---------- */

void practice_put_row(struct exchange *x, const struct course *course, const struct practice *practice, size_t number,
                  struct doc_node *list)
{
    const struct practice_answer *answer = &practice->answers[number];
    struct doc_node *row = doc_add_map(list);
    struct question_item item = {
        .question = answer->question,
        .course = course,
        .step = question_item_step(x, "lesson-practice-number", number + 1, practice->count),
        .field = str_format(x->arena, "answer.%.*s", STR_ARG(answer->question->id)),
        .given = is_filled(answer) ? &answer->given : NULL,
    };
    doc_put_int(row, "number", (int64_t)number + 1);
    if (answer->state == PRACTICE_MARKED) {
        question_item_put_result(&item, row);
        return;
    }
    if (answer->state == PRACTICE_REFUSED) {
        item.error = exchange_say(x, answer->message);
        frame_error(x, str_format(x->arena, "#q-%.*s-answer", STR_ARG(answer->question->id)), item.error);
    }
    question_item_put_form(&item, row);
    doc_put_null(row, "result");
}

static void put_pair(struct doc_node *list, struct str name, struct str value)
{
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "name", name);
    doc_put_text(row, "value", value);
}

/* Marked questions have no controls: the form says hidden what was answered to them. */
void practice_put_carried(struct exchange *x, const struct practice *practice, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "carried");
    struct practice_answer **marked;
    size_t count = marked_in_order(x, practice, &marked);
    for (size_t i = 0; i < count; i++) {
        struct str field = str_format(x->arena, "answer.%.*s", STR_ARG(marked[i]->question->id));
        put_pair(list, STR("checked"), marked[i]->question->id);
        for (size_t k = 0; k < marked[i]->given.count; k++)
            put_pair(list, field, marked[i]->given.values[k]);
        if (marked[i]->given.dont_know)
            put_pair(list, field, STR("?"));
    }
}

struct str practice_title(const struct exchange *x, const struct practice *practice, struct str title)
{
    static const char *const verdicts[] = {
        [VERDICT_OPEN] = "result-open",
        [VERDICT_WRONG] = "result-wrong",
        [VERDICT_PARTLY] = "result-partly",
        [VERDICT_RIGHT] = "result-right",
    };
    const struct practice_answer *asked = practice->asked;
    if (!asked || asked->state != PRACTICE_MARKED)
        return title;
    const char *verdict = verdicts[question_mark(asked->question, &asked->given).verdict];
    return str_format(x->arena, "%.*s: %.*s", STR_ARG(exchange_say(x, verdict)), STR_ARG(title));
}
