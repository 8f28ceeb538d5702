/* check_words: how many parts a question has, and whether their words can be told apart. */
#include "course/check/check.h"

enum { MOST_COMPARED = 100 };

void check_most(const struct check *check, const struct document *document, const xmlNode *question, const char *child,
                size_t most)
{
    if (xml_count(question, child) > most)
        check_error(check, document, question, NULL, "too-many-parts",
                    PARAMS(PARAM_OF_INT("most", (int64_t)most), PARAM_OF_TEXT("element", str_of(child))));
}

struct str check_nearest_part(const struct check *check, const xmlNode *question, const char *child, struct str id)
{
    struct names ids = { ARENA_ARRAY(check->arena, MOST_COMPARED, struct str), 0 };
    for (const xmlNode *part = xml_child(question, child); ids.list && part && ids.count < MOST_COMPARED;
         part = xml_next_same(part))
        ids.list[ids.count++] = xml_attr(part, "id");
    return names_nearest(&ids, id);
}

struct worded {
    const xmlNode *node;
    struct str words;
};

static bool is_named(const xmlNode *node, const char *const *names)
{
    while (*names && !xml_is(node, *names))
        names++;
    return *names != NULL;
}

static const xmlNode *find_twin(const struct worded *list, size_t count, struct str words)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(list[i].words, words))
            return list[i].node;
    return NULL;
}

/* Compares all with all: what is far over check_most is left alone. */
void check_words_differ(const struct check *check, const struct document *document, const xmlNode *question,
                        const char *const *names)
{
    struct worded list[MOST_COMPARED];
    size_t count = 0;
    for (const xmlNode *node = xml_walk(question, question); node && count < MOST_COMPARED;
         node = xml_walk(question, node)) {
        if (!is_named(node, names))
            continue;
        struct str words = xml_text(node, check->arena);
        const xmlNode *twin = find_twin(list, count, words);
        if (words.len == 0)
            check_error(check, document, node, NULL, "no-words", PARAMS(PARAM_OF_TEXT("element", xml_name(node))));
        else if (twin)
            check_error(check, document, node, NULL, "double-words",
                        PARAMS(PARAM_OF_TEXT("text", words), check_line_of(check, document, twin)));
        list[count++] = (struct worded){ node, words };
    }
}
