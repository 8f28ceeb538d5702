/* Unit tests of ext/token and ext/digest: known answers, lengths, no repeats. */
#include "ext/digest.h"
#include "ext/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static int arena_up(void **state)
{
    static struct arena a;
    arena_init(&a, 1 << 20);
    *state = &a;
    return token_start() == OK ? 0 : -1;
}

static int arena_down(void **state)
{
    arena_release(*state);
    return 0;
}

#define ASSERT_STR(s, expected) assert_true(str_is((s), (expected)))

static void sha256_known_answers(void **state)
{
    static const struct {
        const char *text, *hex;
    } cases[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ASSERT_STR(token_hash_hex(str_of(cases[i].text), *state), cases[i].hex);
        struct digest d;
        digest_start(&d);
        for (const char *c = cases[i].text; *c; c++)
            digest_add(&d, (struct str){ c, 1 });
        ASSERT_STR(digest_end(&d, *state), cases[i].hex);
    }
    assert_int_equal(token_hash(STR("abc"), *state).len, 32);
    assert_int_equal((unsigned char)token_hash(STR("abc"), *state).at[0], 0xba);
}

static void base64url_has_no_padding(void **state)
{
    ASSERT_STR(token_base64url(STR("\xfb\xff"), *state), "-_8");
    ASSERT_STR(token_base64url(STR("abc"), *state), "YWJj");
    ASSERT_STR(token_base64url(STR_NONE, *state), "");
}

static void tokens_are_long_and_never_repeat(void **state)
{
    struct str first = token_new(*state), second = token_new(*state);
    assert_int_equal(first.len, 43);
    assert_false(str_equal(first, second));
    assert_true(token_equal(first, str_copy(*state, first)));
    assert_false(token_equal(first, second));
    assert_false(token_equal(first, str_part(first, 0, 42)));
    assert_true(token_equal(STR_NONE, STR("")));
}

static void random_numbers_fit_a_column(void **state)
{
    (void)state;
    uint64_t seen = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t n = token_random63();
        assert_true(n > 0 && n <= INT64_MAX);
        seen |= n;
    }
    assert_true(seen == INT64_MAX); /* every bit is in use */
}

static void keyed_hashes_depend_on_both(void **state)
{
    struct str key = STR("0123456789abcdef"), other = STR("0123456789abcdeg");
    struct str hash = token_keyed(key, STR("message"), *state);
    assert_int_equal(hash.len, 32);
    assert_true(str_equal(hash, token_keyed(key, STR("message"), *state)));
    assert_false(str_equal(hash, token_keyed(other, STR("message"), *state)));
    assert_false(str_equal(hash, token_keyed(key, STR("massage"), *state)));
    uint64_t number = token_keyed64(key, STR("message"));
    assert_int_equal((unsigned char)hash.at[0], number >> 56);
    assert_int_equal((unsigned char)hash.at[7], number & 0xff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_known_answers),
        cmocka_unit_test(base64url_has_no_padding),
        cmocka_unit_test(tokens_are_long_and_never_repeat),
        cmocka_unit_test(random_numbers_fit_a_column),
        cmocka_unit_test(keyed_hashes_depend_on_both),
    };
    return cmocka_run_group_tests_name("token", tests, arena_up, arena_down);
}
