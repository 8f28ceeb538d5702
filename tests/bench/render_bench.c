/* render_bench: what it costs to build a document of 50 rows with 8 fields and to render it as a page, as JSON and as
 * CSV. Prints microseconds, the median of many runs. Not a test: it compares nothing.
 * Build and run: see CONTRIBUTING, or link it with build/release objects of base/ and doc/. */
#include "base/clock.h"
#include "doc/render.h"
#include "doc/template.h"

enum { ROWS = 50, RUNS = 4000 };

static const char page_text[] =
    "<!doctype html>\n<html lang=\"{{lang}}\">\n{{>top}}\n<table>\n{{#rows}}\n"
    "<tr><td><a href=\"{{url}}\">{{code}}</a></td><td>{{name}}</td><td>{{n}}</td><td>{{share}}</td><td>{{due}}</td>"
    "<td>{{#done}}ja{{/done}}{{^done}}nein{{/done}}</td><td>{{note}}</td><td>{{level}}</td></tr>\n"
    "{{/rows}}\n</table>\n</html>\n";
static const char top_text[] = "<h1>{{title}}</h1>\n<p>{{summary}}</p>\n";

static const struct doc_column columns[] = {
    { "code", "code" }, { "name", "name" }, { "n", "n" },       { "share", "share" },
    { "due", "due" },   { "done", "done" }, { "note", "note" }, { "level", "level" },
};

static struct doc *build(struct arena *a)
{
    struct doc *d = doc_new(a);
    doc_put_text(d->view, "lang", STR("de-CH"));
    doc_put_text(d->data, "title", STR("Finanzdepartement"));
    doc_put_text(d->data, "summary", STR("Stand: Oktober 2026 & «Lernende»"));
    struct doc_node *table = doc_put_table(d, d->data, "rows", columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < ROWS; i++) {
        struct doc_node *row = doc_add_row(table);
        doc_put_urlf(row, "url", "/units/FD-%d", i);
        doc_put_text(row, "code", STR("FD-STEUER"));
        doc_put_text(row, "name", STR("Steueramt & Inkasso, Abteilung Ost"));
        doc_put_int(row, "n", 1000 + i * 37);
        doc_put_percent(row, "share", i * 2);
        doc_put_day(row, "due", 20780 + i);
        doc_put_bool(row, "done", i % 3 == 0);
        doc_put_null(row, "note");
        doc_put_text(row, "level", STR("Stufe 2"));
    }
    return d;
}

struct bench {
    const struct template_set *set;
    struct messages *messages;
    struct arena arena;
    struct buf out;
};

static void run_build(struct bench *b, struct doc *d, struct sink *out)
{
    (void)d;
    (void)out;
    build(&b->arena);
}

static void run_page(struct bench *b, struct doc *d, struct sink *out)
{
    struct str problem;
    if (template_render(b->set, STR("page"), d, LANG_DE, &b->arena, out, &problem) != OK) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        exit(2);
    }
}

static void run_json(struct bench *b, struct doc *d, struct sink *out)
{
    (void)b;
    doc_json(d, out);
}

static void run_csv(struct bench *b, struct doc *d, struct sink *out)
{
    doc_csv(d, b->messages, LANG_DE, true, out);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void measure(struct bench *b, const char *what, void (*work)(struct bench *, struct doc *, struct sink *))
{
    static int64_t took[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct buf_sink sink;
        arena_reset(&b->arena);
        buf_clear(&b->out);
        buf_sink_init(&sink, &b->out);
        struct doc *d = build(&b->arena);
        int64_t start = now_ns();
        work(b, d, &sink.sink);
        took[i] = now_ns() - start;
    }
    qsort(took, RUNS, sizeof *took, by_value);
    printf("%-6s median %6.1f us  p99 %6.1f us  %6zu bytes  arena %zu\n", what, (double)took[RUNS / 2] / 1000,
           (double)took[RUNS * 99 / 100] / 1000, b->out.len, b->arena.used);
}

int main(void)
{
    const struct template_source sources[] = { { STR("page"), str_of(page_text) }, { STR("top"), str_of(top_text) } };
    struct bench b = { 0 };
    struct template_set *set;
    struct str problem;
    arena_init(&b.arena, 1 << 22);
    buf_init(&b.out, 1 << 22);
    if (messages_load(&b.messages, (const struct str[LANG_COUNT]){ STR_NONE }) != OK)
        return 2;
    const struct template_options options = { .messages = b.messages };
    if (template_compile(&set, sources, 2, &options, &b.arena, &problem) != OK) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        return 2;
    }
    b.set = set;
    measure(&b, "build", run_build);
    measure(&b, "page", run_page);
    measure(&b, "json", run_json);
    measure(&b, "csv", run_csv);
    template_free(set);
    messages_free(b.messages);
    arena_release(&b.arena);
    buf_release(&b.out);
    return 0;
}
