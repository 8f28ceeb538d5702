/* reference_entry: one entry of the reference: where its example stands, which elements it explains, how the example is
 * written and what it looks like in each language. */
#include "course/kind/kind.h"
#include "course/reference_parts.h"

enum { HEADING = 4, LONGEST = 256 * 1024 }; /* of a heading inside an example; of an example */

static const xmlNode *schema_root(const struct making *m)
{
    return xml_root(m->schema_doc);
}

/* ---- where an example stands ---- */

static const xmlNode *find_below(const xmlNode *top, struct str name)
{
    for (const xmlNode *node = top; (node = xml_walk(top, node));)
        if (str_equal(xml_name(node), name))
            return node;
    return NULL;
}

static const xmlNode *lesson_node(const struct sample *s, enum lang lang, size_t number)
{
    const xmlNode *node = xml_child(xml_root(s->docs[lang]), "lesson");
    while (number-- > 0)
        node = xml_next_same(node);
    return node;
}

/* In its lesson, else in the small course, else among what surrounds the lessons. */
static const xmlNode *example_node(const struct making *m, const struct reference_entry *entry, enum lang lang)
{
    const xmlNode *node = find_below(lesson_node(&m->examples, lang, entry->lesson), entry->id);
    const xmlNode *whole = xml_root(m->whole.docs[lang]);
    if (!node)
        node = str_equal(xml_name(whole), entry->id) ? whole : find_below(whole, entry->id);
    return node ? node : find_below(xml_root(m->examples.docs[lang]), entry->id);
}

static enum reference_look look_of(const struct making *m, const struct reference_entry *entry)
{
    static const struct {
        const char *id;
        enum reference_look look;
    } elsewhere[] = {
        { "course", LOOK_COURSE },     { "lesson", LOOK_LESSON },          { "test", LOOK_TEST },
        { "glossary", LOOK_GLOSSARY }, { "translates", LOOK_TRANSLATION },
    };
    const xmlNode *lesson = lesson_node(&m->examples, LANG_DE, entry->lesson);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (str_is(entry->id, elsewhere[i].id))
            return elsewhere[i].look;
    if (!find_below(lesson, entry->id))
        return LOOK_NOTHING;
    return xml_child(lesson, "practice") ? LOOK_QUESTION : LOOK_PROSE;
}

/* ---- which elements an entry explains ---- */

static bool was_explained(const struct making *m, struct str name, const xmlNode *type)
{
    for (size_t i = 0; i < m->done_count; i++)
        if (str_equal(m->done[i].name, name) && m->done[i].type == type)
            return true;
    return false;
}

static void add_element(struct making *m, struct reference_entry *entry, const xmlNode *node)
{
    struct reference_element *list = (struct reference_element *)(uintptr_t)entry->elements;
    list[entry->element_count++] = schema_describe(schema_root(m), node, m->arena);
    m->done = arena_grow(m->scratch, m->done, m->done_count, &m->done_room, sizeof *m->done);
    if (m->done)
        m->done[m->done_count++] =
            (struct explained){ list[entry->element_count - 1].name, schema_type(schema_root(m), node) };
    else
        m->done_count = 0;
}

static void add_other(struct making *m, struct reference_entry *entry, struct str name)
{
    struct str *list = (struct str *)(uintptr_t)entry->others;
    for (size_t i = 0; i < entry->other_count; i++)
        if (str_equal(list[i], name))
            return;
    list[entry->other_count++] = str_copy(m->arena, name);
}

static bool has_entry(const struct making *m, struct str name)
{
    return course_lesson(m->reference->examples, str_format(m->scratch, ENTRY "%.*s", STR_ARG(name))) != NULL;
}

bool reference_explains(const struct reference_entry *entry, struct str name)
{
    for (size_t i = 0; i < entry->element_count; i++)
        if (str_equal(entry->elements[i].name, name))
            return true;
    return false;
}

/* Whether it is what its entry explains: the same name with another type holds other things (a paragraph with gaps). */
static bool is_as_in_its_entry(const struct making *m, const xmlNode *node)
{
    const struct course *course = m->reference->examples;
    struct str id = str_format(m->scratch, ENTRY "%.*s", STR_ARG(xml_name(node)));
    const struct lesson *lesson = course_lesson(course, id);
    struct reference_entry entry = { .id = xml_name(node), .lesson = (size_t)(lesson - course->lessons) };
    const xmlNode *there = example_node(m, &entry, LANG_DE);
    return there && schema_type(schema_root(m), there) == schema_type(schema_root(m), node);
}

/* The entry's own element and those in it that have no entry; what is explained already is only named. */
static void explain(struct making *m, struct reference_entry *entry, const xmlNode *node, bool own)
{
    struct str name = xml_name(node);
    bool elsewhere = !own && (has_entry(m, name) || was_explained(m, name, schema_type(schema_root(m), node)));
    if (!reference_explains(entry, name) && elsewhere)
        add_other(m, entry, name);
    else if (!reference_explains(entry, name))
        add_element(m, entry, node);
    if (!own && has_entry(m, name) && is_as_in_its_entry(m, node))
        return;
    for (const xmlNode *child = xml_first(node); child; child = xml_next(child))
        explain(m, entry, child, false);
}

static size_t count_below(const xmlNode *node)
{
    size_t count = 1;
    for (const xmlNode *below = node; (below = xml_walk(node, below));)
        count++;
    return count;
}

static void explain_all(struct making *m, struct reference_entry *entry)
{
    const xmlNode *node = example_node(m, entry, LANG_DE);
    if (!node)
        return;
    entry->elements = ARENA_ARRAY(m->arena, count_below(node), struct reference_element);
    entry->others = ARENA_ARRAY(m->arena, count_below(node), struct str);
    if (entry->elements && entry->others)
        explain(m, entry, node, true);
}

/* ---- an example in one language ---- */

/* Elements one below the other, each from its own margin. */
static struct str write_all(const struct making *m, const xmlNode *from)
{
    struct str text = STR("");
    for (const xmlNode *node = from; node; node = xml_next(node)) {
        struct buf out;
        buf_init(&out, LONGEST);
        source_write(&out, schema_root(m), node, 0);
        struct str piece = source_dedent(buf_str(&out), m->scratch);
        text = str_format(m->scratch, "%.*s%s%.*s", STR_ARG(text), text.len ? "\n" : "", STR_ARG(piece));
        buf_release(&out);
    }
    return str_copy(m->arena, text);
}

static struct str write_one(const struct making *m, const xmlNode *node, const char *before)
{
    struct buf out;
    buf_init(&out, LONGEST);
    source_write(&out, schema_root(m), node, 0);
    struct str text = str_format(m->arena, "%s%.*s", before, STR_ARG(source_dedent(buf_str(&out), m->scratch)));
    buf_release(&out);
    return text;
}

/* What stands in a lesson after its head; of a practice that is not itself the example, the questions. */
static const xmlNode *first_of_example(const xmlNode *lesson, const struct reference_entry *entry)
{
    const xmlNode *practice = xml_child(lesson, "practice");
    const xmlNode *node = entry->look == LOOK_QUESTION && practice ? practice : xml_first(lesson);
    if (node == practice && practice && !str_is(entry->id, "practice"))
        node = xml_first(practice);
    while (node && (xml_is(node, "title") || xml_is(node, "objective")))
        node = xml_next(node);
    return node;
}

static struct str source_of(const struct making *m, const struct reference_entry *entry, enum lang lang)
{
    const xmlNode *node = example_node(m, entry, lang);
    switch (entry->look) {
    case LOOK_PROSE:
    case LOOK_QUESTION:
        return write_all(m, first_of_example(lesson_node(&m->examples, lang, entry->lesson), entry));
    case LOOK_TRANSLATION:
        return str_copy(m->arena, str_trim(pack_file(&m->whole.files, STR("course.fr.xml"))->bytes));
    case LOOK_COURSE:
        return write_one(m, node, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    case LOOK_LESSON:
    case LOOK_TEST:
    case LOOK_GLOSSARY:
    case LOOK_NOTHING:
        break;
    }
    return node ? write_one(m, node, "") : STR_NONE;
}

/* The text of a lesson, its footnotes, the terms it uses. */
static void render(struct sample *s, enum lang lang, const xmlNode *lesson, struct safe_html look[3])
{
    struct prose *p = &s->prose[lang];
    const struct course *course = course_in(s->course, lang);
    prose_enter_lesson(p, lesson);
    p->heading = HEADING;
    look[0] = prose_run(p, xml_first(lesson), NULL);
    look[1] = prose_footnotes(p);
    look[2] = prose_glossary(p, course->glossary, course->glossary_count);
    prose_enter_lesson(p, NULL);
}

static void fill_language(struct making *m, struct reference_entry *entry, enum lang lang)
{
    struct reference_example *example = &entry->in[lang];
    struct safe_html text[3];
    render(&m->examples, lang, lesson_node(&m->examples, lang, entry->lesson), text);
    example->source = source_of(m, entry, lang);
    if (entry->look == LOOK_PROSE)
        memcpy(example->look, text, sizeof text);
    else
        example->words = text[0];
    if (entry->look == LOOK_LESSON)
        render(&m->whole, lang, lesson_node(&m->whole, lang, 0), example->look);
}

void reference_fill(struct making *m, struct reference_entry *entry, size_t lesson, const struct reference_group *group)
{
    entry->id = str_from(m->reference->examples->lessons[lesson].id, strlen(ENTRY));
    entry->lesson = lesson;
    entry->group = group;
    entry->is_kind = kind_find(entry->id) != NULL;
    entry->look = look_of(m, entry);
    explain_all(m, entry);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        fill_language(m, entry, (enum lang)lang);
}
