/* safe_html: nothing that leaves the escaper can open a tag, an entity or an attribute. */
#include "base/safe_html.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    struct str text;
    const char *markup;
} cases[] = {
    { STR_INIT(""), "" },
    { STR_INIT("Zürich"), "Zürich" },
    { STR_INIT("a & b"), "a &amp; b" },
    { STR_INIT("&amp;"), "&amp;amp;" },
    { STR_INIT("<script>alert('1')</script>"), "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;" },
    { STR_INIT("\" onclick=\"x"), "&quot; onclick=&quot;x" },
    { STR_INIT("<<>>"), "&lt;&lt;&gt;&gt;" },
    { STR_INIT("a\r\nb"), "a\r\nb" },
};

static void both_ways_escape_alike(void **state)
{
    (void)state;
    struct arena a;
    struct buf b;
    arena_init(&a, 4096);
    buf_init(&b, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&b);
        safe_html_escape(&b, cases[i].text);
        assert_true(str_is(buf_str(&b), cases[i].markup));
        assert_string_equal(safe_html_of_text(&a, cases[i].text).markup.at, cases[i].markup);
    }
    assert_int_equal(buf_status(&b), OK);
    buf_release(&b);
    arena_release(&a);
}

/* Every byte at every place among others, at both ends of the eight bytes that are looked at together. */
static void each_byte_is_escaped_wherever_it_stands(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4096);
    for (int byte = 1; byte < 256; byte++)
        for (size_t at = 0; at < 19; at++) {
            char text[] = "%;=?!#`aaaaaaaaaaaaa", markup[32];
            text[at] = (char)byte;
            const char *entity = byte == '&' ? "&amp;" : byte == '<' ? "&lt;" : byte == '>' ? "&gt;"
                                 : byte == '"' ? "&quot;" : byte == '\'' ? "&#39;" : (char[]){ (char)byte, '\0' };
            snprintf(markup, sizeof markup, "%.*s%s%s", (int)at, text, entity, text + at + 1);
            buf_clear(&b);
            safe_html_escape(&b, str_of(text));
            assert_string_equal(buf_str(&b).at, markup);
        }
    buf_release(&b);
}

static void limits_are_kept(void **state)
{
    (void)state;
    struct arena a;
    struct buf b;
    arena_init(&a, 16);
    buf_init(&b, 12);
    assert_null(safe_html_of_text(&a, STR("<<<<")).markup.at);
    safe_html_escape(&b, STR("<<<<"));
    assert_int_equal(arena_status(&a), NO_MEMORY);
    assert_int_equal(buf_status(&b), TOO_LARGE);
    assert_true(str_is(buf_str(&b), "&lt;&lt;&lt;"));
    buf_release(&b);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_escape_alike),
        cmocka_unit_test(each_byte_is_escaped_wherever_it_stands),
        cmocka_unit_test(limits_are_kept),
    };
    return cmocka_run_group_tests_name("base/safe_html", tests, NULL, NULL);
}
