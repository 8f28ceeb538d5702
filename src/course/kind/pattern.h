/* pattern: a regular expression of a pack, compiled once and safe to run on what anybody types.
 *
 * PCRE2 on UTF-8 with Unicode classes; it must match the whole text. Matching is bounded (steps, depth, heap): a
 * pattern that gives up does not match. Compiled code is const and shared by threads; each match brings its own memory.
 */
#ifndef COURSE_PATTERN_H
#define COURSE_PATTERN_H

#include "base/str.h"

/* A step is a call of PCRE2's matcher. What needs more of them than MAX is no match; a pattern for which some text needs
 * more than BAD has no place in a pack. Two or three ".*" around words stay below, repetitions of repetitions do not. */
enum { PATTERN_MAX_BYTES = 1000, PATTERN_MAX_STEPS = 500 * 1000, PATTERN_BAD_STEPS = 1000 * 1000 };

struct pattern;

/* Without regard to case, as packs mean it unless a rule says case="yes". NULL: it does not compile; *problem says why
 * (English, PCRE2's words) and *offset where (bytes). The code is freed with the arena. */
const struct pattern *pattern_compile(struct str source, struct arena *, struct str *problem, size_t *offset);
const struct pattern *pattern_compile_exact_case(struct str source, struct arena *, struct str *problem,
                                                 size_t *offset);

bool pattern_matches(const struct pattern *, struct str text);

/* Whether matching needs more steps than that (or more memory than a match has), the same on every machine. */
bool pattern_gives_up(const struct pattern *, struct str text, uint32_t steps);
/* A text of at most so many characters for which the pattern needs more than BAD steps, or STR_NONE where none was found. What trying
 * costs is taken from *budget (steps); at 0 nothing more is tried. */
struct str pattern_worst_text(const struct pattern *, struct str source, size_t most_chars, struct arena *,
                              size_t *budget);

#endif
