/* check_bench: what it costs to check a pack of 200 KB, made of the lessons of tests/packs/everything with ids and
 * questions of their own, against libxml2 alone parsing and validating the same bytes. Prints medians of many runs in
 * milliseconds and their ratio; run in the project's folder. The pack must have no findings, or the bench fails. */
#include "base/clock.h"
#include "course/framework.h"
#include "course/pack.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

enum { RUNS = 31, LEAST_BYTES = 200 * 1000, MOST_BYTES = 1 << 20, MOST_FILES = 64 };

static struct arena arena;

static void fail(const char *what)
{
    fprintf(stderr, "check_bench: %s\n", what);
    exit(1);
}

static struct str read_whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *at = arena_alloc(&arena, MOST_BYTES);
    size_t len = f && at ? fread(at, 1, MOST_BYTES, f) : 0;
    if (len == 0)
        fail(path);
    fclose(f);
    return (struct str){ at, len };
}

static size_t place_of(struct str text, const char *what)
{
    const char *hit = memmem(text.at, text.len, what, strlen(what));
    if (!hit)
        fail(what);
    return (size_t)(hit - text.at);
}

/* Ids, what refers to them within a question, and prompts get a number. */
static void add_copy(struct buf *out, struct str lessons, int number)
{
    static const char *const marks[] = { " id=\"", "<blank ref=\"", " tray=\"", "<prompt><p>" };
    while (lessons.len) {
        size_t k = 0, len = 0;
        for (k = 0; k < 4; k++)
            if (str_starts(lessons, str_of(marks[k])))
                break;
        len = k < 4 ? strlen(marks[k]) : 1;
        buf_add(out, str_part(lessons, 0, len));
        if (k < 4)
            buf_add_format(out, "n%d%s", number, k == 3 ? ": " : "-");
        lessons = str_from(lessons, len);
    }
}

static struct str large_course(struct str course)
{
    struct buf out;
    size_t from = place_of(course, "<lesson id=\"elemente\""), to = place_of(course, "<test ");
    buf_init(&out, MOST_BYTES);
    buf_add(&out, str_part(course, 0, to));
    for (int i = 1; out.len + course.len - to < LEAST_BYTES; i++)
        add_copy(&out, str_part(course, from, to - from), i);
    buf_add(&out, str_from(course, to));
    struct str text = str_copy(&arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* Without translations: there are none of the copies. */
static struct pack_files large_pack(void)
{
    struct findings findings;
    struct pack_files files;
    findings_init(&findings, &arena);
    if (pack_read("tests/packs/everything", &arena, &files, &findings) != OK)
        fail("tests/packs/everything cannot be read");
    struct pack_files out = { ARENA_ARRAY(&arena, MOST_FILES, struct pack_file), 0 };
    for (size_t i = 0; i < files.count; i++) {
        struct pack_file file = files.files[i];
        bool media = str_starts(file.path, STR("media/")) && !str_starts(file.path, STR("media/en/")) &&
                     !str_starts(file.path, STR("media/fr/")) && !str_starts(file.path, STR("media/it/"));
        if (str_is(file.path, "course.xml"))
            file.bytes = large_course(file.bytes);
        else if (!media)
            continue;
        out.files[out.count++] = file;
    }
    return out;
}

static void check_once(const struct pack_schema *schema, const struct pack_files *files)
{
    struct arena own;
    struct findings findings;
    arena_init(&own, 64 << 20);
    findings_init(&findings, &own);
    enum status status = pack_check(schema, files, &findings);
    if (findings.first)
        fprintf(stderr, "line %d: %s\n", findings.first->line, findings.first->code);
    if (status != OK || findings.first)
        fail("the pack has findings");
    arena_release(&own);
}

static void validate_once(xmlSchema *schema, struct str bytes)
{
    xmlDoc *doc = xmlReadMemory(bytes.at, (int)bytes.len, NULL, "UTF-8", XML_PARSE_NONET);
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
    if (!doc || !context || xmlSchemaValidateDoc(context, doc) != 0)
        fail("the pack is not valid");
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(doc);
}

static int compare_times(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

int main(void)
{
    int64_t ours[RUNS], bare[RUNS];
    struct framework *framework;
    struct pack_schema *schema;
    struct str problem;
    arena_init(&arena, 64 << 20);
    struct str xsd = read_whole("courses/schema/course-1.xsd");
    if (framework_load(&framework, read_whole("data/competences.xml"), &arena, &problem) != OK ||
        pack_schema_new(&schema, xsd, framework, NULL, &arena, &problem) != OK)
        fail("the schema does not load");
    xmlSchemaParserCtxt *parser = xmlSchemaNewMemParserCtxt(xsd.at, (int)xsd.len);
    xmlSchema *alone = parser ? xmlSchemaParse(parser) : NULL;
    struct pack_files files = large_pack();
    struct str course = pack_file(&files, STR("course.xml"))->bytes;
    for (int i = 0; i < RUNS; i++) {
        int64_t start = clock_monotonic_us();
        check_once(schema, &files);
        int64_t middle = clock_monotonic_us();
        validate_once(alone, course);
        ours[i] = middle - start;
        bare[i] = clock_monotonic_us() - middle;
    }
    qsort(ours, RUNS, sizeof *ours, compare_times);
    qsort(bare, RUNS, sizeof *bare, compare_times);
    double checked = (double)ours[RUNS / 2] / 1000, validated = (double)bare[RUNS / 2] / 1000;
    printf("%zu KB: checked in %.1f ms, libxml2 alone %.1f ms, ratio %.1f\n", course.len / 1000, checked, validated,
           checked / validated);
    xmlSchemaFree(alone);
    xmlSchemaFreeParserCtxt(parser);
    pack_schema_free(schema);
    framework_free(framework);
    arena_release(&arena);
    return 0;
}
