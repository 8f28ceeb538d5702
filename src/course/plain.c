/* plain: see plain.h. */
#include "course/plain.h"

#include "course/fold.h"

struct plain {
    struct str rest;
    struct buf *text, *headings;
    bool in_heading;
};

static bool is_one_of(struct str name, const char *const *list)
{
    while (*list && !str_is(name, *list))
        list++;
    return *list != NULL;
}

/* Within a line: what stands before and after belongs to one text. */
static bool is_inline(struct str name)
{
    static const char *const list[] = { "a",   "abbr", "b", "button", "code",   "em",  "i",
                                        "kbd", "mark", "q", "span",   "strong", "sub", NULL };
    return is_one_of(name, list);
}

static bool is_heading(struct str name)
{
    static const char *const list[] = { "h2", "h3", "h4", "caption", NULL };
    return is_one_of(name, list);
}

static bool is_left_out(struct str name)
{
    return str_is(name, "sup") || str_is(name, "svg");
}

static void put(struct plain *p, struct str words)
{
    buf_add(p->text, words);
    if (p->in_heading && p->headings)
        buf_add(p->headings, words);
}

/* "quot": those that base/safe_html.c writes. */
static void put_entity(struct plain *p, struct str name)
{
    static const struct {
        const char *name;
        struct str text;
    } known[] = { { "amp", STR_INIT("&") },
                  { "lt", STR_INIT("<") },
                  { "gt", STR_INIT(">") },
                  { "quot", STR_INIT("\"") },
                  { "#39", STR_INIT("'") } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(name, known[i].name))
            put(p, known[i].text);
}

static void put_words(struct plain *p, struct str words)
{
    while (words.len) {
        put(p, str_cut(&words, '&'));
        size_t end = str_find(words, ';', 0);
        if (end < words.len) {
            put_entity(p, str_part(words, 0, end));
            words = str_from(words, end + 1);
        }
    }
}

/* The rest behind the end of the element that was opened last. Elements of its name may stand in it. */
static void skip_element(struct plain *p, struct str name)
{
    for (int depth = 1; depth > 0 && p->rest.len;) {
        (void)str_cut(&p->rest, '<');
        struct str tag = str_cut(&p->rest, '>');
        bool closes = str_starts(tag, STR("/"));
        struct str rest = closes ? str_from(tag, 1) : tag;
        if (str_equal(str_cut(&rest, ' '), name) && !str_ends(tag, STR("/")))
            depth += closes ? -1 : 1;
    }
}

/* Blocks that end without a sign of their own get one: without it lines would run together. */
static void end_block(struct plain *p, bool heading)
{
    struct str text = str_trim(buf_str(p->text));
    char last = text.len ? text.at[text.len - 1] : ' ';
    bool umlaut = text.len > 1 && text.at[text.len - 2] == '\xC3';
    bool open = umlaut || (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z');
    if (open)
        buf_add(p->text, heading ? STR(":") : STR(";"));
}

static void take_tag(struct plain *p, struct str tag)
{
    bool closes = str_starts(tag, STR("/"));
    struct str rest = closes ? str_from(tag, 1) : tag, name = str_cut(&rest, ' ');
    if (!closes && is_left_out(name)) {
        if (!str_ends(tag, STR("/")))
            skip_element(p, name);
        return;
    }
    if (is_inline(name))
        return;
    if (closes)
        end_block(p, is_heading(name));
    put(p, STR(" "));
    if (is_heading(name))
        p->in_heading = !closes;
}

void plain_add(struct safe_html html, struct buf *text, struct buf *headings)
{
    struct plain p = { .rest = html.markup, .text = text, .headings = headings };
    while (p.rest.len) {
        put_words(&p, str_cut(&p.rest, '<'));
        if (p.rest.len)
            take_tag(&p, str_cut(&p.rest, '>'));
    }
    put(&p, STR(" "));
}

/* A sharp s has two bytes in UTF-8, like the two letters that it becomes. */
static void write_ss(char *text, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++)
        if (memcmp(text + i, "\xC3\x9F", 2) == 0)
            text[i] = text[i + 1] = 's';
}

struct str plain_text(struct arena *a, struct str text)
{
    char *room = arena_alloc(a, text.len + 1);
    if (!room)
        return STR_NONE;
    struct str plain = fold_spaces(text, room);
    write_ss(room, plain.len);
    return plain;
}
