/* Prose: every element of the schema as html, addresses of links and media, and nothing of a pack that gets out unescaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

static struct fixture x;

static int set_up(void **state)
{
    (void)state;
    fixture_open(&x);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&x);
    return 0;
}

static struct pack_file media[] = {
    { { "media/a.png", 11 }, { "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xE0", 24 } },
    { { "media/b.svg", 11 }, { "<svg xmlns='x' viewBox='-5 0 320.4,200'/>", 41 } },
};
static const struct pack_files files = { media, 2 };

#define FIGURE(file, size) \
    "<figure class=\"figure\"><div class=\"figure__box\"><img src=\"/media/c0ffee/media/" file "\"" size \
    " alt=\"Bild\" loading=\"lazy\" decoding=\"async\"></div></figure>"

static const struct {
    const char *xml, *html;
} CASES[] = {
    /* words */
    { "<p id=\"a\">Eins\n   zwei  </p>", "<p id=\"a\">Eins zwei </p>" },
    { "<p><strong>s</strong> <em>e</em> <q>q</q> <code>c &lt; d</code></p>",
      "<p><strong>s</strong> <em>e</em> <q>q</q> <code>c &lt; d</code></p>" },
    { "<p><abbr title='\"GmbH\" &lt;'>G</abbr></p>", "<p><abbr title=\"&quot;GmbH&quot; &lt;\">G</abbr></p>" },
    { "<p><local-policy id=\"frist\">Fragen Sie.</local-policy></p>",
      "<p><span class=\"local-policy\">Fragen Sie.</span></p>" },
    /* links */
    { "<p><a href=\"https://example.org/?a=1&amp;b='2'\">fort</a></p>",
      "<p><a href=\"https://example.org/?a=1&amp;b=&#39;2&#39;\" rel=\"noopener noreferrer\">fort</a></p>" },
    { "<p id=\"hier\"><a href=\"#hier\">hier</a></p>", "<p id=\"hier\"><a href=\"#hier\">hier</a></p>" },
    { "<p><a href=\"#dort\">dort</a></p>", "<p><a href=\"/courses/kurs/zwei#dort\">dort</a></p>" },
    { "<p><a href=\"#zwei\">Lektion</a></p>", "<p><a href=\"/courses/kurs/zwei\">Lektion</a></p>" },
    { "<p><a href=\"#eins\">diese</a></p>", "<p><a href=\"/courses/kurs/eins\">diese</a></p>" },
    { "<p><a href=\"#nirgends\">weg</a> <a href=\"#median\">Wort</a></p>", "<p>weg Wort</p>" },
    { "<p><term ref=\"median\">Mittelwert</term> <term ref=\"dort\">falsch</term></p>",
      "<p><a class=\"term\" href=\"#g-median\">Mittelwert</a> falsch</p>" },
    /* blocks */
    { "<ul><li>a <strong>b</strong></li><li>c</li></ul><ol id=\"o\"><li>d</li></ol>",
      "<ul><li>a <strong>b</strong></li><li>c</li></ul><ol id=\"o\"><li>d</li></ol>" },
    { "<section id=\"s\"><title>T &amp; U</title><p>a</p><scenario><title>Fall</title><p>b</p></scenario></section><p>c</p>",
      "<h2 id=\"s\">T &amp; U</h2><p>a</p><div class=\"scenario\"><h3>Fall</h3><p>b</p></div><p>c</p>" },
    { "<callout id=\"k\" kind=\"warning\"><p>a</p></callout>",
      "<aside class=\"callout callout--warning\" id=\"k\"><div><strong>course-callout-warning</strong><p>a</p></div></aside>" },
    { "<callout kind=\"tip\"><title>Kurz</title><p>a</p></callout>",
      "<aside class=\"callout callout--tip\"><div><strong><span class=\"vh\">course-callout-tip: </span>Kurz</strong><p>a</p>"
      "</div></aside>" },
    { "<steps><step><title>Erst</title><p>a</p></step><step><p>b</p></step></steps>",
      "<ol class=\"steps\"><li><strong>Erst</strong><p>a</p></li><li><p>b</p></li></ol>" },
    { "<takeaway id=\"m\"><p>a</p></takeaway>",
      "<div class=\"takeaway\" id=\"m\"><strong>course-takeaway</strong><p>a</p></div>" },
    { "<worked-example><p>a</p><steps><step><p>b</p></step></steps></worked-example>",
      "<div class=\"worked\"><h2>course-worked-example</h2><p>a</p><ol class=\"steps\"><li><p>b</p></li></ol></div>" },
    { "<scenario id=\"f\"><p>a</p><decision id=\"d\"><prompt>Was <em>nun</em>?</prompt>"
      "<path id=\"p1\"><title>Ja</title><p>b</p></path><path><title>Nein</title><p>c</p></path></decision></scenario>",
      "<div class=\"scenario\" id=\"f\"><h2>course-scenario</h2><p>a</p><div class=\"decision\" id=\"d\"><p><strong>Was "
      "<em>nun</em>?</strong></p><details id=\"p1\"><summary>Ja</summary><p>b</p></details><details><summary>Nein</summary>"
      "<p>c</p></details></div></div>" },
    { "<table id=\"t\"><caption>C</caption><thead><tr><th scope=\"col\">A</th></tr></thead>"
      "<tr><th scope=\"row\">B</th><td>1 &lt; 2</td></tr></table>",
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"n_6\" id=\"t\"><table class=\"table\">"
      "<caption id=\"n_6\">C</caption><thead><tr><th scope=\"col\">A</th></tr></thead><tbody><tr><th scope=\"row\">B</th>"
      "<td>1 &lt; 2</td></tr></tbody></table></div>" },
    /* pictures */
    { "<figure src=\"media/a.png\" alt=\"Bild\"/>", FIGURE("a.png", " width=\"640\" height=\"480\"") },
    { "<figure src=\"media/b.svg\" alt=\"Bild\"/>", FIGURE("b.svg", " width=\"320\" height=\"200\"") },
    { "<figure src=\"media/fehlt.png\" alt=\"Bild\"/>", FIGURE("fehlt.png", "") },
    { "<figure id=\"g\" src=\"media/x.webp\" alt=\"&quot;&gt;&lt;\"><caption>C</caption><description><p>d</p></description></figure>",
      "<figure class=\"figure\" id=\"g\"><div class=\"figure__box\"><img src=\"/media/c0ffee/media/x.webp\" "
      "alt=\"&quot;&gt;&lt;\" loading=\"lazy\" decoding=\"async\"></div><figcaption>C<details><summary>"
      "course-figure-description</summary><p>d</p></details></figcaption></figure>" },
    /* what the check refuses does no harm either */
    { "<p>&lt;script&gt;&amp;amp;</p>", "<p>&lt;script&gt;&amp;amp;</p>" },
    { "<p><![CDATA[<b>&x;]]></p>", "<p>&lt;b&gt;&amp;x;</p>" },
    { "<p>a<script>alert(1)</script><!-- b --></p>", "<p>aalert(1)</p>" },
    { "<script>alert(1)</script><p onclick=\"x\" style=\"y\">a</p>", "<p>a</p>" },
    { "<p><a href=\"javascript:alert(1)\">a</a><a href=\"//b\">b</a><a href=\"http://c\">c</a></p>", "<p>abc</p>" },
    { "<p id='\"&gt;'>a</p>", "<p id=\"&quot;&gt;\">a</p>" },
    { "<callout kind='\"&gt;'><p>a</p></callout>",
      "<aside class=\"callout callout--&quot;&gt;\"><div><strong>course-callout-&quot;&gt;</strong><p>a</p></div></aside>" },
    { "<table><caption/><tr><th scope='\"&gt;'>a</th></tr></table>",
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"n_6\"><table class=\"table\"><caption id=\"n_6\">"
      "</caption><tbody><tr><th scope=\"col\">a</th></tr></tbody></table></div>" },
};

static void renders_as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct course *course;
        assert_int_equal(fixture_build(&x, fixture_course_xml(&x.arena, CASES[i].xml), &files, &course), OK);
        const struct lesson *lesson = course_lesson(course, STR("eins"));
        assert_true(lesson->part_count >= 1);
        struct str html = lesson->parts[0].prose.markup;
        if (!str_is(html, CASES[i].html))
            fail_msg("%s\n gave   %.*s\n wanted %s", CASES[i].xml, STR_ARG(html), CASES[i].html);
        course_free(course);
    }
}

static void a_lesson_ends_with_the_terms_it_uses(void **state)
{
    (void)state;
    struct course *course;
    struct str xml = fixture_course_xml(&x.arena, "<p><term ref=\"rate\">Raten</term>, <term ref=\"rate\">Rate</term></p>");
    assert_int_equal(fixture_build(&x, xml, NULL, &course), OK);
    const struct lesson *one = course_lesson(course, STR("eins")), *two = course_lesson(course, STR("zwei"));
    assert_int_equal(one->part_count, 2);
    assert_true(str_is(one->parts[1].prose.markup, "<h2>course-glossary</h2><dl class=\"gloss\"><dt id=\"g-rate\">"
                                                   "Rate &amp; Anteil</dt><dd><p>Je Kopf.</p></dd></dl>"));
    assert_int_equal(two->part_count, 1);
    /* A definition stands on pages that do not list the terms that it uses itself. */
    assert_true(str_is(course->glossary[0].text.markup, "<p>Die Mitte, keine Rate.</p>"));
    course_free(course);
}

/* A question of a lesson's practice is shown alone too: its links are complete, its terms are words. */
static void questions_can_stand_on_any_page(void **state)
{
    (void)state;
    struct course *course;
    struct str xml = fixture_course_xml(
        &x.arena, "<p id=\"hier\">H</p><practice id=\"p\"><choice id=\"q\" competence=\"f:1.1\" level=\"1\" answers=\"one\">"
                  "<prompt><p><a href=\"#hier\">Siehe</a> <term ref=\"rate\">Rate</term></p></prompt>"
                  "<option id=\"a\" correct=\"yes\"><answer>A</answer></option><option id=\"b\"><answer>B</answer></option>"
                  "<explanation><p>E</p></explanation></choice></practice><p><a href=\"#hier\">oben</a></p>");
    assert_int_equal(fixture_build(&x, xml, NULL, &course), OK);
    const struct lesson *lesson = course_lesson(course, STR("eins"));
    assert_true(str_is(course_question(course, STR("q"))->prompt.markup, "<a href=\"/courses/kurs/eins#hier\">Siehe</a> Rate"));
    assert_int_equal(lesson->part_count, 3); /* no list of terms */
    assert_true(str_is(lesson->parts[2].prose.markup, "<p><a href=\"#hier\">oben</a></p>"));
    course_free(course);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(renders_as_the_table_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lesson_ends_with_the_terms_it_uses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_can_stand_on_any_page, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("course/prose", tests, NULL, NULL);
}
