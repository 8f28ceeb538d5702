/* url: see url.h. */
#include "page/url.h"

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

struct str url_encode(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < s.len; i++) {
        if (is_unreserved(s.at[i]))
            out[n++] = s.at[i];
        else
            n += (size_t)snprintf(out + n, 4, "%%%02X", (unsigned char)s.at[i]);
    }
    return out ? (struct str){ out, n } : STR_NONE;
}

bool url_is_own_path(struct str path)
{
    if (path.len == 0 || path.at[0] != '/' || (path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\')))
        return false;
    for (size_t i = 0; i < path.len; i++)
        if (!is_unreserved(path.at[i]) && path.at[i] != '/' && path.at[i] != ':')
            return false;
    return true;
}
