/* reference_look: what an example of the reference looks like, for the page alone. Keys: templates/reference-look. */
#ifndef PAGE_REFERENCE_LOOK_H
#define PAGE_REFERENCE_LOOK_H

#include "page/exchange.h"

void reference_look_put(struct exchange *, const struct reference_entry *, struct doc_node *map);
/* How the answer that the address tries is marked, in a word; STR_NONE: it tries none of this example. */
struct str reference_look_verdict(const struct exchange *, const struct reference_entry *);

#endif
