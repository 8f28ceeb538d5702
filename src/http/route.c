/* route: see route.h. A parameter takes one non-empty segment of the letters that codes are made of (FIELD_CODE), so
 * that a bound value can be put into an address again as it is. A trailing slash makes another address, that fits
 * nothing. */
#include "http/route.h"

#include "http/text.h"

#include <assert.h>

enum { PARAMS_MAX = 8 };

static bool is_param(struct str segment)
{
    return segment.len > 2 && segment.at[0] == '{' && segment.at[segment.len - 1] == '}';
}

/* The last parameter of a pattern may take all segments that are left: "{path...}". */
static bool takes_rest(struct str segment)
{
    return str_ends(segment, STR("...}"));
}

static bool are_codes(struct str segments)
{
    for (;;) {
        bool last = str_find(segments, '/', 0) == segments.len;
        if (!text_is_code(str_cut(&segments, '/')))
            return false;
        if (last)
            return true;
    }
}

static bool segments_fit(struct str pattern, struct str path, struct pair *bound, size_t *count)
{
    for (;;) {
        bool pattern_ends = str_find(pattern, '/', 0) == pattern.len, path_ends = str_find(path, '/', 0) == path.len;
        struct str rest = path, wanted = str_cut(&pattern, '/'), given = str_cut(&path, '/');
        if (takes_rest(wanted)) {
            assert(*count < PARAMS_MAX && pattern_ends);
            bound[(*count)++] = (struct pair){ str_part(wanted, 1, wanted.len - 5), rest };
            return are_codes(rest);
        }
        if (is_param(wanted)) {
            assert(*count < PARAMS_MAX);
            if (!text_is_code(given))
                return false;
            bound[(*count)++] = (struct pair){ str_part(wanted, 1, wanted.len - 2), given };
        } else if (!str_equal(wanted, given)) {
            return false;
        }
        if (pattern_ends || path_ends)
            return pattern_ends && path_ends;
    }
}

bool route_fits(const struct route *route, struct request *request)
{
    struct pair bound[PARAMS_MAX];
    size_t count = 0;
    if (!segments_fit(str_of(route->pattern), request->path, bound, &count))
        return false;
    struct pair *list = count ? ARENA_ARRAY(request->arena, count, struct pair) : NULL;
    for (size_t i = 0; list && i < count; i++)
        list[i] = (struct pair){ bound[i].name, str_copy(request->arena, bound[i].value) };
    request->params = (struct pairs){ list, list ? count : 0 };
    return true;
}
