/* Drawings in the page: what is written of harmless ones, that nothing hostile gets through, and that what was cleaned
 * stays as it is when it is cleaned again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/drawing/drawing.h"
#include "course/drawing/paint.h"
#include "course/xml.h"

#include <dirent.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    xml_start();
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define HEAD "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>"
#define SVG(inner) HEAD inner "</svg>"
#define CLEAN(inner) \
    "<svg viewBox=\"0 0 9 9\" class=\"drawing fill-ink\" font-size=\"16\" aria-label=\"Bild\" role=\"img\">" inner "</svg>"

static struct str cleaned(const char *svg, const char *prefix)
{
    struct drawing_place place = { .prefix = str_of(prefix), .name = STR("Bild") };
    return drawing_inline(str_of(svg), &place, &arena).markup;
}

/* In a page an <svg> needs no namespace, in a file it does. */
static const char *as_file(struct str markup)
{
    assert_true(str_starts(markup, STR("<svg ")));
    return str_format(&arena, "<svg xmlns=\"http://www.w3.org/2000/svg\" %s", markup.at + 5).at;
}

static void assert_stays(struct str markup)
{
    if (markup.len)
        assert_string_equal(cleaned(as_file(markup), "").at, markup.at);
}

static const struct {
    const char *svg, *html;
} KEPT[] = {
    { SVG(""), CLEAN("") },
    /* places, in one order, without white space between elements */
    { SVG("<g>\n <rect height='2' width='1' y='-.5' x='0' rx='1e-1'/> </g>"),
      CLEAN("<g><rect x=\"0\" y=\"-.5\" width=\"1\" height=\"2\" rx=\"1e-1\"></rect></g>") },
    { SVG("<path d='M0 0,1-1zA1 1 0 0 1 2 2'/><circle cx='1' cy='2' r='3'/><polygon points='0,0 1,1'/>"),
      CLEAN("<path d=\"M0 0,1-1zA1 1 0 0 1 2 2\"></path><circle cx=\"1\" cy=\"2\" r=\"3\"></circle>"
            "<polygon points=\"0,0 1,1\"></polygon>") },
    { SVG("<g transform='translate(1, 2) rotate(45)'><line x1='0' y1='0' x2='1' y2='1'/></g>"),
      CLEAN("<g transform=\"translate(1, 2) rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\"></line></g>") },
    /* text: our font, sizes in units of the drawing, everything escaped */
    { SVG("<text x='1' font-size='12px' font-family='Arial' font-weight='700' text-anchor='middle'>a &lt;b&gt; "
          "&amp;<tspan dy='2'>c</tspan>\n d</text>"),
      CLEAN("<text x=\"1\" font-size=\"12px\" font-weight=\"700\" text-anchor=\"middle\">a &lt;b&gt; &amp;<tspan "
            "dy=\"2\">c</tspan>  d</text>") },
    { SVG("<text font-size='2em'><![CDATA[<script>]]></text>"), CLEAN("<text>&lt;script&gt;</text>") },
    /* our classes; others go, a colour beside a class, too */
    { SVG("<rect class='a fill-good  stroke-ink mono fill-gold' fill='#fff'/>"),
      CLEAN("<rect class=\"fill-good stroke-ink mono\"></rect>") },
    /* colours of the author become the nearest of ours */
    { SVG("<rect fill='#FFF' stroke='#1f6b3a' stroke-width='2'/>"),
      CLEAN("<rect class=\"fill-paper stroke-good\" stroke-width=\"2\"></rect>") },
    { SVG("<rect fill='none' stroke='currentColor'/>"), CLEAN("<rect class=\"stroke-ink\" fill=\"none\"></rect>") },
    { SVG("<rect fill='rgb(232, 239, 249)' stroke='rgb(100%,0%,0%)'/>"),
      CLEAN("<rect class=\"fill-accent-soft stroke-bad\"></rect>") },
    { SVG("<rect fill='transparent' stroke='inherit'/>"), CLEAN("<rect fill=\"none\"></rect>") },
    { SVG("<rect fill='url(#g)' stroke='url(#g)'/>"), CLEAN("<rect class=\"fill-accent-soft stroke-ink\"></rect>") },
    /* style says it last; what it hides is gone */
    { SVG("<rect fill='#000' style='fill:none; stroke : red;stroke-width:.5px;font-family:x'/>"),
      CLEAN("<rect class=\"stroke-bad\" fill=\"none\" stroke-width=\".5px\"></rect>") },
    { SVG("<g style='display:none'><text>weg</text></g><g display='none'/>"), CLEAN("") },
    /* references: within the file, with a prefix, to what there is */
    { SVG("<defs><marker id='m' viewBox='0 0 1 1' refX='1' orient='auto'><path d='M0 0'/></marker></defs>"
          "<path marker-end='url(#m)' marker-start=\"url('#m')\" marker-mid='url(#x)'/>"),
      CLEAN("<defs><marker id=\"d_m\" refX=\"1\" orient=\"auto\" viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path></marker></defs>"
            "<path marker-start=\"url(#d_m)\" marker-end=\"url(#d_m)\"></path>") },
    { SVG("<symbol id='s' viewBox='0 0 1 1'><g id='t'/></symbol><use xlink:href='#s' x='1'/><use href='#t'/><use href='#u'/>"),
      CLEAN("<symbol id=\"d_s\" viewBox=\"0 0 1 1\"><g id=\"d_t\"></g></symbol><use href=\"#d_s\" x=\"1\"></use><use href=\"#d_t\"></use>") },
    { SVG("<clipPath id='c'><rect/></clipPath><g clip-path='url(#c)'/><g clip-path='url(#k)'/>"),
      CLEAN("<clipPath id=\"d_c\"><rect></rect></clipPath><g clip-path=\"url(#d_c)\"></g><g></g>") },
    { SVG("<g id='a b'/><g id='a'/><g id='a'/>"), CLEAN("<g></g><g id=\"d_a\"></g><g></g>") },
    /* what says something about a drawing beside it */
    { SVG("<title>T</title><desc>D</desc><metadata>M</metadata><!-- c --><?p i?>loose<g>loose</g>"), CLEAN("<g></g>") },
};

static void keeps_what_draws(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(KEPT); i++) {
        struct str html = cleaned(KEPT[i].svg, "d_");
        assert_string_equal(html.at, KEPT[i].html);
        assert_stays(cleaned(KEPT[i].svg, ""));
    }
}

static void the_root_says_how_it_stands(void **state)
{
    (void)state;
    const char *svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 0 9 9.5' fill='none' font-size='15' "
                      "width='1' onload='x()' class='stroke-ink' transform='scale(9)'/>";
    struct drawing_place named = { .prefix = STR("d_"), .name = STR("Ein \"Plan\""), .width = 90, .height = 95 }, silent = { 0 };
    assert_string_equal(drawing_inline(str_of(svg), &named, &arena).markup.at,
                        "<svg viewBox=\"-1 0 9 9.5\" width=\"90\" height=\"95\" class=\"drawing stroke-ink\" fill=\"none\" "
                        "font-size=\"15\" aria-label=\"Ein &quot;Plan&quot;\" role=\"img\"></svg>");
    assert_string_equal(drawing_inline(str_of(svg), &silent, &arena).markup.at,
                        "<svg viewBox=\"-1 0 9 9.5\" class=\"drawing stroke-ink\" fill=\"none\" font-size=\"15\" "
                        "aria-hidden=\"true\"></svg>");
}

/* Each draws one <g> that stays, and brings something along. */
static const char *const HOSTILE[] = {
    SVG("<script>alert(1)</script><g/>"),
    SVG("<g onload='alert(1)' onclick='alert(1)' ONMOUSEOVER='alert(1)'/>"),
    SVG("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject><g/>"),
    SVG("<g><a href='javascript:alert(1)'><text>Klick</text></a></g>"),
    SVG("<g/><use href='https://example.org/x.svg#a'/><use xlink:href='//example.org#a'/>"),
    SVG("<g/><use href='data:image/svg+xml;base64,PHN2Zy8+#a'/><image href='data:image/png;base64,AAAA'/>"),
    SVG("<g/><image xlink:href='https://example.org/p.png'/><feImage href='https://example.org/p.png'/>"),
    SVG("<style>@import 'https://example.org/x.css'; * { fill: url(https://example.org/f) }</style><g/>"),
    SVG("<g style='fill:url(https://example.org/f#a);background:url(javascript:alert(1))'/>"),
    SVG("<g fill='url(https://example.org/f#a)' clip-path='url(https://example.org/f#a)' filter='url(#x)' mask='url(#x)'/>"),
    SVG("<g id='a'/><use href='#a'><set attributeName='href' to='javascript:alert(1)'/></use>"),
    SVG("<g><animate attributeName='href' values='javascript:alert(1)'/><animateTransform/><animateMotion/></g>"),
    SVG("<g><handler xmlns='http://www.w3.org/2001/xml-events' type='text/ecmascript'>alert(1)</handler></g>"),
    SVG("<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script><g/>"),
    SVG("<x:g xmlns:x='http://www.w3.org/1999/xhtml'><x:script>alert(1)</x:script></x:g><g/>"),
    SVG("<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='https://example.org'/><g/>"),
    SVG("<g xmlns:o='urn:x' o:onload='alert(1)' o:fill='url(https://example.org/)'/>"),
    SVG("<g id='&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'/>"),
    SVG("<g class='fill-ink&quot; onload=&quot;alert(1)'/>"),
    SVG("<g transform='translate(1&#41;&quot; onload=&quot;alert(1)'/>"),
    SVG("<g/><path d='M0 0&#x22; onload=&#x22;alert(1)'/>"),
    SVG("<g font-size='1&quot;onload' stroke-width='1;url(x)' font-style='x:url(https://example.org/)'/>"),
    SVG("<g><text>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;</text></g>"),
    SVG("<g><text><![CDATA[</text><script>alert(1)</script>]]></text></g>"),
    SVG("<title><![CDATA[</title><script>alert(1)</script>]]></title><desc><g onload='x'/></desc><g/>"),
    SVG("<g><text><a xlink:href='javascript:alert(1)'>x</a><textPath href='https://example.org#p'>y</textPath></text></g>"),
    SVG("<linearGradient id='a' href='https://example.org#a'/><pattern id='b'><image/></pattern><filter id='c'/><g/>"),
    SVG("<switch><foreignObject/><g/></switch><g/><svg onload='alert(1)'><script/></svg>"),
    SVG("<video src='x'/><audio src='x'/><iframe src='x'/><embed src='x'/><object data='x'/><g/>"),
    SVG("<mpath/><discard/><cursor/><view/><listener xmlns='http://www.w3.org/2001/xml-events'/><g/>"),
};

/* Words as text are harmless: what would run is markup and attributes. */
static void nothing_hostile_gets_through(void **state)
{
    (void)state;
    static const char *const never[] = { "<script", "<foreign", "<a",      "<image", "<style", "<set",   "<anim",  "<handler",
                                         "<iframe", "<feImage", "<textP",  "<svg o", "<embed", "<video", "<x:",    "<h:",
                                         " on",     " style",   " filter", " mask",  "http",   "data:",  "javascr", "url(h",
                                         "@import", "xlink",    "<linear", "<patt",  "<title", "<desc",  "<![CDATA", "<img" };
    for (size_t i = 0; i < COUNT_OF(HOSTILE); i++) {
        struct str html = cleaned(HOSTILE[i], "d_"), seen = html;
        assert_non_null(memmem(html.at, html.len, "<g", 2));
        const char *words = memmem(seen.at, seen.len, "<text>", 6); /* what follows is escaped text, looked at below */
        seen.len = words ? (size_t)(words - seen.at) : seen.len;
        for (size_t k = 0; k < COUNT_OF(never); k++)
            if (memmem(seen.at, seen.len, never[k], strlen(never[k])))
                fail_msg("%s\n  leaves %s in %s", HOSTILE[i], never[k], html.at);
        assert_null(memmem(html.at, html.len, "<script", 7));
        assert_null(memmem(html.at, html.len, "<img", 4));
        assert_null(memmem(html.at, html.len, "<a ", 3));
        assert_stays(cleaned(HOSTILE[i], ""));
    }
}

static void refuses_what_is_no_drawing(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",
        "x",
        "<svg/>",
        "<svg viewBox='0 0 9 9'/>",
        "<html xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
        "<svg xmlns='http://www.w3.org/1999/xhtml' viewBox='0 0 9 9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 -9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9 9'/>",
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" SVG("<text>&b;</text>"),
        SVG("<text>&nbsp;</text>"),
        SVG("<g id='a'><use href='#a'/></g>"),
        SVG("<use id='a' href='#b'/><use id='b' href='#a'/>"),
        SVG("<clipPath id='a'><rect clip-path='url(#a)'/></clipPath>"),
        SVG("<marker id='a'><path marker-end='url(#a)'/></marker>"),
    };
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        if (cleaned(refused[i], "").len)
            fail_msg("%s", refused[i]);
}

static struct str repeated(const char *before, const char *part, size_t times, const char *after)
{
    struct buf b;
    buf_init(&b, 8 << 20);
    buf_add(&b, str_of(before));
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_of(part));
    buf_add(&b, str_of(after));
    struct str s = str_copy(&arena, buf_str(&b));
    buf_release(&b);
    return s;
}

/* Ten uses of ten uses of ten uses: few bytes, more elements than a browser can draw. */
static void references_do_not_multiply_without_end(void **state)
{
    (void)state;
    struct str bomb = STR(HEAD "<g id='g0'><rect/></g>");
    for (int level = 1; level <= 8; level++) {
        struct str use = str_format(&arena, "<use href='#g%d'/>", level - 1);
        bomb = str_format(&arena, "%s<g id='g%d'>%s</g>", bomb.at, level, repeated("", use.at, 10, "").at);
    }
    assert_null(cleaned(str_format(&arena, "%s</svg>", bomb.at).at, "").at);
}

static void is_bounded(void **state)
{
    (void)state;
    assert_non_null(cleaned(repeated(HEAD, "<g/>", 3000, "</svg>").at, "").at);
    assert_null(cleaned(repeated(HEAD, "<g/>", 4001, "</svg>").at, "").at);
    assert_null(cleaned(repeated(HEAD "<!--", "0123456789abcdef", 8192, "--></svg>").at, "").at);
    struct str style = repeated(HEAD "<g style='fill:red;", "stroke-width:1;", 200, "'/></svg>");
    assert_string_equal(cleaned(style.at, "").at, CLEAN("<g></g>"));
    struct str path = repeated(HEAD "<path d='M0 0", " 1 1", 9000, "'/></svg>");
    assert_true(cleaned(path.at, "").len > 36000);
    struct str deep = repeated(HEAD, "<g>", 60, ""), too_deep = repeated(HEAD, "<g>", 64, "");
    assert_non_null(cleaned(str_format(&arena, "%s%s</svg>", deep.at, repeated("", "</g>", 60, "").at).at, "").at);
    assert_null(cleaned(str_format(&arena, "%s%s</svg>", too_deep.at, repeated("", "</g>", 64, "").at).at, "").at);
}

static void colours_become_ours(void **state)
{
    (void)state;
    static const struct {
        const char *colour, *name;
    } cases[] = {
        { "#000", "ink" },        { "#10203a", "ink" },     { "white", "paper" },   { "#ffffffff", "paper" },
        { "#F5F5F5", "sunken" },  { "grey", "line" },       { "RED", "bad" },       { "navy", "accent" },
        { "#4f7fc4", "accent" },  { "#e6f0fa", "accent-soft" }, { "#e8f5ec", "good-soft" }, { "#fbe9e7", "bad-soft" },
        { "#fdf1e3", "mark-soft" }, { "#8f4d08", "warn" },  { "#f47d2c", "mark" },  { "rgb(300,0,0)", "bad" },
        { "rgba(13, 104, 72, .5)", "good" },
    };
    static const char *const none[] = { "", "#12", "#gggggg", "rgb()", "rgb(1,2)", "url(#a)", "hotdogstand", "var(--x)" };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(paint_nearest(str_of(cases[i].colour)).at, cases[i].name);
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_null(paint_nearest(str_of(none[i])).at);
    assert_true(paint_is_name(STR("good-soft")) && !paint_is_name(STR("good-so")) && !paint_is_name(STR("")));
}

static struct str read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *at = arena_alloc(&arena, 256 << 10);
    struct str s = { at, fread(at, 1, (256 << 10) - 1, f) };
    fclose(f);
    return s;
}

/* Of every pack in the project: cleaning loses no text and no shape, and cleaning again changes nothing. */
static void what_the_courses_draw_stays(void **state)
{
    (void)state;
    static const char *const folders[] = { "courses/informationssicherheit/media", "tests/packs/everything/media",
                                           "tests/packs/everything/media/en" };
    size_t drawings = 0;
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        DIR *folder = opendir(folders[i]);
        assert_non_null(folder);
        for (const struct dirent *entry; (entry = readdir(folder));) {
            if (!str_ends(str_of(entry->d_name), STR(".svg")))
                continue;
            struct str svg = read_file(str_format(&arena, "%s/%s", folders[i], entry->d_name).at);
            struct str html = cleaned(svg.at, "");
            assert_true(html.len > svg.len / 2);
            assert_stays(html);
            drawings++;
        }
        closedir(folder);
    }
    assert_true(drawings >= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_what_draws, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_root_says_how_it_stands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_hostile_gets_through, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_drawing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(references_do_not_multiply_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(colours_become_ours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_courses_draw_stays, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
