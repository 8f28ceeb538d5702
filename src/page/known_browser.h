/* known_browser: a browser in which somebody has signed in before is not slowed down by strangers who guess at that name.
 *
 * Its cookie holds a random number and a keyed hash of number and name: nobody can make one, and it says nothing about a
 * person. Tries from such a browser are counted apart, under its number; all others of that name together. */
#ifndef PAGE_KNOWN_BROWSER_H
#define PAGE_KNOWN_BROWSER_H

#include "page/exchange.h"

/* Under which key the tries of this browser at that name are counted; 32 bytes in the arena. */
struct str known_browser_counter(const struct exchange *, struct str name);
/* After signing in: sends a fresh cookie for that name. */
void known_browser_remember(struct exchange *, struct str name);

#endif
