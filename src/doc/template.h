/* template: Mustache (the public specification, version 1), compiled once, rendered many times.
 *
 * Strict, as the product uses it: a name must exist in the context (its value may be null), a partial must exist;
 * an unknown one fails the rendering with file:line. There is no raw-HTML tag: {{{x}}} and {{&x}} are refused at
 * compile time, because escaping follows the leaf's type (DOC_HTML stands as it is, all else is escaped).
 * Lenient is for the specification's suite alone: missing names are empty and raw tags are allowed.
 * Partials named "msg/ID" are messages: {{>msg/learn-next}}; their {parameters} are looked up in the context and
 * formatted by type (int, percent, day) in the reader's language; the plural counts the name n.
 * Partials named "icon/NAME" give <svg class="i" aria-hidden="true" focusable="false"><use href="SPRITE#NAME"/></svg>.
 * "asset/NAME" gives the hashed address of a web asset: {{>asset/lotse.css}}.
 * These three stand within a line: unlike other partials they keep the line they are alone on. The sprite is the
 * asset "icons.svg". A partial or message that nobody has is a problem at compile time already.
 * Dotted names, sections over bool/list/table/map, inverted sections, comments, set delimiters: as in the
 * specification; lambdas, inheritance and dynamic names are not there. A section over a map, a text or a number pushes
 * it and renders once; false, null, an empty text, list or table render nothing (zero is a value). A table with a row
 * source can be walked once, and not inverted. A bool cannot be shown. Partials nest at most 32 deep.
 * A compiled set is immutable and shared by threads. */
#ifndef DOC_TEMPLATE_H
#define DOC_TEMPLATE_H

#include "base/message.h"
#include "base/sink.h"
#include "doc/doc.h"

struct template_set;

struct template_source {
    struct str name; /* "learn", "question-choice" */
    struct str text;
};

struct template_options {
    bool lenient;
    const struct messages *messages;                        /* may be NULL when lenient */
    struct str (*asset_url)(void *context, struct str name); /* STR_NONE: unknown. May be NULL */
    void *asset_context;
};

/* On templates that do not compile: INVALID and *problem = "learn.mustache:12: section 'x' is not closed", a line for
 * each problem found, allocated in the arena. The set keeps no pointer into the sources. */
enum status template_compile(struct template_set **, const struct template_source *, size_t count,
                             const struct template_options *, struct arena *, struct str *problem) MUST_CHECK;
void template_free(struct template_set *);
bool template_has(const struct template_set *, struct str name);

/* Renders into the sink with the document's data and view as context (view is looked up first).
 * On INVALID (unknown name, partial or message), *problem names file:line. */
enum status template_render(const struct template_set *, struct str name, const struct doc *, enum lang, struct arena *,
                            struct sink *, struct str *problem) MUST_CHECK;

#endif
