/* error_page: what a person sees where no page could be made: the request was unreadable, or the server is closing.
 * Complete, without template or catalogue (they may be what failed), in German and English. */
#ifndef HTTP_ERROR_PAGE_H
#define HTTP_ERROR_PAGE_H

#include "http/reply.h"

/* Code, type and body; a code without words of its own is told as 400 or 500. Keeps no word of the request. The caller
 * of a 405 adds Allow. */
void error_page_fill(struct reply *, int code);

#endif
