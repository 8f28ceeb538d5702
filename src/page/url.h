/* url: values inside addresses. */
#ifndef PAGE_URL_H
#define PAGE_URL_H

#include "base/str.h"

/* Percent-encodes all but unreserved characters (RFC 3986, 2.3). In the arena. */
struct str url_encode(struct arena *, struct str);
/* A path of ours to go back to: begins with one '/', nothing that leads elsewhere. */
bool url_is_own_path(struct str);

#endif
