/* text: see text.h. ASCII by hand: the functions of ctype.h depend on the locale. */
#include "http/text.h"

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z');
}

bool text_is_id(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_lower(s.at[i]) && !is_digit(s.at[i]) && s.at[i] != '-')
            return false;
    return s.len > 0 && is_lower(s.at[0]);
}

static bool is_of(struct str s, const char *marks)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_alphanumeric(s.at[i]) && (s.at[i] == '\0' || !strchr(marks, s.at[i])))
            return false;
    return s.len > 0;
}

bool text_is_code(struct str s)
{
    return is_of(s, "_.:-");
}

bool text_is_token(struct str s)
{
    return is_of(s, "_-");
}
