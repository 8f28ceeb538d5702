/* check_links: ids, what refers to them, the language, the framework's competences, draws and pool.
 *
 * Ids are unique in the pack; those of a question's parts (options, items, pairs ...) only within it, and local-policy
 * ids name a setting. */
#include "course/check/check.h"
#include "course/framework.h"
#include "course/kind/kind.h"

enum { MOST_COMPARED = 100 };

static bool has_own_id(const xmlNode *node)
{
    return xml_attr(node, "id").len && !kind_is_part(node) && !xml_is(node, "local-policy");
}

static int compare_targets(const void *a, const void *b)
{
    const struct target *one = a, *other = b;
    int order = str_compare(one->id, other->id);
    size_t here = xml_number(one->node), there = xml_number(other->node);
    return order ? order : (here > there) - (here < there);
}

struct targets targets_of(const struct check *check, const struct document *document)
{
    struct targets targets = { ARENA_ARRAY(check->arena, document->tag_count + 1, struct target), 0 };
    const xmlNode *root = xml_root(document->doc);
    if (!targets.list)
        return targets;
    targets.list[targets.count++] = (struct target){ xml_attr(root, "id"), root };
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        if (has_own_id(node))
            targets.list[targets.count++] = (struct target){ xml_attr(node, "id"), node };
    qsort(targets.list, targets.count, sizeof *targets.list, compare_targets);
    return targets;
}

/* The course's own id names the pack and may be used once more inside. */
static void check_unique(const struct check *check, const struct document *document, const struct targets *targets)
{
    for (size_t i = 1; i < targets->count; i++) {
        const struct target *first = &targets->list[i - 1], *again = &targets->list[i];
        if (!str_equal(first->id, again->id) || xml_is(first->node, "course"))
            continue;
        check_error(check, document, again->node, "id", "double-id",
                    PARAMS(PARAM_OF_TEXT("id", again->id), check_line_of(check, document, first->node)));
    }
}

static bool has_part_id(const xmlNode *node)
{
    return xml_attr(node, "id").len && kind_is_part(node);
}

static const xmlNode *elder_with_id(const xmlNode *question, const xmlNode *part)
{
    const xmlNode *elder = xml_walk(question, question);
    while (elder != part && !(has_part_id(elder) && str_equal(xml_attr(elder, "id"), xml_attr(part, "id"))))
        elder = xml_walk(question, elder);
    return elder == part ? NULL : elder;
}

/* Compares all with all: how many there are is bounded by check_questions, so what is far over it is left alone. */
static void check_part_ids(const struct check *check, const struct document *document, const xmlNode *question)
{
    const xmlNode *part = xml_walk(question, question);
    for (size_t i = 0; part && i < MOST_COMPARED; part = xml_walk(question, part)) {
        i += has_part_id(part);
        const xmlNode *elder = has_part_id(part) ? elder_with_id(question, part) : NULL;
        if (elder)
            check_error(check, document, part, "id", "double-option-id",
                        PARAMS(PARAM_OF_TEXT("id", xml_attr(part, "id")), check_line_of(check, document, elder)));
    }
}

/* ---- references ---- */

const xmlNode *targets_find(const struct targets *targets, struct str id)
{
    size_t low = 0, high = targets->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(targets->list[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < targets->count && str_equal(targets->list[low].id, id) && xml_is(targets->list[low].node, "course"))
        low++;
    return low < targets->count && str_equal(targets->list[low].id, id) ? targets->list[low].node : NULL;
}

static bool is_inside(const xmlNode *node, const char *name)
{
    while (node->type == XML_ELEMENT_NODE && !xml_is(node, name))
        node = node->parent;
    return node->type == XML_ELEMENT_NODE;
}

/* What a link or an explanation can lead to: something of a lesson that is read, not asked. */
static bool is_readable(const xmlNode *node)
{
    return is_inside(node, "lesson") && !is_inside(node, "practice") && !xml_is(node, "objective");
}

static bool is_entry(const xmlNode *node)
{
    return xml_is(node, "entry");
}

/* Targets times references could be many: past the findings that are kept, nobody reads a suggestion. */
static struct str nearest_target(const struct check *check, const struct targets *targets, struct str id,
                                 bool (*fits)(const xmlNode *))
{
    struct str best = STR_NONE;
    int least = 3;
    for (size_t i = 0; i < targets->count && !findings_full(check->findings); i++) {
        int distance = fits(targets->list[i].node) ? names_distance(targets->list[i].id, id) : least;
        if (distance < least) {
            least = distance;
            best = targets->list[i].id;
        }
    }
    return best;
}

struct reference {
    const xmlNode *node;
    const char *attribute;
    struct str id;
    bool (*fits)(const xmlNode *);
    const char *wrong; /* the finding where the id names something else */
};

/* Of what cannot be an id, the schema has spoken. */
static bool is_shaped(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", id.at[i]))
            return false;
    return id.len > 0;
}

static struct reference reference_of(const xmlNode *node)
{
    struct reference reference = { .node = node, .fits = is_readable, .wrong = "wrong-link" };
    if (xml_is(node, "term")) {
        reference.attribute = "ref";
        reference.fits = is_entry;
        reference.wrong = "wrong-term";
        reference.id = xml_attr(node, "ref");
    } else if (xml_is(node, "explanation")) {
        reference.attribute = "see";
        reference.id = xml_attr(node, "see");
    } else if (xml_is(node, "a") && str_starts(xml_attr(node, "href"), STR("#"))) {
        reference.attribute = "href";
        reference.id = str_from(xml_attr(node, "href"), 1);
    }
    return reference;
}

static const xmlAttr *broken_attributes(const struct document *document, const xmlNode *node)
{
    return document->tags[xml_number(node)].broken ? node->properties : NULL;
}

/* The value of an attribute that no element has, <section idd="median">: it was meant as an id, which was reported. */
static bool is_meant_elsewhere(const struct check *check, const struct document *document, struct str id)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = root; node; node = xml_walk(root, node))
        for (const xmlAttr *attr = broken_attributes(document, node); attr; attr = attr->next) {
            struct str name = str_of((const char *)attr->name);
            if (!names_has(&check->schema->attributes, name) && str_equal(xml_attr(node, name.at), id))
                return true;
        }
    return false;
}

/* "12, 14, 20": lines of all references to that id from this one on, and how many there are. */
static struct str lines_of(const struct check *check, const struct document *document, const struct reference *first,
                           size_t *count)
{
    enum { MOST_LINES = 8 };
    const xmlNode *root = xml_root(document->doc);
    struct str out = STR("");
    int last = 0;
    *count = 0;
    for (const xmlNode *node = first->node; node; node = xml_walk(root, node)) {
        struct reference other = reference_of(node);
        if (!str_equal(other.id, first->id) || ++*count > MOST_LINES)
            continue;
        int line = check_line(document, document->tags[xml_number(node)].at);
        if (line == last)
            continue;
        last = line;
        out = str_format(check->arena, "%.*s%s%d", STR_ARG(out), out.len ? ", " : "", line);
    }
    return *count > MOST_LINES ? str_format(check->arena, "%.*s …", STR_ARG(out)) : out;
}

/* Many references to one id that is not there are one error: most likely the id is wrong. */
static void report_missing_target(const struct check *check, const struct document *document,
                                  const struct targets *targets, const struct reference *reference)
{
    size_t count;
    struct str lines = lines_of(check, document, reference, &count);
    struct str nearest = nearest_target(check, targets, reference->id, reference->fits);
    const char *code = count > 1 && nearest.len ? "misspelt-references"
                       : count > 1              ? "unknown-references"
                       : nearest.len            ? "misspelt-reference"
                                                : "unknown-reference";
    check_error(check, document, reference->node, reference->attribute, code,
                PARAMS(PARAM_OF_TEXT("id", reference->id), PARAM_OF_TEXT("nearest", nearest),
                       PARAM_OF_TEXT("lines", lines), PARAM_OF_INT("count", (int64_t)count)));
}

/* <lessn id="median">: what it is was reported, and what it may be referred to by depends on that. */
static bool is_in_misnamed(const struct check *check, const xmlNode *node)
{
    while (node->type == XML_ELEMENT_NODE && names_has(&check->schema->elements, xml_name(node)))
        node = node->parent;
    return node->type == XML_ELEMENT_NODE;
}

/* told: ids that are not there and were reported. Past the first of them, a look at the whole file for each costs more
 * than it helps. */
static void check_reference(const struct check *check, const struct document *document, const struct targets *targets,
                            const struct reference *reference, struct names *told)
{
    const xmlNode *found = targets_find(targets, reference->id);
    if (!is_shaped(reference->id) || (found && reference->fits(found)))
        return;
    if (found && is_in_misnamed(check, found))
        return;
    if (found) {
        check_error(check, document, reference->node, reference->attribute, reference->wrong,
                    PARAMS(PARAM_OF_TEXT("id", reference->id), PARAM_OF_TEXT("element", xml_name(found))));
        return;
    }
    if (findings_full(check->findings) || names_has(told, reference->id))
        return;
    enum { MOST_EXPLAINED = 30 };
    told->list[told->count++] = reference->id;
    if (told->count > MOST_EXPLAINED)
        check_error(check, document, reference->node, reference->attribute, "unknown-reference",
                    PARAMS(PARAM_OF_TEXT("id", reference->id)));
    else if (!is_meant_elsewhere(check, document, reference->id))
        report_missing_target(check, document, targets, reference);
}

void check_references(const struct check *check, const struct document *document, const struct targets *targets)
{
    const xmlNode *root = xml_root(document->doc);
    struct names told = { ARENA_ARRAY(check->arena, FINDINGS_KEPT, struct str), 0 };
    for (const xmlNode *node = root; node && told.list && told.count < FINDINGS_KEPT; node = xml_walk(root, node)) {
        struct reference reference = reference_of(node);
        check_reference(check, document, targets, &reference, &told);
    }
}

/* ---- the framework ---- */

/* "4.1" has already been refused by its shape; here it is about the list. */
static void check_competence(const struct check *check, const struct document *document, const xmlNode *node)
{
    struct str id = xml_attr(node, "competence");
    bool shaped = str_find(id, ':', 0) < id.len;
    if (shaped && !framework_find(check->schema->framework, id))
        check_error(check, document, node, "competence", "unknown-competence", PARAMS(PARAM_OF_TEXT("id", id)));
}

static void check_objective(const struct check *check, const struct document *document, const xmlNode *node)
{
    bool competence = xml_attr(node, "competence").at, level = xml_attr(node, "level").at;
    if (competence != level)
        check_error(check, document, node, competence ? "competence" : "level", "half-objective", NO_PARAMS);
}

static void check_language(const struct check *check, const struct document *document, const xmlNode *root)
{
    enum lang lang;
    struct str tag = xml_attr(root, "lang");
    if (tag.len == 0)
        check_error(check, document, root, NULL, "missing-language", NO_PARAMS);
    else if (!lang_parse(tag, &lang))
        check_error(check, document, root, "lang", "unknown-language", PARAMS(PARAM_OF_TEXT("value", tag)));
}

static void check_completion(const struct check *check, const struct document *document, const xmlNode *root)
{
    if (str_is(xml_attr(root, "completion"), "test") && !xml_child(root, "test"))
        check_error(check, document, root, "completion", "completion-without-test", NO_PARAMS);
}

void check_links(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    struct targets targets = targets_of(check, document);
    check_language(check, document, root);
    check_completion(check, document, root);
    check_unique(check, document, &targets);
    check_references(check, document, &targets);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node)) {
        check_competence(check, document, node);
        if (kind_find(xml_name(node)))
            check_part_ids(check, document, node);
        else if (xml_is(node, "objective"))
            check_objective(check, document, node);
    }
}
