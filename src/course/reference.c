/* reference: see reference.h. The examples are read as trees, in every language, beside the courses that are built of
 * them: a course keeps no source, and its lessons are one piece of text from title to practice. */
#include "course/reference_parts.h"

#include "base/embed.h"
#include "course/translate.h"

enum { CEILING = 32 * 1024 * 1024 };

/* ---- the two packs ---- */

static struct pack_files files_below(struct str prefix, struct arena *a)
{
    struct pack_files files = { .files = ARENA_ARRAY(a, embed_count, struct pack_file) };
    for (size_t i = 0; i < embed_count && files.files; i++)
        if (str_starts(embed_table[i].name, prefix))
            files.files[files.count++] =
                (struct pack_file){ str_from(embed_table[i].name, prefix.len), embed_table[i].bytes };
    return files;
}

static enum status load_course(struct making *m, struct sample *s, struct str *problem)
{
    struct findings findings;
    findings_init(&findings, m->scratch);
    enum status status = pack_load(m->schema, &s->files, &findings, &s->course);
    if (status == INVALID && findings.first)
        *problem = finding_line(findings.first, pack_schema_messages(m->schema), LANG_EN, STR("reference/"), m->scratch);
    return status == INVALID ? CORRUPT : status;
}

static enum status read_tree(struct making *m, struct sample *s, struct str path, xmlDoc **doc)
{
    const struct pack_file *file = pack_file(&s->files, path);
    struct xml_problem problem;
    return file ? xml_parse(file->bytes, m->scratch, &problem, doc) : NOT_FOUND;
}

static enum status read_translation(struct making *m, struct sample *s, enum lang lang)
{
    xmlDoc *words;
    enum status status = read_tree(m, s, str_format(m->scratch, "course.%s.xml", lang_code(lang)), &words);
    if (status)
        return status == NOT_FOUND ? CORRUPT : status;
    status = translate_merge(s->docs[LANG_DE], words, NULL, m->scratch, &s->docs[lang]);
    xmlFreeDoc(words);
    if (status == OK)
        xml_number_all(s->docs[lang]);
    return status;
}

static enum status open_prose(struct making *m, struct sample *s, enum lang lang)
{
    enum status status = prose_init(&s->prose[lang], s->docs[lang], m->arena, pack_schema_messages(m->schema), &s->files,
                                    lang, s->course->hash);
    s->prose[lang].course = STR_NONE; /* nobody can open it */
    s->prose[lang].policies = pack_schema_policies(m->schema);
    return status;
}

static enum status open_sample(struct making *m, struct sample *s, struct str prefix, struct str *problem)
{
    s->files = files_below(prefix, m->scratch);
    enum status status = load_course(m, s, problem);
    if (status == OK)
        status = read_tree(m, s, STR("course.xml"), &s->docs[LANG_DE]);
    for (int lang = 0; lang < LANG_COUNT && status == OK; lang++)
        if (lang != LANG_DE)
            status = read_translation(m, s, (enum lang)lang);
    for (int lang = 0; lang < LANG_COUNT && status == OK; lang++)
        status = open_prose(m, s, (enum lang)lang);
    return status;
}

static void close_sample(struct sample *s)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        prose_release(&s->prose[lang]);
        xmlFreeDoc(s->docs[lang]);
    }
}

/* ---- groups and entries ---- */

static enum status fill(struct making *m)
{
    struct reference *r = m->reference;
    size_t count = r->examples->lesson_count;
    struct reference_entry *entries = ARENA_ARRAY(m->arena, count, struct reference_entry);
    struct reference_group *groups = ARENA_ARRAY(m->arena, count, struct reference_group);
    if (!entries || !groups)
        return NO_MEMORY;
    r->entries = entries;
    r->groups = groups;
    for (size_t i = 0; i < count; i++) {
        struct reference_group *group = r->group_count ? &groups[r->group_count - 1] : NULL;
        struct str id = r->examples->lessons[i].id;
        if (!str_starts(id, STR(ENTRY))) {
            groups[r->group_count++] = (struct reference_group){ .id = id, .lesson = i, .entries = entries + r->entry_count };
        } else if (group) {
            reference_fill(m, &entries[r->entry_count++], i, group);
            group->entry_count++;
        }
    }
    return arena_status(m->arena);
}

static enum status make(struct making *m, struct str *problem)
{
    struct xml_problem fault;
    enum status status = xml_parse(embed_bytes("schema/course-1.xsd"), m->scratch, &fault, &m->schema_doc);
    if (status == OK)
        status = open_sample(m, &m->examples, STR("reference/examples/"), problem);
    if (status == OK)
        status = open_sample(m, &m->whole, STR("reference/whole/"), problem);
    m->reference->examples = m->examples.course;
    m->reference->whole = m->whole.course;
    if (status == OK)
        status = fill(m);
    for (int lang = 0; lang < LANG_COUNT && status == OK; lang++) {
        status = prose_status(&m->examples.prose[lang]);
        if (status == OK)
            status = prose_status(&m->whole.prose[lang]);
    }
    close_sample(&m->examples);
    close_sample(&m->whole);
    xmlFreeDoc(m->schema_doc);
    return status;
}

enum status reference_open(struct reference **out, const struct pack_schema *schema, struct arena *words,
                           struct str *problem)
{
    struct arena scratch;
    struct str why = STR_NONE;
    *out = calloc(1, sizeof **out);
    if (!*out)
        return NO_MEMORY;
    arena_init(&(*out)->arena, CEILING);
    arena_init(&scratch, CEILING);
    struct making m = { .reference = *out, .arena = &(*out)->arena, .scratch = &scratch, .schema = schema };
    enum status status = make(&m, &why);
    if (status)
        *problem = str_format(words, "the reference of the pack language cannot be made: %.*s",
                              STR_ARG(why.len ? why : str_of(status_name(status))));
    arena_release(&scratch);
    if (status) {
        reference_close(*out);
        *out = NULL;
    }
    return status;
}

void reference_close(struct reference *r)
{
    if (!r)
        return;
    course_free(r->examples);
    course_free(r->whole);
    arena_release(&r->arena);
    free(r);
}

/* ---- looking up ---- */

const struct reference_entry *reference_entry_of(const struct reference *r, struct str element)
{
    const struct reference_entry *explains = NULL;
    for (size_t i = 0; i < r->entry_count; i++)
        if (str_equal(r->entries[i].id, element))
            return &r->entries[i];
        else if (!explains && reference_explains(&r->entries[i], element))
            explains = &r->entries[i];
    return explains;
}

const struct reference_group *reference_group_of(const struct reference *r, struct str id)
{
    for (size_t i = 0; i < r->group_count; i++)
        if (str_equal(r->groups[i].id, id))
            return &r->groups[i];
    return NULL;
}

const struct question *reference_question(const struct reference *r, const struct reference_entry *entry, enum lang lang)
{
    const struct lesson *lesson = &course_in(r->examples, lang)->lessons[entry->lesson];
    for (size_t i = 0; i < lesson->part_count; i++)
        if (lesson->parts[i].kind == PART_PRACTICE && lesson->parts[i].question_count)
            return lesson->parts[i].questions[0];
    return NULL;
}
