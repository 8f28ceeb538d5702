/* check_twins: see check_twins.h. An element whose name the schema does not know was reported by the schema; what seems to
 * be missing beside it is most likely that. */
#include "course/check/check_twins.h"

#include "course/translate.h"

struct comparison {
    const struct check *check;
    const struct document *source, *words;
    const struct targets *targets; /* of the source */
};

/* ---- reporting ---- */

static struct message_param line_in_source(const struct comparison *c, const xmlNode *source)
{
    return check_line_of(c->check, c->source, source);
}

/* <p id="mitte">, or <p>. */
static struct message_param element_of(const struct comparison *c, const xmlNode *node)
{
    struct str id = xml_attr(node, "id"), name = xml_name(node);
    struct str words = id.len ? str_format(c->check->arena, "<%.*s id=\"%.*s\">", STR_ARG(name), STR_ARG(id))
                              : str_format(c->check->arena, "<%.*s>", STR_ARG(name));
    return PARAM_OF_TEXT("element", words);
}

/* At an element of the translation, about one of the source. */
static void report(const struct comparison *c, const xmlNode *words, const char *code, const xmlNode *about,
                   const xmlNode *source)
{
    c->words->tags[xml_number(words)].broken = true;
    check_error(c->check, c->words, words, NULL, code,
                PARAMS(element_of(c, about), line_in_source(c, source), PARAM_OF_TEXT("id", xml_attr(words, "id")),
                       PARAM_OF_TEXT("other", xml_name(source))));
}

static void warn(const struct comparison *c, const xmlNode *words, const char *code, const xmlNode *source)
{
    check_warn(c->check, c->words, words, NULL, code, PARAMS(element_of(c, source), line_in_source(c, source)));
}

/* ---- attributes ---- */

static void add_cut(const struct comparison *c, size_t from, size_t to)
{
    const struct pack_file *file = pack_file(c->check->files, c->words->file);
    if (!c->check->cuts || !file)
        return;
    size_t offset = (size_t)(c->words->bytes.at - file->bytes.at); /* of a byte order mark */
    struct str words = str_part(c->words->bytes, from, to - from);
    check_cut(c->check, &(struct pack_cut){ file->path, offset + from, to - from, check_line(c->words, to), str_trim(words) });
}

static void cut_attribute(const struct comparison *c, const xmlNode *words, const char *name)
{
    size_t from, to;
    if (scan_attribute_whole(c->words, xml_number(words), name, &from, &to))
        add_cut(c, from, to);
}

/* What the schema refuses is not said again. Ids of twins are the same; that of the course is looked at here. */
static bool is_compared(const struct comparison *c, const xmlNode *words, struct str name)
{
    bool own = str_is(name, "lang") || str_is(name, "translates") || translate_is_wording(name);
    return !own && !c->words->tags[xml_number(words)].broken;
}

static const char *attribute_code(const char *name, struct str origin)
{
    if (strcmp(name, "id") == 0)
        return "translation-other-course";
    return origin.at ? "translation-attribute" : "translation-new-attribute";
}

/* Whether what is repeated is the same. */
static bool compare_attributes(const struct comparison *c, const xmlNode *source, const xmlNode *words)
{
    bool same = true, broken = c->words->tags[xml_number(words)].broken;
    for (const xmlAttr *attr = words->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        struct str value = xml_attr(words, name), origin = xml_attr(source, name);
        if (!is_compared(c, words, str_of(name)) || (origin.at && str_equal(value, origin)))
            continue;
        same = false;
        check_error(c->check, c->words, words, name, attribute_code(name, origin),
                    PARAMS(PARAM_OF_TEXT("name", str_of(name)), PARAM_OF_TEXT("value", value),
                           PARAM_OF_TEXT("other", origin), line_in_source(c, source)));
    }
    c->words->tags[xml_number(words)].broken = broken || !same;
    return same;
}

/* What the schema lets out may yet be said in the source. */
static void require_wordings(const struct comparison *c, const xmlNode *source, const xmlNode *words)
{
    for (const xmlAttr *attr = source->properties; attr; attr = attr->next) {
        struct str name = str_of((const char *)attr->name);
        if (!translate_is_wording(name) || xml_attr(words, name.at).at || c->words->tags[xml_number(words)].broken)
            continue;
        check_error(c->check, c->words, words, NULL, "missing-attribute",
                    PARAMS(PARAM_OF_TEXT("element", xml_name(words)), PARAM_OF_TEXT("name", name)));
    }
}

/* All but ids: by them twins are found. */
static void cut_repetitions(const struct comparison *c, const xmlNode *source, const xmlNode *words)
{
    for (const xmlAttr *attr = words->properties; attr && c->check->cuts; attr = attr->next) {
        const char *name = (const char *)attr->name;
        struct str origin = xml_attr(source, name);
        bool id = strcmp(name, "id") == 0;
        if (!id && is_compared(c, words, str_of(name)) && origin.at && str_equal(xml_attr(words, name), origin))
            cut_attribute(c, words, name);
    }
}

/* An element that holds attributes alone (<draw>) goes as a whole, with the space before it. */
static void cut_element(const struct comparison *c, const xmlNode *words)
{
    const struct tag *tag = &c->words->tags[xml_number(words)];
    size_t from = tag->at;
    while (from > 0 && strchr(" \t\r\n", c->words->bytes.at[from - 1]))
        from--;
    add_cut(c, from, tag->end);
}

/* ---- children ---- */

static bool is_known(const struct comparison *c, const xmlNode *node)
{
    return names_has(&c->check->schema->elements, xml_name(node));
}

/* <changes> is the history of the pack, not of its words. */
static bool is_sources_alone(const xmlNode *node)
{
    return xml_is(node, "changes");
}

static bool comes_twice(const struct siblings *words, const struct sibling *again)
{
    for (size_t i = 0; i < again->place && again->id.len; i++)
        if (words->list[i].twin && str_equal(words->list[i].id, again->id) &&
            str_equal(words->list[i].name, again->name))
            return true;
    return false;
}

/* The entry of the source's history that says what became of an id; NULL. */
static const xmlNode *renaming_of(const struct comparison *c, struct str id)
{
    const xmlNode *changes = xml_child(xml_root(c->source->doc), "changes");
    const xmlNode *renamed = changes ? xml_child(changes, "renamed") : NULL;
    while (renamed && !str_equal(xml_attr(renamed, "from"), id))
        renamed = xml_next_same(renamed);
    return renamed;
}

static void report_unknown_id(const struct comparison *c, const xmlNode *words)
{
    struct str id = xml_attr(words, "id");
    const xmlNode *renamed = renaming_of(c, id);
    struct str now = renamed ? xml_attr(renamed, "to") : STR_NONE;
    c->words->tags[xml_number(words)].broken = true;
    check_error(c->check, c->words, words, "id", renamed ? "translation-renamed" : "translation-unknown-id",
                PARAMS(PARAM_OF_TEXT("id", id), PARAM_OF_TEXT("other", now),
                       line_in_source(c, renamed ? renamed : xml_root(c->source->doc))));
}

/* Which of these it is costs a look at the whole file, so it is found out only for findings that are kept. */
static void report_without_twin(const struct comparison *c, const struct siblings *all, const struct sibling *s,
                                const xmlNode *parent)
{
    if (findings_full(c->check->findings)) {
        report(c, s->node, "translation-extra", s->node, parent);
        return;
    }
    const xmlNode *namesake = s->id.len ? targets_find(c->targets, s->id) : NULL;
    if (is_sources_alone(s->node))
        report(c, s->node, "translation-sources-alone", s->node, parent);
    else if (comes_twice(all, s))
        report(c, s->node, "translation-twice", s->node, parent);
    else if (namesake && !xml_is(namesake, (const char *)s->node->name))
        report(c, s->node, "translation-other-kind", s->node, namesake);
    else if (namesake)
        report(c, s->node, "translation-elsewhere", s->node, namesake);
    else if (s->id.len)
        report_unknown_id(c, s->node);
    else
        report(c, s->node, "translation-extra", s->node, parent);
}

/* Of units, those that a translation may leave to the source. */
static bool may_be_missing(const xmlNode *source)
{
    const xmlNode *parent = source->parent;
    return translate_is_container(parent) && !xml_is(source, "title") && !xml_is(source, "summary");
}

static void report_missing(const struct comparison *c, const xmlNode *words, const xmlNode *source)
{
    if (is_sources_alone(source) || xml_is(source, "draw"))
        return;
    if (may_be_missing(source))
        warn(c, words, "untranslated", source);
    else
        report(c, words, "translation-missing", source, source);
}

static bool has_unknown(const struct comparison *c, const struct siblings *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (!is_known(c, words->list[i].node))
            return true;
    return false;
}

static void compare_presence(const struct comparison *c, const struct twins *twins, const xmlNode *source,
                             const xmlNode *words)
{
    for (size_t i = 0; i < twins->words.count; i++) {
        const struct sibling *s = &twins->words.list[i];
        bool alone = !s->twin || is_sources_alone(s->node);
        if (alone && !translate_is_free(s->node) && is_known(c, s->node))
            report_without_twin(c, &twins->words, s, source);
    }
    if (has_unknown(c, &twins->words))
        return;
    if (xml_is(words, "lesson") && translate_is_head_only(words) && !translate_is_head_only(source)) {
        warn(c, words, "untranslated-body", source);
        return;
    }
    for (size_t i = 0; i < twins->source.count; i++)
        if (!twins->source.list[i].twin && !translate_is_free(twins->source.list[i].node))
            report_missing(c, words, twins->source.list[i].node);
}

/* Units may stand in any order: each goes where its twin is. */
static void compare_order(const struct comparison *c, const struct twins *twins, const xmlNode *words)
{
    size_t last = 0;
    for (size_t i = 0; i < twins->words.count && !translate_is_container(words); i++) {
        const struct sibling *s = &twins->words.list[i];
        if (!s->twin)
            continue;
        if (s->twin->place < last) {
            report(c, s->node, "translation-order", s->node, s->twin->node);
            return;
        }
        last = s->twin->place;
    }
}

static void compare(const struct comparison *, const xmlNode *source, const xmlNode *words);

static void compare_children(const struct comparison *c, const xmlNode *source, const xmlNode *words)
{
    struct twins twins = twins_of(source, words, c->check->arena);
    compare_presence(c, &twins, source, words);
    compare_order(c, &twins, words);
    for (size_t i = 0; i < twins.words.count; i++)
        if (twins.words.list[i].twin && !is_sources_alone(twins.words.list[i].node))
            compare(c, twins.words.list[i].twin->node, twins.words.list[i].node);
}

static void compare(const struct comparison *c, const xmlNode *source, const xmlNode *words)
{
    bool same = compare_attributes(c, source, words);
    if (xml_is(words, "draw")) {
        if (same)
            cut_element(c, words);
        return;
    }
    require_wordings(c, source, words);
    if (same)
        cut_repetitions(c, source, words);
    if (!translate_is_line(source) && !translate_is_line(words))
        compare_children(c, source, words);
}

void check_twins(const struct check *check, const struct document *words, const struct targets *of_source)
{
    struct comparison c = { check, words->source, words, of_source };
    compare(&c, xml_root(words->source->doc), xml_root(words->doc));
}
