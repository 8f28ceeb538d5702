/* check: what is wrong with course packs, all at once, with place and mend. */
#include "cli/command.h"
#include "cli/fix.h"
#include "doc/render.h"
#include "page/app.h"

#include <unistd.h>

static const struct cli_option options[] = {
    { "format", "text|json", "text (default): file:line:column: severity: message [code]" },
    { "lang", "de|en", "language of the messages (default: that of LANG, else de)" },
    { "strict", NULL, "warnings count as errors" },
    { "fix", NULL, "first takes out what is safe: byte order marks, and what translations repeat from course.xml" },
    { NULL, NULL, NULL },
};

struct checking {
    struct cli *cli;
    struct app *app;
    enum lang lang;
    bool json;
    struct doc_node *list;  /* json: the findings */
    struct doc_node *fixed; /* json: what was taken out; NULL: nobody asked for it */
    size_t errors, warnings;
};

static void put_finding(struct checking *c, const struct finding *f, struct str prefix)
{
    struct arena *a = &c->cli->arena;
    struct doc_node *row = doc_add_map(c->list);
    doc_put_text(row, "file", str_format(a, "%.*s%.*s", STR_ARG(prefix), STR_ARG(f->file)));
    doc_put_int(row, "line", f->line);
    doc_put_int(row, "column", f->column);
    doc_put_text(row, "level", f->severity == SEVERITY_ERROR ? STR("error") : STR("warning"));
    doc_put_text(row, "code", str_of(f->code));
    doc_put_text(row, "message", finding_what(f, c->app->messages, c->lang, a));
    doc_put_text(row, "mend", finding_mend(f, c->app->messages, c->lang, a));
}

static void show_finding(struct checking *c, const struct finding *f, struct str prefix)
{
    if (c->json) {
        put_finding(c, f, prefix);
        return;
    }
    struct str line = finding_line(f, c->app->messages, c->lang, prefix, &c->cli->arena);
    printf("%.*s\n", STR_ARG(line));
}

static void show_cut(struct checking *c, const struct pack_cut *cut, struct str prefix)
{
    if (!c->json) {
        printf("%.*s%.*s:%d: %s: %.*s\n", STR_ARG(prefix), STR_ARG(cut->file), cut->line,
               c->lang == LANG_EN ? "taken out" : "entfernt", STR_ARG(cut->words));
        return;
    }
    struct doc_node *row = doc_add_map(c->fixed);
    doc_put_text(row, "file", str_format(&c->cli->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(cut->file)));
    doc_put_int(row, "line", cut->line);
    doc_put_text(row, "words", cut->words);
}

/* Lines are those of before. */
static enum status fix(struct checking *c, const char *directory, struct str prefix)
{
    struct pack_cuts cuts;
    enum status s = fix_pack(c->app->schema, directory, &c->cli->arena, &cuts);
    for (size_t i = 0; s == OK && i < cuts.count; i++)
        show_cut(c, &cuts.list[i], prefix);
    return s;
}

static enum status check_pack(struct checking *c, const char *directory)
{
    struct findings findings;
    struct pack_files files;
    struct arena *a = &c->cli->arena;
    findings_init(&findings, a);
    struct str path = str_of(directory);
    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    struct str prefix = str_format(a, "%.*s/", STR_ARG(path));
    enum status s = cli_has(c->cli, "fix") ? fix(c, directory, prefix) : OK;
    if (s)
        return s;
    s = pack_read(directory, a, &files, &findings);
    if (s == OK || s == INVALID)
        s = pack_check(c->app->schema, &files, &findings);
    for (const struct finding *f = findings.first; f; f = f->next)
        show_finding(c, f, prefix);
    c->errors += findings.errors;
    c->warnings += findings.warnings;
    return s == INVALID ? OK : s;
}

/* Of several paths, as the shell makes them of a pattern, what is there without being a pack is left alone: the folder of
 * the schema, a file. Named alone, it was meant. */
static bool is_passed_over(const struct checking *c, const char *path)
{
    struct arena *a = &c->cli->arena;
    const char *source = str_format(a, "%s/course.xml", path).at;
    if (c->cli->argument_count == 1 || !source || access(path, F_OK) != 0 || access(source, F_OK) == 0)
        return false;
    fprintf(stderr, "lotse: %s has no course.xml: passed over\n", path);
    return true;
}

static enum lang preferred_language(const struct cli *cli)
{
    enum lang lang = LANG_DE;
    struct str asked = cli_flag(cli, "lang");
    const char *env = getenv("LANG");
    if (asked.at)
        (void)lang_parse(asked, &lang);
    else if (env && str_starts(str_of(env), STR("en")))
        lang = LANG_EN;
    return lang;
}

static int finish(struct checking *c, const struct doc *doc)
{
    if (c->json) {
        struct buf out;
        struct buf_sink sink;
        buf_init(&out, 16 * 1024 * 1024);
        buf_sink_init(&sink, &out);
        doc_json(doc, &sink.sink);
        fwrite(out.at, 1, out.len, stdout);
        buf_release(&out);
    } else if (c->errors + c->warnings == 0) {
        puts(c->lang == LANG_EN ? "no findings" : "keine Befunde");
    }
    bool bad = c->errors || (cli_has(c->cli, "strict") && c->warnings);
    return bad ? EXIT_FINDINGS : EXIT_FINE;
}

static int check(struct cli *cli, struct app *app)
{
    struct str format = cli_flag(cli, "format");
    struct doc *doc = doc_new(&cli->arena);
    struct checking c = { .cli = cli, .app = app, .lang = preferred_language(cli), .json = str_is(format, "json") };
    if (!doc)
        return cli_trouble("out of memory");
    if (format.at && !c.json && !str_is(format, "text"))
        return cli_trouble("--format is text or json, not '%.*s'", STR_ARG(format));
    c.list = doc_put_list(doc->data, "findings");
    c.fixed = cli_has(cli, "fix") ? doc_put_list(doc->data, "fixed") : NULL;
    size_t checked = 0;
    for (size_t i = 0; i < cli->argument_count; i++) {
        if (is_passed_over(&c, cli->arguments[i]))
            continue;
        if (check_pack(&c, cli->arguments[i]))
            return cli_trouble("%s cannot be read, or not be written", cli->arguments[i]);
        checked++;
    }
    return checked ? finish(&c, doc) : cli_trouble("none of these is a course pack: a folder with a course.xml");
}

static int run(struct cli *cli)
{
    if (cli->argument_count == 0)
        return cli_trouble("say which pack: lotse check courses/informationssicherheit");
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open_words(&app, &cli->config, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : check(cli, &app);
    app_close(&app);
    return code;
}

const struct command command_check = {
    "check",
    "PATH...",
    "Checks course packs: every error at once, with its place and how to mend it.\n"
    "A path without course.xml is an error when it is the only one; of several, as the shell makes them of courses/*,\n"
    "it is passed over with a word on standard error.",
    options,
    run,
};
