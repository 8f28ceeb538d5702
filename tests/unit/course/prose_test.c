/* Prose: every element of the schema as html, addresses of links and media, and nothing of a pack that gets out unescaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/policy.h"
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
    { STR_INIT("media/c.svg"),
      STR_INIT("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><g id='a'/><use href='#a'/></svg>") },
};
static const struct pack_files files = { media, 3 };

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
      "<p><button type=\"button\" class=\"term\" popovertarget=\"t_median\">Mittelwert</button> falsch</p>" },
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
    { "<pre language=\"Shell\">\n\n      eins\n        &lt;zwei>\n\n      drei\n    </pre>",
      "<div class=\"code\"><p class=\"code__label\" id=\"n_6\">course-code: Shell</p><pre tabindex=\"0\" role=\"region\" "
      "aria-labelledby=\"n_6\"><code>eins\n  &lt;zwei&gt;\n\ndrei</code></pre></div>" },
    { "<pre id=\"c\">a</pre>", "<div class=\"code\" id=\"c\"><p class=\"code__label\" id=\"n_6\">course-code</p><pre tabindex=\"0\" "
                            "role=\"region\" aria-labelledby=\"n_6\"><code>a</code></pre></div>" },
    /* to think, to choose, to compare */
    { "<reveal id=\"r\"><title>Mehr</title><p>a</p><steps><step><p>b</p></step></steps></reveal>",
      "<details class=\"reveal\" id=\"r\"><summary>Mehr</summary><p>a</p><ol class=\"steps\"><li><p>b</p></li></ol></details>" },
    { "<variants id=\"v\"><title>Ihr Gerät</title><variant id=\"v1\"><title>A &amp; B</title><p>a</p></variant>"
      "<variant id=\"v2\"><title>C</title><p>c</p></variant></variants>",
      "<div class=\"variants\" id=\"v\"><p class=\"variants__title\" id=\"n_6\">Ihr Gerät</p><ul class=\"variants__list\" "
      "aria-labelledby=\"n_6\"><li><a href=\"#v1\">A &amp; B</a></li><li><a href=\"#v2\">C</a></li></ul>"
      "<div class=\"variant\" id=\"v1\"><h2>A &amp; B</h2><p>a</p></div><div class=\"variant\" id=\"v2\"><h2>C</h2><p>c</p></div></div>" },
    { "<comparison id=\"k\" kind=\"right-wrong\"><side id=\"k1\"><title>Kurz</title><p>a</p></side><side><p>b</p></side></comparison>",
      "<div class=\"comparison\" id=\"k\"><div class=\"side side--right\" id=\"k1\"><h2><span class=\"side__name\">course-side-right"
      "<span class=\"vh\">: </span></span>Kurz</h2><p>a</p></div><div class=\"side side--wrong\"><h2><span class=\"side__name\">"
      "course-side-wrong</span></h2><p>b</p></div></div>" },
    /* films and sound */
    { "<video id=\"f\" src=\"media/a.mp4\" captions=\"media/a.vtt\" poster=\"media/a.png\"><caption>Sperren</caption>"
      "<transcript><p>Klick.</p></transcript></video>",
      "<figure class=\"figure film\" id=\"f\"><div class=\"figure__box\"><video controls playsinline preload=\"metadata\" "
      "src=\"/media/c0ffee/media/a.mp4\" poster=\"/media/c0ffee/media/a.png\" aria-labelledby=\"n_6\"><track kind=\"captions\" default "
      "src=\"/media/c0ffee/media/a.vtt\" srclang=\"de-CH\" label=\"Deutsch\"></video></div><figcaption><span id=\"n_6\">Sperren</span>"
      "<details class=\"transcript\"><summary>course-transcript</summary><p>Klick.</p></details></figcaption></figure>" },
    { "<audio src=\"media/a.mp3\"><caption>Anruf</caption><transcript><p>Guten Tag.</p></transcript></audio>",
      "<figure class=\"figure sound\"><div class=\"figure__box\"><audio controls preload=\"metadata\" src=\"/media/c0ffee/media/a.mp3\" "
      "aria-labelledby=\"n_6\"></audio></div><figcaption><span id=\"n_6\">Anruf</span><details class=\"transcript\"><summary>"
      "course-transcript</summary><p>Guten Tag.</p></details></figcaption></figure>" },
    /* pictures */
    { "<figure src=\"media/a.png\" alt=\"Bild\"/>", FIGURE("a.png", " width=\"640\" height=\"480\"") },
    { "<figure src=\"media/b.svg\" alt=\"Bild\"/>", FIGURE("b.svg", " width=\"320\" height=\"200\"") },
    /* a drawing stands in the page; its ids begin with the figure's number */
    { "<figure src=\"media/c.svg\" alt=\" Ein Plan\"/>",
      "<figure class=\"figure\"><div class=\"figure__box\"><svg viewBox=\"0 0 4 3\" width=\"4\" height=\"3\" "
      "class=\"drawing fill-ink\" font-size=\"16\" aria-label=\"Ein Plan\" role=\"img\"><g id=\"d_6_a\"></g><use "
      "href=\"#d_6_a\"></use></svg></div></figure>" },
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
    { "<comparison kind='\"&gt;'><side/></comparison><variants/><video/><pre/>",
      "<div class=\"comparison\"><div class=\"side side--&quot;&gt;\"><h2><span class=\"side__name\">course-side-&quot;&gt;</span></h2></div>"
      "</div><div class=\"variants\"><p class=\"variants__title\" id=\"n_8\">course-variants</p><ul class=\"variants__list\" "
      "aria-labelledby=\"n_8\"></ul></div><figure class=\"figure film\"><div class=\"figure__box\"><video controls playsinline "
      "preload=\"metadata\" aria-labelledby=\"n_9\"></video></div><figcaption><span id=\"n_9\"></span></figcaption></figure>"
      "<div class=\"code\"><p class=\"code__label\" id=\"n_10\">course-code</p><pre tabindex=\"0\" role=\"region\" aria-labelledby=\"n_10\">"
      "<code></code></pre></div>" },
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
    assert_true(str_is(one->parts[1].prose.markup,
                       "<h2>course-glossary</h2><dl class=\"gloss\"><dt id=\"g-rate\">Rate &amp; Anteil</dt><dd><p id=\"kopf\">Je Kopf."
                       "</p></dd></dl><p class=\"gloss__all\"><a href=\"/courses/kurs/glossary\">course-glossary-all</a></p>"
                       "<div class=\"term-window\" popover id=\"t_rate\"><p><strong>Rate &amp; Anteil</strong></p><p>Je Kopf.</p>"
                       "<p><button type=\"button\" class=\"term-window__close\" popovertargetaction=\"hide\" "
                       "popovertarget=\"t_rate\">course-term-close</button></p></div>"));
    assert_int_equal(two->part_count, 1);
    /* A definition stands on pages that do not list the terms that it uses itself. */
    assert_true(str_is(course->glossary[0].text.markup, "<p>Die Mitte, keine Rate.</p>"));
    course_free(course);
}

static void footnotes_are_numbered_and_lead_back(void **state)
{
    (void)state;
    struct course *course;
    struct str xml = fixture_course_xml(&x.arena, "<p>Eins<footnote id=\"fn\">Siehe <source href=\"https://a.example/b\">B &amp; C</source>."
                                                  "</footnote>, zwei<footnote><em>nur</em> Worte</footnote></p>");
    assert_int_equal(fixture_build(&x, xml, NULL, &course), OK);
    const struct lesson *one = course_lesson(course, STR("eins"));
    assert_int_equal(one->part_count, 2);
    assert_true(str_is(one->parts[0].prose.markup,
                       "<p>Eins<sup class=\"footnote\"><a role=\"doc-noteref\" id=\"r_7\" href=\"#fn\"><span class=\"vh\">course-footnote "
                       "</span>1</a></sup>, zwei<sup class=\"footnote\"><a role=\"doc-noteref\" id=\"r_9\" href=\"#n_9\"><span class=\"vh\">"
                       "course-footnote </span>2</a></sup></p>"));
    assert_true(str_is(one->parts[1].prose.markup,
                       "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"n_notes\"><h2 id=\"n_notes\">course-footnotes"
                       "</h2><ol><li id=\"fn\">Siehe <a href=\"https://a.example/b\" rel=\"noopener noreferrer\">B &amp; C</a>. "
                       "<a class=\"footnotes__back\" role=\"doc-backlink\" href=\"#r_7\"><span aria-hidden=\"true\">↑</span>"
                       "<span class=\"vh\">course-footnote-back 1</span></a></li><li id=\"n_9\"><em>nur</em> Worte "
                       "<a class=\"footnotes__back\" role=\"doc-backlink\" href=\"#r_9\"><span aria-hidden=\"true\">↑</span>"
                       "<span class=\"vh\">course-footnote-back 2</span></a></li></ol></section>"));
    assert_int_equal(course_lesson(course, STR("zwei"))->part_count, 1); /* the next lesson begins anew */
    course_free(course);
}

static void a_local_policy_is_the_organisations(void **state)
{
    (void)state;
    const struct {
        struct policy list[2];
        const char *shown;
    } cases[] = {
        { { { .id = STR("anders"), .any = true, .text = STR("falsch") } }, "Fragen <em>Sie</em>." },
        { { { .id = STR("frist"), .any = true, .text = STR("5 < 6 Tage") } }, "5 &lt; 6 Tage" },
        { { { .id = STR("frist"), .lang = LANG_EN, .text = STR("5 days") } }, "Fragen <em>Sie</em>." },
        { { { .id = STR("frist"), .lang = LANG_DE, .text = STR("5 Tage") }, { .id = STR("frist"), .any = true, .text = STR("5") } },
          "5 Tage" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct policy list[2] = { cases[i].list[0], cases[i].list[1] };
        struct policies policies = { list, 2 };
        struct course *course;
        struct str xml = fixture_course_xml(&x.arena, "<p><local-policy id=\"frist\">Fragen <em>Sie</em>.</local-policy> "
                                                      "<local-policy id=\"frist\">a</local-policy><local-policy id=\"b\">c</local-policy></p>");
        pack_schema_set_policies(x.schema, &policies);
        assert_int_equal(fixture_build(&x, xml, NULL, &course), OK);
        pack_schema_set_policies(x.schema, NULL);
        struct str begin = str_format(&x.arena, "<p><span class=\"local-policy\">%s</span>", cases[i].shown);
        assert_true(str_starts(course->lessons[0].parts[0].prose.markup, begin));
        assert_int_equal(course->policy_count, 2);
        assert_true(str_is(course->policies[0], "b") && str_is(course->policies[1], "frist"));
        course_free(course);
    }
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
        cmocka_unit_test_setup_teardown(footnotes_are_numbered_and_lead_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_local_policy_is_the_organisations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_can_stand_on_any_page, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("course/prose", tests, NULL, NULL);
}
