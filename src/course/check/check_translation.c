/* check_translation: a file course.LANGUAGE.xml: its name, its language, the version that it follows, and then, beside its
 * source, what stands in it. See translate.h for what a translation is. */
#include "course/build.h"
#include "course/check/check_twins.h"
#include "course/translate.h"

/* ---- versions ---- */

/* "1.4.0" as a number that grows; false: no version (the schema has said so). */
static bool read_version(struct str text, int64_t *out)
{
    *out = 0;
    for (int part = 0; part < 3; part++) {
        int64_t number;
        if (!str_to_int(str_cut(&text, '.'), &number) || number < 0 || number > 9999)
            return false;
        *out = *out * 10000 + number;
    }
    return text.len == 0;
}

static bool is_newer(const xmlNode *change, int64_t than)
{
    int64_t version;
    return read_version(xml_attr(change, "version"), &version) && version > than;
}

static bool is_listed(struct str list, struct str id)
{
    while (list.len)
        if (str_equal(str_trim(str_cut(&list, ',')), id))
            return true;
    return false;
}

/* Adds ids that stand with blanks between them to a list with commas. */
static struct str list_ids(struct arena *arena, struct str list, struct str ids)
{
    while (ids.len) {
        struct str id = str_cut(&ids, ' ');
        if (id.len && !is_listed(list, id))
            list = str_format(arena, "%.*s%s%.*s", STR_ARG(list), list.len ? ", " : "", STR_ARG(id));
    }
    return list;
}

/* The ids that changes after a version touch; STR_NONE: somewhere a change does not say which, so it may be all. */
static struct str touched_since(const struct check *check, const xmlNode *root, int64_t followed)
{
    const xmlNode *changes = xml_child(root, "changes");
    struct str out = STR_NONE;
    for (const xmlNode *n = changes ? xml_child(changes, "change") : NULL; n; n = xml_next_same(n)) {
        if (!is_newer(n, followed))
            continue;
        if (xml_attr(n, "touches").len == 0)
            return STR_NONE;
        out = list_ids(check->arena, out, xml_attr(n, "touches"));
    }
    return out;
}

static void check_version(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc), *origin = xml_root(document->source->doc);
    struct str follows = xml_attr(root, "translates"), version = xml_attr(origin, "version");
    int64_t followed, now;
    struct message_param params[] = { PARAM_OF_TEXT("value", follows), PARAM_OF_TEXT("version", version),
                                      PARAM_OF_TEXT("touched", STR_NONE) };
    if (!follows.at)
        check_error(check, document, root, NULL, "translates-missing", params, 2);
    else if (!read_version(follows, &followed) || !read_version(version, &now) || followed == now)
        return;
    else if (followed > now)
        check_error(check, document, root, "translates", "translation-ahead", params, 2);
    else {
        params[2].text = touched_since(check, origin, followed);
        check_warn(check, document, root, "translates",
                   params[2].text.len ? "translation-stale" : "translation-all-stale", params, 3);
    }
}

/* ---- the file ---- */

static void check_language(const struct check *check, const struct document *document, enum lang named)
{
    const xmlNode *root = xml_root(document->doc);
    struct str tag = xml_attr(root, "lang");
    enum lang lang;
    if (!tag.at)
        check_error(check, document, root, NULL, "missing-language", NO_PARAMS);
    else if (!lang_parse(tag, &lang) || lang != named)
        check_error(check, document, root, "lang", "translation-language",
                    PARAMS(PARAM_OF_TEXT("value", tag), PARAM_OF_TEXT("other", str_of(lang_tag(named)))));
}

static bool is_language_of(const struct document *source, enum lang named)
{
    enum lang lang;
    return lang_parse(xml_attr(xml_root(source->doc), "lang"), &lang) && lang == named;
}

static void free_merged(void *doc)
{
    xmlFreeDoc(doc);
}

/* A key is judged with what the source says of it. */
static enum status check_keys(const struct check *check, const struct document *document)
{
    struct document whole = *document;
    enum status status =
        translate_merge(document->source->doc, document->doc, &check->schema->elements, check->arena, &whole.doc);
    if (status == OK)
        status = arena_defer(check->arena, free_merged, whole.doc);
    const xmlNode *root = status == OK ? xml_root(whole.doc) : NULL;
    for (const xmlNode *node = root ? xml_walk(root, root) : NULL; node; node = xml_walk(root, node))
        check_question(check, &whole, node);
    return status;
}

static enum status check_beside(const struct check *check, struct document *document, const struct document *source)
{
    document->source = source;
    enum status status = check_schema(check, document);
    if (status)
        return status == INVALID ? OK : status;
    struct targets targets = targets_of(check, source);
    check_version(check, document);
    check_twins(check, document, &targets);
    check_references(check, document, &targets);
    return check_keys(check, document);
}

enum status check_translation(const struct check *check, struct document *document, const struct document *source)
{
    enum lang lang;
    if (!build_is_translation(document->file, &lang)) {
        check_file(check, SEVERITY_WARNING, document->file, "translation-name", NO_PARAMS);
        return OK;
    }
    if (source && is_language_of(source, lang)) {
        check_file(check, SEVERITY_ERROR, document->file, "translation-of-itself", NO_PARAMS);
        return OK;
    }
    enum status status = check_read(check, document);
    if (status == OK && !check_root(check, document))
        status = INVALID;
    if (status)
        return status == INVALID ? OK : status;
    check_language(check, document, lang);
    return source ? check_beside(check, document, source) : OK;
}
