/* kind_inbox: messages or cases to be sorted into trays. Trays keep the order of the pack, messages come as drawn. */
#include "course/check/check.h"
#include "course/kind/kind.h"
#include "course/prose/prose.h"

enum { MOST_TRAYS = 6, MOST_MESSAGES = 12 };

struct tray {
    struct str id;
    struct safe_html words;
};

struct message {
    struct str id;
    const struct tray *tray; /* where it belongs */
    struct str from, subject;
    struct safe_html body;     /* blocks; markup empty: none */
    struct safe_html feedback; /* markup empty: none */
};

struct inbox {
    const struct tray *trays;
    size_t tray_count;
    const struct message *messages;
    size_t count; /* of messages */
};

static const struct inbox *inbox_of(const struct question *q)
{
    return q->own;
}

/* NULL: no such tray, or nothing was given. */
static const struct tray *find_tray(const struct inbox *inbox, struct str id)
{
    for (size_t i = 0; i < inbox->tray_count; i++)
        if (str_equal(inbox->trays[i].id, id))
            return &inbox->trays[i];
    return NULL;
}

static const struct tray *given_tray(const struct inbox *inbox, const struct message *message, const struct given *g)
{
    return find_tray(inbox, kind_part(g, message->id));
}

/* Every value names a message and a tray; as many messages lie in one as there are values. */
static bool accepts(const struct question *q, const struct given *g)
{
    const struct inbox *inbox = inbox_of(q);
    size_t known = 0;
    for (size_t i = 0; i < inbox->count; i++)
        known += given_tray(inbox, &inbox->messages[i], g) != NULL;
    return known == g->count && kind_parts_differ(g);
}

static int points(const struct question *q, const struct given *g)
{
    const struct inbox *inbox = inbox_of(q);
    size_t right = 0;
    for (size_t i = 0; i < inbox->count; i++)
        right += given_tray(inbox, &inbox->messages[i], g) == inbox->messages[i].tray;
    return kind_share(q, right, inbox->count);
}

static struct given solve(const struct question *q, struct arena *a)
{
    const struct inbox *inbox = inbox_of(q);
    struct str *values = ARENA_ARRAY(a, inbox->count, struct str);
    for (size_t i = 0; i < inbox->count && values; i++)
        values[i] = kind_part_value(inbox->messages[i].id, inbox->messages[i].tray->id, a);
    return kind_given(values, inbox->count);
}

/* Now and then one that was left lying, but for the first. */
static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    const struct inbox *inbox = inbox_of(q);
    struct str *values = ARENA_ARRAY(a, inbox->count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < inbox->count && values; i++) {
        const struct tray *tray = &inbox->trays[random_below(r, inbox->tray_count)];
        if (i == 0 || random_below(r, 8))
            values[count++] = kind_part_value(inbox->messages[i].id, tray->id, a);
    }
    return kind_given(values, count);
}

/* ---- document leaves ---- */

/* {id, from, body} of a message; its subject is put by the caller: as html in data, as text in a form. */
static struct doc_node *add_message(struct doc_node *list, const struct message *message)
{
    struct doc_node *map = doc_add_map(list);
    doc_put_text(map, "id", message->id);
    doc_put_text(map, "from", message->from);
    kind_put_html(map, "body", message->body);
    return map;
}

static struct safe_html subject_of(const struct doc_node *node, const struct message *message)
{
    return node ? safe_html_of_text(node->arena, message->subject) : (struct safe_html){ STR_NONE };
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    const struct inbox *inbox = inbox_of(q);
    const size_t *order = parts ? kind_shuffle(q, seed, inbox->count, parts->arena) : NULL;
    (void)options;
    doc_put_bool(map, "several", false);
    for (size_t i = 0; i < inbox->count && order; i++) {
        const struct message *message = &inbox->messages[order[i]];
        struct doc_node *part = add_message(parts, message);
        doc_put_html(part, "label", subject_of(part, message));
        struct doc_node *trays = doc_put_list(part, "options");
        for (size_t k = 0; k < inbox->tray_count; k++) {
            struct doc_node *tray = doc_add_map(trays);
            doc_put_text(tray, "id", inbox->trays[k].id);
            doc_put_html(tray, "answer", inbox->trays[k].words);
        }
    }
}

static void put_trays(const struct inbox *inbox, const struct message *message, const struct given *g,
                      struct str html_id, struct doc_node *map)
{
    struct doc_node *trays = doc_put_list(map, "trays");
    const struct tray *chosen = given_tray(inbox, message, g);
    for (size_t i = 0; i < inbox->tray_count && trays; i++) {
        struct doc_node *tray = doc_add_map(trays);
        struct str part = str_format(trays->arena, "%.*s_%.*s", STR_ARG(message->id), STR_ARG(inbox->trays[i].id));
        kind_put_id(tray, "html_id", html_id, part);
        doc_put_text(tray, "id", inbox->trays[i].id);
        doc_put_html(tray, "words", inbox->trays[i].words);
        doc_put_bool(tray, "checked", chosen == &inbox->trays[i]);
    }
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    const struct inbox *inbox = inbox_of(q);
    struct doc_node *messages = doc_put_list(map, "messages");
    const size_t *order = messages ? kind_shuffle(q, seed, inbox->count, messages->arena) : NULL;
    for (size_t i = 0; i < inbox->count && order; i++) {
        const struct message *message = &inbox->messages[order[i]];
        struct doc_node *row = add_message(messages, message);
        doc_put_text(row, "subject", message->subject);
        doc_put_text(row, "input", str_format(messages->arena, "part.%.*s.%.*s", STR_ARG(q->id), STR_ARG(message->id)));
        kind_put_id(row, "html_id", html_id, message->id);
        put_trays(inbox, message, g, html_id, row);
    }
}

static struct safe_html words_of(const struct tray *tray)
{
    return tray ? tray->words : (struct safe_html){ STR_NONE };
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    const struct inbox *inbox = inbox_of(q);
    const size_t *order = marks ? kind_shuffle(q, seed, inbox->count, marks->arena) : NULL;
    kind_put_about(map, (struct safe_html){ STR_NONE }, (struct safe_html){ STR_NONE });
    for (size_t i = 0; i < inbox->count && order; i++) {
        const struct message *message = &inbox->messages[order[i]];
        const struct tray *given = given_tray(inbox, message, g);
        bool right = given == message->tray;
        kind_add_mark(marks, &(struct mark){
                                 .id = message->id,
                                 .label = subject_of(marks, message),
                                 .answer = words_of(given),
                                 .solution = words_of(right ? NULL : message->tray),
                                 .feedback = message->feedback,
                                 .outcome = right ? RIGHTLY_CHOSEN : given ? WRONGLY_CHOSEN : MISSED,
                             });
    }
}

/* ---- from the pack ---- */

static void parse_trays(struct prose *p, const xmlNode *node, struct inbox *inbox, struct tray *trays)
{
    for (const xmlNode *n = xml_child(node, "tray"); n; n = xml_next_same(n))
        trays[inbox->tray_count++] = (struct tray){ str_copy(p->arena, xml_attr(n, "id")), prose_phrase(p, n) };
}

static struct message message_of(struct prose *p, const struct inbox *inbox, const xmlNode *node)
{
    const xmlNode *subject = xml_child(node, "subject"), *feedback = xml_child(node, "feedback");
    return (struct message){
        .id = str_copy(p->arena, xml_attr(node, "id")),
        .tray = find_tray(inbox, xml_attr(node, "tray")),
        .from = xml_text(xml_child(node, "from"), p->arena),
        .subject = xml_text(subject, p->arena),
        .body = prose_run(p, subject ? xml_next(subject) : NULL, feedback),
        .feedback = prose_phrase(p, feedback),
    };
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    size_t trays = xml_count(node, "tray"), count = xml_count(node, "message");
    struct inbox *inbox = ARENA_NEW(p->arena, struct inbox);
    struct tray *tray_list = ARENA_ARRAY(p->arena, trays, struct tray);
    struct message *messages = ARENA_ARRAY(p->arena, count, struct message);
    if (!inbox || !tray_list || !messages)
        return NO_MEMORY;
    *inbox = (struct inbox){ .trays = tray_list, .messages = messages };
    q->own = inbox;
    parse_trays(p, node, inbox, tray_list);
    bool sorted = true;
    for (const xmlNode *n = xml_child(node, "message"); n; n = xml_next_same(n)) {
        messages[inbox->count] = message_of(p, inbox, n);
        sorted = sorted && messages[inbox->count++].tray;
    }
    return sorted && trays >= 2 && count >= 2 && count <= MOST_MESSAGES ? OK : CORRUPT;
}

static bool has_tray(const xmlNode *inbox, struct str id)
{
    const xmlNode *tray = xml_child(inbox, "tray");
    while (tray && !str_equal(xml_attr(tray, "id"), id))
        tray = xml_next_same(tray);
    return tray != NULL;
}

static void report_tray(const struct check *c, const struct document *document, const xmlNode *message)
{
    struct str id = xml_attr(message, "tray"), nearest = check_nearest_part(c, message->parent, "tray", id);
    check_error(c, document, message, "tray", nearest.len ? "misspelt-tray" : "unknown-tray",
                PARAMS(PARAM_OF_TEXT("id", id), PARAM_OF_TEXT("nearest", nearest)));
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    static const char *const trays[] = { "tray", NULL }, *const subjects[] = { "subject", NULL };
    check_most(c, document, node, "tray", MOST_TRAYS);
    check_most(c, document, node, "message", MOST_MESSAGES);
    check_words_differ(c, document, node, trays);
    check_words_differ(c, document, node, subjects);
    for (const xmlNode *message = xml_child(node, "message"); message; message = xml_next_same(message))
        if (!has_tray(node, xml_attr(message, "tray")))
            report_tray(c, document, message);
}

const struct kind kind_inbox = {
    .name = "inbox",
    .flag = "is_inbox",
    .check = check,
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .solve = solve,
    .guess = guess,
    .describe = describe,
    .form = form,
    .result = result,
};
