/* message: catalogues in GNU MO format (gettext manual, section "The Format of GNU MO Files").
 * Every offset is checked once, at load; afterwards an id is found by binary search in a table of views
 * into the catalogue's bytes. One allocation a language, owned by struct messages. */
#include "base/message.h"

#include "base/log.h"

enum { HEADER_BYTES = 28, FORMS = 2, TEXT_CEILING = 1024 * 1024 };

#define MO_MAGIC 0x950412deU

struct entry {
    struct str id;
    struct str forms[FORMS]; /* one, many; the same words twice where there is no plural */
    bool plural;
};

struct catalogue {
    struct entry *entries; /* sorted by id */
    size_t count;
};

struct messages {
    struct catalogue of[LANG_COUNT];
};

/* The caller has checked that four bytes are there. */
static uint32_t word_at(struct str mo, size_t offset)
{
    uint32_t word;
    memcpy(&word, mo.at + offset, sizeof word);
    return word;
}

/* The string that the index-th row of a table (pairs of length and offset) names; false where it leaves the bytes
 * or does not end in NUL. */
static bool string_at(struct str mo, size_t table, size_t index, struct str *out)
{
    size_t row = table + index * 8;
    size_t len = word_at(mo, row), start = word_at(mo, row + 4);
    if (start >= mo.len || len >= mo.len - start || mo.at[start + len] != '\0')
        return false;
    *out = str_part(mo, start, len);
    return true;
}

static bool table_fits(struct str mo, size_t table, size_t count)
{
    return table <= mo.len && count <= (mo.len - table) / 8;
}

/* A plural entry is "id NUL id-of-plural" with "one NUL many". */
static bool read_entry(struct str id, struct str words, struct entry *out)
{
    out->plural = str_find(id, '\0', 0) < id.len;
    out->id = str_cut(&id, '\0');
    out->forms[0] = str_cut(&words, '\0');
    out->forms[1] = out->plural ? str_cut(&words, '\0') : out->forms[0];
    return words.len == 0 && (!out->plural || out->forms[1].len);
}

static enum status read_entries(struct str mo, size_t ids, size_t words, struct catalogue *out)
{
    for (size_t i = 0; i < out->count; i++) {
        struct str id, text;
        if (!string_at(mo, ids, i, &id) || !string_at(mo, words, i, &text))
            return CORRUPT;
        struct entry *e = &out->entries[i];
        bool header = id.len == 0; /* its words are the file's header lines */
        if (!header && !read_entry(id, text, e))
            return CORRUPT;
        if (i > 0 && str_compare(out->entries[i - 1].id, e->id) >= 0)
            return CORRUPT;
    }
    return OK;
}

static enum status load_catalogue(struct str mo, struct catalogue *out)
{
    if (mo.len == 0)
        return OK;
    if (mo.len < HEADER_BYTES || word_at(mo, 0) != MO_MAGIC || word_at(mo, 4) >> 16 != 0)
        return CORRUPT;
    size_t count = word_at(mo, 8), ids = word_at(mo, 12), words = word_at(mo, 16);
    if (!table_fits(mo, ids, count) || !table_fits(mo, words, count))
        return CORRUPT;
    if (count == 0)
        return OK;
    out->entries = calloc(count, sizeof *out->entries);
    if (!out->entries)
        return NO_MEMORY;
    out->count = count;
    return read_entries(mo, ids, words, out);
}

enum status messages_load(struct messages **out, const struct str mo[LANG_COUNT])
{
    struct messages *m = calloc(1, sizeof *m);
    enum status status = m ? OK : NO_MEMORY;
    for (int l = 0; l < LANG_COUNT && status == OK; l++)
        status = load_catalogue(mo[l], &m->of[l]);
    if (status != OK) {
        messages_free(m);
        m = NULL;
    }
    *out = m;
    return status;
}

void messages_free(struct messages *m)
{
    if (!m)
        return;
    for (int l = 0; l < LANG_COUNT; l++)
        free(m->of[l].entries);
    free(m);
}

static int by_id(const void *id, const void *entry)
{
    return str_compare(*(const struct str *)id, ((const struct entry *)entry)->id);
}

static const struct entry *entry_of(const struct messages *m, enum lang lang, struct str id)
{
    const struct catalogue *c = &m->of[lang];
    if (id.len == 0 || c->count == 0)
        return NULL;
    return bsearch(&id, c->entries, c->count, sizeof *c->entries, by_id);
}

bool message_exists(const struct messages *m, enum lang lang, struct str id)
{
    return entry_of(m, lang, id) != NULL;
}

bool message_is_plural(const struct messages *m, struct str id)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        const struct entry *e = entry_of(m, (enum lang)l, id);
        if (e)
            return e->plural;
    }
    return false;
}

static size_t plural_form(enum lang lang, int64_t count)
{
    return lang == LANG_FR ? count > 1 : count != 1;
}

enum status message_find(const struct messages *m, enum lang lang, struct str id, int64_t count, struct str *raw)
{
    const struct entry *e = entry_of(m, lang, id);
    if (!e && (lang == LANG_FR || lang == LANG_IT)) {
        lang = LANG_DE; /* the words are German, so the plural is too */
        e = entry_of(m, lang, id);
    }
    if (!e)
        return NOT_FOUND;
    *raw = e->forms[plural_form(lang, count)];
    return OK;
}

static bool is_parameter_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return s.len > 0;
}

bool message_split(struct str *rest, struct str *words, struct str *parameter)
{
    if (rest->len == 0)
        return false;
    for (size_t open = str_find(*rest, '{', 0); open < rest->len; open = str_find(*rest, '{', open + 1)) {
        size_t close = str_find(*rest, '}', open);
        struct str name = str_part(*rest, open + 1, close - open - 1);
        if (close < rest->len && is_parameter_name(name)) {
            *words = str_part(*rest, 0, open);
            *parameter = name;
            *rest = str_from(*rest, close + 1);
            return true;
        }
    }
    *words = *rest;
    *parameter = STR_NONE;
    *rest = STR_NONE;
    return true;
}

static const struct message_param *find_param(const struct message_param *params, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(name, params[i].name))
            return &params[i];
    return NULL;
}

static struct str param_text(struct arena *a, enum lang lang, const struct message_param *p)
{
    switch (p->kind) {
    case PARAM_TEXT:
        return p->text;
    case PARAM_INT:
        return format_int(a, lang, p->number);
    case PARAM_PERCENT:
        return format_percent(a, lang, p->number);
    case PARAM_DAY:
        return format_day(a, lang, (int32_t)p->number);
    }
    return STR_NONE;
}

static struct str unknown(struct arena *a, const char *what, struct str name)
{
    log_event(LOG_ERROR, "event=message-unknown what=%s name=%.*s", what, STR_ARG(log_quote(a, name)));
    return str_format(a, "?%.*s?", STR_ARG(name));
}

static void fill_in(struct buf *out, struct arena *a, enum lang lang, struct str raw,
                    const struct message_param *params, size_t count)
{
    struct str words, name;
    while (message_split(&raw, &words, &name)) {
        buf_add(out, words);
        if (name.len == 0)
            continue;
        const struct message_param *p = find_param(params, count, name);
        buf_add(out, p ? param_text(a, lang, p) : unknown(a, "parameter", name));
    }
}

struct str message_text(const struct messages *m, struct arena *a, enum lang lang, struct str id,
                        const struct message_param *params, size_t param_count)
{
    const struct message_param *n = find_param(params, param_count, STR("n"));
    struct str raw;
    if (message_find(m, lang, id, n ? n->number : 1, &raw) != OK)
        return unknown(a, "id", id);
    if (str_find(raw, '{', 0) == raw.len)
        return raw;
    struct buf text;
    buf_init(&text, TEXT_CEILING);
    fill_in(&text, a, lang, raw, params, param_count);
    struct str result = buf_status(&text) == OK ? str_copy(a, buf_str(&text)) : unknown(a, "long", id);
    buf_release(&text);
    return result;
}

void messages_missing(const struct messages *m, enum lang lang, void (*each)(void *context, struct str id),
                      void *context)
{
    const struct catalogue *german = &m->of[LANG_DE];
    for (size_t i = 0; i < german->count; i++) {
        struct str id = german->entries[i].id;
        if (id.len && !message_exists(m, lang, id))
            each(context, id);
    }
}
