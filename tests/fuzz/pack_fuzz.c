/* pack_fuzz: a libFuzzer harness for the checker and loader of packs: arbitrary bytes as course.xml, and what follows a
 * line "%%" as course.en.xml, where it begins like one, or as media/a.svg.
 *
 * Whatever the bytes are: the answer is OK or INVALID; INVALID exactly when there are errors; every finding has a place
 * inside its file and words to look up; what is OK has become a course; what --fix takes out makes no difference. As a drawing the bytes hold nothing that acts or
 * loads once they are cleaned, and cleaned again they stay the same.
 * Build: clang -fsanitize=fuzzer,address,undefined with the sources of src/base, src/doc and src/course and
 * src/ext/digest.c; run in the project's folder with -dict=tests/fuzz/pack.dict. With -DFUZZ_REPLAY: a main() that
 * replays the files it is given. */
#include "base/embed.h"
#include "course/drawing/drawing.h"
#include "course/framework.h"
#include "course/pack.h"

#include <assert.h>

const struct embed embed_table[] = { { { "", 0 }, { "", 0 } } };
const size_t embed_count = 0;

enum { FILE_MAX_BYTES = 8 * 1024 * 1024, LARGEST_DRAWING = 100 * 1024 };

static struct str read_whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *at = malloc(FILE_MAX_BYTES);
    if (!f || !at) {
        fprintf(stderr, "cannot read %s: run in the project's folder\n", path);
        exit(2);
    }
    size_t len = fread(at, 1, FILE_MAX_BYTES, f);
    fclose(f);
    return (struct str){ at, len };
}

static const struct pack_schema *schema_once(void)
{
    static struct pack_schema *schema;
    static struct arena arena;
    struct framework *framework;
    struct str problem;
    if (schema)
        return schema;
    arena_init(&arena, 1 << 20);
    struct str competences = read_whole("data/competences.xml"), xsd = read_whole("courses/schema/course-1.xsd");
    if (framework_load(&framework, competences, &arena, &problem) != OK ||
        pack_schema_new(&schema, xsd, framework, NULL, &arena, &problem) != OK)
        abort();
    free((char *)(uintptr_t)competences.at);
    free((char *)(uintptr_t)xsd.at);
    return schema;
}

static void check_place(const struct finding *finding, const struct pack_files *files)
{
    const struct pack_file *file = pack_file(files, finding->file);
    assert(finding->line >= 0 && finding->column >= 0);
    if (finding->line == 0)
        return;
    assert(file);
    size_t lines = 1;
    for (size_t i = str_find(file->bytes, '\n', 0); i < file->bytes.len; i = str_find(file->bytes, '\n', i + 1))
        lines++;
    assert((size_t)finding->line <= lines);
    assert((size_t)finding->column <= file->bytes.len + 1);
}

static void check_findings(const struct findings *findings, const struct pack_files *files)
{
    size_t kept = 0;
    for (const struct finding *f = findings->first; f; f = f->next, kept++) {
        check_place(f, files);
        if (f->next && str_equal(f->file, f->next->file))
            assert(f->line <= f->next->line);
    }
    assert(kept <= FINDINGS_KEPT && kept <= findings->errors + findings->warnings);
}

/* Sorted by path. */
static struct pack_files split(struct str bytes, struct pack_file files[2])
{
    const char *mark = memmem(bytes.at, bytes.len, "\n%%\n", 4);
    size_t course = mark ? (size_t)(mark - bytes.at) + 1 : bytes.len;
    struct pack_file source = { STR("course.xml"), str_part(bytes, 0, course) };
    struct str rest = str_from(bytes, mark ? course + 3 : course);
    bool translation = str_starts(rest, STR("<course"));
    files[translation ? 1 : 0] = source;
    files[translation ? 0 : 1] = (struct pack_file){ translation ? STR("course.en.xml") : STR("media/a.svg"), rest };
    return (struct pack_files){ files, mark ? 2 : 1 };
}

/* What --fix takes out becomes less each time, and what was sound stays it. */
static void check_fix(const struct pack_files *files, enum status status, struct arena *arena)
{
    struct findings findings;
    struct pack_cuts cuts, none;
    struct pack_file fixed[2];
    findings_init(&findings, arena);
    assert(pack_repeats(schema_once(), files, &findings, arena, &cuts) == OK);
    for (size_t i = 0; i < files->count; i++)
        fixed[i] = (struct pack_file){ files->files[i].path, pack_without(&files->files[i], &cuts, arena) };
    if (cuts.count == 0)
        return;
    struct pack_files after = { fixed, files->count };
    findings_init(&findings, arena);
    assert(pack_repeats(schema_once(), &after, &findings, arena, &none) == OK);
    assert(none.count < cuts.count);
    assert(status != OK || findings.errors == 0);
}

static struct str clean(struct str svg, struct arena *arena)
{
    return drawing_inline(svg, &(struct drawing_place){ .name = STR("a") }, arena).markup;
}

/* Words of markup, none of which can be in a text: "<" and quotes are escaped there. What grew too large by that is
 * refused when it is read again. */
static void check_drawing(struct str svg, struct arena *arena)
{
    static const char *const never[] = { "<script", "<style", "<image", "<foreign", "<a ", "<set", "<animate", " style=\"",
                                         " src=\"", "=\"url(h", "href=\"h", "href=\"j", " onload=\"" };
    struct str markup = clean(svg, arena);
    if (!markup.len || markup.len > LARGEST_DRAWING)
        return;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert(!memmem(markup.at, markup.len, never[i], strlen(never[i])));
    struct str again = clean(str_format(arena, "<svg xmlns='http://www.w3.org/2000/svg' %s", markup.at + 5), arena);
    assert(str_equal(markup, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pack_file pair[2];
    struct pack_files files = split((struct str){ (const char *)data, size }, pair);
    struct arena arena;
    struct findings findings;
    struct course *course;
    arena_init(&arena, 64 << 20);
    findings_init(&findings, &arena);
    enum status status = pack_load(schema_once(), &files, &findings, &course);
    assert(status == OK || status == INVALID);
    assert((status == INVALID) == (findings.errors > 0));
    assert((status == OK) == (course != NULL));
    check_findings(&findings, &files);
    if (course)
        course_free(course);
    check_fix(&files, status, &arena);
    for (size_t i = 0; i < files.count; i++)
        check_drawing(files.files[i].bytes, &arena);
    arena_release(&arena);
    return 0;
}

#ifdef FUZZ_REPLAY
int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) {
        struct str bytes = read_whole(paths[i]);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len);
        free((char *)(uintptr_t)bytes.at);
    }
    printf("%d files replayed\n", count - 1);
    return 0;
}
#endif
