/* frame: see frame.h. A page has at most four places in its navigation; areas switch in the account menu. */
#include "page/frame.h"

#include "base/utf8.h"

struct place {
    const char *url, *label;
};

static void put_places(struct exchange *x, const char *key, const struct place *places, size_t count, const char *here)
{
    struct doc_node *list = doc_put_list(x->doc->view, key);
    for (size_t i = 0; i < count; i++) {
        struct doc_node *item = doc_add_map(list);
        doc_put_url(item, "url", str_of(places[i].url));
        doc_put_text(item, "label", exchange_say(x, places[i].label));
        doc_put_bool(item, "here", here && strcmp(here, places[i].url) == 0);
    }
}

static bool in_packs(const struct exchange *x)
{
    return str_starts(x->request->path, STR("/packs"));
}

static bool in_reports(const struct exchange *x)
{
    return str_starts(x->request->path, STR("/units"));
}

static bool sees_reports(const struct exchange *x)
{
    return viewer_has(&x->visitor.viewer, ROLE_LEAD) || viewer_has(&x->visitor.viewer, ROLE_HR);
}

static void put_nav(struct exchange *x)
{
    static const struct place learning[] = { { "/learn", "nav-learn" }, { "/courses", "nav-courses" } };
    static const struct place reports[] = { { "/units", "nav-units" } };
    static const struct place packs[] = { { "/packs", "nav-packs" } };
    struct str path = x->request->path;
    if (!x->visitor.signed_in)
        put_places(x, "nav", NULL, 0, NULL);
    else if (in_reports(x))
        put_places(x, "nav", reports, 1, "/units");
    else if (in_packs(x))
        put_places(x, "nav", packs, 1, "/packs");
    else
        put_places(x, "nav", learning, 2,
                   str_starts(path, STR("/courses")) || str_starts(path, STR("/attempts")) ||
                       str_is(path, "/search")                                          ? "/courses"
                   : str_is(path, "/learn")                                               ? "/learn"
                                                                                           : NULL);
}

static void put_areas(struct exchange *x)
{
    struct place areas[3];
    size_t count = 0;
    if (x->visitor.signed_in)
        areas[count++] = (struct place){ "/learn", "area-learning" };
    if (sees_reports(x))
        areas[count++] = (struct place){ "/units", "area-people" };
    if (viewer_has(&x->visitor.viewer, ROLE_TRAINER))
        areas[count++] = (struct place){ "/packs", "area-packs" };
    put_places(x, "areas", areas, count, in_reports(x) ? "/units" : in_packs(x) ? "/packs" : "/learn");
}

/* The address as it is, with another language: other parts of the query stay. */
static struct str address_in(const struct exchange *x, enum lang lang)
{
    struct str rest = x->request->raw_query, kept = STR("");
    while (rest.len) {
        struct str part = str_cut(&rest, '&');
        if (part.len && !str_starts(part, STR("lang=")))
            kept = str_format(x->arena, "%.*s%.*s&", STR_ARG(kept), STR_ARG(part));
    }
    return str_format(x->arena, "?%.*slang=%s", STR_ARG(kept), lang_code(lang));
}

static void put_languages(struct exchange *x)
{
    struct doc_node *list = doc_put_list(x->doc->view, "languages");
    for (int i = 0; i < LANG_COUNT; i++) {
        enum lang lang = (enum lang)i;
        struct doc_node *item = doc_add_map(list);
        doc_put_url(item, "url", address_in(x, lang));
        doc_put_text(item, "code", str_of(lang_code(lang)));
        doc_put_text(item, "tag", str_of(lang_tag(lang)));
        doc_put_text(item, "name", str_of(lang_name(lang)));
        doc_put_bool(item, "here", lang == x->lang);
    }
}

/* First letters of the first and the last name. */
static struct str initials(const struct exchange *x, struct str name)
{
    struct str first = utf8_clip(name, 1), last = STR("");
    for (size_t at = 0; at < name.len; at++)
        if (name.at[at] == ' ')
            last = utf8_clip(str_from(name, at + 1), 1);
    return str_format(x->arena, "%.*s%.*s", STR_ARG(first), STR_ARG(last));
}

static void put_user(struct exchange *x)
{
    doc_put_bool(x->doc->view, "signed_in", x->visitor.signed_in);
    if (!x->visitor.signed_in) {
        doc_put_null(x->doc->view, "user");
        return;
    }
    struct doc_node *user = doc_put_map(x->doc->view, "user");
    doc_put_text(user, "name", x->visitor.name);
    doc_put_text(user, "initials", initials(x, x->visitor.name));
}

static void put_dev(struct exchange *x)
{
    if (!x->app->dev) {
        doc_put_null(x->doc->view, "dev");
        return;
    }
    struct doc_node *dev = doc_put_map(x->doc->view, "dev");
    doc_put_text(dev, "text",
                 str_format(x->arena, "%s, request %llx, queries %u, arena %zu bytes", x->page ? x->page->route.pattern : "-",
                            (unsigned long long)x->request->id, db_thread_queries(false), x->arena->used));
}

/* Pages that have the form with its filters need no second field; in a test it would lead away from answers. */
static void put_finding(struct exchange *x)
{
    struct str path = x->request->path;
    bool elsewhere = str_is(path, "/courses") || str_is(path, "/search") || str_starts(path, STR("/attempts/"));
    doc_put_bool(x->doc->view, "finds", x->visitor.signed_in && !elsewhere);
}

static void put_null_unless_there(struct doc_node *map, const char *key)
{
    if (!doc_get(map, str_of(key)))
        doc_put_null(map, key);
}

void frame_put(struct exchange *x)
{
    struct doc_node *view = x->doc->view;
    put_null_unless_there(view, "notice");
    put_null_unless_there(view, "errors");
    put_null_unless_there(view, "language_form");
    doc_put_text(view, "lang", str_of(lang_tag(x->lang)));
    doc_put_text(view, "city", x->app->city);
    doc_put_bool(view, "demo", x->app->demo);
    doc_put_text(view, "csrf", x->csrf);
    doc_put_text(view, "request_id", str_format(x->arena, "%llx", (unsigned long long)x->request->id));
    put_user(x);
    put_nav(x);
    put_areas(x);
    put_finding(x);
    put_languages(x);
    put_dev(x);
}

void frame_notice(struct exchange *x, const char *kind, struct str text)
{
    struct doc_node *notice = doc_put_map(x->doc->view, "notice");
    doc_put_text(notice, "kind", str_of(kind));
    doc_put_text(notice, "text", text);
}

void frame_error(struct exchange *x, struct str url, struct str text)
{
    struct doc_node *errors = (struct doc_node *)doc_get(x->doc->view, STR("errors"));
    if (!errors) {
        errors = doc_put_map(x->doc->view, "errors");
        doc_put_list(errors, "list");
    }
    struct doc_node *item = doc_add_map((struct doc_node *)doc_get(errors, STR("list")));
    doc_put_url(item, "url", url);
    doc_put_text(item, "text", text);
}
