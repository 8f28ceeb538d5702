/* frame: what stands around every page: navigation, areas, languages, account, notices. */
#ifndef PAGE_FRAME_H
#define PAGE_FRAME_H

#include "page/exchange.h"

/* Puts the keys of templates/page-top into view, after the page has put its own. */
void frame_put(struct exchange *);

/* A notice above the page: kind "success", "info" or "warning". Once a page. */
void frame_notice(struct exchange *, const char *kind, struct str text);
/* The error summary: each links to the field "#id". The first call begins the list. */
void frame_error(struct exchange *, struct str url, struct str text);

#endif
