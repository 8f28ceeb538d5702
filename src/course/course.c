/* course: looking things up. Lists that are searched by id are sorted by it; lessons keep their order and are few. */
#include "course/course.h"

void course_free(struct course *course)
{
    if (!course)
        return;
    arena_release(&course->arena);
    free(course);
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
