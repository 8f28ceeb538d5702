/* request_fuzz: a libFuzzer harness for the reader of requests: head and form from arbitrary bytes.
 *
 * Input: "METHOD TARGET VERSION\n", then header lines "Name: value\n", an empty line, the form. Whatever is read must
 * keep the promises of request.h: texts are text, the path is rooted and has no hidden slash, limits hold, and the
 * field check ends with at most 16 problems.
 * Build: clang -fsanitize=fuzzer,address,undefined with the sources of src/base and src/http. */
#include "base/embed.h"
#include "base/utf8.h"
#include "http/head.h"
#include "http/pairs.h"
#include "http/route.h"

#include <assert.h>

/* The assets belong to the build; a reader of requests needs none. */
const struct embed embed_table[] = { { { "", 0 }, { "", 0 } } };
const size_t embed_count = 0;

static const struct str proxies[] = { { "192.0.2.1", 9 } };
static const struct site site = {
    .public_host = { "lotse.example", 13 },
    .public_secure = true,
    .listen_host = { "0.0.0.0", 7 },
    .trusted_proxies = proxies,
    .trusted_proxy_count = 1,
};

static const struct field fields[] = {
    { .name = "a", .kind = FIELD_TEXT, .max_chars = 20, .required = true },
    { .name = "b", .kind = FIELD_LINES, .max_chars = 100 },
    { .name = "answer.*", .kind = FIELD_CODE, .max_values = 3 },
    { .name = "n", .kind = FIELD_NUMBER, .in_query = true },
    { 0 },
};

static void check_pairs(const struct pairs *pairs)
{
    assert(pairs->count <= PAIRS_MAX);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->list[i];
        assert(pair->name.len > 0 && pair->name.len <= PAIR_NAME_MAX);
        assert(utf8_is_text(pair->name) && utf8_is_text(pair->value));
        assert(pair->name.at[pair->name.len] == '\0');
    }
}

static void check_request(struct request *request)
{
    assert(request->path.len > 0 && request->path.len <= TARGET_MAX && request->path.at[0] == '/');
    assert(utf8_is_text(request->path) && str_find(request->path, '\\', 0) == request->path.len);
    assert(request->host.len > 0 && request->client.len > 0);
    check_pairs(&request->query);
    check_pairs(&request->form);
    check_pairs(&request->cookies);
    struct field_problem *problems;
    size_t count;
    if (fields_check(request, fields, &problems, &count) == INVALID)
        assert(count > 0 && count <= 16);
    if (route_fits(&(struct route){ .pattern = "/courses/{course}/{lesson}" }, request))
        assert(request->params.count == 2);
}

static struct head head_from(struct str *text, struct header *headers)
{
    struct str line = str_cut(text, '\n');
    struct head head = { .method = str_cut(&line, ' '), .headers = headers, .peer = STR("192.0.2.1") };
    head.query = str_cut(&line, ' ');
    head.path = str_cut(&head.query, '?');
    head.version = line;
    while (text->len && head.header_count < HEADERS_MAX) {
        struct str value = str_cut(text, '\n'), name = str_cut(&value, ':');
        if (name.len == 0 && value.len == 0)
            break;
        headers[head.header_count++] = (struct header){ name, value };
    }
    return head;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct header headers[HEADERS_MAX];
    struct head head = head_from(&text, headers);
    struct framing framing;
    struct arena arena;
    arena_init(&arena, 8 * 1024 * 1024);
    struct request request = { .arena = &arena };
    if (head_read(&head, &site, &request, &framing).code == 0) {
        assert(!(framing.chunked && framing.length) && framing.length <= BODY_MAX);
        if (form_read(text, &request).code == 0)
            check_request(&request);
    }
    arena_release(&arena);
    return 0;
}
