/* The competence framework: the file of the project, and what is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

static void the_framework_is_whole(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    const struct framework *f = x.framework;
    static const int in_area[] = { 3, 6, 4, 4, 4 };
    assert_true(str_is(f->id, "digcomp-3.0") && f->attribution.len > 0 && f->title.len > 0);
    assert_int_equal(f->count, 21);
    size_t i = 0;
    for (int area = 1; area <= 5; area++)
        for (int number = 1; number <= in_area[area - 1]; number++, i++) {
            struct str id = str_format(&x.arena, "digcomp-3.0:%d.%d", area, number);
            assert_true(str_equal(f->competences[i].id, id));
            assert_ptr_equal(framework_find(f, id), &f->competences[i]);
            for (size_t lang = 0; lang < LANG_COUNT; lang++)
                assert_true(f->competences[i].title[lang].len > 0 && f->competences[i].area[lang].len > 0);
        }
    for (size_t level = 1; level <= 4; level++)
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            assert_true(f->level[level][lang].len > 0);
    assert_true(str_is(f->level[2][LANG_DE], "Selbstständig"));
    assert_null(framework_find(f, STR("digcomp-3.0:6.1")));
    assert_null(framework_find(f, STR("")));
    fixture_close(&x);
}

#define TITLES \
    "<title xml:lang='de'>a</title><title xml:lang='en'>b</title><title xml:lang='fr'>c</title><title xml:lang='it'>d</title>"
#define LEVELS \
    "<level number='1'>" TITLES "</level><level number='2'>" TITLES "</level><level number='3'>" TITLES "</level>" \
    "<level number='4'>" TITLES "</level>"

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *problem;
    } cases[] = {
        { "<framework id='f'>" LEVELS "<area>" TITLES "<competence number='1.1'>" TITLES "</competence></area></framework>", NULL },
        { "<framework>" LEVELS "</framework>", "competences.xml:1: <framework> has no id" },
        { "<framework id='f'/>", "competences.xml:1: <framework> lacks one of the four levels" },
        { "<framework id='f'>\n<level number='5'/></framework>", "competences.xml:2: <level> has no number from 1 to 4" },
        { "<framework id='f'>" LEVELS "\n\n<area><title xml:lang='de'>a</title></area></framework>",
          "competences.xml:3: <area> lacks a title in one of the languages" },
        { "<framework id='f'>" LEVELS "<area>" TITLES "<competence number='1.1'>" TITLES "</competence><competence number='1.1'>" TITLES
          "</competence></area></framework>",
          "competences.xml:1: <framework> has a competence number twice" },
        { "<framework", "competences.xml:1:11: " },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a;
        struct framework *f;
        struct str problem;
        arena_init(&a, 1 << 20);
        enum status status = framework_load(&f, str_of(cases[i].xml), &a, &problem);
        assert_int_equal(status == OK, cases[i].problem == NULL);
        assert_int_equal(f != NULL, cases[i].problem == NULL);
        if (cases[i].problem && !str_starts(problem, str_of(cases[i].problem)))
            fail_msg("expected %s, found %.*s", cases[i].problem, STR_ARG(problem));
        framework_free(f);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_framework_is_whole),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests_name("course/framework", tests, NULL, NULL);
}
