/* accept: see accept.h. */
#include "http/accept.h"

#include <strings.h>

static bool is_word(struct str s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.at, word, s.len) == 0;
}

/* "0.8" -> 800, at most three digits behind the point; anything else is 0: a wish that cannot be read is none. */
static int quality(struct str text)
{
    struct str decimals = text, whole = str_cut(&decimals, '.');
    int value = 0;
    if (!str_is(whole, "0") && !str_is(whole, "1"))
        return 0;
    for (size_t i = 0; i < 3; i++) {
        char c = i < decimals.len ? decimals.at[i] : '0';
        if (c < '0' || c > '9')
            return 0;
        value = value * 10 + (c - '0');
    }
    return str_is(whole, "1") ? 1000 : value;
}

static int quality_of(struct str parameters)
{
    while (parameters.len) {
        struct str value = str_trim(str_cut(&parameters, ';')), name = str_cut(&value, '=');
        if (is_word(str_trim(name), "q"))
            return quality(str_trim(value));
    }
    return 1000;
}

/* The client's wish for a coding; "*" speaks for those that are not named. */
static int wish(struct str list, const char *coding)
{
    int any = 0;
    while (list.len) {
        struct str parameters = str_cut(&list, ','), name = str_trim(str_cut(&parameters, ';'));
        if (is_word(name, coding))
            return quality_of(parameters);
        if (str_is(name, "*"))
            any = quality_of(parameters);
    }
    return any;
}

enum coding accept_coding(struct str accept_encoding, bool have_brotli, bool have_gzip)
{
    int brotli = have_brotli ? wish(accept_encoding, "br") : 0, gzip = have_gzip ? wish(accept_encoding, "gzip") : 0;
    if (brotli > 0 && brotli >= gzip)
        return CODING_BROTLI;
    return gzip > 0 ? CODING_GZIP : CODING_NONE;
}

bool accept_knows(struct str if_none_match, struct str etag)
{
    while (if_none_match.len) {
        struct str tag = str_trim(str_cut(&if_none_match, ','));
        if (str_starts(tag, STR("W/")))
            tag = str_from(tag, 2); /* weak comparison: 13.1.2 */
        if (str_is(tag, "*") || str_equal(tag, etag))
            return true;
    }
    return false;
}
