/* check_scan: a small reader of markup that knows where everything stands.
 *
 * It goes before libxml2 for three reasons: it says several faults at once and in words for authors; it counts start
 * tags, so that the n-th element of the tree has a line and a column; and it bounds depth, elements and attributes
 * before a parser (whose check for double attributes is quadratic) sees them. It accepts a little more than XML does:
 * what it lets through, the parser still refuses.
 *
 * What is torn is mended, so that the rest of the file can be judged in the same run: a tag that breaks off ends where it
 * does, an element that is never closed ends with its parent, an end without a beginning goes. Words are blanked out in
 * place; what must be added is an edit, made only in the copy that the parser reads, so that every offset stays. */
#include "course/check/check.h"
#include "course/check/check_text.h"

#include <assert.h>
#include <strings.h>

enum { MOST_EDITS = 1000, MOST_LOST = 8 };

/* An element that is open. */
struct open {
    uint32_t tag;
    struct str name;
};

/* What the parser reads in place of some bytes. */
struct edit {
    size_t at, cut;
    struct str put;
};

struct scan {
    const struct check *check;
    struct document *document;
    char *text; /* document->parsed, while it may still be changed */
    size_t len, i;
    struct open stack[XML_MAX_DEPTH];
    size_t depth;
    struct str lost[MOST_LOST]; /* names of elements that were closed by the end of another: their own may follow */
    size_t lost_count;
    struct edit *edits; /* in the order of their places */
    size_t edit_count;
    size_t torn_at; /* where the tag cannot be read on */
    bool guessed;   /* an attribute of the tag was left out */
    bool faulty;    /* something was reported */
    bool hopeless;  /* a parser would only stumble over what has been reported */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_start(char c)
{
    return (unsigned char)c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':';
}

static bool is_name(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static struct str take_name(struct scan *scan)
{
    size_t start = scan->i;
    if (start < scan->len && is_name_start(scan->text[start]))
        while (scan->i < scan->len && is_name(scan->text[scan->i]))
            scan->i++;
    return (struct str){ scan->text + start, scan->i - start };
}

static void skip_space(struct scan *scan)
{
    while (scan->i < scan->len && is_space(scan->text[scan->i]))
        scan->i++;
}

static bool at_string(const struct scan *scan, const char *what)
{
    return str_starts((struct str){ scan->text + scan->i, scan->len - scan->i }, str_of(what));
}

/* Moves behind the next mark; false (and at the end) when there is none. */
static bool skip_past(struct scan *scan, const char *mark)
{
    const char *hit = memmem(scan->text + scan->i, scan->len - scan->i, mark, strlen(mark));
    scan->i = hit ? (size_t)(hit - scan->text) + strlen(mark) : scan->len;
    return hit != NULL;
}

static void fault(struct scan *scan, const char *code, size_t at, const struct message_param *params, size_t count)
{
    check_report(scan->check, scan->document, SEVERITY_ERROR, code, at, params, count);
    scan->faulty = true;
}

static void name_fault(struct scan *scan, const char *code, size_t at, struct str name)
{
    fault(scan, code, at, PARAMS(PARAM_OF_TEXT("name", name)));
}

/* Nothing that follows can be judged. */
static void stop(struct scan *scan)
{
    scan->i = scan->len;
    scan->depth = 0;
    scan->hopeless = true;
}

static void blank(struct scan *scan, size_t from, size_t to)
{
    memset(scan->text + from, ' ', to - from);
}

static void add_edit(struct scan *scan, size_t at, size_t cut, struct str put)
{
    const struct edit *last = scan->edit_count ? &scan->edits[scan->edit_count - 1] : NULL;
    assert(!last || last->at + last->cut <= at);
    if (scan->edit_count == MOST_EDITS || !put.at)
        scan->hopeless = true;
    else
        scan->edits[scan->edit_count++] = (struct edit){ at, cut, put };
}

static bool is_known(const struct scan *scan, struct str name)
{
    return names_has(&scan->check->schema->elements, name);
}

/* ---- attributes ---- */

/* From behind the opening quote to behind the closing one. */
static bool scan_value(struct scan *scan, char quote, size_t tag_at)
{
    while (scan->i < scan->len && scan->text[scan->i] != quote) {
        if (scan->text[scan->i] == '<') {
            fault(scan, "open-quote", tag_at, NO_PARAMS);
            return false;
        }
        if (scan->text[scan->i] == '&')
            scan->i = text_reference(scan->check, scan->document, scan->text, scan->i);
        else
            scan->i++;
    }
    if (scan->i == scan->len) {
        fault(scan, "open-quote", tag_at, NO_PARAMS);
        return false;
    }
    scan->i++;
    return true;
}

static bool is_double(const struct str *names, size_t count, struct str name)
{
    for (size_t k = 0; k < count; k++)
        if (str_equal(names[k], name))
            return true;
    return false;
}

/* id=ziel: the value ends with the word. False: there is no value. */
static bool skip_bare_value(struct scan *scan, size_t at)
{
    size_t from = scan->i;
    while (scan->i < scan->len && !is_space(scan->text[scan->i]) && !strchr("<>\"'/=", scan->text[scan->i]))
        scan->i++;
    bool word = scan->text[from - 1] == '=' && scan->i > from && scan->i < scan->len &&
                (is_space(scan->text[scan->i]) || scan->text[scan->i] == '>');
    if (word)
        blank(scan, at, scan->i);
    scan->guessed |= word;
    return word;
}

/* name="value"; false when the tag cannot be read on. */
static bool scan_one_attribute(struct scan *scan, struct str *name)
{
    size_t at = scan->i;
    *name = take_name(scan);
    skip_space(scan);
    bool equals = name->len && scan->i < scan->len && scan->text[scan->i] == '=';
    if (equals) {
        scan->i++;
        skip_space(scan);
    }
    char quote = equals && scan->i < scan->len ? scan->text[scan->i] : '\0';
    if (quote != '"' && quote != '\'') {
        name_fault(scan, "attribute-quotes", at, *name);
        return skip_bare_value(scan, at);
    }
    scan->i++;
    return scan_value(scan, quote, at);
}

/* Up to the tag's '>' or '/'; false: torn_at is where it cannot be read on. */
static bool scan_attributes(struct scan *scan, size_t tag_at)
{
    struct str names[CHECK_MAX_ATTRIBUTES];
    for (size_t count = 0;; count++) {
        skip_space(scan);
        scan->torn_at = scan->i;
        if (scan->i == scan->len || scan->text[scan->i] == '<') {
            fault(scan, "open-tag", tag_at, NO_PARAMS);
            return false;
        }
        if (scan->text[scan->i] == '>' || scan->text[scan->i] == '/')
            return true;
        size_t at = scan->i;
        if (count == CHECK_MAX_ATTRIBUTES) {
            fault(scan, "too-many-attributes", at, PARAMS(PARAM_OF_INT("most", CHECK_MAX_ATTRIBUTES)));
            return false;
        }
        if (!scan_one_attribute(scan, &names[count]))
            return false;
        if (is_double(names, count, names[count])) {
            name_fault(scan, "double-attribute", at, names[count]);
            blank(scan, at, scan->i);
        }
    }
}

/* ---- tags ---- */

static bool is_void_html(struct str name)
{
    return str_is(name, "br") || str_is(name, "hr") || str_is(name, "img") || str_is(name, "wbr") ||
           str_is(name, "input");
}

/* <br> of HTML never closes; said once, and taken out so that the rest can be read. */
static bool blank_void_html(struct scan *scan, struct str name, size_t at)
{
    struct str rest = { scan->text + scan->i, scan->len - scan->i };
    bool ended = str_starts(rest, STR("</")) && str_starts(str_from(rest, 2), name);
    if (!is_void_html(name) || ended)
        return false;
    bool line = str_is(name, "br") || str_is(name, "wbr");
    fault(scan, line ? "html-break" : "html-void", at, PARAMS(PARAM_OF_TEXT("name", name)));
    blank(scan, at, scan->i);
    return true;
}

/* Elements that a word processor leaves in what is pasted: <o:p>, <w:sdt>, <st1:place>. */
static bool is_of_word(struct str name)
{
    static const char *const spaces[] = { "o:", "w:", "v:", "m:", "st1:", "wp:", "mso:" };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (str_starts(name, str_of(spaces[i])))
            return true;
    return false;
}

static void open_element(struct scan *scan, uint32_t tag, struct str name)
{
    if (scan->depth == XML_MAX_DEPTH) {
        fault(scan, "too-deep", scan->document->tags[tag].at, PARAMS(PARAM_OF_INT("most", XML_MAX_DEPTH)));
        stop(scan);
        return;
    }
    scan->stack[scan->depth++] = (struct open){ tag, name };
}

static void add_tag(struct scan *scan, size_t at, struct str name, bool empty, bool torn)
{
    struct document *document = scan->document;
    if (document->tag_count == CHECK_MAX_ELEMENTS) {
        fault(scan, "too-many-elements", at, PARAMS(PARAM_OF_INT("most", CHECK_MAX_ELEMENTS)));
        stop(scan);
        return;
    }
    uint32_t here = (uint32_t)scan->i;
    document->tags[document->tag_count] =
        (struct tag){ .at = (uint32_t)at, .inner = here, .end = here, .broken = torn, .torn = torn };
    document->tag_count++;
    if (!empty)
        open_element(scan, (uint32_t)document->tag_count - 1, name);
}

static struct tag *top(const struct scan *scan)
{
    return &scan->document->tags[scan->stack[scan->depth - 1].tag];
}

/* What cannot be read of a tag goes, up to its '>' or '/>' where that comes before the next tag (then true), else up to
 * there. */
static bool mend_tag(struct scan *scan)
{
    size_t end = scan->torn_at;
    while (end < scan->len && scan->text[end] != '<' && scan->text[end] != '>')
        end++;
    bool closed = end < scan->len && scan->text[end] == '>';
    scan->i = end - (closed && end > scan->torn_at && scan->text[end - 1] == '/');
    blank(scan, scan->torn_at, scan->i);
    return closed;
}

/* A tag that breaks off at the next one: an element of ours was meant to begin here, or something else with a "<". */
static void take_broken_off(struct scan *scan, size_t at, struct str name)
{
    if (!is_known(scan, name)) {
        blank(scan, at, scan->i);
        return;
    }
    add_edit(scan, scan->i, 0, STR(">"));
    add_tag(scan, at, name, false, true);
    if (scan->depth)
        top(scan)->unsure = true;
}

/* Behind '>' or '/>'; false: the '/' stands alone. */
static bool take_end_of_tag(struct scan *scan, bool *empty)
{
    scan->torn_at = scan->i;
    *empty = scan->text[scan->i] == '/';
    scan->i += 1 + (size_t)*empty;
    return scan->i <= scan->len && scan->text[scan->i - 1] == '>';
}

static void scan_start_tag(struct scan *scan, size_t at)
{
    scan->i = at + 1;
    struct str name = take_name(scan);
    scan->guessed = false;
    bool empty = false, whole = scan_attributes(scan, at), torn = !whole || scan->guessed;
    if (whole && !take_end_of_tag(scan, &empty)) {
        fault(scan, "open-tag", at, NO_PARAMS);
        torn = true;
        whole = false;
    }
    if (scan->hopeless)
        return;
    if (!whole && !(mend_tag(scan) && take_end_of_tag(scan, &empty))) {
        take_broken_off(scan, at, name);
    } else if (is_of_word(name)) {
        name_fault(scan, "word-element", at, name);
        blank(scan, at, scan->i);
    } else if (empty || !blank_void_html(scan, name, at)) {
        add_tag(scan, at, name, empty, torn);
    }
}

/* ---- end tags ---- */

/* Ends the innermost element where the end of another stands, or the file. Of a torn tag more is not said. */
static void close_unclosed(struct scan *scan, size_t at)
{
    const struct open *open = &scan->stack[scan->depth - 1];
    struct tag *tag = top(scan);
    if (!tag->unsure)
        name_fault(scan, "unclosed-element", tag->at, open->name);
    tag->broken = tag->unsure = true;
    tag->end = (uint32_t)at;
    add_edit(scan, at, 0, str_format(scan->check->arena, "</%.*s>", STR_ARG(open->name)));
    scan->lost[scan->lost_count++ % MOST_LOST] = open->name;
    scan->depth--;
    if (scan->depth)
        top(scan)->robbed = true;
}

/* Whether the name's element was closed already, by the end of another that should have come later. */
static bool was_lost(struct scan *scan, struct str name)
{
    size_t known = scan->lost_count < MOST_LOST ? scan->lost_count : MOST_LOST;
    for (size_t i = 0; i < known; i++)
        if (str_equal(scan->lost[i], name)) {
            scan->lost[i] = STR_NONE;
            return true;
        }
    return false;
}

/* <calout> ... </callout>: one of the two is misspelt. Of the beginning the schema speaks. */
static bool close_misspelt(struct scan *scan, struct str name, size_t at, bool open_elsewhere)
{
    if (scan->depth == 0)
        return false;
    struct str opened = scan->stack[scan->depth - 1].name;
    int distance = names_distance(opened, name);
    bool near = distance > 0 && distance <= (name.len < 6 ? 1 : 2), known = is_known(scan, opened);
    bool lists = str_ends(opened, STR("l")) && str_ends(name, STR("l")) && name.len == 2; /* of ours, only ul and ol */
    bool short_name = open_elsewhere && name.len < 3; /* <p><b></p>: near, and yet another */
    if (!near || short_name || (known && (open_elsewhere || (is_known(scan, name) && !lists))))
        return false;
    if (is_known(scan, opened)) {
        struct str line = str_format(scan->check->arena, "%d", check_line(scan->document, top(scan)->at));
        fault(scan, "mismatched-end", at,
              PARAMS(PARAM_OF_TEXT("name", name), PARAM_OF_TEXT("other", opened), PARAM_OF_TEXT("line", line)));
    }
    add_edit(scan, at, scan->i - at, str_format(scan->check->arena, "</%.*s>", STR_ARG(opened)));
    top(scan)->end = (uint32_t)scan->i;
    scan->depth--;
    return true;
}

/* Closes the nearest open element of that name; those inside it were never closed. */
static void close_element(struct scan *scan, struct str name, size_t at)
{
    size_t depth = scan->depth;
    while (depth > 0 && !str_equal(scan->stack[depth - 1].name, name))
        depth--;
    if (close_misspelt(scan, name, at, depth > 0))
        return;
    if (depth == 0) {
        if (!was_lost(scan, name)) {
            name_fault(scan, "stray-end", at, name);
            if (scan->depth)
                top(scan)->spill = (uint32_t)at;
        }
        blank(scan, at, scan->i);
        return;
    }
    while (scan->depth > depth)
        close_unclosed(scan, at);
    top(scan)->end = (uint32_t)scan->i;
    scan->depth--;
}

/* To its '>', which takes the place of a blank where it is missing; false: there is none. */
static bool mend_end_tag(struct scan *scan)
{
    scan->torn_at = scan->i;
    if (mend_tag(scan)) {
        while (scan->text[scan->i] != '>')
            scan->text[scan->i++] = ' ';
        return true;
    }
    if (!is_space(scan->text[scan->i - 1]))
        return false;
    scan->text[--scan->i] = '>';
    return true;
}

static void scan_end_tag(struct scan *scan, size_t at)
{
    scan->i = at + 2;
    struct str name = take_name(scan);
    skip_space(scan);
    if (scan->i == scan->len || scan->text[scan->i] != '>') {
        fault(scan, "open-tag", at, NO_PARAMS);
        if (!mend_end_tag(scan)) {
            blank(scan, at, scan->i);
            return;
        }
    }
    scan->i++;
    bool none = is_void_html(name) && (scan->depth == 0 || !str_equal(scan->stack[scan->depth - 1].name, name));
    if (none || is_of_word(name))
        blank(scan, at, scan->i);
    else
        close_element(scan, name, at);
}

/* ---- what is no tag ---- */

static void scan_dtd(struct scan *scan, size_t at)
{
    fault(scan, "dtd", at, NO_PARAMS);
    stop(scan);
}

/* <?xml ... encoding="..."?> must not claim anything but UTF-8. */
static void check_encoding(struct scan *scan, size_t at, struct str declaration)
{
    const char *hit = memmem(declaration.at, declaration.len, "encoding", 8);
    if (!hit)
        return;
    struct str rest = str_from(declaration, (size_t)(hit - declaration.at));
    size_t quote = str_find(rest, '"', 0) < str_find(rest, '\'', 0) ? str_find(rest, '"', 0) : str_find(rest, '\'', 0);
    struct str name = quote < rest.len ? str_from(rest, quote + 1) : STR_NONE;
    name = quote < rest.len ? str_part(name, 0, str_find(name, rest.at[quote], 0)) : name;
    bool fine = (name.len == 5 && strncasecmp(name.at, "utf-8", 5) == 0) ||
                (name.len == 8 && strncasecmp(name.at, "us-ascii", 8) == 0);
    if (!fine)
        check_report(scan->check, scan->document, SEVERITY_ERROR, "declared-encoding", at,
                     PARAMS(PARAM_OF_TEXT("encoding", name)));
}

/* To the end of what markup leaves alone; without an end, the rest of the file is part of it. */
static void scan_silent(struct scan *scan, size_t at, const char *end, const char *code)
{
    if (skip_past(scan, end))
        return;
    fault(scan, code, at, NO_PARAMS);
    stop(scan);
}

static void scan_instruction(struct scan *scan, size_t at)
{
    scan_silent(scan, at, "?>", "open-tag");
    if (at == 0 && !scan->hopeless)
        check_encoding(scan, at, (struct str){ scan->text, scan->i });
}

/* <![if !supportLists]> and <![endif]>, which a word processor writes. */
static void scan_condition(struct scan *scan, size_t at)
{
    scan_silent(scan, at, ">", "open-tag");
    if (scan->hopeless)
        return;
    if (str_starts((struct str){ scan->text + at, scan->i - at }, STR("<![if")))
        name_fault(scan, "word-element", at, STR("![if …]"));
    blank(scan, at, scan->i);
}

static void scan_markup(struct scan *scan)
{
    size_t at = scan->i;
    if (at_string(scan, "<!--")) {
        scan->i += 4;
        scan_silent(scan, at, "-->", "open-comment");
    } else if (at_string(scan, "<![CDATA[")) {
        scan_silent(scan, at, "]]>", "open-tag");
    } else if (at_string(scan, "<![if") || at_string(scan, "<![endif")) {
        scan_condition(scan, at);
    } else if (at_string(scan, "<!")) {
        scan_dtd(scan, at);
    } else if (at_string(scan, "<?")) {
        scan_instruction(scan, at);
    } else if (at_string(scan, "</")) {
        scan_end_tag(scan, at);
    } else if (at + 1 < scan->len && is_name_start(scan->text[at + 1])) {
        scan_start_tag(scan, at);
    } else {
        check_report(scan->check, scan->document, SEVERITY_ERROR, "bare-less-than", at, NO_PARAMS);
        scan->text[scan->i++] = '_';
    }
}

static void scan_all(struct scan *scan)
{
    while (scan->i < scan->len) {
        if (scan->text[scan->i] == '<')
            scan_markup(scan);
        else if (scan->text[scan->i] == '&')
            scan->i = text_reference(scan->check, scan->document, scan->text, scan->i);
        else
            scan->i++;
    }
    while (scan->depth > 0)
        close_unclosed(scan, scan->len);
}

/* ---- the document ---- */

static size_t count_byte(struct str bytes, char c)
{
    size_t count = 0;
    for (size_t i = str_find(bytes, c, 0); i < bytes.len; i = str_find(bytes, c, i + 1))
        count++;
    return count;
}

static void find_lines(struct document *document)
{
    size_t i = 0;
    document->lines[document->line_count++] = 0;
    while ((i = str_find(document->bytes, '\n', i)) < document->bytes.len)
        document->lines[document->line_count++] = (uint32_t)++i;
}

/* Room by what the bytes can hold at most. */
static char *make_room(struct document *document, struct arena *arena)
{
    size_t tags = count_byte(document->bytes, '<');
    document->lines = ARENA_ARRAY(arena, count_byte(document->bytes, '\n') + 1, uint32_t);
    document->tags = ARENA_ARRAY(arena, (tags < CHECK_MAX_ELEMENTS ? tags : CHECK_MAX_ELEMENTS) + 1, struct tag);
    char *text = arena_alloc(arena, document->bytes.len + 1);
    if (!text || !document->lines || !document->tags)
        return NULL;
    if (document->bytes.len)
        memcpy(text, document->bytes.at, document->bytes.len);
    return text;
}

static bool refuse_whole(const struct check *check, const struct document *document)
{
    if (document->bytes.len > XML_MAX_BYTES)
        check_file(check, SEVERITY_ERROR, document->file, "too-large",
                   PARAMS(PARAM_OF_INT("most", XML_MAX_BYTES >> 20)));
    else if (text_is_utf16(document->bytes))
        check_file(check, SEVERITY_ERROR, document->file, "utf16", NO_PARAMS);
    else if (str_trim(document->bytes).len == 0)
        check_file(check, SEVERITY_ERROR, document->file, "empty-file", NO_PARAMS);
    else
        return false;
    return true;
}

/* The text with its edits. */
static struct str mended(const struct scan *scan)
{
    size_t room = scan->len + 1, from = 0, len = 0;
    for (size_t i = 0; i < scan->edit_count; i++)
        room += scan->edits[i].put.len;
    char *at = arena_alloc(scan->check->arena, room);
    for (size_t i = 0; at && i <= scan->edit_count; i++) {
        struct edit end = { scan->len, 0, STR("") };
        const struct edit *edit = i < scan->edit_count ? &scan->edits[i] : &end;
        memcpy(at + len, scan->text + from, edit->at - from);
        len += edit->at - from;
        memcpy(at + len, edit->put.at, edit->put.len);
        len += edit->put.len;
        from = edit->at + edit->cut;
    }
    return (struct str){ at, at ? len : 0 };
}

enum status scan_document(const struct check *check, struct document *document)
{
    if (refuse_whole(check, document))
        return INVALID;
    bool marked = str_starts(document->bytes, STR("\xEF\xBB\xBF"));
    if (marked)
        document->bytes = str_from(document->bytes, 3);
    char *text = make_room(document, check->arena);
    if (!text)
        return NO_MEMORY;
    find_lines(document);
    if (marked) {
        check_report(check, document, SEVERITY_WARNING, "byte-order-mark", 0, NO_PARAMS);
        check_cut(check, &(struct pack_cut){ document->file, 0, 3, 1, STR("BOM") });
    }
    struct scan scan = { .check = check, .document = document, .text = text, .len = document->bytes.len };
    scan.edits = ARENA_ARRAY(check->arena, MOST_EDITS, struct edit);
    if (!scan.edits)
        return NO_MEMORY;
    text_clean(check, document, text);
    scan_all(&scan);
    document->parsed = (struct str){ text, scan.len };
    document->mended = scan.edit_count ? mended(&scan) : document->parsed;
    bool nothing_left = scan.faulty && document->tag_count == 0;
    return scan.hopeless || nothing_left ? INVALID : document->mended.at ? OK : NO_MEMORY;
}

static struct str local_name(struct str name)
{
    size_t colon = str_find(name, ':', 0);
    return colon < name.len ? str_from(name, colon + 1) : name;
}

bool scan_attribute_whole(const struct document *document, size_t number, const char *name, size_t *from, size_t *to)
{
    const struct tag *tag = &document->tags[number];
    struct scan scan = { .text = (char *)(uintptr_t)document->parsed.at, .len = tag->inner, .i = tag->at + 1 };
    take_name(&scan);
    for (;;) {
        *from = scan.i;
        skip_space(&scan);
        struct str found = take_name(&scan);
        if (found.len == 0)
            return false;
        skip_space(&scan);
        scan.i++;
        skip_space(&scan);
        char quote[2] = { scan.i < scan.len ? scan.text[scan.i] : '"', '\0' };
        scan.i++;
        bool closed = scan.i < scan.len && skip_past(&scan, quote);
        *to = scan.i;
        if (str_is(local_name(found), name))
            return true;
        if (!closed)
            return false;
    }
}

size_t scan_attribute(const struct document *document, size_t number, const char *name)
{
    const struct tag *tag = &document->tags[number];
    size_t from, to;
    if (!scan_attribute_whole(document, number, name, &from, &to))
        return tag->at;
    struct scan scan = { .text = (char *)(uintptr_t)document->parsed.at, .len = tag->inner, .i = from };
    skip_space(&scan);
    return scan.i;
}

/* Comments and instructions may stand between a tag and the words that follow it. */
static void skip_silent(struct scan *scan)
{
    for (;;) {
        skip_space(scan);
        if (at_string(scan, "<!--"))
            skip_past(scan, "-->");
        else if (at_string(scan, "<?"))
            skip_past(scan, "?>");
        else
            return;
    }
}

size_t scan_words(const struct document *document, const xmlNode *text)
{
    const xmlNode *before = text->prev;
    while (before && before->type != XML_ELEMENT_NODE)
        before = before->prev;
    const struct tag *tag = &document->tags[xml_number(before ? before : text->parent)];
    struct scan scan = {
        .text = (char *)(uintptr_t)document->parsed.at,
        .len = document->parsed.len,
        .i = before ? tag->end : tag->inner,
    };
    skip_silent(&scan);
    return scan.i < scan.len ? scan.i : tag->at;
}
