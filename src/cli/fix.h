/* fix: takes out of a pack's translations what they say again in exactly the words of the source. A careful change of a
 * text: every other byte stays, and a file is replaced as a whole or not at all. */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "course/pack.h"

/* The cuts that were made, in the arena; none where the folder cannot be read as a pack (the check that follows says
 * why). UNAVAILABLE: a file cannot be replaced; it and those after it are as they were. */
enum status fix_pack(const struct pack_schema *, const char *directory, struct arena *, struct pack_cuts *) MUST_CHECK;

#endif
