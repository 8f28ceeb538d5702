/* framework: see framework.h. The file is ours and embedded; what is wrong with it ends the start with its line. */
#include "course/framework.h"

#include "course/xml.h"

struct reading {
    struct framework *framework;
    struct arena *arena; /* of *problem */
    struct str *problem;
    enum status status;
};

static void refuse(struct reading *reading, const xmlNode *node, const char *what)
{
    if (reading->status != OK)
        return;
    reading->status = INVALID;
    *reading->problem = str_format(reading->arena, "competences.xml:%ld: <%s> %s",
                                   xmlGetLineNo((xmlNode *)(uintptr_t)node), (const char *)node->name, what);
}

static struct str required(struct reading *reading, const xmlNode *node, const char *name)
{
    struct str value = xml_attr(node, name);
    if (value.len == 0)
        refuse(reading, node, str_format(reading->arena, "has no %s", name).at);
    return str_copy(&reading->framework->arena, value);
}

/* <title xml:lang="de">...</title> in each of the four languages. */
static void read_titles(struct reading *reading, const xmlNode *parent, struct str out[LANG_COUNT])
{
    for (const xmlNode *title = xml_child(parent, "title"); title; title = xml_next_same(title)) {
        enum lang lang;
        if (lang_parse(xml_attr(title, "lang"), &lang))
            out[lang] = xml_text(title, &reading->framework->arena);
    }
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        if (out[lang].len == 0)
            refuse(reading, parent, "lacks a title in one of the languages");
}

static void read_level(struct reading *reading, const xmlNode *node)
{
    int number = xml_int(node, "number", 0);
    if (number < 1 || number > 4)
        refuse(reading, node, "has no number from 1 to 4");
    else
        read_titles(reading, node, reading->framework->level[number]);
}

static void read_competence(struct reading *reading, const xmlNode *node, const struct str area[LANG_COUNT],
                            struct competence *out)
{
    struct str number = required(reading, node, "number");
    out->id = str_format(&reading->framework->arena, "%.*s:%.*s", STR_ARG(reading->framework->id), STR_ARG(number));
    memcpy(out->area, area, sizeof out->area);
    read_titles(reading, node, out->title);
}

static void read_areas(struct reading *reading, const xmlNode *root, struct competence *list)
{
    for (const xmlNode *area = xml_child(root, "area"); area; area = xml_next_same(area)) {
        struct str title[LANG_COUNT] = { STR_NONE };
        read_titles(reading, area, title);
        for (const xmlNode *node = xml_child(area, "competence"); node; node = xml_next_same(node))
            read_competence(reading, node, title, &list[reading->framework->count++]);
    }
}

static size_t count_competences(const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *area = xml_child(root, "area"); area; area = xml_next_same(area))
        count += xml_count(area, "competence");
    return count;
}

static void refuse_double(struct reading *reading, const xmlNode *root)
{
    const struct framework *framework = reading->framework;
    for (size_t i = 0; i < framework->count; i++)
        if (framework_find(framework, framework->competences[i].id) != &framework->competences[i])
            refuse(reading, root, "has a competence number twice");
}

static void read_root(struct reading *reading, const xmlNode *root)
{
    struct framework *framework = reading->framework;
    struct competence *list = ARENA_ARRAY(&framework->arena, count_competences(root) + 1, struct competence);
    if (!list)
        return;
    framework->id = required(reading, root, "id");
    framework->title = xml_text(xml_child(root, "name"), &framework->arena);
    framework->attribution = xml_text(xml_child(root, "attribution"), &framework->arena);
    framework->competences = list;
    for (const xmlNode *level = xml_child(root, "level"); level; level = xml_next_same(level))
        read_level(reading, level);
    for (int number = 1; number <= 4; number++)
        if (framework->level[number][LANG_DE].len == 0)
            refuse(reading, root, "lacks one of the four levels");
    read_areas(reading, root, list);
    refuse_double(reading, root);
}

static enum status read_document(struct reading *reading, struct str xml)
{
    xmlDoc *doc;
    struct xml_problem problem;
    enum status status = xml_parse(xml, reading->arena, &problem, &doc);
    if (status != OK) {
        *reading->problem = str_format(reading->arena, "competences.xml:%d:%d: %.*s", problem.line, problem.column,
                                       STR_ARG(problem.words));
        return status;
    }
    read_root(reading, xml_root(doc));
    xmlFreeDoc(doc);
    return reading->status == OK ? arena_status(&reading->framework->arena) : reading->status;
}

enum { FRAMEWORK_MEMORY = 1024 * 1024 };

enum status framework_load(struct framework **out, struct str xml, struct arena *arena, struct str *problem)
{
    *out = NULL;
    *problem = STR_NONE;
    struct framework *framework = calloc(1, sizeof *framework);
    if (!framework)
        return NO_MEMORY;
    arena_init(&framework->arena, FRAMEWORK_MEMORY);
    struct reading reading = { .framework = framework, .arena = arena, .problem = problem, .status = OK };
    enum status status = read_document(&reading, xml);
    if (status == OK)
        *out = framework;
    else
        framework_free(framework);
    return status;
}

void framework_free(struct framework *framework)
{
    if (!framework)
        return;
    arena_release(&framework->arena);
    free(framework);
}

const struct competence *framework_find(const struct framework *framework, struct str id)
{
    for (size_t i = 0; i < framework->count; i++)
        if (str_equal(framework->competences[i].id, id))
            return &framework->competences[i];
    return NULL;
}
