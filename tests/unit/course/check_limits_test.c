/* Hostile packs: each is refused, and refusing it costs no more work than a bound in units of checking the pack that uses
 * every element. Units, not seconds: machines differ, sanitizers slow both sides alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, MOST_UNITS = 60 };

static struct fixture x;
static struct pack_files everything;

static int set_up(void **state)
{
    (void)state;
    struct findings findings;
    fixture_open(&x);
    findings_init(&findings, &x.arena);
    assert_int_equal(pack_read("tests/packs/everything", &x.arena, &everything, &findings), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&x);
    return 0;
}

/* Processor time of one check. */
static double cost(const struct pack_files *files, enum status expected, const char *code)
{
    struct arena a;
    struct findings findings;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    clock_t start = clock();
    enum status status = pack_check(x.schema, files, &findings);
    if (status != expected)
        fail_msg("%s, where %s was expected", status_name(status), code);
    double used = (double)(clock() - start);
    const struct finding *f = findings.first;
    while (f && strcmp(f->code, code) != 0)
        f = f->next;
    if (code[0] && !f)
        fail_msg("%s is not found", code);
    arena_release(&a);
    return used;
}

static double unit_of_work(void)
{
    double most = 1;
    for (int i = 0; i < ROUNDS; i++) {
        double used = cost(&everything, OK, "");
        most = used > most ? used : most;
    }
    return most;
}

/* What else the machine does only adds: a cost above the bound is measured again. */
static double least_cost(const struct pack_files *files, const char *code, double bound)
{
    double least = cost(files, INVALID, code);
    for (int i = 1; i < ROUNDS && least > bound; i++) {
        double again = cost(files, INVALID, code);
        least = again < least ? again : least;
    }
    return least;
}

/* head, piece over and over (a "%d" in it counts), tail. */
static struct str repeat(struct buf *b, const char *head, const char *piece, size_t times, const char *tail)
{
    buf_init(b, 32 << 20);
    buf_add(b, str_of(head));
    const char *number = strstr(piece, "%d");
    for (size_t i = 0; i < times; i++) {
        if (number)
            buf_add_format(b, "%.*s%zu%s", (int)(number - piece), piece, i, number + 2);
        else
            buf_add(b, str_of(piece));
    }
    buf_add(b, str_of(tail));
    assert_int_equal(buf_status(b), OK);
    return buf_str(b);
}

#define HEAD "<course xmlns='urn:lotse:course:1' id='k' version='1.0.0' xml:lang='de-CH'><title>T</title><summary><p>S</p></summary>"
#define LESSON HEAD "<lesson id='l' minutes='5'><title>L</title>"
#define END "</lesson></course>"
#define QUESTION " id='q' competence='digcomp-3.0:4.1' level='2'"

static const struct hostile {
    const char *head, *piece;
    size_t times;
    const char *tail, *code;
} HOSTILE[] = {
    { "<!DOCTYPE a [<!ENTITY a 'ha'>", "<!ENTITY a%d '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>", 1000, "]><a>&a9;</a>", "dtd" },
    { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>", "x", 1, "</a>", "dtd" },
    { "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1/'> %b;]><a>", "x", 1, "</a>", "dtd" },
    { "", "<a>", 1000000, "", "too-deep" },
    { LESSON, "<p>", 1000000, "", "too-deep" },
    { LESSON "<p", " a%d='x'", 100000, ">a</p>" END, "too-many-attributes" },
    { LESSON "<p", " a='x'", 100000, ">a</p>" END, "double-attribute" },
    { LESSON "<p>", "x", 20 << 20, "</p>" END, "too-large" },
    { LESSON "<p id='", "x", 4000000, "'>a</p>" END, "bad-id" },
    { LESSON "<p class='", "x", 4000000, "'>a</p>" END, "unknown-attribute" },
    { LESSON, "<p id='a'>a</p>", 90000, END, "double-id" },
    { LESSON, "<p id='a%d'>a</p>", 90000, "<p><a href='#nirgends'>a</a></p>" END, "unknown-reference" },
    { LESSON, "<p><a href='#a%d'>a</a></p>", 40000, END, "unknown-reference" },
    { LESSON "<practice id='p'><choice" QUESTION " answers='one'><prompt><p>F</p></prompt>", "<option id='a'><answer>A</answer></option>", 30000,
      "<explanation><p>E</p></explanation></choice></practice>" END, "double-option-id" },
    { LESSON "<practice id='p'><text" QUESTION "><prompt><p>F</p></prompt>", "<accept pattern='.*a.*b.*'/>", 50000,
      "<explanation><p>E</p></explanation></text></practice>" END, "too-many-patterns" },
    { LESSON "<practice id='p'><text" QUESTION "><prompt><p>F</p></prompt>", "<accept pattern='(a+)+b'/>", 50000,
      "<explanation><p>E</p></explanation></text></practice>" END, "slow-pattern" },
    { HEAD "<changes>", "<renamed from='a%d' to='l'/>", 40000, "</changes><lesson id='l' minutes='5'><title>L</title><p>a</p>" END, "too-many-renamed" },
    { LESSON "<p>", "&nbsp;", 600000, "</p>" END, "html-entity" },
    { LESSON "<p>", "</b>", 900000, "</p>" END, "stray-end" },
    { LESSON, "<p><b>a</p>", 90000, END, "unclosed-element" },
    { LESSON, "<p><", 900000, END, "bare-less-than" },
    { LESSON, "<p a", 900000, END, "attribute-quotes" },
    { LESSON, "<div>a</div>", 90000, END, "html-block" },
};

static void hostile_packs_cost_little(void **state)
{
    (void)state;
    double unit = unit_of_work();
    size_t failed = 0;
    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
        const struct hostile *h = &HOSTILE[i];
        struct buf b;
        struct pack_file file = { STR("course.xml"), repeat(&b, h->head, h->piece, h->times, h->tail) };
        double used = least_cost(&(struct pack_files){ &file, 1 }, h->code, MOST_UNITS * unit);
        if (used > MOST_UNITS * unit) {
            print_message("%s: %.1f times the work of a whole pack\n", h->piece, used / unit);
            failed++;
        }
        buf_release(&b);
    }
    assert_int_equal(failed, 0);
}

/* What is no file is not waited for. */
static void a_pipe_is_not_read(void **state)
{
    (void)state;
    struct arena a;
    struct findings findings;
    struct pack_files files;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    struct str folder = str_format(&a, "%s/lotse-pipe-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp((char *)(uintptr_t)folder.at));
    struct str pipe = str_format(&a, "%s/course.xml", folder.at);
    assert_int_equal(mkfifo(pipe.at, 0600), 0);
    assert_int_equal(pack_read(folder.at, &a, &files, &findings), INVALID);
    assert_non_null(findings.first);
    assert_string_equal(findings.first->code, "unreadable-file");
    unlink(pipe.at);
    rmdir(folder.at);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_packs_cost_little),
        cmocka_unit_test(a_pipe_is_not_read),
    };
    return cmocka_run_group_tests_name("course/check_limits", tests, set_up, tear_down);
}
