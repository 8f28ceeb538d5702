/* check_questions: what every kind says of its own, questions that are there twice, and whether the pool can fill its
 * draws. What a question with an error of the schema cannot be judged by is passed over. */
#include "course/check/check.h"
#include "course/kind/kind.h"

enum { MOST_DRAWS = 40 };

static bool is_prose(const xmlNode *node)
{
    return xml_is(node, "material") || xml_is(node, "prompt") || xml_is(node, "explanation");
}

/* Whether the question or what makes its key has an error: then the key cannot be judged. What is wrong in the words
 * around it does not touch the key. */
static bool key_is_broken(const struct document *document, const xmlNode *question)
{
    bool broken = document->tags[xml_number(question)].broken;
    for (const xmlNode *child = xml_first(question); child && !broken; child = xml_next(child))
        broken = is_prose(child) ? document->tags[xml_number(child)].broken : check_is_broken(document, child);
    return broken;
}

/* ---- pool and draws ---- */

static bool is_question(const xmlNode *node)
{
    return kind_find(xml_name(node)) != NULL;
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

/* What a question is about beyond its prompt: the correct option of a choice, else the words that are worked on. */
static bool belongs_to_what_is_asked(const xmlNode *child)
{
    return xml_is(child, "option") ? xml_flag(child, "correct") : !xml_is(child, "explanation");
}

/* The prompt alone may well be alike («Was tun Sie zuerst?»): material and answer belong to what is asked. */
static struct str asked_text(const struct check *check, const xmlNode *question)
{
    struct buf lines;
    buf_init(&lines, XML_MAX_BYTES);
    for (const xmlNode *child = xml_first(question); child; child = xml_next(child)) {
        if (!belongs_to_what_is_asked(child))
            continue;
        const xmlNode *answer = xml_child(child, "answer");
        buf_add(&lines, xml_text(answer ? answer : child, check->arena));
        buf_add(&lines, STR("\n"));
    }
    struct str text = str_copy(check->arena, buf_str(&lines));
    buf_release(&lines);
    return text;
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

bool check_question(const struct check *check, const struct document *document, const xmlNode *node)
{
    const struct kind *kind = xml_is_made(node) ? NULL : kind_find(xml_name(node));
    if (kind && !key_is_broken(document, node))
        kind->check(check, document, node);
    return kind != NULL;
}

void check_questions(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    size_t count = 0;
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        count += check_question(check, document, node);
    check_test(check, document, xml_child(root, "test"));
    check_twins(check, document, count);
}
