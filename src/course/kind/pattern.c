/* pattern: see pattern.h. Limits are those that were measured: a catastrophic pattern gives up within a millisecond. */
#include "course/kind/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct pattern {
    pcre2_code *code;
};

enum {
    DEPTH_LIMIT = 10 * 1000,
    HEAP_LIMIT_KIB = 4 * 1024,
    NEST_LIMIT = 50,
    JIT_STACK_FIRST = 32 * 1024, /* workers have small stacks: the matcher brings its own */
    JIT_STACK_MOST = 512 * 1024
};

static const uint32_t OPTIONS = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;

static void free_code(void *code)
{
    pcre2_code_free(code);
}

static struct str error_text(int error, struct arena *a)
{
    PCRE2_UCHAR words[256];
    int len = pcre2_get_error_message(error, words, sizeof words);
    return len > 0 ? str_copy(a, (struct str){ (const char *)words, (size_t)len }) : STR_NONE;
}

static pcre2_code *compile_code(struct str source, uint32_t more_options, int *error, PCRE2_SIZE *at)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        *error = PCRE2_ERROR_NOMEMORY;
        return NULL;
    }
    pcre2_set_max_pattern_length(context, PATTERN_MAX_BYTES);
    pcre2_set_parens_nest_limit(context, NEST_LIMIT);
    PCRE2_SPTR text = (PCRE2_SPTR)(source.at ? source.at : "");
    pcre2_code *code = pcre2_compile(text, source.len, OPTIONS | more_options, error, at, context);
    pcre2_compile_context_free(context);
    return code;
}

static const struct pattern *compile(struct str source, uint32_t more_options, struct arena *a, struct str *problem,
                                     size_t *offset)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *code = compile_code(source, more_options, &error, &at);
    if (!code) {
        *problem = error_text(error, a);
        *offset = at;
        return NULL;
    }
    /* Without JIT (no support, or memory that may not become executable) the interpreter does the same under the same
     * limits. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    struct pattern *p = ARENA_NEW(a, struct pattern);
    if (arena_defer(a, free_code, code) || !p) {
        *problem = error_text(PCRE2_ERROR_NOMEMORY, a);
        *offset = 0;
        return NULL;
    }
    p->code = code;
    return p;
}

const struct pattern *pattern_compile(struct str source, struct arena *a, struct str *problem, size_t *offset)
{
    return compile(source, PCRE2_CASELESS, a, problem, offset);
}

const struct pattern *pattern_compile_exact_case(struct str source, struct arena *a, struct str *problem,
                                                 size_t *offset)
{
    return compile(source, 0, a, problem, offset);
}

/* What one match needs; any of it may be missing when memory is short. */
struct matcher {
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_match_data *data;
};

static void matcher_init(struct matcher *m)
{
    m->context = pcre2_match_context_create(NULL);
    m->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL);
    m->data = pcre2_match_data_create(1, NULL); /* whether, not where */
}

static void matcher_release(struct matcher *m)
{
    pcre2_match_data_free(m->data);
    pcre2_jit_stack_free(m->stack);
    pcre2_match_context_free(m->context);
}

/* PCRE2's answer; negative: no match, or why there is no answer. */
static int run(const struct matcher *m, const struct pattern *p, struct str text, uint32_t steps, uint32_t options)
{
    pcre2_set_match_limit(m->context, steps);
    pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
    pcre2_jit_stack_assign(m->context, NULL, m->stack);
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.at ? text.at : "");
    return pcre2_match(p->code, subject, text.len, 0, options, m->data, m->context);
}

bool pattern_matches(const struct pattern *p, struct str text)
{
    struct matcher m;
    matcher_init(&m);
    /* 0: it matched and the captures did not fit, which nobody asked for. */
    bool matches = m.context && m.data && run(&m, p, text, PATTERN_MAX_STEPS, 0) >= 0;
    matcher_release(&m);
    return matches;
}

/* Compiled code counts fewer steps and not the same on every machine. */
bool pattern_gives_up(const struct pattern *p, struct str text, uint32_t steps)
{
    struct matcher m;
    matcher_init(&m);
    int answer = m.context && m.data ? run(&m, p, text, steps, PCRE2_NO_JIT) : PCRE2_ERROR_NOMATCH;
    matcher_release(&m);
    return answer == PCRE2_ERROR_MATCHLIMIT || answer == PCRE2_ERROR_DEPTHLIMIT || answer == PCRE2_ERROR_HEAPLIMIT;
}
