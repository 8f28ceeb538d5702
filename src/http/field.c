/* field: what came by query or form against what the route says it takes. The values stay in the request; only text
 * of several lines is rewritten, with line feeds alone. */
#include "base/utf8.h"
#include "http/request.h"
#include "http/text.h"

enum { PROBLEMS_MAX = 16, CHARS_DEFAULT = 256 };

/* Every form carries them; the guard and the idempotency look at their values. */
static const struct field always_known[] = {
    { .name = "csrf", .kind = FIELD_TOKEN },
    { .name = "key", .kind = FIELD_TOKEN },
    { 0 },
};

struct check {
    const struct request *request;
    struct field_problem *list;
    size_t count;
};

struct str pairs_get(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (str_is(pairs->list[i].name, name))
            return pairs->list[i].value;
    return STR_NONE;
}

static size_t count_named(const struct pairs *pairs, struct str name)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count += str_equal(pairs->list[i].name, name);
    return count;
}

struct str *pairs_all(const struct pairs *pairs, const char *name, struct arena *arena, size_t *count)
{
    size_t found = count_named(pairs, str_of(name));
    struct str *values = found ? ARENA_ARRAY(arena, found, struct str) : NULL;
    *count = values ? found : 0;
    for (size_t i = 0, next = 0; values && i < pairs->count; i++)
        if (str_is(pairs->list[i].name, name))
            values[next++] = pairs->list[i].value;
    return values;
}

static const struct pairs *source_of(const struct check *check, const struct field *field)
{
    return field->in_query ? &check->request->query : &check->request->form;
}

static bool names_field(const struct field *field, struct str name)
{
    struct str own = str_of(field->name);
    bool any_suffix = str_ends(own, STR(".*"));
    return any_suffix ? str_starts(name, str_part(own, 0, own.len - 1)) && name.len >= own.len : str_equal(own, name);
}

static void report(struct check *check, struct str name, const char *message)
{
    if (check->count == PROBLEMS_MAX || !check->list)
        return;
    struct str copy = str_copy(check->request->arena, name);
    check->list[check->count++] = (struct field_problem){ copy.at ? copy.at : "", message };
}

static bool is_number(struct str s)
{
    int64_t ignored;
    return str_to_int(s, &ignored);
}

static bool is_one_line(struct str s)
{
    return str_find(s, '\n', 0) == s.len && str_find(s, '\r', 0) == s.len;
}

/* The message id of what is wrong with the value, or NULL. */
static const char *value_problem(const struct field *field, struct str value)
{
    if (utf8_count(value) > (field->max_chars ? field->max_chars : CHARS_DEFAULT))
        return "field-too-long";
    switch (field->kind) {
    case FIELD_TEXT:
        return is_one_line(value) ? NULL : "field-not-one-line";
    case FIELD_ID:
        return text_is_id(value) ? NULL : "field-not-an-id";
    case FIELD_CODE:
        return text_is_code(value) ? NULL : "field-not-a-code";
    case FIELD_NUMBER:
        return is_number(value) ? NULL : "field-not-a-number";
    case FIELD_TOKEN:
        return text_is_token(value) ? NULL : "field-not-a-token";
    case FIELD_LINES:
    case FIELD_FLAG:
        break;
    }
    return NULL;
}

/* Browsers send CR LF. The value is in the request's arena and only gets shorter. */
static void normalise_lines(struct str *value)
{
    char *text = (char *)(uintptr_t)value->at;
    size_t len = 0;
    for (size_t i = 0; i < value->len; i++) {
        bool pair = text[i] == '\r' && i + 1 < value->len && text[i + 1] == '\n';
        if (!pair)
            text[len++] = text[i] == '\r' ? '\n' : text[i];
    }
    if (text)
        text[len] = '\0';
    value->len = len;
}

static bool is_first_of_name(const struct pairs *pairs, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (str_equal(pairs->list[i].name, pairs->list[index].name))
            return false;
    return true;
}

/* At most one problem for each value; an empty one says nothing and counts only as missing. */
static bool check_pair(struct check *check, const struct field *field, size_t index)
{
    const struct pairs *pairs = source_of(check, field);
    struct pair *pair = &pairs->list[index];
    size_t allowed = field->max_values ? field->max_values : 1;
    if (field->kind == FIELD_LINES)
        normalise_lines(&pair->value);
    if (is_first_of_name(pairs, index) && count_named(pairs, pair->name) > allowed)
        report(check, pair->name, "field-too-many");
    const char *problem = pair->value.len ? value_problem(field, pair->value) : NULL;
    if (problem)
        report(check, pair->name, problem);
    return field->kind == FIELD_FLAG || str_trim(pair->value).len > 0;
}

static void check_field(struct check *check, const struct field *field)
{
    const struct pairs *pairs = source_of(check, field);
    bool given = false;
    for (size_t i = 0; i < pairs->count; i++)
        if (names_field(field, pairs->list[i].name))
            given |= check_pair(check, field, i);
    if (field->required && !given)
        report(check, str_of(field->name), "field-missing");
}

enum status fields_check(const struct request *request, const struct field *fields, struct field_problem **problems,
                         size_t *count)
{
    struct check check = { request, ARENA_ARRAY(request->arena, PROBLEMS_MAX, struct field_problem), 0 };
    for (const struct field *f = always_known; f->name; f++)
        check_field(&check, f);
    for (const struct field *f = fields; f && f->name; f++)
        check_field(&check, f);
    *problems = check.list;
    *count = check.count;
    if (!check.list)
        return NO_MEMORY;
    return check.count ? INVALID : OK;
}
