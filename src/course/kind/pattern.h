/* pattern: a regular expression of a pack, compiled once and safe to run on what anybody types.
 *
 * PCRE2 on UTF-8 with Unicode classes; it must match the whole text. Matching is bounded (steps, depth, heap): a
 * pattern that gives up does not match. Compiled code is const and shared by threads; each match brings its own memory.
 */
#ifndef COURSE_PATTERN_H
#define COURSE_PATTERN_H

#include "base/str.h"

enum { PATTERN_MAX_BYTES = 1000 };

struct pattern;

/* Without regard to case, as packs mean it unless a rule says case="yes". NULL: it does not compile; *problem says why
 * (English, PCRE2's words) and *offset where (bytes). The code is freed with the arena. */
const struct pattern *pattern_compile(struct str source, struct arena *, struct str *problem, size_t *offset);
const struct pattern *pattern_compile_exact_case(struct str source, struct arena *, struct str *problem,
                                                 size_t *offset);

bool pattern_matches(const struct pattern *, struct str text);

#endif
