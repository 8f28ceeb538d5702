/* prose: a pack's elements as safe html, with the classes of web/styles/prose.css. The one place where markup of packs
 * is written: every text is escaped, every element and attribute is one of ours, every address is built here.
 *
 * One struct prose serves one document while it is built, in one thread. Results live in its arena. The first failure
 * sticks (NO_MEMORY or TOO_LARGE) and shows in prose_status. */
#ifndef COURSE_PROSE_H
#define COURSE_PROSE_H

#include "base/message.h"
#include "base/policy.h"
#include "base/safe_html.h"
#include "course/pack.h"
#include "course/xml.h"

/* Something that a link, a term or an explanation can lead to. */
struct anchor {
    struct str id;
    const xmlNode *node;
    bool used; /* an entry of the glossary that the lesson being written refers to */
};

struct prose {
    struct arena *arena;
    const struct messages *messages; /* NULL: labels are their ids */
    const struct policies *policies; /* of the organisation; may be NULL */
    const struct pack_files *files;  /* for the size of pictures */
    enum lang lang;
    struct str course, hash;         /* course: its id; empty: no page of it can be opened */
    struct anchor *anchors; /* sorted by id */
    size_t anchor_count;
    const xmlNode **notes; /* footnotes of the lesson being written, in their order; room for all of the document */
    size_t note_count;
    const xmlNode *lesson; /* whose page is being written; NULL: a text that can stand on any page */
    int heading;           /* level of the next heading */
    bool without_ids;      /* a second copy is being written: ids would be there twice */
    struct buf out;
};

enum status prose_init(struct prose *, const xmlDoc *, struct arena *, const struct messages *,
                       const struct pack_files *, enum lang, struct str hash) MUST_CHECK;
void prose_release(struct prose *);
enum status prose_status(const struct prose *) MUST_CHECK;

/* From here on links inside the lesson are local and terms lead to its glossary. NULL: no lesson. */
void prose_enter_lesson(struct prose *, const xmlNode *lesson);

/* The blocks from one element up to another (NULL: to the end of their parent). */
struct safe_html prose_run(struct prose *, const xmlNode *from, const xmlNode *until);
struct safe_html prose_blocks(struct prose *, const xmlNode *parent); /* all in it but a title; NULL: nothing */
/* Words in a line; NULL: nothing. */
struct safe_html prose_phrase(struct prose *, const xmlNode *parent);
/* What a question is about: title, fields, blocks. NULL: nothing. */
struct safe_html prose_material(struct prose *, const xmlNode *material);
/* The blocks of a question's <prompt> but the question itself. */
struct safe_html prose_setting(struct prose *, const xmlNode *prompt);
/* The question itself: the last paragraph; NULL: the prompt has none. */
const xmlNode *prose_asked(const xmlNode *prompt);
/* The footnotes of the lesson entered last, with links back; empty: none. */
struct safe_html prose_footnotes(struct prose *);
/* The entries that the lesson entered last refers to, in the glossary's order, as a list of definitions, and the windows
 * that its terms open; empty: none. */
struct safe_html prose_glossary(struct prose *, const struct glossary_entry *, size_t count);

/* Writes the picture of a figure in the document's language: a drawing stands in the page, any other is an image. */
void prose_picture(struct prose *, const xmlNode *figure);

/* Written for a mark or a gap of a question's passage; no XML can hold it, so it is in no text. */
#define PROSE_PLACE '\x01'

/* NULL: there is no such id. */
const struct anchor *prose_anchor(const struct prose *, struct str id);
/* The lesson that an element stands in, itself included; NULL: none. */
const xmlNode *prose_lesson_of(const xmlNode *);

/* ---- for the files of prose ---- */

void prose_add(struct prose *, const char *markup); /* a literal of ours */
void prose_text(struct prose *, struct str);        /* escaped */
/* name="value" with a blank before, escaped; nothing where value is STR_NONE. */
void prose_attr(struct prose *, const char *name, struct str value);
void prose_label(struct prose *, const char *message); /* words of the interface in the course's language */
void prose_inline(struct prose *, const xmlNode *parent);

#endif
