/* Every case of shown, saved and brought: what is newer is never lost in silence, and nobody is asked without need. */
#include "rules/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define CHOICE(of, against) .choice = (of), .chosen_against = STR_INIT(against)

static void test_fate(void **state)
{
    static const struct {
        const char *why;
        struct answer_case c;
        enum answer_fate fate;
    } cases[] = {
        { "as shown, changed", { STR_INIT("0"), STR_INIT("0"), STR_INIT("a"), .own = false }, ANSWER_SAVE },
        { "as shown, left", { STR_INIT("0"), STR_INIT("0"), STR_INIT("0"), .own = false }, ANSWER_LEAVE },
        { "no form", { STR_INIT(""), STR_INIT("a"), STR_INIT("b"), .own = false }, ANSWER_SAVE },
        { "no form, the same", { STR_INIT(""), STR_INIT("a"), STR_INIT("a"), .own = false }, ANSWER_LEAVE },
        { "newer saved, left here", { STR_INIT("0"), STR_INIT("a"), STR_INIT("0"), .own = false }, ANSWER_LEAVE },
        { "newer saved, the same here", { STR_INIT("0"), STR_INIT("a"), STR_INIT("a"), .own = false }, ANSWER_LEAVE },
        { "newer saved, another here", { STR_INIT("0"), STR_INIT("a"), STR_INIT("b"), .own = false }, ANSWER_ASK },
        { "newer saved by this form, another here", { STR_INIT("0"), STR_INIT("a"), STR_INIT("b"), .own = true }, ANSWER_SAVE },
        { "newer saved by this form, taken back here", { STR_INIT("0"), STR_INIT("a"), STR_INIT("0"), .own = true }, ANSWER_SAVE },
        { "chosen: this one", { STR_INIT("0"), STR_INIT("a"), STR_INIT("b"), CHOICE(CHOICE_BROUGHT, "a") }, ANSWER_SAVE },
        { "chosen: the saved one", { STR_INIT("0"), STR_INIT("a"), STR_INIT("b"), CHOICE(CHOICE_SAVED, "a") }, ANSWER_LEAVE },
        { "chosen, then mended to what was shown", { STR_INIT("0"), STR_INIT("a"), STR_INIT("0"), CHOICE(CHOICE_BROUGHT, "a") }, ANSWER_SAVE },
        { "chosen, and saved once more meanwhile", { STR_INIT("0"), STR_INIT("c"), STR_INIT("b"), CHOICE(CHOICE_BROUGHT, "a") }, ANSWER_ASK },
        { "kept, and saved once more meanwhile", { STR_INIT("0"), STR_INIT("c"), STR_INIT("b"), CHOICE(CHOICE_SAVED, "a") }, ANSWER_ASK },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (answer_fate(&cases[i].c) != cases[i].fate)
            fail_msg("%s", cases[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_fate) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
