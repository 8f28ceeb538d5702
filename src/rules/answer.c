/* answer: a comparison of three states: shown, saved, brought. No memory, any thread. */
#include "rules/answer.h"

enum answer_fate answer_fate(const struct answer_case *c)
{
    if (str_equal(c->brought, c->saved))
        return ANSWER_LEAVE;
    if (c->choice != CHOICE_NONE && str_equal(c->chosen_against, c->saved))
        return c->choice == CHOICE_BROUGHT ? ANSWER_SAVE : ANSWER_LEAVE;
    if (c->shown.len == 0 || c->own || str_equal(c->shown, c->saved))
        return ANSWER_SAVE;
    return str_equal(c->brought, c->shown) ? ANSWER_LEAVE : ANSWER_ASK;
}
