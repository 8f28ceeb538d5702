/* template_render: runs a program over a document. Nothing is allocated but formatted numbers and days, in the
 * request's arena, or in the row's while a row source is walked. The context is a stack of frames that live on the
 * C stack; depth is bounded, so that a worker's stack suffices. Runs on any thread: the set is only read. */
#include "base/format.h"
#include "doc/doc_rows.h"
#include "doc/template_program.h"

enum { PARTIALS_DEEPEST = 32, RUNS_DEEPEST = 160 };

struct frame {
    const struct doc_node *node;
    const struct frame *below;
};

struct render {
    const struct template_set *set;
    const struct program *program; /* the template that is running, for problems */
    struct arena *problem_arena;
    struct arena *arena; /* for formatting */
    struct sink *out;
    enum lang lang;
    struct str indent; /* stands before each line of a partial that had a line for itself */
    int partials, runs;
    enum status status;
    struct str problem;
};

static void run(struct render *, const struct op *, const struct op *end, const struct frame *);

static void fail(struct render *, const struct op *, const char *format, ...) PRINTF_LIKE(3, 4);

/* The first problem ends the rendering. */
static void fail(struct render *r, const struct op *op, const char *format, ...)
{
    char what[256];
    if (r->status != OK)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    r->status = INVALID;
    r->problem = str_format(r->problem_arena, "%.*s.mustache:%u: %s", STR_ARG(r->program->name), op->line, what);
}

static bool is_strict(const struct render *r)
{
    return !r->set->options.lenient;
}

/* ---- names ---- */

static const struct doc_node *find_first_part(struct str part, const struct frame *top)
{
    for (const struct frame *f = top; f; f = f->below) {
        const struct doc_node *n = f->node->kind == DOC_MAP ? doc_get(f->node, part) : NULL;
        if (n)
            return n;
    }
    return NULL;
}

/* The first part is looked up through the frames, the others only in what the part before them named. */
static const struct doc_node *find_name(const struct name *name, const struct frame *top)
{
    if (name->part_count == 0)
        return top->node;
    const struct doc_node *n = find_first_part(name->parts[0], top);
    for (uint32_t i = 1; n && i < name->part_count; i++)
        n = n->kind == DOC_MAP ? doc_get(n, name->parts[i]) : NULL;
    return n;
}

static const struct doc_node *resolve(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = find_name(&op->name, top);
    if (!n && is_strict(r))
        fail(r, op, "'%.*s' is not in the document", STR_ARG(op->name.whole));
    return n;
}

/* ---- values ---- */

static void write_value(struct render *r, const struct op *op, const struct doc_node *n, struct str name)
{
    switch (n->kind) {
    case DOC_NULL:
        break;
    case DOC_INT:
        sink_add(r->out, format_int(r->arena, r->lang, n->number));
        break;
    case DOC_PERCENT:
        sink_add(r->out, format_percent(r->arena, r->lang, n->number));
        break;
    case DOC_DAY:
        sink_add(r->out, format_day(r->arena, r->lang, (int32_t)n->number));
        break;
    case DOC_TEXT:
    case DOC_URL:
        safe_html_write(r->out, n->text);
        break;
    case DOC_HTML:
        sink_add(r->out, n->text);
        break;
    case DOC_BOOL:
    case DOC_MAP:
    case DOC_LIST:
    case DOC_TABLE:
        if (is_strict(r))
            fail(r, op, "'%.*s' is not a value that can be shown", STR_ARG(name));
    }
}

static void run_value(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = resolve(r, op, top);
    if (n && op->kind == OP_RAW && (n->kind == DOC_TEXT || n->kind == DOC_URL))
        sink_add(r->out, n->text);
    else if (n)
        write_value(r, op, n, op->name.whole);
}

static const struct doc_node *find_parameter(struct render *r, const struct op *op, struct str name,
                                             const struct frame *top)
{
    const struct doc_node *n = find_first_part(name, top);
    if (!n)
        fail(r, op, "message '%.*s' needs '%.*s', which is not in the document", STR_ARG(op->message), STR_ARG(name));
    return n;
}

/* The number that picks the plural. */
static int64_t count_of(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = op->plural ? find_parameter(r, op, STR("n"), top) : NULL;
    if (n && n->kind != DOC_INT && n->kind != DOC_PERCENT)
        fail(r, op, "message '%.*s' counts 'n', which is not a number", STR_ARG(op->message));
    return n ? n->number : 1;
}

static void run_message(struct render *r, const struct op *op, const struct frame *top)
{
    struct str raw, words, name;
    if (message_find(r->set->options.messages, r->lang, op->message, count_of(r, op, top), &raw) != OK) {
        fail(r, op, "message '%.*s' does not exist in '%s'", STR_ARG(op->message), lang_code(r->lang));
        return;
    }
    while (r->status == OK && message_split(&raw, &words, &name)) {
        safe_html_write(r->out, words);
        const struct doc_node *n = name.len ? find_parameter(r, op, name, top) : NULL;
        if (n)
            write_value(r, op, n, name);
    }
}

static void run_parameter(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = find_parameter(r, op, op->parameter, top);
    if (n)
        write_value(r, op, n, op->parameter);
}

static void write_text(struct render *r, const struct op *op)
{
    if (r->indent.len == 0) {
        sink_add(r->out, op->text);
        return;
    }
    bool line_start = op->line_start;
    for (struct str rest = op->text; rest.len; line_start = true) {
        size_t line = str_find(rest, '\n', 0) + 1;
        if (line_start)
            sink_add(r->out, r->indent);
        sink_add(r->out, str_part(rest, 0, line));
        rest = str_from(rest, line);
    }
}

/* ---- sections ---- */

static void run_body(struct render *r, const struct op *section, const struct doc_node *node, const struct frame *top)
{
    const struct frame frame = { .node = node, .below = top };
    run(r, section + 1, section + section->skip, &frame);
}

static void run_rows(struct render *r, const struct op *section, const struct doc_node *table, const struct frame *top)
{
    struct arena *request = r->arena;
    struct doc_rows rows;
    doc_rows_begin(&rows, table);
    if (table->table->source)
        r->arena = &rows.arena; /* what a streamed row formats goes with the row */
    for (const struct doc_node *row; r->status == OK && r->out->status == OK && (row = doc_rows_next(&rows));)
        run_body(r, section, row, top);
    r->arena = request;
    enum status status = doc_rows_end(&rows);
    if (r->status == OK)
        r->status = status;
}

static void run_section(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = resolve(r, op, top);
    if (!n)
        return;
    switch (n->kind) {
    case DOC_NULL:
        break;
    case DOC_BOOL: /* is not pushed: "." goes on meaning what it meant */
        if (n->flag)
            run(r, op + 1, op + op->skip, top);
        break;
    case DOC_TEXT:
    case DOC_URL:
    case DOC_HTML:
        if (n->text.len)
            run_body(r, op, n, top);
        break;
    case DOC_INT:
    case DOC_PERCENT:
    case DOC_DAY:
    case DOC_MAP:
        run_body(r, op, n, top);
        break;
    case DOC_LIST:
        for (const struct doc_node *item = n->first; item && r->status == OK; item = item->next)
            run_body(r, op, item, top);
        break;
    case DOC_TABLE:
        run_rows(r, op, n, top);
    }
}

/* Whether a section over the node would render nothing. */
static bool is_empty(struct render *r, const struct op *op, const struct doc_node *n)
{
    switch (n->kind) {
    case DOC_NULL:
        return true;
    case DOC_BOOL:
        return !n->flag;
    case DOC_TEXT:
    case DOC_URL:
    case DOC_HTML:
        return n->text.len == 0;
    case DOC_LIST:
        return !n->first;
    case DOC_TABLE:
        if (n->table->source)
            fail(r, op, "'%.*s' is streamed: whether it has rows is not known", STR_ARG(op->name.whole));
        return !n->table->rows.first;
    case DOC_INT:
    case DOC_PERCENT:
    case DOC_DAY:
    case DOC_MAP:
        return false;
    }
    return false;
}

static void run_inverted(struct render *r, const struct op *op, const struct frame *top)
{
    const struct doc_node *n = resolve(r, op, top);
    if ((!n || is_empty(r, op, n)) && r->status == OK)
        run(r, op + 1, op + op->skip, top);
}

/* ---- partials ---- */

static void run_program(struct render *r, const struct program *program, const struct frame *top)
{
    r->program = program;
    const struct ops *ops = &program->linked[r->lang];
    if (ops->count)
        run(r, ops->first, ops->first + ops->count, top);
}

static void run_partial(struct render *r, const struct op *op, const struct frame *top)
{
    const struct program *outer = r->program;
    struct str outer_indent = r->indent;
    if (!op->partial)
        return;
    if (r->partials == PARTIALS_DEEPEST) {
        fail(r, op, "partials are nested more than %d deep", PARTIALS_DEEPEST);
        return;
    }
    r->partials++;
    if (op->indent.len)
        r->indent = str_join(r->arena, (struct str[]){ outer_indent, op->indent }, 2, STR_NONE);
    run_program(r, op->partial, top);
    r->indent = outer_indent;
    r->program = outer;
    r->partials--;
}

static void run_op(struct render *r, const struct op *op, const struct frame *top)
{
    switch (op->kind) {
    case OP_TEXT:
        write_text(r, op);
        break;
    case OP_INDENT:
        sink_add(r->out, r->indent);
        break;
    case OP_VALUE:
    case OP_RAW:
        run_value(r, op, top);
        break;
    case OP_SECTION:
        run_section(r, op, top);
        break;
    case OP_INVERTED:
        run_inverted(r, op, top);
        break;
    case OP_PARTIAL:
        run_partial(r, op, top);
        break;
    case OP_MESSAGE:
        run_message(r, op, top);
        break;
    case OP_PARAMETER:
        run_parameter(r, op, top);
    }
}

static bool is_section(const struct op *op)
{
    return op->kind == OP_SECTION || op->kind == OP_INVERTED;
}

static void run(struct render *r, const struct op *op, const struct op *end, const struct frame *top)
{
    if (r->runs == RUNS_DEEPEST) {
        fail(r, op, "sections and partials are nested more than %d deep", RUNS_DEEPEST);
        return;
    }
    r->runs++;
    while (op < end && r->status == OK && r->out->status == OK) {
        run_op(r, op, top);
        op = is_section(op) ? op + op->skip : op + 1;
    }
    r->runs--;
}

enum status template_render(const struct template_set *set, struct str name, const struct doc *d, enum lang lang,
                            struct arena *a, struct sink *out, struct str *problem)
{
    const struct program *program = template_find(set, name);
    *problem = STR_NONE;
    if (!program) {
        *problem = str_format(a, "there is no template '%.*s'", STR_ARG(name));
        return INVALID;
    }
    struct render r = { .set = set, .program = program, .problem_arena = a, .arena = a, .out = out, .lang = lang };
    const struct frame data = { .node = d->data }, view = { .node = d->view, .below = &data };
    run_program(&r, program, d->view ? &view : &data);
    *problem = r.problem;
    if (r.status != OK)
        return r.status;
    return out->status != OK ? out->status : arena_status(a);
}
