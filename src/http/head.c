/* head: see head.h. Order: headers, framing, method, target, then who asks whom. */
#include "http/head.h"

#include "http/pairs.h"

#include <strings.h>

enum known {
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, EXPECT, FORWARDED_FOR,
    FORWARDED_HOST, FORWARDED_PROTO, HOST, IF_NONE_MATCH, IF_RANGE, ORIGIN, RANGE, FETCH_SITE, TRANSFER_ENCODING,
    KNOWN_COUNT
};

/* joint: between the values of a repeated header; 0: it may stand once only. */
static const struct {
    const char *name;
    char joint;
} known_headers[KNOWN_COUNT] = {
    [ACCEPT_ENCODING] = { "Accept-Encoding", ',' },
    [ACCEPT_LANGUAGE] = { "Accept-Language", ',' },
    [CONNECTION] = { "Connection", ',' },
    [CONTENT_LENGTH] = { "Content-Length", 0 },
    [CONTENT_TYPE] = { "Content-Type", 0 },
    [COOKIE] = { "Cookie", ';' },
    [EXPECT] = { "Expect", 0 },
    [FORWARDED_FOR] = { "X-Forwarded-For", ',' },
    [FORWARDED_HOST] = { "X-Forwarded-Host", ',' },
    [FORWARDED_PROTO] = { "X-Forwarded-Proto", ',' },
    [HOST] = { "Host", 0 },
    [IF_NONE_MATCH] = { "If-None-Match", ',' },
    [IF_RANGE] = { "If-Range", 0 },
    [ORIGIN] = { "Origin", 0 },
    [RANGE] = { "Range", ',' },
    [FETCH_SITE] = { "Sec-Fetch-Site", 0 },
    [TRANSFER_ENCODING] = { "Transfer-Encoding", 0 },
};

struct known_values {
    struct str at[KNOWN_COUNT];
    bool seen[KNOWN_COUNT];
};

static const struct refusal fine = { 0 };

static struct refusal refuse(int code, const char *reason)
{
    return (struct refusal){ code, reason };
}

static bool equal_fold(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || strncasecmp(a.at, b.at, a.len) == 0);
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] <= ' ' || s.at[i] > '~' || strchr("\"(),/:;<=>?@[\\]{}", s.at[i]))
            return false;
    return s.len > 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] >= 0 && s.at[i] < ' ' && s.at[i] != '\t') || s.at[i] == 0x7F)
            return true;
    return false;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 0)
            return false;
    return true;
}

static enum known known_find(struct str name)
{
    enum known k = 0;
    while (k < KNOWN_COUNT && !equal_fold(name, str_of(known_headers[k].name)))
        k++;
    return k;
}

/* ---- headers ---- */

static struct refusal header_take(struct arena *arena, const struct header *header, struct known_values *values)
{
    if (!is_token(header->name) || has_control(header->value))
        return refuse(400, "header-unreadable");
    enum known k = known_find(header->name);
    if (k == KNOWN_COUNT)
        return fine;
    struct str value = str_trim(header->value);
    if (!is_ascii(value))
        return refuse(400, "header-not-ascii");
    if (values->seen[k] && !known_headers[k].joint)
        return refuse(400, "header-twice");
    if (values->seen[k])
        value = str_format(arena, "%.*s%c %.*s", STR_ARG(values->at[k]), known_headers[k].joint, STR_ARG(value));
    else
        value = str_copy(arena, value);
    values->seen[k] = true;
    values->at[k] = value;
    return value.at ? fine : refuse(503, "no-memory");
}

static struct refusal headers_read(const struct head *head, struct arena *arena, struct known_values *values)
{
    if (head->header_count >= HEADERS_MAX)
        return refuse(431, "too-many-headers");
    for (size_t i = 0; i < head->header_count; i++) {
        struct refusal r = header_take(arena, &head->headers[i], values);
        if (r.code)
            return r;
    }
    return fine;
}

/* Whether a comma-separated list holds the word. */
static bool list_has(struct str list, struct str word)
{
    while (list.len)
        if (equal_fold(str_trim(str_cut(&list, ',')), word))
            return true;
    return false;
}

/* ---- framing ---- */

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len > 0;
}

static struct refusal length_read(const struct known_values *values, struct framing *framing)
{
    struct str written = values->at[CONTENT_LENGTH];
    int64_t length;
    if (!values->seen[CONTENT_LENGTH])
        return fine;
    if (!is_digits(written))
        return refuse(400, "length-unreadable");
    if (!str_to_int(written, &length) || length > BODY_MAX)
        return refuse(413, "body-too-large");
    framing->length = (size_t)length;
    return fine;
}

static struct refusal framing_read(const struct head *head, const struct known_values *values,
                                   struct framing *framing)
{
    bool modern = str_is(head->version, "1.1");
    if (!modern && !str_is(head->version, "1.0"))
        return refuse(505, "version");
    struct str connection = values->at[CONNECTION];
    framing->keep_alive = !list_has(connection, STR("close")) && (modern || list_has(connection, STR("keep-alive")));
    framing->chunked = values->seen[TRANSFER_ENCODING];
    if (framing->chunked && (!modern || values->seen[CONTENT_LENGTH]))
        return refuse(400, "length-and-chunks");
    if (framing->chunked && !equal_fold(values->at[TRANSFER_ENCODING], STR("chunked")))
        return refuse(400, "transfer-encoding");
    struct refusal r = length_read(values, framing);
    if (r.code)
        return r;
    if (values->seen[EXPECT] && !equal_fold(values->at[EXPECT], STR("100-continue")))
        return refuse(417, "expect");
    framing->expects_continue = modern && values->seen[EXPECT] && (framing->chunked || framing->length);
    return fine;
}

/* ---- method and target ---- */

static struct refusal method_read(const struct head *head, const struct known_values *values,
                                  const struct framing *framing, struct request *request)
{
    bool post = str_is(head->method, "POST"), has_body = framing->chunked || framing->length;
    bool options = str_is(head->method, "OPTIONS");
    request->method = post ? METHOD_POST : options ? METHOD_OPTIONS : METHOD_GET;
    if (!post && !options && !request->head && !str_is(head->method, "GET"))
        return refuse(405, "method");
    if (!post && has_body)
        return refuse(400, "body-without-post");
    struct str parameters = values->at[CONTENT_TYPE];
    struct str type = str_trim(str_cut(&parameters, ';'));
    if (has_body && !equal_fold(type, STR("application/x-www-form-urlencoded")))
        return refuse(415, "content-type");
    return fine;
}

/* "." and "..": a proxy may have resolved them already, and then judged another path than we would. */
static bool has_dot_segment(struct str path)
{
    while (path.len) {
        struct str segment = str_cut(&path, '/');
        if (str_is(segment, ".") || str_is(segment, ".."))
            return true;
    }
    return false;
}

static size_t count_char(struct str s, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.at[i] == c;
    return count;
}

static bool path_is_plain(struct str raw, struct str decoded)
{
    if (decoded.len == 0 || decoded.at[0] != '/' || has_control(decoded) || count_char(decoded, '\t'))
        return false;
    bool hidden_slash = count_char(raw, '/') != count_char(decoded, '/');
    return !hidden_slash && count_char(decoded, '\\') == 0 && count_char(raw, '#') == 0 && !has_dot_segment(decoded);
}

static void format_take(struct request *request)
{
    static const struct {
        const char *ending;
        enum format format;
    } endings[] = { { ".json", FORMAT_JSON }, { ".csv", FORMAT_CSV } };
    if (str_starts(request->path, STR("/assets/")) || str_starts(request->path, STR("/media/")))
        return;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_of(endings[i].ending);
        if (!str_ends(request->path, ending))
            continue;
        request->path.len -= ending.len;
        request->format = endings[i].format;
        return;
    }
}

static struct refusal target_read(const struct head *head, struct request *request)
{
    if (head->path.len + head->query.len > TARGET_MAX)
        return refuse(414, "address-too-long");
    enum status status = percent_decode(request->arena, head->path, false, &request->path);
    if (status == NO_MEMORY)
        return refuse(503, "no-memory");
    if (status || !path_is_plain(head->path, request->path))
        return refuse(400, "path");
    format_take(request);
    request->raw_query = str_copy(request->arena, head->query);
    status = pairs_read(request->arena, head->query, &request->query);
    if (status == NO_MEMORY || !request->raw_query.at)
        return refuse(503, "no-memory");
    return status ? refuse(400, "query") : fine;
}

/* ---- who asks whom ---- */

static struct refusal passage_read(const struct head *head, const struct known_values *values,
                                   const struct site *site, struct request *request)
{
    if (!values->seen[HOST])
        return refuse(400, "no-host");
    struct passage passage = {
        .peer = str_copy(request->arena, head->peer),
        .host = values->at[HOST],
        .forwarded_for = values->at[FORWARDED_FOR],
        .forwarded_proto = values->at[FORWARDED_PROTO],
        .forwarded_host = values->at[FORWARDED_HOST],
    };
    enum status status = site_place(site, &passage, request);
    if (status == NOT_FOUND)
        return refuse(421, "foreign-host");
    return status ? refuse(400, "host") : fine;
}

static struct refusal rest_read(const struct known_values *values, struct request *request)
{
    request->origin = values->at[ORIGIN];
    request->fetch_site = values->at[FETCH_SITE];
    request->accept_language = values->at[ACCEPT_LANGUAGE];
    request->accept_encoding = values->at[ACCEPT_ENCODING];
    request->if_none_match = values->at[IF_NONE_MATCH];
    request->if_range = values->at[IF_RANGE];
    request->range = values->at[RANGE];
    if (pairs_read_cookies(request->arena, values->at[COOKIE], &request->cookies))
        return refuse(503, "no-memory");
    return fine;
}

struct refusal head_read(const struct head *head, const struct site *site, struct request *request,
                         struct framing *framing)
{
    struct known_values values = { 0 };
    *framing = (struct framing){ 0 };
    request->head = str_is(head->method, "HEAD"); /* first: a refusal has no body either */
    struct refusal r = headers_read(head, request->arena, &values);
    if (!r.code)
        r = framing_read(head, &values, framing);
    if (!r.code)
        r = passage_read(head, &values, site, request);
    if (!r.code)
        r = method_read(head, &values, framing, request);
    if (!r.code)
        r = target_read(head, request);
    return r.code ? r : rest_read(&values, request);
}

struct refusal form_read(struct str body, struct request *request)
{
    switch (pairs_read(request->arena, body, &request->form)) {
    case OK:
        return fine;
    case TOO_LARGE:
        return refuse(413, "form-too-large");
    case NO_MEMORY:
        return refuse(503, "no-memory");
    default:
        return refuse(400, "form");
    }
}
