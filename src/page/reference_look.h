/* reference_look: what an example of the reference looks like, for the page alone. Keys: templates/reference-look. */
#ifndef PAGE_REFERENCE_LOOK_H
#define PAGE_REFERENCE_LOOK_H

#include "page/exchange.h"

void reference_look_put(struct exchange *, const struct reference_entry *, struct doc_node *map);

#endif
