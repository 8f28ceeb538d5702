/* indexing: see indexing.h. Reading, comparing and collecting words happen in the calling thread; the change holds the
 * differences alone. All of it lives in one arena that goes at the end. */
#include "page/indexing.h"

#include "course/plain.h"
#include "ext/digest.h"
#include "page/vocabulary.h"

enum { MEMORY_CEILING = 512 * 1024 * 1024, TEXT_CEILING = 16 * 1024 * 1024 };

/* Counts up when the same words are to be indexed in another way. */
static const struct str form_of_index = STR_INIT("1");

/* ---------- what a course says ---------- */

struct collecting {
    struct arena *arena;
    struct search_document *list;
    size_t count;
};

static void add(struct collecting *c, struct search_document d)
{
    if (c->list)
        c->list[c->count++] = d;
}

static enum lang lang_of(struct str tag, enum lang otherwise)
{
    enum lang lang;
    return lang_parse(tag, &lang) ? lang : otherwise;
}

/* A translation shows what it lacks in the source's language: that is in the index already. */
static bool is_own(const struct course *course, enum lang here, enum lang in_source)
{
    return course->source == course || (here == course->lang && in_source != here);
}

static void take(struct collecting *c, struct buf *text, struct str *out)
{
    *out = plain_text(c->arena, buf_str(text));
    buf_release(text);
}

static struct str objectives_of(const struct lesson *lesson, struct arena *a)
{
    struct str *texts = ARENA_ARRAY(a, lesson->objective_count + 1, struct str);
    for (size_t i = 0; texts && i < lesson->objective_count; i++)
        texts[i] = lesson->objectives[i].text;
    return texts ? plain_text(a, str_join(a, texts, lesson->objective_count, STR(" "))) : STR_NONE;
}

static void add_lesson(struct collecting *c, const struct lesson *lesson, enum lang lang)
{
    struct search_document d = {
        .kind = SEARCH_LESSON, .lang = lang, .name = lesson->id, .title = plain_text(c->arena, lesson->title)
    };
    struct buf text, headings;
    buf_init(&text, TEXT_CEILING);
    buf_init(&headings, TEXT_CEILING);
    for (size_t i = 0; i < lesson->text_count; i++)
        if (lesson->parts[i].kind == PART_PROSE)
            plain_add(lesson->parts[i].prose, &text, &headings);
    d.objectives = objectives_of(lesson, c->arena);
    take(c, &headings, &d.headings);
    take(c, &text, &d.body);
    add(c, d);
}

static void add_entry(struct collecting *c, const struct glossary_entry *entry, enum lang lang)
{
    struct search_document d = {
        .kind = SEARCH_ENTRY, .lang = lang, .name = entry->id, .title = plain_text(c->arena, entry->title)
    };
    struct buf text;
    buf_init(&text, TEXT_CEILING);
    plain_add(entry->text, &text, NULL);
    take(c, &text, &d.body);
    add(c, d);
}

static void add_course(struct collecting *c, const struct course *course)
{
    const struct course *source = course->source;
    add(c, (struct search_document){ .kind = SEARCH_COURSE,
                                     .lang = course->lang,
                                     .title = plain_text(c->arena, course->title),
                                     .body = plain_text(c->arena, course->summary_text) });
    for (size_t i = 0; i < course->lesson_count; i++) {
        enum lang lang = lang_of(course->lessons[i].tag, course->lang);
        if (is_own(course, lang, lang_of(source->lessons[i].tag, source->lang)))
            add_lesson(c, &course->lessons[i], lang);
    }
    for (size_t i = 0; i < course->glossary_count; i++) {
        enum lang lang = lang_of(course->glossary[i].tag, course->lang);
        if (is_own(course, lang, lang_of(source->glossary[i].tag, source->lang)))
            add_entry(c, &course->glossary[i], lang);
    }
}

/* Texts are told apart by what never stands in them. */
static struct str hash_of(const struct search_course *course, struct arena *a)
{
    struct digest digest;
    digest_start(&digest);
    digest_add(&digest, form_of_index);
    for (size_t i = 0; i < course->document_count; i++) {
        const struct search_document *d = &course->documents[i];
        const struct str fields[] = { d->name,     d->title, d->objectives,
                                      d->headings, d->body,  str_format(a, "%d %d", (int)d->kind, (int)d->lang) };
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
            digest_add(&digest, fields[f]);
            digest_add(&digest, (struct str){ "", 1 });
        }
    }
    struct str hash = digest_end(&digest, a);
    return arena_status(a) ? STR_NONE : hash;
}

struct search_course indexing_course(const struct course *course, struct arena *a)
{
    size_t most = LANG_COUNT * (1 + course->lesson_count + course->glossary_count);
    struct collecting c = { .arena = a, .list = ARENA_ARRAY(a, most, struct search_document) };
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (course_speaks(course, (enum lang)lang))
            add_course(&c, course_in(course, (enum lang)lang));
    struct search_course indexed = { .course = course->id, .documents = c.list, .document_count = c.count };
    indexed.hash = hash_of(&indexed, a);
    return indexed;
}

/* ---------- what the index has to learn ---------- */

struct settling {
    struct arena arena;
    const struct catalogue *catalogue;
    struct search_course *live, *indexed; /* both sorted by id */
    size_t live_count, indexed_count;
    struct search_word *words, *indexed_words; /* both sorted */
    size_t word_count, indexed_word_count;
};

static bool has(const struct search_course *list, size_t count, const struct search_course *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(list[i].course, wanted->course))
            return str_equal(list[i].hash, wanted->hash);
    return false;
}

static bool differs(const struct settling *s)
{
    bool same = s->live_count == s->indexed_count;
    for (size_t i = 0; same && i < s->live_count; i++)
        same = has(s->indexed, s->indexed_count, &s->live[i]);
    return !same;
}

static enum status change_courses(struct db_conn *conn, const struct settling *s)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < s->indexed_count; i++)
        if (!has(s->live, s->live_count, &s->indexed[i]))
            status = search_index_drop(conn, s->indexed[i].course);
    for (size_t i = 0; status == OK && i < s->live_count; i++)
        if (!has(s->indexed, s->indexed_count, &s->live[i]))
            status = search_index_put(conn, &s->live[i]);
    return status;
}

/* Both lists have an order, so each word is looked at once. */
static enum status change_words(struct db_conn *conn, const struct settling *s)
{
    enum status status = OK;
    for (size_t old = 0, fresh = 0; status == OK && (old < s->indexed_word_count || fresh < s->word_count);) {
        int order = old == s->indexed_word_count ? 1
                    : fresh == s->word_count     ? -1
                                                 : vocabulary_order(&s->indexed_words[old], &s->words[fresh]);
        if (order < 0)
            status = search_index_drop_word(conn, &s->indexed_words[old]);
        else if (order > 0)
            status = search_index_put_word(conn, &s->words[fresh]);
        old += order <= 0;
        fresh += order >= 0;
    }
    return status;
}

static enum status change(struct db_conn *conn, void *job)
{
    enum status status = change_courses(conn, job);
    return status ? status : change_words(conn, job);
}

static enum status read_live(struct settling *s)
{
    s->live = ARENA_ARRAY(&s->arena, s->catalogue->count + 1, struct search_course);
    for (size_t i = 0; s->live && i < s->catalogue->count; i++)
        s->live[s->live_count++] = indexing_course(s->catalogue->courses[i], &s->arena);
    return arena_status(&s->arena);
}

static enum status read_words(struct settling *s)
{
    struct vocabulary vocabulary;
    vocabulary_init(&vocabulary, &s->arena);
    for (size_t i = 0; i < s->live_count; i++)
        for (size_t d = 0; d < s->live[i].document_count; d++)
            vocabulary_add_document(&vocabulary, &s->live[i].documents[d]);
    s->words = vocabulary_sorted(&vocabulary, &s->word_count);
    return arena_status(&s->arena);
}

static enum status settle(const struct app *app, struct settling *s)
{
    struct db_conn *view;
    enum status status = read_live(s);
    if (status == OK)
        status = db_view(app->db, &view);
    if (status)
        return status;
    status = search_index_courses(view, &s->arena, &s->indexed, &s->indexed_count);
    bool learns = status == OK && differs(s);
    if (learns)
        status = search_index_words(view, &s->arena, &s->indexed_words, &s->indexed_word_count);
    db_view_end(view);
    if (learns && status == OK)
        status = read_words(s);
    return learns && status == OK ? db_bulk(app->db, change, s) : status;
}

enum status indexing_settle(const struct app *app)
{
    struct settling s = { .catalogue = catalogue_take(app->catalogue) };
    arena_init(&s.arena, MEMORY_CEILING);
    enum status status = settle(app, &s);
    arena_release(&s.arena);
    catalogue_release(app->catalogue, s.catalogue);
    return status;
}
