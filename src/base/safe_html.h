/* safe_html: markup that may stand in a page as it is.
 * Only course/ (from checked packs) and doc/ (its own escaping) make one; the type is the proof. */
#ifndef BASE_SAFE_HTML_H
#define BASE_SAFE_HTML_H

#include "base/sink.h"

struct safe_html {
    struct str markup;
};

/* Escapes & < > " ' for element content and quoted attributes alike. */
void safe_html_escape(struct buf *, struct str text);
void safe_html_write(struct sink *, struct str text);
struct safe_html safe_html_of_text(struct arena *, struct str text);

#endif
