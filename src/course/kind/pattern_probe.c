/* pattern_probe: does a pattern backtrack badly? Found out by trying: texts are made that are bad for what the pattern
 * repeats, and the steps of matching them are limited; no clock is read.
 *
 * A bad text leads up to a repetition, gives it its own words over and over, and then does not go on as it must. The
 * reader of patterns below knows just enough to write such texts: it need not understand a pattern, since every text is
 * measured, so what it misunderstands can only miss a bad pattern, never blame a good one. */
#include "course/kind/pattern.h"

#include "base/utf8.h"

enum {
    MOST_PUMPS = 48,
    MOST_EXAMPLE = 128, /* bytes of a text that leads up to something */
    MOST_GROUPS = 60,
    FEW_STEPS = 4000
};

/* before + words, words, words ... */
struct pump {
    struct str before, words;
};

struct reading {
    struct str source;
    size_t i;
    struct arena *arena;
    struct pump pumps[MOST_PUMPS];
    size_t count;
    int depth;
    struct str literals; /* the letters that stand for themselves, a blank where something else was */
};

static struct str join(struct arena *a, struct str one, struct str other)
{
    return one.len + other.len > MOST_EXAMPLE ? one : str_format(a, "%.*s%.*s", STR_ARG(one), STR_ARG(other));
}

static void add_pump(struct reading *r, struct str before, struct str words)
{
    if (words.len && r->count < MOST_PUMPS)
        r->pumps[r->count++] = (struct pump){ before, words };
}

static bool at(const struct reading *r, char c)
{
    return r->i < r->source.len && r->source.at[r->i] == c;
}

/* ---- atoms: what each may match, one example ---- */

static struct str take_escape(struct reading *r)
{
    static const struct {
        char letter;
        const char *example;
    } classes[] = {
        { 'w', "a" }, { 'd', "0" }, { 's', " " }, { 'h', " " }, { 'W', " " }, { 'D', "a" }, { 'S', "a" },
        { 'N', "a" }, { 'X', "a" }, { 'b', "" },  { 'B', "" },  { 'A', "" },  { 'z', "" },  { 'Z', "" },
    };
    size_t from = ++r->i;
    r->i += r->i < r->source.len;
    for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
        if (from < r->source.len && r->source.at[from] == classes[k].letter)
            return str_of(classes[k].example);
    return str_part(r->source, from, r->i - from);
}

static struct str take_character(struct reading *r)
{
    size_t from = r->i;
    if (utf8_next(r->source, &r->i) < 0)
        r->i = from + 1;
    return str_part(r->source, from, r->i - from);
}

/* [...]: its first character; of one that excludes, a letter. */
static struct str take_class(struct reading *r)
{
    r->i++;
    bool excludes = at(r, '^');
    r->i += excludes;
    struct str example = at(r, '\\') ? take_escape(r) : r->i < r->source.len ? take_character(r) : STR("a");
    while (r->i < r->source.len && !at(r, ']'))
        r->i += at(r, '\\') ? 2 : 1;
    r->i += r->i < r->source.len;
    return excludes ? STR("a") : example;
}

static struct str take_sequence(struct reading *, struct str before, bool repeated);

/* "(?:", "(?<name>": to the content. */
static void skip_opening(struct reading *r)
{
    r->i++;
    if (!at(r, '?'))
        return;
    while (r->i < r->source.len && !at(r, ':') && !at(r, '=') && !at(r, '!') && !at(r, '>') && !at(r, ')'))
        r->i++;
    r->i += !at(r, ')') && r->i < r->source.len;
}

/* The example of its first branch; each branch may be what is repeated. */
static struct str take_group(struct reading *r, struct str before)
{
    struct str first = STR_NONE;
    skip_opening(r);
    if (++r->depth > MOST_GROUPS) {
        r->i = r->source.len;
        return STR("");
    }
    for (;;) {
        struct str branch = take_sequence(r, before, false);
        if (!first.at)
            first = branch;
        add_pump(r, before, branch);
        if (!at(r, '|'))
            break;
        r->i++;
    }
    r->depth--;
    r->i += at(r, ')');
    return first;
}

static struct str take_one(struct reading *r, const char *example)
{
    r->i++;
    return str_of(example);
}

static struct str take_atom(struct reading *r, struct str before)
{
    struct str literal = STR(" "), example;
    if (at(r, '('))
        return take_group(r, before);
    if (at(r, '['))
        example = take_class(r);
    else if (at(r, '\\'))
        example = take_escape(r);
    else if (at(r, '.'))
        example = take_one(r, "a");
    else if (at(r, '^') || at(r, '$'))
        example = take_one(r, "");
    else
        literal = example = take_character(r);
    r->literals = str_format(r->arena, "%.*s%.*s", STR_ARG(r->literals), STR_ARG(literal));
    return example;
}

/* False: there is none. */
static bool take_quantifier(struct reading *r)
{
    bool braces = at(r, '{'), found = braces || at(r, '*') || at(r, '+') || at(r, '?');
    if (!found)
        return false;
    while (braces && r->i < r->source.len && !at(r, '}'))
        r->i++;
    r->i++;
    if (at(r, '?') || at(r, '+'))
        r->i++;
    return true;
}

/* Up to '|' or ')'. */
static struct str take_sequence(struct reading *r, struct str before, bool outermost)
{
    struct str example = STR("");
    while (r->i < r->source.len && !at(r, '|') && (outermost || !at(r, ')'))) {
        struct str so_far = join(r->arena, before, example);
        struct str atom = take_atom(r, so_far);
        if (take_quantifier(r))
            add_pump(r, so_far, atom);
        example = join(r->arena, example, atom);
    }
    return example;
}

static void read_pattern(struct reading *r)
{
    while (r->i < r->source.len) {
        take_sequence(r, STR(""), true);
        r->i++; /* '|' */
    }
}

/* ---- texts ---- */

/* At most so many characters: before, words over and over, end. */
static struct str pumped(struct arena *a, struct str before, struct str words, struct str end, size_t most)
{
    struct buf b;
    buf_init(&b, 16 * 1024);
    buf_add(&b, before);
    size_t chars = utf8_count(before) + utf8_count(end), more = utf8_count(words);
    for (; more && chars + more <= most; chars += more)
        buf_add(&b, words);
    buf_add(&b, end);
    struct str text = buf_status(&b) == OK ? str_copy(a, buf_str(&b)) : STR_NONE;
    buf_release(&b);
    return text;
}

/* The words that stand in the pattern, each for itself and one after the other as often as fits: bad for ".*" between
 * them. The last word is left out, so that there is no match. */
static void add_words(struct reading *r, size_t most)
{
    struct str rest = str_trim(r->literals), blocks = STR("");
    size_t words = 1;
    for (size_t i = 0; i + 1 < rest.len; i++)
        words += rest.at[i] == ' ' && rest.at[i + 1] != ' ';
    while (rest.len) {
        struct str word = str_cut(&rest, ' ');
        if (!word.len || !str_trim(rest).len)
            continue;
        add_pump(r, STR(""), word);
        struct str block = pumped(r->arena, STR(""), word, STR(""), most / words);
        blocks = str_format(r->arena, "%.*s%.*s", STR_ARG(blocks), STR_ARG(block));
    }
    add_pump(r, blocks, STR("!"));
}

/* PCRE2 looks for the last letter that must be there before it begins: so it is there, but not at the end. */
static struct str last_words(const struct reading *r)
{
    struct str words = str_trim(r->literals);
    size_t from = words.len;
    while (from > 0 && words.at[from - 1] != ' ')
        from--;
    return str_format(r->arena, "%.*s!", STR_ARG(str_from(words, from)));
}

/* ---- trying ---- */

static bool costs_more(const struct pattern *p, struct str text, uint32_t steps, size_t *budget)
{
    bool more = pattern_gives_up(p, text, steps);
    size_t cost = more ? steps : FEW_STEPS / 4;
    *budget -= cost < *budget ? cost : *budget;
    return more;
}

/* Few texts cost many steps: the long try is for them alone. */
static bool is_bad(const struct pattern *p, struct str text, size_t *budget)
{
    return costs_more(p, text, FEW_STEPS, budget) && costs_more(p, text, PATTERN_BAD_STEPS, budget);
}

static bool may_repeat(struct str source)
{
    for (size_t i = 0; i < source.len; i++)
        if (strchr("*+{", source.at[i]))
            return true;
    return false;
}

struct str pattern_worst_text(const struct pattern *p, struct str source, size_t most_chars, struct arena *arena,
                              size_t *budget)
{
    struct reading r = { .source = source, .arena = arena, .literals = STR("") };
    if (!may_repeat(source))
        return STR_NONE;
    read_pattern(&r);
    add_words(&r, most_chars);
    struct str ends[] = { STR("!"), STR(""), last_words(&r) };
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < sizeof ends / sizeof *ends && *budget; k++) {
            struct str text = pumped(arena, r.pumps[i].before, r.pumps[i].words, ends[k], most_chars);
            if (text.at && is_bad(p, text, budget))
                return text;
        }
    return STR_NONE;
}
