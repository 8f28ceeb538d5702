/* template_compile: a set of templates from their sources. Every template is parsed, then partials and messages are
 * linked: what a strict template names and nobody has is a problem of the start, not of a click. */
#include "doc/template_program.h"

#include <assert.h>

enum { SET_CEILING = 64 * 1024 * 1024, PROBLEMS_CEILING = 64 * 1024 };

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct template_source *)a)->name, ((const struct template_source *)b)->name);
}

static int to_program(const void *name, const void *program)
{
    return str_compare(*(const struct str *)name, ((const struct program *)program)->name);
}

struct program *template_find(const struct template_set *set, struct str name)
{
    return set->count ? bsearch(&name, set->programs, set->count, sizeof *set->programs, to_program) : NULL;
}

bool template_has(const struct template_set *set, struct str name)
{
    return template_find(set, name) != NULL;
}

static void parse_all(struct template_set *set, const struct template_source *sources, struct buf *problems)
{
    for (size_t i = 0; i < set->count; i++) {
        set->programs[i].name = str_copy(&set->arena, sources[i].name);
        if (i > 0 && str_equal(sources[i].name, sources[i - 1].name))
            buf_add_format(problems, "%.*s.mustache:1: there are two of this name\n", STR_ARG(sources[i].name));
        template_parse(set, &set->programs[i], str_copy(&set->arena, sources[i].text), problems);
    }
}

static void link_op(const struct template_set *set, const struct program *p, struct op *op, struct buf *problems)
{
    bool strict = !set->options.lenient;
    if (op->kind == OP_PARTIAL) {
        op->partial = template_find(set, op->partial_name);
        if (!op->partial && strict)
            buf_add_format(problems, "%.*s.mustache:%u: there is no template '%.*s'\n", STR_ARG(p->name), op->line,
                           STR_ARG(op->partial_name));
    } else if (op->kind == OP_MESSAGE) {
        op->plural = message_is_plural(set->options.messages, op->message);
        if (!message_exists(set->options.messages, LANG_DE, op->message) && strict)
            buf_add_format(problems, "%.*s.mustache:%u: there is no message '%.*s'\n", STR_ARG(p->name), op->line,
                           STR_ARG(op->message));
    }
}

static void link_all(const struct template_set *set, struct buf *problems)
{
    for (size_t i = 0; i < set->count; i++)
        for (uint32_t k = 0; k < set->programs[i].count; k++)
            link_op(set, &set->programs[i], (struct op *)&set->programs[i].ops[k], problems);
}

static struct template_set *new_set(const struct template_options *options, size_t count)
{
    struct template_set *set = calloc(1, sizeof *set);
    if (!set)
        return NULL;
    set->options = *options;
    arena_init(&set->arena, SET_CEILING);
    set->programs = ARENA_ARRAY(&set->arena, count, struct program);
    set->count = set->programs ? count : 0;
    return set;
}

static enum status compile_into(struct template_set *set, struct template_source *sources, struct arena *a,
                                struct str *problem)
{
    struct buf problems;
    buf_init(&problems, PROBLEMS_CEILING);
    qsort(sources, set->count, sizeof *sources, by_name);
    parse_all(set, sources, &problems);
    if (arena_status(&set->arena) == OK)
        link_all(set, &problems);
    struct str found = buf_str(&problems);
    if (found.len)
        *problem = str_copy(a, str_part(found, 0, found.len - 1)); /* without the last line feed */
    buf_release(&problems);
    return arena_status(&set->arena) != OK ? NO_MEMORY : found.len ? INVALID : OK;
}

enum status template_compile(struct template_set **out, const struct template_source *sources, size_t count,
                             const struct template_options *options, struct arena *a, struct str *problem)
{
    assert(options->lenient || options->messages);
    *out = NULL;
    *problem = STR_NONE;
    struct template_source *sorted = ARENA_ARRAY(a, count, struct template_source);
    struct template_set *set = sorted ? new_set(options, count) : NULL;
    if (!set)
        return NO_MEMORY;
    if (count)
        memcpy(sorted, sources, count * sizeof *sorted);
    enum status status = compile_into(set, sorted, a, problem);
    if (status == OK)
        *out = set;
    else
        template_free(set);
    return status;
}

void template_free(struct template_set *set)
{
    if (!set)
        return;
    arena_release(&set->arena);
    free(set);
}
