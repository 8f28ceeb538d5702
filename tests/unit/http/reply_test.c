/* reply: headers cannot be broken, cookies, redirects, the spool beyond memory, the words of errors; accept lists. */
#include "http/accept.h"
#include "http/error_page.h"
#include "http/reply_head.h"
#include "http/spool.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct reply reply;
};

static void begin(struct fixture *f)
{
    arena_init(&f->arena, 1 << 20);
    reply_init(&f->reply, &f->arena);
}

static void end(struct fixture *f)
{
    reply_release(&f->reply);
    arena_release(&f->arena);
}

static bool head_has(const struct reply *reply, bool secure, const char *line)
{
    struct buf out;
    buf_init(&out, REPLY_HEAD_MAX);
    reply_head_add(&out, reply, &(struct reply_circumstances){ .now = 784111777, .secure = secure, .close = true });
    assert_int_equal(buf_status(&out), OK);
    bool found = strstr(out.at, line) != NULL;
    buf_release(&out);
    return found;
}

static void every_head_carries_the_security_headers(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    error_page_fill(&f.reply, 503);
    static const char *const lines[] = {
        "HTTP/1.1 503 Service Unavailable\r\n",
        "\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "\r\nContent-Security-Policy: default-src 'none'; ",
        " frame-ancestors 'none'\r\n",
        "\r\nX-Content-Type-Options: nosniff\r\n",
        "\r\nReferrer-Policy: same-origin\r\n",
        "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
        "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
        "\r\nPermissions-Policy: camera=(), microphone=(), geolocation=()\r\n",
        "\r\nCache-Control: no-store\r\n",
        "\r\nRetry-After: 5\r\n",
        "\r\nConnection: close\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!head_has(&f.reply, false, lines[i]))
            fail_msg("missing: %s", lines[i]);
    assert_false(head_has(&f.reply, false, "Strict-Transport-Security"));
    assert_true(head_has(&f.reply, true, "\r\nStrict-Transport-Security: max-age="));
    assert_false(head_has(&f.reply, true, "\r\nServer:"));
    end(&f);
}

static void broken_headers_are_refused(void **state)
{
    (void)state;
    static const char *const values[] = { "a\r\nSet-Cookie: x=y", "a\nb", "\t", "\x7F", "\xC3\xBC" };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct fixture f;
        begin(&f);
        reply_header(&f.reply, "X-Fine", STR("a b"));
        assert_int_equal(reply_status(&f.reply), OK);
        reply_header(&f.reply, "X-Bad", str_of(values[i]));
        assert_int_equal(reply_status(&f.reply), INVALID);
        assert_string_equal(f.reply.refused, "X-Bad");
        assert_false(head_has(&f.reply, false, "X-Bad"));
        end(&f);
    }
}

static void only_sixteen_headers_fit(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    for (int i = 0; i < REPLY_MAX_HEADERS; i++)
        reply_header(&f.reply, "X", STR("y"));
    assert_int_equal(reply_status(&f.reply), OK);
    reply_header(&f.reply, "X", STR("y"));
    assert_int_equal(reply_status(&f.reply), INVALID);
    end(&f);
}

static void redirects_stay_here(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        enum status status;
    } cases[] = {
        { "/", OK },           { "/learn?a=%20#b", OK },  { "", INVALID },         { "learn", INVALID },
        { "//evil", INVALID }, { "/\\evil", INVALID },    { "https://x", INVALID }, { "/a b", INVALID },
        { "/a\nb", INVALID },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        begin(&f);
        reply_redirect(&f.reply, str_of(cases[i].path));
        assert_int_equal(f.reply.code, 303);
        assert_int_equal(reply_status(&f.reply), cases[i].status);
        end(&f);
    }
}

static void cookies_are_locked_down(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    reply_cookie(&f.reply, "session", STR("abc"), false, -1);
    reply_cookie(&f.reply, "session", STR("abc"), true, 60);
    reply_cookie(&f.reply, "session", STR(""), true, 0);
    assert_true(head_has(&f.reply, false, "\r\nSet-Cookie: session=abc; Path=/; HttpOnly; SameSite=Lax\r\n"));
    assert_true(head_has(&f.reply, false,
                         "\r\nSet-Cookie: __Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60\r\n"));
    assert_true(head_has(&f.reply, false,
                         "\r\nSet-Cookie: __Host-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0\r\n"));
    assert_int_equal(reply_status(&f.reply), OK);
    reply_cookie(&f.reply, "session", STR("a; Domain=x"), false, -1);
    assert_int_equal(reply_status(&f.reply), INVALID);
    end(&f);
}

static void long_bodies_go_to_a_file(void **state)
{
    (void)state;
    static const size_t piece_sizes[] = { 1000, SPOOL_MEMORY, SPOOL_MEMORY + 1, 3 };
    struct fixture f;
    begin(&f);
    struct sink *out = reply_sink(&f.reply);
    char *piece = malloc(SPOOL_MEMORY + 1);
    assert_non_null(piece);
    size_t total = 0;
    for (size_t i = 0; i < sizeof piece_sizes / sizeof *piece_sizes; i++) {
        for (size_t k = 0; k < piece_sizes[i]; k++)
            piece[k] = (char)('a' + (total + k) % 23);
        sink_add(out, (struct str){ piece, piece_sizes[i] });
        total += piece_sizes[i];
    }
    assert_int_equal(reply_status(&f.reply), OK);
    assert_int_equal(reply_size(&f.reply), total);
    assert_true(f.reply.spool->file >= 0);
    size_t offset = 0, got;
    while ((got = spool_read(f.reply.spool, offset, piece, 70000)) > 0) {
        for (size_t k = 0; k < got; k++)
            assert_int_equal(piece[k], 'a' + (offset + k) % 23);
        offset += got;
    }
    assert_int_equal(offset, total);
    free(piece);
    end(&f);
}

static void without_memory_the_sink_has_failed(void **state)
{
    (void)state;
    struct arena arena;
    struct reply reply;
    arena_init(&arena, 8);
    reply_init(&reply, &arena);
    sink_add(reply_sink(&reply), STR("x"));
    assert_int_equal(reply_sink(&reply)->status, NO_MEMORY);
    assert_int_equal(reply_status(&reply), NO_MEMORY);
    reply_release(&reply);
    arena_release(&arena);
}

static void codings_are_chosen_by_quality(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum coding coding;
    } cases[] = {
        { "", CODING_NONE },
        { "gzip, deflate, br", CODING_BROTLI },
        { "gzip", CODING_GZIP },
        { "GZIP;Q=0.5", CODING_GZIP },
        { "br;q=0.5, gzip;q=0.8", CODING_GZIP },
        { "br;q=0, gzip;q=0", CODING_NONE },
        { "br;q=0.000,*", CODING_GZIP },
        { "*", CODING_BROTLI },
        { "*;q=0", CODING_NONE },
        { "br;q=x", CODING_NONE },
        { "identity", CODING_NONE },
        { "brx, xgzip", CODING_NONE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(accept_coding(str_of(cases[i].header), true, true), cases[i].coding);
    assert_int_equal(accept_coding(STR("br"), false, true), CODING_NONE);
    assert_int_equal(accept_coding(STR("br, gzip"), false, true), CODING_GZIP);
}

static void entity_tags_are_compared_weakly(void **state)
{
    (void)state;
    assert_true(accept_knows(STR("\"a\""), STR("\"a\"")));
    assert_true(accept_knows(STR("\"x\", W/\"a\""), STR("\"a\"")));
    assert_true(accept_knows(STR("*"), STR("\"a\"")));
    assert_false(accept_knows(STR("\"x\""), STR("\"a\"")));
    assert_false(accept_knows(STR(""), STR("\"a\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_head_carries_the_security_headers),
        cmocka_unit_test(broken_headers_are_refused),
        cmocka_unit_test(only_sixteen_headers_fit),
        cmocka_unit_test(redirects_stay_here),
        cmocka_unit_test(cookies_are_locked_down),
        cmocka_unit_test(long_bodies_go_to_a_file),
        cmocka_unit_test(without_memory_the_sink_has_failed),
        cmocka_unit_test(codings_are_chosen_by_quality),
        cmocka_unit_test(entity_tags_are_compared_weakly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
