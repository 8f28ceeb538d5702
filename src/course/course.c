/* course: looking things up. Lists that are searched by id are sorted by it; lessons keep their order and are few. */
#include "course/course.h"

static void free_one(struct course *course)
{
    arena_release(&course->arena);
    free(course);
}

/* A translation stands in one place alone: that of its own language. */
void course_free(struct course *course)
{
    if (!course)
        return;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (course->in[lang] && course->in[lang] != course)
            free_one((struct course *)(uintptr_t)course->in[lang]);
    free_one(course);
}

const struct course *course_in(const struct course *course, enum lang lang)
{
    return course->in[lang];
}

bool course_speaks(const struct course *course, enum lang lang)
{
    return course->in[lang]->lang == lang;
}

struct str course_id_now(const struct course *course, struct str id)
{
    for (size_t i = 0; i < course->renamed_count; i++)
        if (str_equal(course->renamed[i].from, id))
            return course->renamed[i].to;
    return id;
}

struct str course_id_stored(const struct course *course, struct str id)
{
    struct str now = course_id_now(course, id);
    for (size_t i = course->renamed_count; i-- > 0;)
        if (str_equal(course->renamed[i].to, now))
            return course->renamed[i].from;
    return now;
}

bool lesson_is_ahead(const struct lesson *lesson, int32_t today)
{
    return lesson->valid_from > today;
}

const struct lesson *course_lesson(const struct course *course, struct str id)
{
    for (size_t i = 0; i < course->lesson_count; i++)
        if (str_equal(course->lessons[i].id, id))
            return &course->lessons[i];
    return NULL;
}

static int id_against_question(const void *id, const void *question)
{
    return str_compare(*(const struct str *)id, (*(struct question *const *)question)->id);
}

const struct question *course_question(const struct course *course, struct str id)
{
    if (course->question_count == 0)
        return NULL;
    struct question *const *found =
        bsearch(&id, course->questions, course->question_count, sizeof *course->questions, id_against_question);
    return found ? *found : NULL;
}

static int path_against_media(const void *path, const void *media)
{
    return str_compare(*(const struct str *)path, ((const struct media *)media)->path);
}

const struct media *course_media(const struct course *course, struct str path)
{
    if (course->media_count == 0)
        return NULL;
    return bsearch(&path, course->media, course->media_count, sizeof *course->media, path_against_media);
}
