/* check_values: complaints about attributes and values, in words for authors.
 *
 * libxml2 says which facet refused (code) and, in its message, the attribute and the limit; what an author has to do
 * depends on what the attribute is for, hence the table by name. */
#include "course/check/check_schema.h"

#include <libxml/xmlerror.h>

/* What stands between two marks of the message. */
static struct str between(struct str words, const char *before, const char *after)
{
    const char *start = memmem(words.at, words.len, before, strlen(before));
    if (!start)
        return STR_NONE;
    struct str rest = str_from(words, (size_t)(start - words.at) + strlen(before));
    const char *end = memmem(rest.at, rest.len, after, strlen(after));
    return end ? str_part(rest, 0, (size_t)(end - rest.at)) : STR_NONE;
}

struct str values_attribute(const struct complaint *complaint)
{
    struct str name = between(complaint->words, ", attribute '", "': ");
    if (!name.at)
        name = between(complaint->words, "The attribute '", "' is ");
    size_t brace = str_find(name, '}', 0); /* '{namespace}name' */
    return brace < name.len ? str_from(name, brace + 1) : name;
}

/* Which finding a value of no other kind becomes, by the attribute that holds it. */
static const struct value_code {
    const char *attribute, *code;
    const char *element; /* NULL: any */
} value_codes[] = {
    { "id", "bad-id", NULL },
    { "ref", "bad-id", NULL },
    { "see", "bad-id", NULL },
    { "version", "bad-version", NULL },
    { "translates", "bad-version", NULL },
    { "from", "bad-id", NULL },
    { "to", "bad-id", NULL },
    { "touches", "bad-ids", NULL },
    { "date", "bad-date", NULL },
    { "valid-from", "bad-date", NULL },
    { "review-by", "bad-date", NULL },
    { "competence", "bad-competence", NULL },
    { "href", "bad-source", "source" },
    { "href", "bad-href", NULL },
    { "src", "bad-media-path", NULL },
    { "captions", "bad-media-path", NULL },
    { "poster", "bad-media-path", NULL },
    { "alt", "missing-alt", NULL },
    { "value", "bad-decimal", NULL },
    { "tolerance", "bad-decimal", NULL },
    { "left-percent", "bad-share", NULL },
    { "top-percent", "bad-share", NULL },
    { "width-percent", "bad-share", NULL },
    { "height-percent", "bad-share", NULL },
};

static const char *code_by_attribute(const xmlNode *node, struct str attribute)
{
    if (str_is(attribute, "value") && str_trim(xml_attr(node, "value")).len == 0)
        return "empty-attribute"; /* of a text as well as of a number */
    for (size_t i = 0; i < sizeof value_codes / sizeof value_codes[0]; i++) {
        const struct value_code *row = &value_codes[i];
        if (str_is(attribute, row->attribute) && (!row->element || xml_is(node, row->element)))
            return row->code;
    }
    return attribute.len ? "empty-attribute" : "empty-element";
}

static const char *code_of(const struct complaint *complaint, struct str attribute)
{
    switch (complaint->code) {
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
        return "number-too-small";
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID:
        return "number-too-large";
    case XML_SCHEMAV_CVC_ENUMERATION_VALID:
        return between(complaint->words, "{'yes'", "}").at ? "only-yes" : "bad-choice";
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1:
        return strcmp(code_by_attribute(complaint->node, attribute), "bad-date") == 0 ? "bad-date" : "bad-number";
    default:
        return code_by_attribute(complaint->node, attribute);
    }
}

/* "one, several" of "{'one', 'several'}". */
static struct str allowed_values(const struct check *check, const struct complaint *complaint)
{
    struct str set = str_copy(check->arena, between(complaint->words, "of the set {", "}"));
    char *at = (char *)(uintptr_t)set.at;
    size_t len = 0;
    for (size_t i = 0; i < set.len; i++)
        if (set.at[i] != '\'')
            at[len++] = set.at[i];
    return (struct str){ at, len };
}

static struct str limit_of(const struct complaint *complaint)
{
    return between(complaint->words, "allowed ('", "')");
}

void values_report(const struct check *check, const struct document *document, const struct complaint *complaint,
                   struct str attribute)
{
    const xmlNode *node = complaint->node;
    const char *name = attribute.len ? attribute.at : NULL;
    struct str value = name ? xml_attr(node, name) : xml_text(node, check->arena);
    struct str extra = complaint->code == XML_SCHEMAV_CVC_ENUMERATION_VALID ? allowed_values(check, complaint)
                                                                            : limit_of(complaint);
    schema_error(check, document, node, name, code_of(complaint, attribute),
                 PARAMS(PARAM_OF_TEXT("element", xml_name(node)), PARAM_OF_TEXT("name", attribute),
                        PARAM_OF_TEXT("value", value), PARAM_OF_TEXT("allowed", extra)));
}

/* class="MsoNormal", style="mso-list: l0": what a word processor writes. */
static bool is_of_word(const xmlNode *node, struct str attribute)
{
    struct str value = xml_attr(node, attribute.at);
    return str_starts(value, STR("Mso")) || memmem(value.at, value.len, "mso-", 4);
}

void values_unknown_attribute(const struct check *check, const struct document *document, const xmlNode *node,
                              struct str attribute)
{
    const struct names *known = &check->schema->attributes;
    struct str nearest = names_has(known, attribute) ? STR_NONE : names_nearest(known, attribute);
    const char *code = nearest.len ? "misspelt-attribute" : "unknown-attribute";
    schema_error(check, document, node, attribute.at, is_of_word(node, attribute) ? "word-style" : code,
                 PARAMS(PARAM_OF_TEXT("element", xml_name(node)), PARAM_OF_TEXT("name", attribute),
                        PARAM_OF_TEXT("nearest", nearest), PARAM_OF_TEXT("value", xml_attr(node, attribute.at))));
}

static bool is_explained(const struct check *check, const xmlNode *node, struct str missing)
{
    const struct names *known = &check->schema->attributes;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        struct str name = str_of((const char *)attr->name);
        if (!names_has(known, name) && str_equal(names_nearest(known, name), missing))
            return true;
    }
    return false;
}

void values_missing_attribute(const struct check *check, const struct document *document, const xmlNode *node,
                              struct str attribute)
{
    if (document->tags[xml_number(node)].torn || is_explained(check, node, attribute))
        return;
    const char *code = str_is(attribute, "alt") ? "missing-alt" : "missing-attribute";
    schema_error(check, document, node, NULL, code,
                 PARAMS(PARAM_OF_TEXT("element", xml_name(node)), PARAM_OF_TEXT("name", attribute)));
}
