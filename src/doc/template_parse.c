/* template_parse: one Mustache source into ops (mustache.github.io, specification 1.4, without lambdas,
 * inheritance and dynamic names: docs/decisions/0004-templates.md). Ops are views into the source, which lives in the
 * set's arena. */
#include "doc/template_program.h"

enum { SECTIONS_DEEPEST = 32, DELIMITER_LONGEST = 8 };

struct parser {
    struct template_set *set;
    const struct program *program;
    struct buf *problems;
    struct str source;
    size_t at;              /* what is not yet turned into ops begins here */
    uint32_t line;          /* of `counted` */
    size_t counted;
    struct str open, close; /* the delimiters */
    struct ops ops;
    uint32_t room;
    uint32_t sections[SECTIONS_DEEPEST]; /* indexes of the ops that are not closed yet */
    uint32_t depth;
    bool failed;
};

struct tag {
    char kind;            /* one of # ^ / > ! = & { or 0 for a name */
    size_t start, end;    /* in the source, delimiters included */
    struct str content;   /* without kind, trimmed */
    uint32_t line;
};

static void problem(struct parser *, uint32_t line, const char *format, ...) PRINTF_LIKE(3, 4);

/* The first problem of a file is reported; what follows is mostly its echo. */
static void problem(struct parser *p, uint32_t line, const char *format, ...)
{
    char what[256];
    if (p->failed)
        return;
    p->failed = true;
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    buf_add_format(p->problems, "%.*s.mustache:%u: %s\n", STR_ARG(p->program->name), line, what);
}

static bool at_line_start(const struct parser *p, size_t at)
{
    return at == 0 || p->source.at[at - 1] == '\n';
}

static uint32_t line_of(struct parser *p, size_t at)
{
    for (; p->counted < at; p->counted++)
        p->line += p->source.at[p->counted] == '\n';
    return p->line;
}

/* ---- ops ---- */

static struct op *add_op(struct parser *p, enum op_kind kind, uint32_t line)
{
    struct op *op = template_add_op(&p->set->arena, &p->ops, &p->room, (struct op){ .kind = kind, .line = line });
    if (!op)
        p->failed = true; /* the set's arena tells why */
    return op;
}

static void add_text(struct parser *p, struct str text, bool line_start)
{
    struct op *op = text.len ? add_op(p, OP_TEXT, p->line) : NULL;
    if (op) {
        op->text = text;
        op->line_start = line_start;
    }
}

static bool is_name(const struct parser *p, struct str s)
{
    if (s.len == 0 || s.at[0] == '.' || s.at[s.len - 1] == '.')
        return str_is(s, ".");
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
        bool empty_part = c == '.' && s.at[i - 1] == '.';
        if (empty_part || (!plain && !p->set->options.lenient))
            return false;
    }
    return true;
}

static void read_name(struct parser *p, const struct tag *tag, struct name *out)
{
    out->whole = tag->content;
    if (!is_name(p, tag->content))
        problem(p, tag->line, "'%.*s' is not a name", STR_ARG(tag->content));
    if (p->failed || str_is(tag->content, "."))
        return;
    uint32_t count = 1;
    for (size_t i = 0; i < tag->content.len; i++)
        count += tag->content.at[i] == '.';
    struct str *parts = ARENA_ARRAY(&p->set->arena, count, struct str), rest = tag->content;
    for (uint32_t i = 0; parts && i < count; i++)
        parts[i] = str_cut(&rest, '.');
    out->parts = parts;
    out->part_count = parts ? count : 0;
}

/* ---- tags ---- */

static void add_value(struct parser *p, const struct tag *tag, enum op_kind kind)
{
    if (kind == OP_RAW && !p->set->options.lenient)
        problem(p, tag->line, "'%.*s': there is no raw tag, markup comes as a leaf of type html",
                STR_ARG(tag->content));
    struct op *op = add_op(p, kind, tag->line);
    if (op)
        read_name(p, tag, &op->name);
}

static void open_section(struct parser *p, const struct tag *tag, enum op_kind kind)
{
    if (p->depth == SECTIONS_DEEPEST) {
        problem(p, tag->line, "sections are nested more than %d deep", SECTIONS_DEEPEST);
        return;
    }
    p->sections[p->depth++] = p->ops.count;
    struct op *op = add_op(p, kind, tag->line);
    if (op)
        read_name(p, tag, &op->name);
}

static void close_section(struct parser *p, const struct tag *tag)
{
    if (p->depth == 0) {
        problem(p, tag->line, "section '%.*s' is closed but was not opened", STR_ARG(tag->content));
        return;
    }
    struct op *op = &p->ops.first[p->sections[--p->depth]];
    if (!str_equal(op->name.whole, tag->content))
        problem(p, tag->line, "section '%.*s' of line %u is closed as '%.*s'", STR_ARG(op->name.whole), op->line,
                STR_ARG(tag->content));
    op->skip = p->ops.count - p->sections[p->depth];
}

static bool is_delimiter(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '=' || s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '\r' || s.at[i] == '\n')
            return false;
    return s.len > 0 && s.len <= DELIMITER_LONGEST;
}

static void set_delimiters(struct parser *p, const struct tag *tag)
{
    size_t middle = 0;
    while (middle < tag->content.len && tag->content.at[middle] > ' ')
        middle++;
    struct str open = str_part(tag->content, 0, middle), close = str_trim(str_from(tag->content, middle));
    if (!is_delimiter(open) || !is_delimiter(close)) {
        problem(p, tag->line, "'%.*s' are not two delimiters", STR_ARG(tag->content));
        return;
    }
    p->open = open;
    p->close = close;
}

static struct str asset_url(struct parser *p, const struct tag *tag, struct str name)
{
    const struct template_options *options = &p->set->options;
    struct str url = options->asset_url ? options->asset_url(options->asset_context, name) : STR_NONE;
    if (!url.at)
        problem(p, tag->line, "there is no asset '%.*s'", STR_ARG(name));
    return url;
}

static void add_asset(struct parser *p, const struct tag *tag, struct str name)
{
    struct str url = asset_url(p, tag, name);
    add_text(p, safe_html_of_text(&p->set->arena, url).markup, false);
}

static void add_icon(struct parser *p, const struct tag *tag, struct str name)
{
    struct str sprite = safe_html_of_text(&p->set->arena, asset_url(p, tag, STR("icons.svg"))).markup;
    struct str icon = safe_html_of_text(&p->set->arena, name).markup;
    add_text(p, str_format(&p->set->arena,
                           "<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"%.*s#%.*s\"/></svg>",
                           STR_ARG(sprite), STR_ARG(icon)),
             false);
}

static void add_message(struct parser *p, const struct tag *tag, struct str id)
{
    struct op *op = add_op(p, OP_MESSAGE, tag->line);
    if (op)
        op->message = id;
}

/* Partials that stand for a piece of text within a line. */
static const struct inline_kind {
    struct str prefix;
    void (*add)(struct parser *, const struct tag *, struct str name);
} inline_kinds[] = {
    { STR_INIT("msg/"), add_message },
    { STR_INIT("icon/"), add_icon },
    { STR_INIT("asset/"), add_asset },
};

/* NULL for an ordinary partial. */
static const struct inline_kind *inline_kind_of(const struct parser *p, struct str name)
{
    for (size_t i = 0; i < sizeof inline_kinds / sizeof *inline_kinds && !p->set->options.lenient; i++)
        if (str_starts(name, inline_kinds[i].prefix))
            return &inline_kinds[i];
    return NULL;
}

static void add_partial(struct parser *p, const struct tag *tag, struct str indent)
{
    const struct inline_kind *inline_kind = inline_kind_of(p, tag->content);
    if (inline_kind) {
        inline_kind->add(p, tag, str_from(tag->content, inline_kind->prefix.len));
        return;
    }
    struct op *op = add_op(p, OP_PARTIAL, tag->line);
    if (op) {
        op->partial_name = tag->content;
        op->indent = indent;
    }
}

static void add_tag(struct parser *p, const struct tag *tag, struct str indent)
{
    switch (tag->kind) {
    case '#':
        open_section(p, tag, OP_SECTION);
        break;
    case '^':
        open_section(p, tag, OP_INVERTED);
        break;
    case '/':
        close_section(p, tag);
        break;
    case '>':
        add_partial(p, tag, indent);
        break;
    case '=':
        set_delimiters(p, tag);
        break;
    case '&':
    case '{':
        add_value(p, tag, OP_RAW);
        break;
    case '!':
        break;
    default:
        add_value(p, tag, OP_VALUE);
    }
}

/* ---- lines ---- */

static size_t find(struct str s, struct str what, size_t from)
{
    const char *hit = from < s.len ? memmem(s.at + from, s.len - from, what.at, what.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

/* What ends a tag of that kind: the delimiter, with a "}" or "=" before it where the tag began with one. */
static struct str closing_of(const struct parser *p, char kind, char room[DELIMITER_LONGEST + 1])
{
    if (kind != '{' && kind != '=')
        return p->close;
    room[0] = kind == '{' ? '}' : '=';
    memcpy(room + 1, p->close.at, p->close.len);
    return (struct str){ room, p->close.len + 1 };
}

/* Reads the tag that begins at start; false when nothing closes it. */
static bool read_tag(struct parser *p, size_t start, struct tag *out)
{
    size_t inner = start + p->open.len;
    char first = inner < p->source.len ? p->source.at[inner] : '\0', room[DELIMITER_LONGEST + 1];
    char kind = first && strchr("#^/>!=&{", first) ? first : '\0';
    struct str closing = closing_of(p, kind, room);
    size_t close = find(p->source, closing, inner + (kind != '\0'));
    *out = (struct tag){ .kind = kind, .start = start, .end = close + closing.len, .line = line_of(p, start) };
    if (close == p->source.len) {
        problem(p, out->line, "this tag is not closed");
        return false;
    }
    size_t content = inner + (kind != '\0');
    out->content = str_trim(str_part(p->source, content, close - content));
    return true;
}

static bool may_stand_alone(const struct parser *p, const struct tag *tag)
{
    if (tag->kind == '>')
        return !inline_kind_of(p, tag->content);
    return tag->kind && strchr("#^/!=", tag->kind);
}

/* Where the line that goes on at `at` ends, its line feed included; 0 when more than white space follows. */
static size_t end_of_blank_line(struct str s, size_t at)
{
    while (at < s.len && (s.at[at] == ' ' || s.at[at] == '\t'))
        at++;
    if (at + 1 < s.len && s.at[at] == '\r' && s.at[at + 1] == '\n')
        at++;
    if (at == s.len)
        return at;
    return s.at[at] == '\n' ? at + 1 : 0;
}

static size_t start_of_blank(struct str s, size_t at)
{
    while (at > 0 && (s.at[at - 1] == ' ' || s.at[at - 1] == '\t'))
        at--;
    return at;
}

/* Turns the text before the tag, and the tag, into ops. A tag that has a line for itself takes the line away. */
static void take_tag(struct parser *p, const struct tag *tag)
{
    size_t blank = start_of_blank(p->source, tag->start);
    size_t line_end = may_stand_alone(p, tag) && at_line_start(p, blank) ? end_of_blank_line(p->source, tag->end) : 0;
    size_t text_end = line_end ? blank : tag->start;
    add_text(p, str_part(p->source, p->at, text_end - p->at), at_line_start(p, p->at));
    if (!line_end && at_line_start(p, tag->start))
        add_op(p, OP_INDENT, tag->line);
    add_tag(p, tag, line_end ? str_part(p->source, blank, tag->start - blank) : STR_NONE);
    p->at = line_end ? line_end : tag->end;
}

void template_parse(struct template_set *set, struct program *program, struct str text, struct buf *problems)
{
    struct parser p = {
        .set = set, .program = program, .problems = problems, .source = text,
        .line = 1,  .open = STR("{{"),  .close = STR("}}"),
    };
    struct tag tag;
    for (size_t start; !p.failed && (start = find(text, p.open, p.at)) < text.len;)
        if (read_tag(&p, start, &tag))
            take_tag(&p, &tag);
    add_text(&p, str_from(text, p.at), at_line_start(&p, p.at));
    if (p.depth) {
        const struct op *open = &p.ops.first[p.sections[p.depth - 1]];
        problem(&p, open->line, "section '%.*s' is not closed", STR_ARG(open->name.whole));
    }
    if (!p.failed)
        program->parsed = p.ops;
}
