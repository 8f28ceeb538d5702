/* message: the words of the interface, by id, in the reader's language.
 *
 * web/locales/<lang>.po, compiled by msgfmt, embedded. The msgid is an id ("learn-next"), the msgstr the words,
 * plain text with parameters in braces: "Noch {minutes} Minuten". A plural message counts its parameter {n}.
 * A message holds text only, never markup. French and Italian fall back to German for a message that is
 * not yet translated (messages_missing lists them). Immutable after load, free to share among threads. */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include "base/format.h"

struct messages;

enum message_param_kind { PARAM_TEXT, PARAM_INT, PARAM_PERCENT, PARAM_DAY };

struct message_param {
    const char *name;
    enum message_param_kind kind;
    struct str text;
    int64_t number; /* int, whole percent, or civil day */
};

#define PARAM_OF_TEXT(n, s) ((struct message_param){ .name = (n), .kind = PARAM_TEXT, .text = (s) })
#define PARAM_OF_INT(n, i) ((struct message_param){ .name = (n), .kind = PARAM_INT, .number = (i) })
#define PARAM_OF_PERCENT(n, i) ((struct message_param){ .name = (n), .kind = PARAM_PERCENT, .number = (i) })
#define PARAM_OF_DAY(n, i) ((struct message_param){ .name = (n), .kind = PARAM_DAY, .number = (i) })

/* mo[lang] holds one compiled catalogue each (GNU MO format), STR_NONE an empty one; the bytes must outlive the
 * messages. CORRUPT where they are not a catalogue in this machine's byte order. */
enum status messages_load(struct messages **, const struct str mo[LANG_COUNT]) MUST_CHECK;
void messages_free(struct messages *);

/* Whether this language itself has the id (no fallback). */
bool message_exists(const struct messages *, enum lang, struct str id);
/* Whether the id has a plural: its words depend on the parameter n. */
bool message_is_plural(const struct messages *, struct str id);
/* The raw words with braces; count picks the plural form. An unknown id gives NOT_FOUND. */
enum status message_find(const struct messages *, enum lang, struct str id, int64_t count, struct str *raw) MUST_CHECK;
/* The finished text, in the arena or, where there is nothing to fill in, in the catalogue. An unknown id or parameter
 * shows as the id in question marks and is logged: tests fail on it. */
struct str message_text(const struct messages *, struct arena *, enum lang, struct str id,
                        const struct message_param *params, size_t param_count);
/* Splits raw words: takes the words up to the next {parameter} and its name (empty at the end of the words) off
 * *rest. False when nothing is left. */
bool message_split(struct str *rest, struct str *words, struct str *parameter);
/* Calls each(context, id) for every id that German has and this language lacks. */
void messages_missing(const struct messages *, enum lang, void (*each)(void *context, struct str id), void *context);

#endif
