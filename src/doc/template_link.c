/* template_link: from the ops that were parsed to those that are run, one array for each language.
 *
 * What a strict template names and nobody has is a problem of the start, not of a click. A message without a plural
 * becomes text, and pieces of text that follow each other become one. */
#include "doc/template_program.h"

enum { TEXT_CEILING = 1024 * 1024 };

struct linker {
    struct template_set *set;
    enum lang lang;
    struct ops *out;
    uint32_t room;
    struct buf text; /* not yet an op */
    bool line_start; /* the text begins a line */
    bool indent;     /* an indentation belongs before what comes next */
};

/* ---- what is there ---- */

static void find_partial(const struct template_set *set, const struct program *p, struct op *op, struct buf *problems)
{
    op->partial = template_find(set, op->partial_name);
    if (!op->partial && !set->options.lenient)
        buf_add_format(problems, "%.*s.mustache:%u: there is no template '%.*s'\n", STR_ARG(p->name), op->line,
                       STR_ARG(op->partial_name));
}

static void find_message(const struct template_set *set, const struct program *p, struct op *op, struct buf *problems)
{
    op->plural = message_is_plural(set->options.messages, op->message);
    if (!message_exists(set->options.messages, LANG_DE, op->message))
        buf_add_format(problems, "%.*s.mustache:%u: there is no message '%.*s'\n", STR_ARG(p->name), op->line,
                       STR_ARG(op->message));
}

static void find_names(const struct template_set *set, struct program *p, struct buf *problems)
{
    for (uint32_t i = 0; i < p->parsed.count; i++) {
        struct op *op = &p->parsed.first[i];
        if (op->kind == OP_PARTIAL)
            find_partial(set, p, op, problems);
        else if (op->kind == OP_MESSAGE)
            find_message(set, p, op, problems);
    }
}

/* ---- text ---- */

/* An indentation that comes before text is part of it: the text begins a line. */
static void add_text(struct linker *l, struct str text, bool line_start)
{
    if (l->text.len == 0)
        l->line_start = line_start || l->indent;
    if (text.len)
        l->indent = false;
    buf_add(&l->text, text);
}

static struct op *put_op(struct linker *l, struct op op)
{
    return template_add_op(&l->set->arena, l->out, &l->room, op);
}

/* What was gathered becomes ops. */
static void settle(struct linker *l)
{
    if (l->text.len)
        put_op(l, (struct op){ .kind = OP_TEXT, .text = str_copy(&l->set->arena, buf_str(&l->text)),
                               .line_start = l->line_start });
    if (l->indent)
        put_op(l, (struct op){ .kind = OP_INDENT });
    buf_clear(&l->text);
    l->indent = false;
}

static struct op *add_op(struct linker *l, struct op op)
{
    settle(l);
    return put_op(l, op);
}

/* ---- ops ---- */

static void add_message(struct linker *l, const struct op *op)
{
    struct str raw, words, parameter;
    if (op->plural || message_find(l->set->options.messages, l->lang, op->message, 1, &raw) != OK) {
        add_op(l, *op);
        return;
    }
    while (message_split(&raw, &words, &parameter)) {
        add_text(l, safe_html_of_text(&l->set->arena, words).markup, false);
        if (parameter.len)
            add_op(l, (struct op){ .kind = OP_PARAMETER, .line = op->line, .message = op->message,
                                   .parameter = parameter });
    }
}

static void add_ops(struct linker *, const struct op *, uint32_t count);

/* Text inside a section and text behind it never meet. */
static void add_section(struct linker *l, const struct op *op)
{
    settle(l);
    uint32_t at = l->out->count;
    put_op(l, *op);
    add_ops(l, op + 1, op->skip - 1);
    settle(l);
    if (at < l->out->count)
        l->out->first[at].skip = l->out->count - at;
}

static void add_ops(struct linker *l, const struct op *ops, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct op *op = &ops[i];
        switch (op->kind) {
        case OP_TEXT:
            add_text(l, op->text, op->line_start);
            break;
        case OP_INDENT:
            l->indent = true;
            break;
        case OP_MESSAGE:
            add_message(l, op);
            break;
        case OP_SECTION:
        case OP_INVERTED:
            add_section(l, op);
            i += op->skip - 1;
            break;
        case OP_VALUE:
        case OP_RAW:
        case OP_PARTIAL:
        case OP_PARAMETER:
            add_op(l, *op);
        }
    }
}

static enum status link_in(struct template_set *set, struct program *p, enum lang lang)
{
    struct linker l = { .set = set, .lang = lang, .out = &p->linked[lang] };
    buf_init(&l.text, TEXT_CEILING);
    add_ops(&l, p->parsed.first, p->parsed.count);
    settle(&l);
    enum status status = buf_status(&l.text);
    buf_release(&l.text);
    return status;
}

void template_link(struct template_set *set, struct program *p, struct buf *problems)
{
    size_t found = problems->len;
    find_names(set, p, problems);
    for (int lang = 0; lang < LANG_COUNT && problems->len == found; lang++)
        if (link_in(set, p, (enum lang)lang) != OK)
            buf_add_format(problems, "%.*s.mustache:1: too much text in one piece\n", STR_ARG(p->name));
}
