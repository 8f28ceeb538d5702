/* text: the small alphabets of addresses and form fields. Empty text belongs to none of them. */
#ifndef HTTP_TEXT_H
#define HTTP_TEXT_H

#include "base/str.h"

bool text_is_id(struct str);    /* [a-z][a-z0-9-]* */
bool text_is_code(struct str);  /* [A-Za-z0-9_.:-]+ */
bool text_is_token(struct str); /* [A-Za-z0-9_-]+ */

#endif
