/* Tests of plain: the words of safe html, and nothing else of it. */
#include "course/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_html(void **state)
{
    static const struct {
        const char *html, *text, *headings;
    } cases[] = {
        { "", "", "" },
        { "<p>Ein <strong>Satz</strong>.</p><p>Noch einer.</p>", "Ein Satz. Noch einer.", "" },
        { "<h2 id=\"a\">Die Liste</h2><p>Jede steht da.</p>", "Die Liste: Jede steht da.", "Die Liste" },
        { "<h2>Warum?</h2><h3>Darum</h3>", "Warum? Darum:", "Warum? Darum" },
        { "<table><tr><th>Amt</th><td>T\xC3\xBCr</td><td>9</td></tr></table>", "Amt; T\xC3\xBCr; 9;", "" },
        { "<p>a &amp; b &lt;i&gt; &quot;c&quot; &#39;d&#39;</p>", "a & b <i> \"c\" 'd'", "" },
        { "<p>Zahl<sup class=\"footnote\"><a href=\"#n\"><span class=\"vh\">Fussnote </span>1</a></sup>.</p>", "Zahl.", "" },
        { "<h3><span>Richtig<span class=\"vh\">: </span></span>Ein Betreff</h3>", "Richtig: Ein Betreff:", "Richtig: Ein Betreff" },
        { "<p>H<sup>2<sup>3</sup></sup>O</p>", "HO;", "" },
        { "<figure><svg><text>Bild</text><g/></svg><figcaption>Plan</figcaption></figure><p>nach</p>", "Plan; nach;", "" },
        { "<img src=\"a.svg\" alt=\"Ein Pfeil\">da<br>dort", "da dort", "" },
        { "<p>Gr\xC3\xB6\xC3\x9F" "e</p>", "Gr\xC3\xB6sse;", "" },
        { "<p>Daten\xC2\xADschutz  und\n mehr</p>", "Datenschutz und mehr;", "" },
        { "<p>kein Ende <b", "kein Ende", "" },
        { "a &nix; b & c", "a b c", "" },
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text, headings;
        buf_init(&text, 4096);
        buf_init(&headings, 4096);
        plain_add((struct safe_html){ str_of(cases[i].html) }, &text, &headings);
        struct str plain = plain_text(&arena, buf_str(&text)), titles = plain_text(&arena, buf_str(&headings));
        assert_string_equal(str_copy(&arena, plain).at, cases[i].text);
        assert_string_equal(str_copy(&arena, titles).at, cases[i].headings);
        buf_release(&text);
        buf_release(&headings);
    }
    arena_release(&arena);
}

static void test_what_is_too_long_says_so(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text, 8);
    plain_add((struct safe_html){ STR("<p>viel zu lang</p>") }, &text, NULL);
    assert_int_equal(buf_status(&text), TOO_LARGE);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_what_is_too_long_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
