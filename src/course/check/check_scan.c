/* check_scan: a small reader of markup that knows where everything stands.
 *
 * It goes before libxml2 for three reasons: it says several faults at once and in words for authors; it counts start
 * tags, so that the n-th element of the tree has a line and a column; and it bounds depth, elements and attributes
 * before a parser (whose check for double attributes is quadratic) sees them. It accepts a little more than XML does:
 * what it lets through, the parser still refuses. */
#include "course/check/check.h"
#include "course/check/check_text.h"

#include <strings.h>

/* An element that is open. */
struct open {
    uint32_t tag;
    struct str name;
};

struct scan {
    const struct check *check;
    struct document *document;
    char *text; /* document->parsed, while it may still be changed */
    size_t len, i;
    struct open stack[XML_MAX_DEPTH];
    size_t depth;
    bool hopeless; /* a parser would only stumble over what has been reported */
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
    scan->hopeless = true;
}

static void name_fault(struct scan *scan, const char *code, size_t at, struct str name)
{
    fault(scan, code, at, PARAMS(PARAM_OF_TEXT("name", name)));
}

static void stop(struct scan *scan)
{
    scan->i = scan->len;
    scan->depth = 0;
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
        return false;
    }
    scan->i++;
    return scan_value(scan, quote, at);
}

/* Up to the tag's '>' or '/'. */
static bool scan_attributes(struct scan *scan, size_t tag_at)
{
    struct str names[CHECK_MAX_ATTRIBUTES];
    for (size_t count = 0;; count++) {
        skip_space(scan);
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
        if (is_double(names, count, names[count]))
            name_fault(scan, "double-attribute", at, names[count]);
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
    if (!is_void_html(name) || at_string(scan, "</"))
        return false;
    check_report(scan->check, scan->document, SEVERITY_ERROR, "html-void", at, PARAMS(PARAM_OF_TEXT("name", name)));
    for (size_t k = at; k < scan->i; k++)
        scan->text[k] = ' ';
    return true;
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

static void add_tag(struct scan *scan, size_t at, struct str name, bool empty)
{
    struct document *document = scan->document;
    if (document->tag_count == CHECK_MAX_ELEMENTS) {
        fault(scan, "too-many-elements", at, PARAMS(PARAM_OF_INT("most", CHECK_MAX_ELEMENTS)));
        stop(scan);
        return;
    }
    uint32_t here = (uint32_t)scan->i;
    document->tags[document->tag_count] = (struct tag){ .at = (uint32_t)at, .inner = here, .end = here };
    document->tag_count++;
    if (!empty)
        open_element(scan, (uint32_t)document->tag_count - 1, name);
}

/* After a fault inside a tag: to its '>' or '/>' when that comes before the next tag. */
static bool skip_to_end_of_tag(struct scan *scan)
{
    while (scan->i < scan->len && scan->text[scan->i] != '<' && scan->text[scan->i] != '>')
        scan->i++;
    if (scan->i == scan->len || scan->text[scan->i] == '<')
        return false;
    scan->i -= scan->text[scan->i - 1] == '/';
    return true;
}

/* What broke off is closed next: then it was meant as a start tag. */
static bool at_end_tag_of(const struct scan *scan, struct str name)
{
    return at_string(scan, "</") && str_starts((struct str){ scan->text + scan->i + 2, scan->len - scan->i - 2 }, name);
}

static void scan_start_tag(struct scan *scan, size_t at)
{
    scan->i = at + 1;
    struct str name = take_name(scan);
    if (!scan_attributes(scan, at) && !skip_to_end_of_tag(scan)) {
        if (at_end_tag_of(scan, name))
            add_tag(scan, at, name, false);
        return;
    }
    bool empty = scan->text[scan->i] == '/';
    scan->i += 1 + (size_t)empty;
    if (scan->i > scan->len || scan->text[scan->i - 1] != '>') {
        fault(scan, "open-tag", at, NO_PARAMS);
        scan->i = at + 1 + name.len;
        return;
    }
    if (empty || !blank_void_html(scan, name, at))
        add_tag(scan, at, name, empty);
}

static void report_unclosed(struct scan *scan, const struct open *open)
{
    name_fault(scan, "unclosed-element", scan->document->tags[open->tag].at, open->name);
}

/* Closes the nearest open element of that name; those inside it were never closed. */
static void close_element(struct scan *scan, struct str name, size_t at)
{
    size_t depth = scan->depth;
    while (depth > 0 && !str_equal(scan->stack[depth - 1].name, name))
        depth--;
    if (depth == 0) {
        name_fault(scan, "stray-end", at, name);
        return;
    }
    while (scan->depth > depth)
        report_unclosed(scan, &scan->stack[--scan->depth]);
    scan->document->tags[scan->stack[--scan->depth].tag].end = (uint32_t)scan->i;
}

static void scan_end_tag(struct scan *scan, size_t at)
{
    scan->i = at + 2;
    struct str name = take_name(scan);
    skip_space(scan);
    if (scan->i == scan->len || scan->text[scan->i] != '>') {
        fault(scan, "open-tag", at, NO_PARAMS);
        return;
    }
    scan->i++;
    if (is_void_html(name) && (scan->depth == 0 || !str_equal(scan->stack[scan->depth - 1].name, name)))
        memset(scan->text + at, ' ', scan->i - at);
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

static void scan_instruction(struct scan *scan, size_t at)
{
    if (!skip_past(scan, "?>"))
        fault(scan, "open-tag", at, NO_PARAMS);
    else if (at == 0)
        check_encoding(scan, at, (struct str){ scan->text, scan->i });
}

static void scan_markup(struct scan *scan)
{
    size_t at = scan->i;
    if (at_string(scan, "<!--")) {
        scan->i += 4;
        if (!skip_past(scan, "-->"))
            fault(scan, "open-comment", at, NO_PARAMS);
    } else if (at_string(scan, "<![CDATA[")) {
        if (!skip_past(scan, "]]>"))
            fault(scan, "open-tag", at, NO_PARAMS);
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
        report_unclosed(scan, &scan->stack[--scan->depth]);
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
    if (marked)
        check_report(check, document, SEVERITY_WARNING, "byte-order-mark", 0, NO_PARAMS);
    struct scan scan = { .check = check, .document = document, .text = text, .len = document->bytes.len };
    text_clean(check, document, text);
    scan_all(&scan);
    document->parsed = (struct str){ text, scan.len };
    return scan.hopeless ? INVALID : OK;
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
