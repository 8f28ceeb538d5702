/* log: one line an event on standard error, key=value, written with one write(2) so that lines of several
 * threads never mix. Values that come from outside are quoted and escaped: a log line cannot be forged.
 * Never log names, answers, tokens or bodies (docs/security.md). */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below this level are dropped. Set once, before threads start. */
void log_threshold(enum log_level);
void log_event(enum log_level, const char *format, ...) PRINTF_LIKE(2, 3);
/* Text in quotes with control characters and quotes escaped. */
struct str log_quote(struct arena *, struct str);

#endif
