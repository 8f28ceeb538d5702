/* range: see range.h. */
#include "http/range.h"

#include "http/accept.h"

#include <strings.h>

static bool read_position(struct str digits, size_t *out)
{
    int64_t number;
    for (size_t i = 0; i < digits.len; i++)
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return false;
    if (!str_to_int(digits, &number))
        return false;
    *out = (size_t)number;
    return true;
}

/* "-500": the last 500 bytes. */
static enum range read_end(struct str digits, size_t size, size_t *first, size_t *length)
{
    size_t wanted;
    if (!read_position(digits, &wanted))
        return RANGE_WHOLE;
    *length = wanted < size ? wanted : size;
    *first = size - *length;
    return *length ? RANGE_PART : RANGE_OUTSIDE;
}

enum range range_read(struct str value, size_t size, size_t *first, size_t *length)
{
    struct str last = value, unit = str_cut(&last, '=');
    size_t end = size - 1;
    *first = 0;
    *length = size;
    if (unit.len != 5 || strncasecmp(unit.at, "bytes", 5) != 0)
        return RANGE_WHOLE;
    bool has_dash = str_find(last, '-', 0) < last.len;
    struct str start = str_trim(str_cut(&last, '-'));
    last = str_trim(last);
    if (start.len == 0)
        return read_end(last, size, first, length);
    bool readable = has_dash && read_position(start, first) && (last.len == 0 || read_position(last, &end));
    if (!readable || (last.len && end < *first)) {
        *first = 0;
        return RANGE_WHOLE;
    }
    if (*first >= size)
        return RANGE_OUTSIDE;
    *length = (end < size ? end + 1 : size) - *first;
    return RANGE_PART;
}

/* If-Range names the state of which the client has the beginning; a date never fits, for we send none. */
static enum range asked(const struct request *request, struct str etag, size_t size, size_t *first, size_t *length)
{
    bool applies = !request->head && (request->if_range.len == 0 || str_equal(request->if_range, etag));
    return range_read(applies ? request->range : STR_NONE, size, first, length);
}

void range_answer(const struct request *request, struct reply *reply, struct str bytes, struct str etag)
{
    size_t first, length;
    reply_header(reply, "ETag", etag);
    reply_header(reply, "Accept-Ranges", STR("bytes"));
    if (accept_knows(request->if_none_match, etag)) {
        reply->code = 304;
        return;
    }
    switch (asked(request, etag, bytes.len, &first, &length)) {
    case RANGE_OUTSIDE:
        reply->code = 416;
        reply_header(reply, "Content-Range", str_format(reply->arena, "bytes */%zu", bytes.len));
        return;
    case RANGE_PART:
        reply->code = 206;
        reply_header(reply, "Content-Range",
                     str_format(reply->arena, "bytes %zu-%zu/%zu", first, first + length - 1, bytes.len));
        break;
    case RANGE_WHOLE:
        break;
    }
    sink_add(reply_sink(reply), str_part(bytes, first, length));
}
