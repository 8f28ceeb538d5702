/* finding: see finding.h. */
#include "course/finding.h"

void findings_init(struct findings *findings, struct arena *arena)
{
    *findings = (struct findings){ .arena = arena };
}

/* NULL when the arena has failed: the finding is then counted, not kept. */
static struct finding *finding_new(struct arena *arena, const struct message_param *params, size_t count)
{
    struct finding *finding = ARENA_NEW(arena, struct finding);
    size_t room = sizeof finding->params / sizeof finding->params[0];
    for (size_t i = 0; finding && i < count && i < room; i++) {
        finding->params[i] = params[i];
        finding->params[i].text = str_copy(arena, params[i].text);
        finding->param_count = i + 1;
    }
    return finding;
}

static bool comes_before(const struct finding *a, const struct finding *b)
{
    int file = str_compare(a->file, b->file);
    if (file != 0)
        return file < 0;
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* The list is sorted at any time; what is found at the same place stays in the order in which it was found. */
static void insert(struct findings *findings, struct finding *finding)
{
    struct finding **at = &findings->first;
    while (*at && !comes_before(finding, *at))
        at = &(*at)->next;
    finding->next = *at;
    *at = finding;
}

bool findings_full(const struct findings *findings)
{
    return findings->errors + findings->warnings >= FINDINGS_KEPT;
}

void findings_add(struct findings *findings, enum severity severity, const char *code, struct str file, int line,
                  int column, const struct message_param *params, size_t param_count)
{
    bool full = findings_full(findings);
    if (severity == SEVERITY_ERROR)
        findings->errors++;
    else
        findings->warnings++;
    struct finding *finding = full ? NULL : finding_new(findings->arena, params, param_count);
    if (!finding)
        return;
    finding->severity = severity;
    finding->code = code;
    finding->file = str_copy(findings->arena, file);
    finding->line = line;
    finding->column = column;
    insert(findings, finding);
}

static struct str words(const struct finding *finding, const struct messages *messages, enum lang lang,
                        const char *suffix, struct arena *arena)
{
    struct str id = str_format(arena, "check-%s%s", finding->code, suffix);
    return message_text(messages, arena, lang, id, finding->params, finding->param_count);
}

struct str finding_what(const struct finding *finding, const struct messages *messages, enum lang lang,
                        struct arena *arena)
{
    return words(finding, messages, lang, "", arena);
}

struct str finding_mend(const struct finding *finding, const struct messages *messages, enum lang lang,
                        struct arena *arena)
{
    return words(finding, messages, lang, "-mend", arena);
}

struct str finding_place(const struct finding *finding, struct arena *arena)
{
    if (finding->line == 0)
        return finding->file;
    int column = finding->column > 0 ? finding->column : 1;
    return str_format(arena, "%.*s:%d:%d", STR_ARG(finding->file), finding->line, column);
}

struct str finding_line(const struct finding *finding, const struct messages *messages, enum lang lang,
                        struct str prefix, struct arena *arena)
{
    struct str what = finding_what(finding, messages, lang, arena);
    struct str mend = finding_mend(finding, messages, lang, arena);
    const char *severity = finding->severity == SEVERITY_ERROR ? "error" : "warning";
    return str_format(arena, "%.*s%.*s: %s: %.*s %.*s [%s]", STR_ARG(prefix), STR_ARG(finding_place(finding, arena)),
                      severity, STR_ARG(what), STR_ARG(mend), finding->code);
}
