/* head: what is accepted, what is refused with which code and reason. */
#include "http/head.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct site local = { .listen_host = { "127.0.0.1", 9 } };

struct reading {
    struct arena arena;
    struct request request;
    struct framing framing;
    struct refusal refusal;
};

/* "GET /path?query 1.1\nName: value\n..." from a peer. */
static void read_text_from(struct reading *r, const struct site *site, struct str text, const char *peer)
{
    struct header headers[HEADERS_MAX];
    size_t count = 0;
    struct str line = str_cut(&text, '\n');
    struct head head = { .method = str_cut(&line, ' '), .headers = headers, .peer = str_of(peer) };
    head.query = str_cut(&line, ' ');
    head.path = str_cut(&head.query, '?');
    head.version = line;
    while (text.len && count < HEADERS_MAX) {
        struct str value = str_cut(&text, '\n'), name = str_cut(&value, ':');
        headers[count++] = (struct header){ name, str_trim(value) };
    }
    head.header_count = count;
    arena_init(&r->arena, 1 << 20);
    r->request = (struct request){ .arena = &r->arena };
    r->refusal = head_read(&head, site, &r->request, &r->framing);
}

static void read_text(struct reading *r, struct str text)
{
    read_text_from(r, &local, text, "192.0.2.7");
}

static void expect_text(struct str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%s\"", STR_ARG(got), wanted);
}

static void requests_are_refused_by_code(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *text;
    } cases[] = {
        { 0, "GET / 1.1\nHost: localhost\n" },
        { 0, "HEAD / 1.0\nHost: localhost\n" },
        { 0, "POST / 1.1\nHost: localhost\nContent-Length: 0\n" },
        { 0, "POST / 1.1\nHost: localhost\nContent-Length: 262144\nContent-Type: application/x-www-form-urlencoded\n" },
        { 0, "POST / 1.1\nHost: localhost\nTransfer-Encoding: Chunked\n"
             "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\n" },
        { 413, "POST / 1.1\nHost: localhost\nContent-Length: 262145\n" },
        { 413, "POST / 1.1\nHost: localhost\nContent-Length: 99999999999999999999999\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 5abc\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: +5\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: -5\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 0x5\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 5, 5\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length:\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 5\nContent-Length: 5\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 5\ncontent-LENGTH: 6\n" },
        { 400, "POST / 1.1\nHost: localhost\nContent-Length: 5\nTransfer-Encoding: chunked\n" },
        { 400, "POST / 1.1\nHost: localhost\nTransfer-Encoding: gzip, chunked\n" },
        { 400, "POST / 1.1\nHost: localhost\nTransfer-Encoding: identity\n" },
        { 400, "POST / 1.1\nHost: localhost\nTransfer-Encoding: xchunked\n" },
        { 400, "POST / 1.1\nHost: localhost\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n" },
        { 400, "POST / 1.0\nHost: localhost\nTransfer-Encoding: chunked\n" },
        { 415, "POST / 1.1\nHost: localhost\nContent-Length: 5\n" },
        { 415, "POST / 1.1\nHost: localhost\nContent-Length: 5\nContent-Type: application/json\n" },
        { 400, "GET / 1.1\nHost: localhost\nContent-Length: 5\n" },
        { 405, "PUT / 1.1\nHost: localhost\n" },
        { 405, "get / 1.1\nHost: localhost\n" },
        { 405, "TRACE / 1.1\nHost: localhost\n" },
        { 505, "GET / 2.0\nHost: localhost\n" },
        { 417, "POST / 1.1\nHost: localhost\nExpect: 200-ok\n" },
        { 400, "GET / 1.1\n" },
        { 400, "GET / 1.1\nHost: localhost\nHost: localhost\n" },
        { 400, "GET / 1.1\nHost:\n" },
        { 400, "GET / 1.1\nHost: local host\n" },
        { 400, "GET / 1.1\nHost: localhost:\n" },
        { 400, "GET / 1.1\nHost: localhost:99999\n" },
        { 400, "GET / 1.1\nHost: user@localhost\n" },
        { 421, "GET / 1.1\nHost: evil.example\n" },
        { 421, "GET / 1.1\nHost: 127.0.0.1.evil.example\n" },
        { 0, "GET / 1.1\nHost: 127.0.0.1:8080\n" },
        { 0, "GET / 1.1\nHost: [::1]:8080\n" },
        { 400, "GET / 1.1\nHost: localhost\nX y: 1\n" },
        { 400, "GET / 1.1\nHost: localhost\nX-Y : 1\n" },
        { 400, "GET / 1.1\nHost: localhost\nX-Y: a\x01z\n" },
        { 400, "GET / 1.1\nHost: localhost\nOrigin: \xC3\xBC\n" },
        { 0, "GET / 1.1\nHost: localhost\nUser-Agent: \xFC\n" },
        { 400, "GET http://localhost/ 1.1\nHost: localhost\n" },
        { 400, "GET * 1.1\nHost: localhost\n" },
        { 400, "GET /a%2fb 1.1\nHost: localhost\n" },
        { 400, "GET /a%2Fb 1.1\nHost: localhost\n" },
        { 400, "GET /a\\b 1.1\nHost: localhost\n" },
        { 400, "GET /a%5cb 1.1\nHost: localhost\n" },
        { 400, "GET /a%00b 1.1\nHost: localhost\n" },
        { 400, "GET /a%0d%0ab 1.1\nHost: localhost\n" },
        { 400, "GET /a%09b 1.1\nHost: localhost\n" },
        { 400, "GET /a%7fb 1.1\nHost: localhost\n" },
        { 400, "GET /a%b 1.1\nHost: localhost\n" },
        { 400, "GET /a%zz 1.1\nHost: localhost\n" },
        { 400, "GET /%c3%28 1.1\nHost: localhost\n" },
        { 400, "GET /%c0%af 1.1\nHost: localhost\n" },
        { 400, "GET /a#b 1.1\nHost: localhost\n" },
        { 400, "GET /a/../b 1.1\nHost: localhost\n" },
        { 400, "GET /a/%2e%2E 1.1\nHost: localhost\n" },
        { 400, "GET /./b 1.1\nHost: localhost\n" },
        { 400, "GET /?a=%zz 1.1\nHost: localhost\n" },
        { 400, "GET /?a=%00 1.1\nHost: localhost\n" },
        { 400, "GET /?=b 1.1\nHost: localhost\n" },
        { 0, "GET /a..b?c=%C3%BC&&d 1.1\nHost: localhost\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        read_text(&r, str_of(cases[i].text));
        if (r.refusal.code != cases[i].code)
            fail_msg("%s: got %d (%s), wanted %d", cases[i].text, r.refusal.code,
                     r.refusal.reason ? r.refusal.reason : "-", cases[i].code);
        arena_release(&r.arena);
    }
}

static void sixty_four_headers_are_too_many(void **state)
{
    (void)state;
    struct buf text;
    struct reading r;
    buf_init(&text, 4096);
    buf_add(&text, STR("GET / 1.1\nHost: localhost\n"));
    for (int i = 1; i < HEADERS_MAX - 1; i++)
        buf_add_format(&text, "X-%d: y\n", i);
    read_text(&r, buf_str(&text));
    assert_int_equal(r.refusal.code, 0);
    arena_release(&r.arena);
    buf_add(&text, STR("X-Last: y\n"));
    read_text(&r, buf_str(&text));
    assert_int_equal(r.refusal.code, 431);
    arena_release(&r.arena);
    buf_release(&text);
}

static void an_address_has_four_kibibytes(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct buf text;
        struct reading r;
        buf_init(&text, 8192);
        buf_add(&text, STR("GET /?a="));
        for (int i = 0; i < TARGET_MAX - 3 + over; i++)
            buf_add_char(&text, 'x');
        buf_add(&text, STR(" 1.1\nHost: localhost\n"));
        read_text(&r, buf_str(&text));
        assert_int_equal(r.refusal.code, over ? 414 : 0);
        arena_release(&r.arena);
        buf_release(&text);
    }
}

static void the_ending_chooses_the_format(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *path;
        enum format format;
    } cases[] = {
        { "/units/SD", "/units/SD", FORMAT_HTML },      { "/units/SD.json", "/units/SD", FORMAT_JSON },
        { "/units/SD.csv", "/units/SD", FORMAT_CSV },   { "/units/S%44.jso%6e", "/units/SD", FORMAT_JSON },
        { "/assets/a.json", "/assets/a.json", FORMAT_HTML }, { "/media/a.csv", "/media/a.csv", FORMAT_HTML },
        { "/a+b%20c", "/a+b c", FORMAT_HTML },          { "/a.JSON", "/a.JSON", FORMAT_HTML },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        char text[128];
        snprintf(text, sizeof text, "GET %s 1.1\nHost: localhost\n", cases[i].sent);
        read_text(&r, str_of(text));
        assert_int_equal(r.refusal.code, 0);
        expect_text(r.request.path, cases[i].path);
        assert_int_equal(r.request.format, cases[i].format);
        arena_release(&r.arena);
    }
}

static void other_methods_are_told_apart(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, STR("OPTIONS / 1.1\nHost: localhost\n"));
    assert_int_equal(r.refusal.code, 0);
    assert_int_equal(r.request.method, METHOD_OPTIONS);
    arena_release(&r.arena);
}

static void headers_reach_the_request(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, STR("HEAD /learn?a=1&a=%2B+2 1.1\nHost: LocalHost:80\nOrigin: http://localhost\n"
                      "Cookie: session=abc; bad name=1; b=\"q\"\nCookie: c=d=e\nSec-Fetch-Site: same-origin\n"
                      "Accept-Language: de\nAccept-Language: en\nX-Forwarded-For: 203.0.113.9\n"));
    assert_int_equal(r.refusal.code, 0);
    assert_true(r.request.head);
    assert_int_equal(r.request.method, METHOD_GET);
    expect_text(r.request.raw_query, "a=1&a=%2B+2");
    assert_int_equal(r.request.query.count, 2);
    expect_text(r.request.query.list[1].value, "+ 2");
    expect_text(r.request.host, "localhost:80");
    expect_text(r.request.origin, "http://localhost");
    expect_text(r.request.fetch_site, "same-origin");
    expect_text(r.request.accept_language, "de, en");
    expect_text(r.request.client, "192.0.2.7");
    assert_int_equal(r.request.cookies.count, 2);
    expect_text(pairs_get(&r.request.cookies, "session"), "abc");
    expect_text(pairs_get(&r.request.cookies, "c"), "d=e");
    assert_false(r.request.secure);
    arena_release(&r.arena);
}

static void connections_are_kept_as_the_version_says(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool kept;
    } cases[] = {
        { "GET / 1.1\nHost: localhost\n", true },
        { "GET / 1.1\nHost: localhost\nConnection: x, Close\n", false },
        { "GET / 1.0\nHost: localhost\n", false },
        { "GET / 1.0\nHost: localhost\nConnection: keep-alive\n", true },
        { "GET / 1.0\nHost: localhost\nConnection: keep-alive\nConnection: close\n", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        read_text(&r, str_of(cases[i].text));
        assert_int_equal(r.framing.keep_alive, cases[i].kept);
        arena_release(&r.arena);
    }
}

static void only_proxies_of_ours_are_believed(void **state)
{
    (void)state;
    static const struct str proxies[] = { { "10.0.0.1", 8 }, { "10.0.0.2", 8 } };
    struct site site = { .listen_host = STR("0.0.0.0"), .trusted_proxies = proxies, .trusted_proxy_count = 2 };
    struct arena memory;
    arena_init(&memory, 4096);
    assert_int_equal(site_set_public(&site, STR("https://Lotse.Example:443/"), &memory), OK);
    static const struct {
        const char *peer, *headers, *client, *host;
        int code;
        bool secure;
    } cases[] = {
        { "10.0.0.1", "X-Forwarded-For: 203.0.113.9\n", "203.0.113.9", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.2\n", "203.0.113.9", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-For: 6.6.6.6\nX-Forwarded-For: 203.0.113.9\n", "203.0.113.9", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-For: 203.0.113.9, nonsense\n", "10.0.0.1", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-For: 2001:db8::1\n", "2001:db8::1", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-For: 10.0.0.2\n", "10.0.0.2", "lotse.example", 0, true },
        { "10.0.0.9", "X-Forwarded-For: 203.0.113.9\n", "10.0.0.9", "lotse.example", 0, true },
        { "10.0.0.1", "X-Forwarded-Host: 10.1.1.1\nX-Forwarded-Proto: https\n", "10.0.0.1", "10.1.1.1", 0, true },
        { "10.0.0.1", "X-Forwarded-Host: 10.1.1.1\nX-Forwarded-Proto: https, http\n", "10.0.0.1", "10.1.1.1", 0, false },
        { "10.0.0.1", "X-Forwarded-Host: lotse.example, evil.example\n", "10.0.0.1", "evil.example", 421, false },
        { "10.0.0.9", "X-Forwarded-Host: evil.example\n", "10.0.0.9", "lotse.example", 0, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        char text[256];
        snprintf(text, sizeof text, "GET / 1.1\nHost: lotse.example\n%s", cases[i].headers);
        read_text_from(&r, &site, str_of(text), cases[i].peer);
        assert_int_equal(r.refusal.code, cases[i].code);
        expect_text(r.request.client, cases[i].client);
        expect_text(r.request.host, cases[i].host);
        assert_int_equal(r.request.secure, cases[i].secure);
        arena_release(&r.arena);
    }
    arena_release(&memory);
}

static void public_addresses_are_hosts_with_a_scheme(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        enum status status;
        const char *host;
    } cases[] = {
        { "", OK, "" },
        { "https://lotse.example", OK, "lotse.example" },
        { "https://lotse.example:8443/", OK, "lotse.example:8443" },
        { "http://lotse.example:80", OK, "lotse.example" },
        { "lotse.example", INVALID, "" },
        { "ftp://lotse.example", INVALID, "" },
        { "https://", INVALID, "" },
        { "https://lotse.example/path", INVALID, "" },
        { "https://lotse.example:0", INVALID, "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct site site = { 0 };
        arena_init(&arena, 4096);
        assert_int_equal(site_set_public(&site, str_of(cases[i].url), &arena), cases[i].status);
        expect_text(site.public_host, cases[i].host);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_refused_by_code),
        cmocka_unit_test(sixty_four_headers_are_too_many),
        cmocka_unit_test(an_address_has_four_kibibytes),
        cmocka_unit_test(the_ending_chooses_the_format),
        cmocka_unit_test(other_methods_are_told_apart),
        cmocka_unit_test(headers_reach_the_request),
        cmocka_unit_test(connections_are_kept_as_the_version_says),
        cmocka_unit_test(only_proxies_of_ours_are_believed),
        cmocka_unit_test(public_addresses_are_hosts_with_a_scheme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
