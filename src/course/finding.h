/* finding: what is wrong with a pack, where, and how to mend it. One list a check; the words come from messages. */
#ifndef COURSE_FINDING_H
#define COURSE_FINDING_H

#include "base/message.h"

enum { FINDINGS_KEPT = 200 };

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct finding {
    enum severity severity;
    const char *code;       /* "missing-id": message ids are check-CODE (what), check-CODE-mend (how to mend) */
    struct str file;        /* path inside the pack, "course.xml" */
    int line, column;       /* from 1; 0: the whole file */
    struct message_param params[4];
    size_t param_count;
    struct finding *next;
};

struct findings {
    struct arena *arena;
    struct finding *first; /* sorted by file, line, column after pack_check/pack_load */
    size_t errors, warnings;
    const char *file_prefix; /* not owned; what the command line shows before the path */
};

void findings_init(struct findings *, struct arena *);
/* Up to FINDINGS_KEPT are kept; further ones are only counted. params are copied. */
void findings_add(struct findings *, enum severity, const char *code, struct str file, int line, int column,
                  const struct message_param *params, size_t param_count);
/* Whether further findings would only be counted. */
bool findings_full(const struct findings *);
/* What is wrong, and how to mend it. */
struct str finding_what(const struct finding *, const struct messages *, enum lang, struct arena *);
struct str finding_mend(const struct finding *, const struct messages *, enum lang, struct arena *);
/* "course.xml:12:5", or the file alone. */
struct str finding_place(const struct finding *, struct arena *);
/* "course.xml:12:5: error: Die Frage hat keine richtige Antwort. Setzen Sie ... [missing-key]" */
struct str finding_line(const struct finding *, const struct messages *, enum lang, struct str prefix, struct arena *);

#endif
