/* lang: one row a language, and the choice among them by RFC 9110's quality values. */
#include "base/lang.h"

#include <strings.h>

static const struct {
    const char *code, *tag, *name;
} languages[LANG_COUNT] = {
    [LANG_DE] = { "de", "de-CH", "Deutsch" },
    [LANG_EN] = { "en", "en", "English" },
    [LANG_FR] = { "fr", "fr-CH", "Français" },
    [LANG_IT] = { "it", "it-CH", "Italiano" },
};

const char *lang_code(enum lang l)
{
    return languages[l].code;
}

const char *lang_tag(enum lang l)
{
    return languages[l].tag;
}

const char *lang_name(enum lang l)
{
    return languages[l].name;
}

bool lang_parse(struct str code, enum lang *out)
{
    struct str primary = str_cut(&code, '-');
    for (int l = 0; l < LANG_COUNT; l++) {
        if (primary.len == 2 && strncasecmp(primary.at, languages[l].code, 2) == 0) {
            *out = (enum lang)l;
            return true;
        }
    }
    return false;
}

/* "0", "0.8", "1.000" as thousandths; -1 for anything else. */
static int parse_quality(struct str s)
{
    if (s.len < 1 || s.len > 5 || (s.at[0] != '0' && s.at[0] != '1') || (s.len > 1 && s.at[1] != '.'))
        return -1;
    int quality = s.at[0] == '1' ? 1000 : 0, place = 100;
    for (size_t i = 2; i < s.len; i++, place /= 10) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return -1;
        quality += (s.at[i] - '0') * place;
    }
    return quality <= 1000 ? quality : -1;
}

/* What follows the range's first ';': the weight, 1 where none is given. */
static int quality_of(struct str parameters)
{
    parameters = str_trim(parameters);
    if (parameters.len == 0)
        return 1000;
    if (parameters.len < 2 || (parameters.at[0] != 'q' && parameters.at[0] != 'Q') || parameters.at[1] != '=')
        return -1;
    return parse_quality(str_from(parameters, 2));
}

enum lang lang_negotiate(struct str header, enum lang fallback)
{
    enum lang best = fallback;
    int best_quality = 0;
    while (header.len) {
        struct str parameters = str_cut(&header, ',');
        struct str range = str_trim(str_cut(&parameters, ';'));
        int quality = quality_of(parameters);
        enum lang candidate = fallback; /* what "*" stands for */
        if (quality > best_quality && (str_is(range, "*") || lang_parse(range, &candidate))) {
            best = candidate;
            best_quality = quality;
        }
    }
    return best;
}
