/* licences: what the binary carries and links, for the /licences page. */
#ifndef PAGE_LICENCES_H
#define PAGE_LICENCES_H

#include "doc/doc.h"

/* version, and the list components {name, version, licence, url}. */
void licences_put(struct doc_node *data);

#endif
