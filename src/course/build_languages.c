/* build_languages: a pack in all its languages. See build.h. Each translation is a course of its own, so that a page that
 * has chosen one needs to know nothing of the others; the source owns them. */
#include "course/build.h"

#include "course/translate.h"

bool build_is_translation(struct str path, enum lang *lang)
{
    if (!str_starts(path, STR("course.")) || !str_ends(path, STR(".xml")) || path.len != strlen("course.de.xml"))
        return false;
    return lang_parse(str_part(path, strlen("course."), 2), lang);
}

static enum status add_translation(const xmlDoc *source, const struct pack_file *file, const struct pack_files *files,
                                   const struct pack_schema *schema, struct arena *arena, struct course *course)
{
    struct xml_problem problem;
    xmlDoc *words, *merged;
    enum status status = xml_parse(file->bytes, arena, &problem, &words);
    if (status)
        return status == NO_MEMORY ? NO_MEMORY : CORRUPT;
    status = translate_merge(source, words, NULL, arena, &merged);
    xmlFreeDoc(words);
    if (status)
        return status;
    xml_number_all(merged);
    status = course_build_translation(merged, files, schema, course);
    xmlFreeDoc(merged);
    return status;
}

/* A file in the language of the source, or twice in one language, has no place. */
static bool has_place(const struct course *course, enum lang lang)
{
    return !course_speaks(course, lang);
}

/* Every version knows every other. */
static void introduce(struct course *course)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (course->in[lang] != course)
            memcpy(((struct course *)(uintptr_t)course->in[lang])->in, course->in, sizeof course->in);
}

enum status course_build_all(const xmlDoc *source, const struct pack_files *files, const struct pack_schema *schema,
                             struct str hash, struct arena *arena, struct course **out)
{
    enum status status = course_build(source, files, schema, hash, out);
    for (size_t i = 0; i < files->count && status == OK; i++) {
        enum lang lang;
        if (build_is_translation(files->files[i].path, &lang) && has_place(*out, lang))
            status = add_translation(source, &files->files[i], files, schema, arena, *out);
    }
    if (status == OK) {
        introduce(*out);
        return OK;
    }
    course_free(*out);
    *out = NULL;
    return status;
}
