/* completion: see completion.h. */
#include "page/completion.h"

static struct str id_list(const struct str *ids, size_t count, struct arena *a)
{
    return str_format(a, ",%.*s,", STR_ARG(str_join(a, ids, count, STR(","))));
}

static size_t practice_ids(const struct course *course, const struct lesson *lesson, struct str *ids)
{
    size_t count = 0;
    for (size_t p = 0; p < lesson->part_count; p++)
        for (size_t q = 0; q < lesson->parts[p].question_count; q++)
            ids[count++] = course_id_stored(course, lesson->parts[p].questions[q]->id);
    return count;
}

/* Lessons that are not valid yet are asked of nobody, unless there is nothing else to ask for. */
static bool asks_all(const struct course *course, int32_t day)
{
    size_t ahead = 0;
    for (size_t i = 0; i < course->lesson_count; i++)
        ahead += lesson_is_ahead(&course->lessons[i], day);
    return ahead == course->lesson_count && !course->test;
}

struct completion_rule completion_rule_of(const struct course *course, int32_t day, struct arena *a)
{
    struct completion_rule rule = { .course = course->id, .needs_test = course->test != NULL };
    struct str *lessons = ARENA_ARRAY(a, course->lesson_count + 1, struct str);
    struct str *practice = ARENA_ARRAY(a, course->question_count + 1, struct str);
    if ((rule.needs_test && course->completion_by_test) || !lessons || !practice)
        return rule;
    bool all = asks_all(course, day);
    for (size_t i = 0; i < course->lesson_count; i++) {
        if (!all && lesson_is_ahead(&course->lessons[i], day))
            continue;
        lessons[rule.lesson_count++] = course_id_stored(course, course->lessons[i].id);
        rule.practice_count += practice_ids(course, &course->lessons[i], practice + rule.practice_count);
    }
    rule.lessons = id_list(lessons, rule.lesson_count, a);
    rule.practice = id_list(practice, rule.practice_count, a);
    return rule;
}

struct completion_rule *completion_rules_of(const struct catalogue *catalogue, int32_t day, struct arena *a)
{
    struct completion_rule *rules = ARENA_ARRAY(a, catalogue->count + 1, struct completion_rule);
    for (size_t i = 0; rules && i < catalogue->count; i++)
        rules[i] = completion_rule_of(catalogue->courses[i], day, a);
    return arena_status(a) ? NULL : rules;
}

static enum status derive_all(struct db_conn *conn, void *job)
{
    return completion_derive_all(conn, job);
}

enum status completions_settle(const struct app *app)
{
    struct arena a;
    arena_init(&a, 16 << 20);
    const struct catalogue *catalogue = catalogue_take(app->catalogue);
    struct completion_rule *rules = completion_rules_of(catalogue, app_today(app), &a);
    enum status s = rules ? OK : NO_MEMORY;
    for (size_t i = 0; s == OK && i < catalogue->count; i++)
        s = db_bulk(app->db, derive_all, &rules[i]);
    catalogue_release(app->catalogue, catalogue);
    arena_release(&a);
    return s;
}
