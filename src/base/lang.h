/* lang: the four languages of the interface. A course's content has its own language tag beside. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include "base/str.h"

enum lang { LANG_DE, LANG_EN, LANG_FR, LANG_IT, LANG_COUNT };

const char *lang_code(enum lang);  /* "de" */
const char *lang_tag(enum lang);   /* "de-CH": for HTML's lang attribute */
const char *lang_name(enum lang);  /* "Deutsch": in the language itself */
bool lang_parse(struct str code, enum lang *out);               /* "de", "de-CH", "DE" */
/* The best of an Accept-Language header (RFC 9110, 12.5.4); fallback where none fits. */
enum lang lang_negotiate(struct str header, enum lang fallback);

#endif
