/* build: see build.h. Order matters in one place: the glossary comes first, because lessons refer to its entries; a
 * lesson's prose before the list of the terms it uses. Allocations may fail anywhere: a NULL list stays empty, and the
 * arena's status, looked at once at the end, refuses the whole course. */
#include "course/build.h"

#include "base/clock.h"
#include "course/kind/kind.h"
#include "course/media.h"
#include "course/prose/prose.h"

/* Room for a pack's 20 MiB of media and 4 MiB of text several times over. */
enum { COURSE_CEILING = 96 * 1024 * 1024 };

struct build {
    struct course *course;
    struct arena *arena;
    struct prose prose;
    struct question *items; /* room for all */
    struct question **all;
    size_t used;
    enum status status; /* what a kind found wrong */
    const struct course *source; /* of a translation; NULL */
};

/* From here on prose is in the element's language; its tag. In a translation some elements are still the source's. */
static struct str speak(struct build *b, const xmlNode *node)
{
    struct str tag = xml_language(node);
    if (!lang_parse(tag, &b->prose.lang))
        b->prose.lang = b->course->lang;
    return str_copy(b->arena, tag);
}

static struct str copy_attr(struct build *b, const xmlNode *node, const char *name)
{
    return str_copy(b->arena, xml_attr(node, name));
}

static struct str copy_text(struct build *b, const xmlNode *node)
{
    return node ? xml_text(node, b->arena) : STR_NONE;
}

/* The words of its paragraphs, a space between two. */
static struct str copy_paragraphs(struct build *b, const xmlNode *parent)
{
    size_t count = 0;
    for (const xmlNode *n = parent ? xml_first(parent) : NULL; n; n = xml_next(n))
        count++;
    struct str *texts = ARENA_ARRAY(b->arena, count + 1, struct str);
    size_t used = 0;
    for (const xmlNode *n = texts && parent ? xml_first(parent) : NULL; n; n = xml_next(n))
        texts[used++] = copy_text(b, n);
    return texts ? str_join(b->arena, texts, used, STR(" ")) : STR_NONE;
}

/* ---- questions ---- */

static void parse_explanation(struct build *b, const xmlNode *node, struct question *q)
{
    const xmlNode *explanation = xml_child(node, "explanation");
    const struct anchor *cited = explanation ? prose_anchor(&b->prose, xml_attr(explanation, "see")) : NULL;
    const xmlNode *lesson = cited ? prose_lesson_of(cited->node) : NULL;
    q->explanation = prose_blocks(&b->prose, explanation);
    if (!lesson)
        return;
    q->see_lesson = copy_attr(b, lesson, "id");
    q->see = cited->node == lesson ? STR_NONE : str_copy(b->arena, cited->id);
}

static struct question *add_question(struct build *b, const xmlNode *node, struct str lesson)
{
    const xmlNode *prompt = xml_child(node, "prompt");
    struct question *q = &b->items[b->used];
    b->all[b->used++] = q;
    q->tag = speak(b, node);
    q->kind = kind_find(xml_name(node));
    q->id = copy_attr(b, node, "id");
    q->competence = copy_attr(b, node, "competence");
    q->level = xml_int(node, "level", 1);
    q->practice = lesson.len > 0;
    q->all_or_nothing = str_is(xml_attr(node, "scoring"), "all");
    q->material = prose_material(&b->prose, xml_child(node, "material"));
    q->setting = prose_setting(&b->prose, prompt);
    q->prompt = prose_phrase(&b->prose, prose_asked(prompt));
    q->prompt_text = copy_text(b, prose_asked(prompt) ? prose_asked(prompt) : prompt);
    parse_explanation(b, node, q);
    q->lesson = q->practice ? lesson : q->see_lesson;
    enum status status = q->kind->parse(&b->prose, node, q);
    if (b->status == OK)
        b->status = status;
    return q;
}

static size_t count_questions(const xmlNode *parent)
{
    size_t count = 0;
    for (const xmlNode *node = xml_first(parent); node; node = xml_next(node))
        count += kind_find(xml_name(node)) != NULL;
    return count;
}

/* All questions of a practice or a pool. Questions stand on other pages too, so their links are complete. */
static struct question *const *add_questions(struct build *b, const xmlNode *parent, struct str lesson, size_t *count)
{
    struct question **list = ARENA_ARRAY(b->arena, count_questions(parent), struct question *);
    const xmlNode *page = b->prose.lesson;
    b->prose.lesson = NULL;
    for (const xmlNode *node = list ? xml_first(parent) : NULL; node; node = xml_next(node))
        if (kind_find(xml_name(node)))
            list[(*count)++] = add_question(b, node, lesson);
    b->prose.lesson = page;
    return list;
}

static int by_id(const void *a, const void *b)
{
    return str_compare((*(struct question *const *)a)->id, (*(struct question *const *)b)->id);
}

static bool make_room(struct build *b, const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *node = root; (node = xml_walk(root, node));)
        if (xml_is(node, "practice") || xml_is(node, "pool"))
            count += count_questions(node);
    b->items = ARENA_ARRAY(b->arena, count, struct question);
    b->all = ARENA_ARRAY(b->arena, count, struct question *);
    return b->items && b->all;
}

/* ---- lessons ---- */

static void add_objectives(struct build *b, const xmlNode *node, struct lesson *lesson)
{
    struct objective *list = ARENA_ARRAY(b->arena, xml_count(node, "objective"), struct objective);
    lesson->objectives = list;
    for (const xmlNode *n = list ? xml_child(node, "objective") : NULL; n; n = xml_next_same(n))
        list[lesson->objective_count++] = (struct objective){
            .id = copy_attr(b, n, "id"),
            .text = copy_text(b, n),
            .competence = copy_attr(b, n, "competence"),
            .level = xml_int(n, "level", 0),
        };
}

static void add_prose(struct lesson *lesson, struct lesson_part *parts, struct safe_html prose)
{
    if (prose.markup.len)
        parts[lesson->part_count++] = (struct lesson_part){ .kind = PART_PROSE, .prose = prose };
}

static void add_practice(struct build *b, const xmlNode *node, struct lesson *lesson, struct lesson_part *part)
{
    *part = (struct lesson_part){
        .kind = PART_PRACTICE,
        .id = copy_attr(b, node, "id"),
        .title = copy_text(b, xml_child(node, "title")),
    };
    part->questions = add_questions(b, node, lesson->id, &part->question_count);
    lesson->practice_count += part->question_count;
    lesson->part_count++;
}

/* The language of what is read: a lesson of which the head alone is translated is the source's. */
static struct str speak_body(struct build *b, const xmlNode *lesson)
{
    const xmlNode *node = xml_first(lesson);
    while (node && (xml_is(node, "title") || xml_is(node, "objective")))
        node = xml_next(node);
    return speak(b, node ? node : lesson);
}

/* Prose up to each practice, and after the last one; then its footnotes, and the terms that all of it used. */
static void add_parts(struct build *b, const xmlNode *node, struct lesson *lesson)
{
    struct lesson_part *parts = ARENA_ARRAY(b->arena, xml_count(node, "practice") * 2 + 3, struct lesson_part);
    if (!parts)
        return;
    lesson->parts = parts;
    prose_enter_lesson(&b->prose, node);
    const xmlNode *from = xml_first(node);
    for (const xmlNode *practice = xml_child(node, "practice"); practice; practice = xml_next_same(practice)) {
        add_prose(lesson, parts, prose_run(&b->prose, from, practice));
        add_practice(b, practice, lesson, &parts[lesson->part_count]);
        from = xml_next(practice);
    }
    add_prose(lesson, parts, prose_run(&b->prose, from, NULL));
    lesson->text_count = lesson->part_count;
    add_prose(lesson, parts, prose_footnotes(&b->prose));
    add_prose(lesson, parts, prose_glossary(&b->prose, b->course->glossary, b->course->glossary_count));
    prose_enter_lesson(&b->prose, NULL);
}

/* A civil day; 0: the attribute is not there. */
static int32_t day_of(const xmlNode *node, const char *attribute)
{
    int32_t day;
    return clock_parse_day(str_trim(xml_attr(node, attribute)), &day) ? day : 0;
}

static void fill_lesson(struct build *b, const xmlNode *node, struct lesson *lesson)
{
    lesson->id = copy_attr(b, node, "id");
    lesson->title = copy_text(b, xml_child(node, "title"));
    lesson->minutes = xml_int(node, "minutes", 0);
    lesson->valid_from = day_of(node, "valid-from");
    lesson->review_by = day_of(node, "review-by");
    lesson->title_tag = speak(b, xml_child(node, "title") ? xml_child(node, "title") : node);
    add_objectives(b, node, lesson);
    lesson->tag = speak_body(b, node);
    add_parts(b, node, lesson);
    b->course->minutes += lesson->minutes;
}

static void add_lessons(struct build *b, const xmlNode *root)
{
    struct lesson *list = ARENA_ARRAY(b->arena, xml_count(root, "lesson"), struct lesson);
    b->course->lessons = list;
    for (const xmlNode *n = list ? xml_child(root, "lesson") : NULL; n; n = xml_next_same(n))
        fill_lesson(b, n, &list[b->course->lesson_count++]);
}

/* ---- the rest ---- */

static void add_glossary(struct build *b, const xmlNode *root)
{
    const xmlNode *glossary = xml_child(root, "glossary");
    if (!glossary)
        return;
    struct glossary_entry *list = ARENA_ARRAY(b->arena, xml_count(glossary, "entry"), struct glossary_entry);
    b->course->glossary = list;
    for (const xmlNode *n = list ? xml_child(glossary, "entry") : NULL; n; n = xml_next_same(n))
        list[b->course->glossary_count++] = (struct glossary_entry){
            .tag = speak(b, n),
            .id = copy_attr(b, n, "id"),
            .title = copy_text(b, xml_child(n, "title")),
            .text = prose_blocks(&b->prose, n),
        };
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Sorted first, so that many are no trouble. */
static void add_policies(struct build *b, const xmlNode *root)
{
    size_t count = 0, used = 0;
    for (const xmlNode *node = root; (node = xml_walk(root, node));)
        count += xml_is(node, "local-policy");
    struct str *list = ARENA_ARRAY(b->arena, count, struct str);
    b->course->policies = list;
    for (const xmlNode *node = root; list && (node = xml_walk(root, node));)
        if (xml_is(node, "local-policy"))
            list[used++] = copy_attr(b, node, "id");
    if (used)
        qsort(list, used, sizeof *list, by_text);
    for (size_t i = 0; i < used; i++)
        if (i == 0 || !str_equal(list[i], list[b->course->policy_count - 1]))
            list[b->course->policy_count++] = list[i];
}

static void add_draws(struct build *b, const xmlNode *node, struct test *test)
{
    struct draw *list = ARENA_ARRAY(b->arena, xml_count(node, "draw"), struct draw);
    test->draws = list;
    for (const xmlNode *n = list ? xml_child(node, "draw") : NULL; n; n = xml_next_same(n)) {
        struct draw draw = {
            .competence = copy_attr(b, n, "competence"),
            .level = xml_int(n, "level", 0),
            .count = xml_int(n, "count", 0),
            .must_pass = xml_flag(n, "must-pass"),
        };
        list[test->draw_count++] = draw;
        test->drawn += draw.count;
    }
}

static void add_test(struct build *b, const xmlNode *root)
{
    const xmlNode *node = xml_child(root, "test");
    struct test *test = node ? ARENA_NEW(b->arena, struct test) : NULL;
    if (!test)
        return;
    test->id = copy_attr(b, node, "id");
    test->title = copy_text(b, xml_child(node, "title"));
    test->tag = speak(b, xml_child(node, "title") ? xml_child(node, "title") : node);
    test->pass_percent = xml_int(node, "pass-percent", 80);
    test->pause_minutes = xml_int(node, "pause-minutes", 0);
    add_draws(b, node, test);
    test->pool = add_questions(b, xml_child(node, "pool"), STR_NONE, &test->pool_count);
    b->course->test = test;
}

/* Files are sorted by path, so media are. */
static void add_media(struct build *b, const struct pack_files *files)
{
    if (b->source) {
        b->course->media = b->source->media;
        b->course->media_count = b->source->media_count;
        return;
    }
    struct media *list = ARENA_ARRAY(b->arena, files->count, struct media);
    b->course->media = list;
    for (size_t i = 0; i < files->count && list; i++) {
        struct str path = files->files[i].path, type = media_type(path);
        if (str_starts(path, STR("media/")) && type.len)
            list[b->course->media_count++] = (struct media){
                .path = str_copy(b->arena, path),
                .type = type,
                .bytes = str_copy(b->arena, files->files[i].bytes),
            };
    }
}

/* Keeps the list sorted and without duplicates; it has room. */
static void add_competence(struct course *course, struct str *list, struct str id)
{
    size_t at = 0;
    while (at < course->competence_count && str_compare(list[at], id) < 0)
        at++;
    if (id.len == 0 || (at < course->competence_count && str_equal(list[at], id)))
        return;
    for (size_t i = course->competence_count++; i > at; i--)
        list[i] = list[i - 1];
    list[at] = id;
}

static size_t count_objectives(const struct course *course)
{
    size_t count = 0;
    for (size_t i = 0; i < course->lesson_count; i++)
        count += course->lessons[i].objective_count;
    return count;
}

static void add_competences(struct build *b)
{
    struct course *course = b->course;
    const struct test *test = course->test;
    struct str *list = ARENA_ARRAY(b->arena, test ? test->draw_count : count_objectives(course), struct str);
    course->competences = list;
    if (!list)
        return;
    for (size_t i = 0; test && i < test->draw_count; i++)
        add_competence(course, list, test->draws[i].competence);
    for (size_t i = 0; !test && i < course->lesson_count; i++)
        for (size_t k = 0; k < course->lessons[i].objective_count; k++)
            add_competence(course, list, course->lessons[i].objectives[k].competence);
}

static void add_renamed(struct build *b, const xmlNode *root)
{
    const xmlNode *changes = xml_child(root, "changes");
    struct renamed *list = ARENA_ARRAY(b->arena, changes ? xml_count(changes, "renamed") : 0, struct renamed);
    b->course->renamed = list;
    for (const xmlNode *n = list && changes ? xml_child(changes, "renamed") : NULL; n; n = xml_next_same(n))
        list[b->course->renamed_count++] = (struct renamed){ copy_attr(b, n, "from"), copy_attr(b, n, "to") };
}

static void fill_head(struct build *b, const xmlNode *root, struct str hash)
{
    struct course *course = b->course;
    course->id = copy_attr(b, root, "id");
    course->version = copy_attr(b, root, "version");
    course->hash = str_copy(b->arena, hash);
    course->tag = copy_attr(b, root, "lang");
    course->title = copy_text(b, xml_child(root, "title"));
    course->validity_months = xml_int(root, "validity-months", 0);
    course->completion_by_test = str_is(xml_attr(root, "completion"), "test");
    course->summary = prose_blocks(&b->prose, xml_child(root, "summary"));
    course->summary_text = copy_paragraphs(b, xml_child(root, "summary"));
}

static enum status fill(struct build *b, const xmlNode *root, const struct pack_files *files, struct str hash)
{
    if (!make_room(b, root))
        return NO_MEMORY;
    fill_head(b, root, hash);
    add_renamed(b, root);
    add_media(b, files);
    add_policies(b, root);
    add_glossary(b, root);
    add_lessons(b, root);
    add_test(b, root);
    add_competences(b);
    qsort(b->all, b->used, sizeof *b->all, by_id);
    b->course->questions = b->all;
    b->course->question_count = b->used;
    enum status status = prose_status(&b->prose);
    return status ? status : b->status;
}

static enum status build_one(const xmlDoc *doc, const struct pack_files *files, const struct pack_schema *schema,
                             struct str hash, const struct course *source, struct course **out)
{
    *out = NULL;
    const xmlNode *root = xml_root(doc);
    struct course *course = root ? calloc(1, sizeof *course) : NULL;
    if (!course)
        return root ? NO_MEMORY : CORRUPT;
    arena_init(&course->arena, COURSE_CEILING);
    if (!lang_parse(xml_attr(root, "lang"), &course->lang))
        course->lang = LANG_DE;
    struct build b = { .course = course, .arena = &course->arena, .source = source };
    enum status status = prose_init(&b.prose, doc, b.arena, pack_schema_messages(schema), files, course->lang, hash);
    b.prose.policies = pack_schema_policies(schema);
    if (status == OK)
        status = fill(&b, root, files, hash);
    prose_release(&b.prose);
    if (status == OK)
        *out = course;
    else
        course_free(course);
    return status;
}

enum status course_build(const xmlDoc *doc, const struct pack_files *files, const struct pack_schema *schema,
                         struct str hash, struct course **out)
{
    enum status status = build_one(doc, files, schema, hash, NULL, out);
    if (status)
        return status;
    (*out)->source = *out;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        (*out)->in[lang] = *out;
    return OK;
}

enum status course_build_translation(const xmlDoc *merged, const struct pack_files *files,
                                     const struct pack_schema *schema, struct course *source)
{
    struct course *course;
    enum status status = build_one(merged, files, schema, source->hash, source, &course);
    if (status)
        return status;
    if (course_speaks(source, course->lang)) {
        course_free(course);
        return CORRUPT;
    }
    course->source = source;
    source->in[course->lang] = course;
    return OK;
}
