/* render: a document as JSON and as CSV. (HTML: template.h.)
 * Output goes to a sink; the caller looks at sink->status at the end. Row sources are streamed. */
#ifndef DOC_RENDER_H
#define DOC_RENDER_H

#include "base/message.h"
#include "base/sink.h"
#include "doc/doc.h"

/* data as one JSON object, UTF-8, no trailing white space but one line feed. Integers beyond 2^53 as text. A table is
 * an array with a row a line. "<" is written \u003c: the bytes may stand in a script element and cannot end it. */
void doc_json(const struct doc *, struct sink *);

/* The document's table. Swiss spreadsheet form: UTF-8 with BOM, ';', CRLF, headings from messages, text that begins
 * with = + - @ tab or CR gets a leading apostrophe, quotes doubled. raw: ',' LF, no BOM, no apostrophe, field ids as
 * headings. Numbers are bare digits, days 2026-11-23. The sink's status is NOT_FOUND for a document without a table. */
void doc_csv(const struct doc *, const struct messages *, enum lang, bool raw, struct sink *);

#endif
