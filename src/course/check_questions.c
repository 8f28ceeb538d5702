/* check_questions: keys, options, patterns, and whether the pool can fill its draws. What a question
 * with an error of the schema cannot be judged by is passed over. */
#include "course/check.h"
#include "course/pattern.h"

enum { MOST_OPTIONS = 10, MOST_DRAWS = 40 };

/* Whether the element itself or one of its direct children has an error: then its key cannot be judged. What is wrong
 * deeper, in the words of a prompt, does not touch the key. */
static bool key_is_broken(const struct document *document, const xmlNode *question)
{
    bool broken = document->tags[xml_number(question)].broken;
    for (const xmlNode *child = xml_first(question); child; child = xml_next(child))
        broken |= document->tags[xml_number(child)].broken;
    return broken;
}

/* ---- choice ---- */

static size_t count_correct(const xmlNode *choice)
{
    size_t count = 0;
    for (const xmlNode *option = xml_child(choice, "option"); option; option = xml_next_same(option))
        count += xml_flag(option, "correct");
    return count;
}

static const xmlNode *second_correct(const xmlNode *choice)
{
    size_t seen = 0;
    const xmlNode *option = xml_child(choice, "option");
    while (option && (seen += xml_flag(option, "correct")) < 2)
        option = xml_next_same(option);
    return option;
}

static void check_key(const struct check *check, const struct document *document, const xmlNode *choice)
{
    size_t correct = count_correct(choice);
    bool several = str_is(xml_attr(choice, "answers"), "several");
    if (correct == 0)
        check_error(check, document, choice, NULL, "no-correct-option", NO_PARAMS);
    else if (!several && correct > 1)
        check_error(check, document, second_correct(choice), "correct", "second-correct-option", NO_PARAMS);
    else if (several && correct == xml_count(choice, "option"))
        check_error(check, document, choice, NULL, "no-wrong-option", NO_PARAMS);
    if (!several && xml_attr(choice, "scoring").at)
        check_error(check, document, choice, "scoring", "scoring-of-one", NO_PARAMS);
}

static struct str answer_text(const struct check *check, const xmlNode *option)
{
    return xml_text(xml_child(option, "answer"), check->arena);
}

static void check_answers_differ(const struct check *check, const struct document *document, const xmlNode *choice)
{
    for (const xmlNode *again = xml_child(choice, "option"); again; again = xml_next_same(again)) {
        struct str text = answer_text(check, again);
        const xmlNode *first = xml_child(choice, "option");
        while (first != again && !str_equal(text, answer_text(check, first)))
            first = xml_next_same(first);
        if (text.len == 0)
            check_error(check, document, again, NULL, "empty-answer", NO_PARAMS);
        else if (first != again)
            check_error(check, document, again, NULL, "double-answer",
                        PARAMS(PARAM_OF_TEXT("text", text), check_line_of(check, document, first)));
    }
}

static void check_choice(const struct check *check, const struct document *document, const xmlNode *choice)
{
    if (key_is_broken(document, choice))
        return;
    if (xml_count(choice, "option") > MOST_OPTIONS) {
        check_error(check, document, choice, NULL, "too-many-options", PARAMS(PARAM_OF_INT("most", MOST_OPTIONS)));
        return;
    }
    check_key(check, document, choice);
    check_answers_differ(check, document, choice);
}

/* ---- text ---- */

static void check_pattern(const struct check *check, const struct document *document, const xmlNode *rule)
{
    struct str problem = STR_NONE;
    size_t offset = 0;
    if (!pattern_compile(xml_attr(rule, "pattern"), check->arena, &problem, &offset))
        check_error(check, document, rule, "pattern", "bad-pattern",
                    PARAMS(PARAM_OF_TEXT("problem", problem), PARAM_OF_INT("at", (int64_t)offset + 1)));
}

static void check_rule(const struct check *check, const struct document *document, const xmlNode *rule)
{
    bool value = xml_attr(rule, "value").at, pattern = xml_attr(rule, "pattern").at;
    if (document->tags[xml_number(rule)].broken)
        return;
    if (value == pattern)
        check_error(check, document, rule, NULL, value ? "value-and-pattern" : "no-value-or-pattern",
                    PARAMS(PARAM_OF_TEXT("element", xml_name(rule))));
    else if (pattern)
        check_pattern(check, document, rule);
}

static void check_text(const struct check *check, const struct document *document, const xmlNode *text)
{
    if (!xml_child(text, "accept") && !key_is_broken(document, text))
        check_error(check, document, text, NULL, "no-accept", NO_PARAMS);
    for (const xmlNode *rule = xml_first(text); rule; rule = xml_next(rule))
        if (xml_is(rule, "accept") || xml_is(rule, "reject"))
            check_rule(check, document, rule);
}

/* ---- pool and draws ---- */

static bool is_question(const xmlNode *node)
{
    return xml_is(node, "choice") || xml_is(node, "text");
}

static bool draw_takes(const xmlNode *draw, const xmlNode *item)
{
    int level = xml_int(draw, "level", 0);
    return str_equal(xml_attr(draw, "competence"), xml_attr(item, "competence")) &&
           (level == 0 || level == xml_int(item, "level", 0));
}

/* Draws without a level take from what the draws with one leave: counted together, they must not take more than fits. */
static int items_left(const xmlNode *test, const xmlNode *draw)
{
    int left = 0, level = xml_int(draw, "level", 0);
    for (const xmlNode *item = xml_first(xml_child(test, "pool")); item; item = xml_next(item))
        left += draw_takes(draw, item);
    for (const xmlNode *other = xml_child(test, "draw"); other; other = xml_next_same(other)) {
        bool same = str_equal(xml_attr(other, "competence"), xml_attr(draw, "competence"));
        int its = xml_int(other, "level", 0);
        bool narrower = its == level ? xml_number(other) < xml_number(draw) : level == 0;
        if (same && narrower)
            left -= xml_int(other, "count", 0);
    }
    return left > 0 ? left : 0;
}

static void check_draws(const struct check *check, const struct document *document, const xmlNode *test)
{
    for (const xmlNode *draw = xml_child(test, "draw"); draw; draw = xml_next_same(draw)) {
        int left = items_left(test, draw), count = xml_int(draw, "count", 0);
        if (count > left && !check_is_broken(document, draw))
            check_error(check, document, draw, "count", "short-draw",
                        PARAMS(PARAM_OF_INT("count", count), PARAM_OF_INT("left", left)));
    }
}

static void check_drawn(const struct check *check, const struct document *document, const xmlNode *test)
{
    for (const xmlNode *item = xml_first(xml_child(test, "pool")); item; item = xml_next(item)) {
        const xmlNode *draw = xml_child(test, "draw");
        while (draw && !draw_takes(draw, item))
            draw = xml_next_same(draw);
        if (!draw)
            check_warn(check, document, item, NULL, "never-drawn", PARAMS(PARAM_OF_TEXT("id", xml_attr(item, "id"))));
    }
}

/* A draw out of a pool with errors would be counted wrongly. */
static void check_test(const struct check *check, const struct document *document, const xmlNode *test)
{
    if (!test || check_is_broken(document, test))
        return;
    if (xml_count(test, "draw") > MOST_DRAWS) {
        check_error(check, document, test, NULL, "too-many-draws", PARAMS(PARAM_OF_INT("most", MOST_DRAWS)));
        return;
    }
    check_draws(check, document, test);
    check_drawn(check, document, test);
}

/* ---- practice and test items differ ---- */

struct asked {
    struct str prompt;
    const xmlNode *question;
};

static int compare_asked(const void *a, const void *b)
{
    const struct asked *one = a, *other = b;
    int order = str_compare(one->prompt, other->prompt);
    size_t here = xml_number(one->question), there = xml_number(other->question);
    return order ? order : (here > there) - (here < there);
}

/* The prompt alone may well be alike («Was tun Sie zuerst?»): material and options belong to what is asked. */
static struct str asked_text(const struct check *check, const xmlNode *question)
{
    struct str parts[3] = {
        xml_text(xml_child(question, "material"), check->arena),
        xml_text(xml_child(question, "prompt"), check->arena),
        STR_NONE,
    };
    for (const xmlNode *option = xml_child(question, "option"); option; option = xml_next_same(option))
        if (xml_flag(option, "correct"))
            parts[2] = answer_text(check, option);
    return str_join(check->arena, parts, 3, STR("\n"));
}

static void report_twins(const struct check *check, const struct document *document, const struct asked *list,
                         size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct asked *first = &list[i - 1], *again = &list[i];
        if (!str_equal(first->prompt, again->prompt))
            continue;
        bool leaks = xml_is(first->question->parent, "practice") != xml_is(again->question->parent, "practice");
        check_error(check, document, again->question, NULL, leaks ? "practice-in-pool" : "double-question",
                    PARAMS(check_line_of(check, document, first->question)));
    }
}

static void check_twins(const struct check *check, const struct document *document, size_t count)
{
    struct asked *list = ARENA_ARRAY(check->arena, count + 1, struct asked);
    const xmlNode *root = xml_root(document->doc);
    size_t used = 0;
    for (const xmlNode *node = xml_walk(root, root); list && node; node = xml_walk(root, node))
        if (is_question(node) && !check_is_broken(document, node))
            list[used++] = (struct asked){ asked_text(check, node), node };
    if (used == 0)
        return;
    qsort(list, used, sizeof *list, compare_asked);
    report_twins(check, document, list, used);
}

void check_questions(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    size_t count = 0;
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node)) {
        count += is_question(node);
        if (xml_is(node, "choice"))
            check_choice(check, document, node);
        else if (xml_is(node, "text"))
            check_text(check, document, node);
    }
    check_test(check, document, xml_child(root, "test"));
    check_twins(check, document, count);
}
