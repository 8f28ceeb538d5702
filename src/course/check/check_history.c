/* check_history: what a pack says of its own past: changes and what they touch, ids that were renamed. An id that went
 * stays known: what people did is stored under it. */
#include "course/check/check.h"

static struct message_param id_param(struct str id)
{
    return PARAM_OF_TEXT("id", id);
}

/* Ids of the newest change: those of older ones may have gone since. */
static void check_touches(const struct check *check, const struct document *document, const struct targets *targets,
                          const xmlNode *change)
{
    struct str rest = str_trim(xml_attr(change, "touches"));
    if (!str_equal(xml_attr(change, "version"), xml_attr(xml_root(document->doc), "version")))
        return;
    while (rest.len) {
        struct str id = str_cut(&rest, ' ');
        if (id.len && !targets_find(targets, id))
            check_warn(check, document, change, "touches", "touches-unknown", PARAMS(id_param(id)));
    }
}

static const xmlNode *elder_from(const xmlNode *renamed)
{
    const xmlNode *elder = xml_child(renamed->parent, "renamed");
    while (elder != renamed && !str_equal(xml_attr(elder, "from"), xml_attr(renamed, "from")))
        elder = xml_next_same(elder);
    return elder == renamed ? NULL : elder;
}

static const xmlNode *renamed_from(const xmlNode *changes, struct str id)
{
    const xmlNode *renamed = xml_child(changes, "renamed");
    while (renamed && !str_equal(xml_attr(renamed, "from"), id))
        renamed = xml_next_same(renamed);
    return renamed;
}

static void check_renamed(const struct check *check, const struct document *document, const struct targets *targets,
                          const xmlNode *renamed)
{
    struct str from = xml_attr(renamed, "from"), to = xml_attr(renamed, "to");
    const xmlNode *reused = targets_find(targets, from), *elder = elder_from(renamed);
    const xmlNode *further = renamed_from(renamed->parent, to);
    if (reused)
        check_error(check, document, renamed, "from", "renamed-reused",
                    PARAMS(id_param(from), check_line_of(check, document, reused)));
    else if (elder)
        check_error(check, document, renamed, "from", "renamed-twice",
                    PARAMS(id_param(from), check_line_of(check, document, elder)));
    if (further)
        check_error(check, document, renamed, "to", "renamed-chain",
                    PARAMS(id_param(to), PARAM_OF_TEXT("other", xml_attr(further, "to")),
                           check_line_of(check, document, further)));
    else if (!targets_find(targets, to))
        check_error(check, document, renamed, "to", "renamed-nowhere", PARAMS(id_param(to)));
}

void check_history(const struct check *check, const struct document *document)
{
    enum { MOST_COMPARED = 1000 };
    const xmlNode *root = xml_root(document->doc), *changes = xml_child(root, "changes");
    struct targets targets = targets_of(check, document);
    if (xml_attr(root, "translates").at)
        check_error(check, document, root, "translates", "translates-source", NO_PARAMS);
    if (changes && xml_count(changes, "renamed") > MOST_COMPARED) {
        check_error(check, document, changes, NULL, "too-many-renamed", PARAMS(PARAM_OF_INT("most", MOST_COMPARED)));
        return;
    }
    for (const xmlNode *node = changes ? xml_first(changes) : NULL; node; node = xml_next(node)) {
        if (check_is_broken(document, node))
            continue;
        if (xml_is(node, "renamed"))
            check_renamed(check, document, &targets, node);
        else if (xml_attr(node, "touches").at)
            check_touches(check, document, &targets, node);
    }
}
