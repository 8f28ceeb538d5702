/* check: reporting with places, and the order in which a pack's parts are checked. See check.h. */
#include "course/check/check.h"

#include "base/utf8.h"
#include "course/build.h"

static size_t line_index(const struct document *document, size_t offset)
{
    size_t low = 0, high = document->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Columns count characters, as editors do. */
static int column_of(const struct document *document, size_t line, size_t offset)
{
    size_t start = document->lines[line];
    return (int)utf8_count(str_part(document->bytes, start, offset - start)) + 1;
}

void check_report(const struct check *check, const struct document *document, enum severity severity, const char *code,
                  size_t offset, const struct message_param *params, size_t count)
{
    if (findings_full(check->findings)) { /* its place is not kept, and looking for it costs a line's length */
        findings_add(check->findings, severity, code, document->file, 0, 0, NULL, 0);
        return;
    }
    size_t line = line_index(document, offset);
    findings_add(check->findings, severity, code, document->file, (int)line + 1, column_of(document, line, offset),
                 params, count);
}

static size_t offset_of(const struct document *document, const xmlNode *element, const char *attribute)
{
    size_t number = xml_number(element);
    return attribute ? scan_attribute(document, number, attribute) : document->tags[number].at;
}

void check_error(const struct check *check, const struct document *document, const xmlNode *element,
                 const char *attribute, const char *code, const struct message_param *params, size_t count)
{
    check_report(check, document, SEVERITY_ERROR, code, offset_of(document, element, attribute), params, count);
}

void check_warn(const struct check *check, const struct document *document, const xmlNode *element,
                const char *attribute, const char *code, const struct message_param *params, size_t count)
{
    check_report(check, document, SEVERITY_WARNING, code, offset_of(document, element, attribute), params, count);
}

void check_file(const struct check *check, enum severity severity, struct str file, const char *code,
                const struct message_param *params, size_t count)
{
    findings_add(check->findings, severity, code, file, 0, 0, params, count);
}

void check_cut(const struct check *check, const struct pack_cut *cut)
{
    struct pack_cuts *cuts = check->cuts;
    if (!cuts || !(cuts->list = arena_grow(cuts->arena, cuts->list, cuts->count, &cuts->room, sizeof *cuts->list)))
        return;
    struct pack_cut *own = &cuts->list[cuts->count++];
    *own = *cut;
    own->file = str_copy(cuts->arena, cut->file);
    own->words = str_copy(cuts->arena, cut->words);
}

bool check_is_broken(const struct document *document, const xmlNode *element)
{
    size_t number = xml_number(element);
    uint32_t end = document->tags[number].end;
    for (size_t i = number; i < document->tag_count && (i == number || document->tags[i].at < end); i++)
        if (document->tags[i].broken)
            return true;
    return false;
}

int check_line(const struct document *document, size_t offset)
{
    return (int)line_index(document, offset) + 1;
}

struct message_param check_line_of(const struct check *check, const struct document *document, const xmlNode *element)
{
    int line = check_line(document, document->tags[xml_number(element)].at);
    return PARAM_OF_TEXT("line", str_format(check->arena, "%d", line));
}

static void free_doc(void *doc)
{
    xmlFreeDoc(doc);
}

static void report_syntax(const struct check *check, const struct document *document, const struct xml_problem *problem)
{
    struct message_param words = PARAM_OF_TEXT("words", problem->words);
    findings_add(check->findings, SEVERITY_ERROR, "syntax", document->file, problem->line, problem->column, &words, 1);
}

/* The table of tags is indexed by the tree's numbers: where scanner and parser should ever see different elements, the
 * file is refused rather than read with wrong places. */
static bool tags_fit(const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    size_t count = 1;
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        count++;
    return count == document->tag_count;
}

enum status check_read(const struct check *check, struct document *document)
{
    enum status status = scan_document(check, document);
    if (status != OK)
        return status;
    struct xml_problem problem;
    status = xml_parse(document->mended, check->arena, &problem, &document->doc);
    if (status == MALFORMED || status == TOO_LARGE) {
        report_syntax(check, document, &problem);
        return INVALID;
    }
    if (status == OK)
        status = arena_defer(check->arena, free_doc, document->doc);
    if (status == OK && !tags_fit(document)) {
        problem.words = STR("elements cannot be told apart");
        report_syntax(check, document, &problem);
        return INVALID;
    }
    return status;
}

/* With another root everything else would be noise. */
bool check_root(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    const char *space = root->ns ? (const char *)root->ns->href : "";
    if (document->tags[0].torn && !space[0]) /* may be what was torn */
        return false;
    if (!xml_is(root, "course"))
        check_error(check, document, root, NULL, "wrong-root", PARAMS(PARAM_OF_TEXT("name", xml_name(root))));
    else if (strcmp(space, "urn:lotse:course:1") != 0)
        check_error(check, document, root, NULL, "wrong-namespace", PARAMS(PARAM_OF_TEXT("namespace", str_of(space))));
    else
        return true;
    return false;
}

static enum status check_source(const struct check *check, struct document *document)
{
    enum status status = check_read(check, document);
    if (status == OK && !check_root(check, document))
        status = INVALID;
    if (status == OK)
        status = check_schema(check, document);
    if (status != OK)
        return status == INVALID ? OK : status;
    check_links(check, document);
    check_questions(check, document);
    check_prose(check, document);
    check_media(check, document);
    check_history(check, document);
    return OK;
}

/* Against a source with errors every comparison would be noise: then only what is wrong with the file itself is said. */
static enum status check_translations(const struct check *check, const struct document *source)
{
    bool sound = source->doc && check->findings->errors == 0;
    enum status status = OK;
    for (size_t i = 0; i < check->files->count && status == OK; i++) {
        const struct pack_file *file = &check->files->files[i];
        struct document document = { .file = file->path, .bytes = file->bytes };
        if (str_starts(file->path, STR("course.")) && !str_is(file->path, "course.xml"))
            status = check_translation(check, &document, sound ? source : NULL);
    }
    return status;
}

enum { CHECK_MEMORY = 512 * 1024 * 1024, PATTERN_STEPS = 8 * 1000 * 1000 };

/* *doc: the tree of course.xml when it is free of errors; it lives in the arena. */
static enum status run(const struct check *check, const xmlDoc **doc)
{
    const struct pack_file *file = pack_file(check->files, STR("course.xml"));
    if (!file) {
        check_file(check, SEVERITY_ERROR, STR("course.xml"), "no-course-file", NO_PARAMS);
        return INVALID;
    }
    struct document document = { .file = file->path, .bytes = file->bytes };
    enum status status = check_source(check, &document);
    if (status == OK)
        status = check_translations(check, &document);
    *doc = document.doc;
    if (status == OK)
        status = arena_status(check->arena);
    return status == OK && check->findings->errors > 0 ? INVALID : status;
}

/* Where the reading of the folder has already found errors, those count too. */
static enum status check_in(struct arena *arena, const struct pack_schema *schema, const struct pack_files *files,
                            struct findings *findings, struct pack_cuts *cuts, const xmlDoc **doc)
{
    size_t pattern_steps = PATTERN_STEPS;
    struct check check = { schema, files, findings, arena, cuts, &pattern_steps };
    return run(&check, doc);
}

enum status pack_check(const struct pack_schema *schema, const struct pack_files *files, struct findings *findings)
{
    struct arena arena;
    const xmlDoc *doc = NULL;
    arena_init(&arena, CHECK_MEMORY);
    enum status status = check_in(&arena, schema, files, findings, NULL, &doc);
    arena_release(&arena);
    return status;
}

static int compare_cuts(const void *a, const void *b)
{
    const struct pack_cut *one = a, *other = b;
    int order = str_compare(one->file, other->file);
    return order ? order : (one->at > other->at) - (one->at < other->at);
}

enum status pack_repeats(const struct pack_schema *schema, const struct pack_files *files, struct findings *findings,
                         struct arena *out, struct pack_cuts *cuts)
{
    struct arena arena;
    const xmlDoc *doc = NULL;
    *cuts = (struct pack_cuts){ .arena = out };
    arena_init(&arena, CHECK_MEMORY);
    enum status status = check_in(&arena, schema, files, findings, cuts, &doc);
    arena_release(&arena);
    if (cuts->count)
        qsort(cuts->list, cuts->count, sizeof *cuts->list, compare_cuts);
    return status == OK || status == INVALID ? arena_status(out) : status;
}

enum status pack_load(const struct pack_schema *schema, const struct pack_files *files, struct findings *findings,
                      struct course **course)
{
    struct arena arena;
    const xmlDoc *doc = NULL;
    *course = NULL;
    arena_init(&arena, CHECK_MEMORY);
    enum status status = check_in(&arena, schema, files, findings, NULL, &doc);
    if (status == OK)
        status = course_build_all(doc, files, schema, pack_hash(files, &arena), &arena, course);
    arena_release(&arena);
    return status;
}
