/* Packs as their authors see them: every folder of tests/packs is read and checked; what is said must be, line by line,
 * what its expected.txt holds (a pack without one must be fine). Then reading of folders and the pack's identity. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embed.h"
#include "course/course_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fixture x;
static struct messages *messages;

static int set_up(void **state)
{
    (void)state;
    fixture_open(&x);
    struct str mo[LANG_COUNT];
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        mo[lang] = embed_bytes(str_format(&x.arena, "messages/%s.mo", lang_code((enum lang)lang)).at);
    assert_int_equal(messages_load(&messages, mo), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    messages_free(messages);
    fixture_close(&x);
    return 0;
}

/* All findings as the command line prints them. */
static struct str check_folder(struct arena *a, const char *path, enum lang lang, enum status *status)
{
    struct findings findings;
    struct pack_files files;
    struct buf out;
    findings_init(&findings, a);
    *status = pack_read(path, a, &files, &findings);
    if (*status == OK || *status == INVALID)
        *status = pack_check(x.schema, &files, &findings);
    buf_init(&out, 1 << 20);
    for (const struct finding *f = findings.first; f; f = f->next)
        buf_add_format(&out, "%.*s\n", STR_ARG(finding_line(f, messages, lang, STR(""), a)));
    assert_int_equal(buf_status(&out), OK);
    assert_int_equal(*status == INVALID, findings.errors > 0);
    struct str text = str_copy(a, buf_str(&out));
    buf_release(&out);
    return text;
}

/* Says the first line that differs; both texts are whole in the message, so that a wanted change can be copied. */
static void assert_same_lines(const char *pack, struct str expected, struct str found)
{
    if (str_equal(expected, found))
        return;
    for (int line = 1; expected.len || found.len; line++) {
        struct str want = str_cut(&expected, '\n'), got = str_cut(&found, '\n');
        if (!str_equal(want, got))
            fail_msg("%s/expected.txt:%d\n  expected %.*s\n  found    %.*s", pack, line, STR_ARG(want), STR_ARG(got));
    }
    fail_msg("%s/expected.txt differs in its end", pack);
}

static void check_one(const char *name)
{
    struct arena a;
    enum status status;
    arena_init(&a, 64 << 20);
    struct str pack = str_format(&a, "tests/packs/%s", name);
    struct str expected_path = str_format(&a, "%s/expected.txt", pack.at);
    bool bad = access(expected_path.at, R_OK) == 0;
    struct str expected = bad ? fixture_file(&a, expected_path.at) : STR("");
    struct str found = check_folder(&a, pack.at, LANG_DE, &status);
    assert_same_lines(pack.at, expected, found);
    assert_int_equal(bad, str_starts(str_of(name), STR("bad-")));
    assert_int_equal(status, bad ? INVALID : OK);
    arena_release(&a);
}

static void every_pack_says_what_is_expected(void **state)
{
    (void)state;
    size_t count = 0;
    DIR *list = opendir("tests/packs");
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        if (entry->d_name[0] != '.') {
            check_one(entry->d_name);
            count++;
        }
    closedir(list);
    assert_true(count >= 18);
}

static void findings_speak_english_too(void **state)
{
    (void)state;
    struct arena a;
    enum status status;
    arena_init(&a, 64 << 20);
    struct str found = check_folder(&a, "tests/packs/bad-mark", LANG_EN, &status);
    assert_same_lines("bad-mark in English",
                      STR("course.xml:1:1: warning: The file begins with an invisible byte order mark. Save it as UTF-8 without BOM, or run lotse check --fix. "
                          "[byte-order-mark]\n"
                          "course.xml:7:15: error: There is no element <pp>. Remove it; the reference, /packs/reference, lists all elements. "
                          "[unknown-element]\n"),
                      found);
    arena_release(&a);
}

/* What may be found where no file is: the lines of a pack with a warning only are no reason to refuse it. */
static void a_warning_does_not_refuse(void **state)
{
    (void)state;
    struct arena a;
    struct course *course;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    assert_int_equal(pack_read("tests/packs/good-full", &a, &files, &findings), OK);
    struct pack_file more[8];
    assert_true(files.count < 8);
    memcpy(more, files.files, files.count * sizeof *more);
    more[files.count] = (struct pack_file){ STR("media/zuletzt.svg"), files.files[files.count - 1].bytes };
    struct pack_files with_unused = { more, files.count + 1 };
    assert_int_equal(pack_load(x.schema, &with_unused, &findings, &course), OK);
    assert_int_equal(findings.warnings, 1);
    assert_string_equal(findings.first->code, "media-unused");
    course_free(course);
    arena_release(&a);
}

static void the_whole_of_the_schema_becomes_a_course(void **state)
{
    (void)state;
    struct arena a;
    struct course *course;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    assert_int_equal(pack_read("tests/packs/good-full", &a, &files, &findings), OK);
    assert_int_equal(pack_load(x.schema, &files, &findings, &course), OK);
    assert_int_equal(findings.errors + findings.warnings, 0);
    assert_true(str_is(course->title, "Alles & jedes") && course->completion_by_test);
    assert_true(course->test->pass_percent == 75 && course->test->drawn == 2 && course->question_count == 3);
    assert_true(str_equal(course->hash, pack_hash(&files, &a)) && course->hash.len == 64);
    course_free(course);
    arena_release(&a);
}

static void a_pack_with_errors_loads_nothing(void **state)
{
    (void)state;
    struct arena a;
    struct course *course = (struct course *)&a;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    assert_int_equal(pack_read("tests/packs/bad-keys", &a, &files, &findings), OK);
    assert_int_equal(pack_load(x.schema, &files, &findings, &course), INVALID);
    assert_null(course);
    arena_release(&a);
}

/* The example that accompanied the schema. */
static void the_published_example_is_fine(void **state)
{
    (void)state;
    if (access("../shared/example-course.xml", R_OK) != 0) {
        print_message("../shared/example-course.xml is not here: skipped\n");
        skip();
    }
    struct arena a;
    struct findings findings;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    struct pack_file file = { STR("course.xml"), fixture_file(&a, "../shared/example-course.xml") };
    assert_int_equal(pack_check(x.schema, &(struct pack_files){ &file, 1 }, &findings), OK);
    assert_null(findings.first);
    arena_release(&a);
}

/* ---- identity ---- */

static void the_hash_tells_packs_apart(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    struct pack_file one[] = { { STR("a"), STR("bc") } }, other[] = { { STR("ab"), STR("c") } };
    struct pack_file split[] = { { STR("a"), STR("b") }, { STR("c"), STR("") } };
    struct str first = pack_hash(&(struct pack_files){ one, 1 }, &a);
    /* printf 'a\0002\000bc' | sha256sum */
    assert_true(str_is(first, "e1cf9898d1e966a32f8611f05aa624936397e7ac6b6ccd73eaa62dab582c747f"));
    assert_false(str_equal(first, pack_hash(&(struct pack_files){ other, 1 }, &a)));
    assert_false(str_equal(first, pack_hash(&(struct pack_files){ split, 2 }, &a)));
    arena_release(&a);
}

/* ---- reading ---- */

static void write_file(const char *path, size_t bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(ftruncate(fileno(f), (off_t)bytes), 0);
    fclose(f);
}

/* A folder of its own under the system's temporary one; removed with what is in it. */
static struct str new_folder(struct arena *a)
{
    struct str path = str_format(a, "%s/lotse-pack-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp((char *)(uintptr_t)path.at));
    assert_int_equal(mkdir(str_format(a, "%s/media", path.at).at, 0700), 0);
    return path;
}

static void remove_folder(struct arena *a, struct str path)
{
    DIR *list = opendir(path.at);
    for (struct dirent *entry = list ? readdir(list) : NULL; entry; entry = readdir(list)) {
        struct str below = str_format(a, "%s/%s", path.at, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlink(below.at) != 0 && (errno == EISDIR || errno == EPERM))
            remove_folder(a, below);
    }
    if (list)
        closedir(list);
    rmdir(path.at);
}

static const char *only_code(const struct findings *findings)
{
    return findings->first && !findings->first->next ? findings->first->code : "none or several";
}

static void reading_takes_what_belongs_to_a_pack(void **state)
{
    (void)state;
    struct arena a;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    struct str folder = new_folder(&a);
    write_file(str_format(&a, "%s/course.xml", folder.at).at, 3);
    write_file(str_format(&a, "%s/notes.txt", folder.at).at, 3);
    write_file(str_format(&a, "%s/.course.xml.swp", folder.at).at, 3);
    write_file(str_format(&a, "%s/media/b.png", folder.at).at, 2);
    write_file(str_format(&a, "%s/media/.hidden", folder.at).at, 2);
    assert_int_equal(pack_read(folder.at, &a, &files, &findings), OK);
    assert_int_equal(files.count, 2);
    assert_true(str_is(files.files[0].path, "course.xml") && str_is(files.files[1].path, "media/b.png"));
    assert_int_equal(files.files[1].bytes.len, 2);
    assert_ptr_equal(pack_file(&files, STR("media/b.png")), &files.files[1]);
    assert_null(pack_file(&files, STR("media/a.png")));
    remove_folder(&a, folder);
    arena_release(&a);
}

static void reading_refuses_links(void **state)
{
    (void)state;
    struct arena a;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    struct str folder = new_folder(&a);
    assert_int_equal(symlink("/etc/passwd", str_format(&a, "%s/media/a.png", folder.at).at), 0);
    assert_int_equal(pack_read(folder.at, &a, &files, &findings), INVALID);
    assert_int_equal(files.count, 0);
    assert_string_equal(only_code(&findings), "link");
    remove_folder(&a, folder);
    arena_release(&a);
}

static void reading_is_bounded(void **state)
{
    (void)state;
    struct arena a;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    struct str folder = new_folder(&a);
    for (int i = 0; i < 65; i++)
        write_file(str_format(&a, "%s/media/%d.png", folder.at, i).at, 1);
    findings_init(&findings, &a);
    assert_int_equal(pack_read(folder.at, &a, &files, &findings), INVALID);
    assert_string_equal(only_code(&findings), "too-many-files");
    remove_folder(&a, folder);

    folder = new_folder(&a);
    write_file(str_format(&a, "%s/media/a.png", folder.at).at, (20 << 20) + 1);
    findings_init(&findings, &a);
    assert_int_equal(pack_read(folder.at, &a, &files, &findings), INVALID);
    assert_string_equal(only_code(&findings), "pack-too-large");
    remove_folder(&a, folder);

    findings_init(&findings, &a);
    assert_int_equal(pack_read("tests/packs/there-is-none", &a, &files, &findings), NOT_FOUND);
    assert_string_equal(only_code(&findings), "no-folder");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pack_says_what_is_expected),
        cmocka_unit_test(findings_speak_english_too),
        cmocka_unit_test(a_warning_does_not_refuse),
        cmocka_unit_test(the_whole_of_the_schema_becomes_a_course),
        cmocka_unit_test(a_pack_with_errors_loads_nothing),
        cmocka_unit_test(the_published_example_is_fine),
        cmocka_unit_test(the_hash_tells_packs_apart),
        cmocka_unit_test(reading_takes_what_belongs_to_a_pack),
        cmocka_unit_test(reading_refuses_links),
        cmocka_unit_test(reading_is_bounded),
    };
    return cmocka_run_group_tests_name("course/pack", tests, set_up, tear_down);
}
