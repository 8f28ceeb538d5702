/* Tests of word: words of a text, their folded form, stems, distances, and how words fit each other. */
#include "rules/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_str(actual, expected) assert_string_equal(strndupa((actual).at, (actual).len), expected)

static void test_words(void **state)
{
    static const struct {
        const char *text, *words; /* with a bar after each */
    } cases[] = {
        { "", "" },
        { "  ", "" },
        { "Wort", "Wort|" },
        { "E-Mail, QR-Code (neu)", "E|Mail|QR|Code|neu|" },
        { "Grösse «Maß» 1'311", "Grösse|Maß|1|311|" },
        { "phish* AND NEAR(a,2) \"x\" a:b ^c", "phish|AND|NEAR|a|2|x|a|b|c|" },
        { "\xF0\x9F\x94\x90Schloss\xF0\x9F\x94\x90", "Schloss|" }, /* a picture of a lock */
        { "дом 漢字", "дом|漢字|" },
        { "a\xFF" "b", "a|b|" }, /* no UTF-8 */
        { "\xE2\x82", "" },
        { "3×4", "3|4|" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char all[128] = "";
        size_t at = 0, used = 0;
        struct str word;
        while (word_next(str_of(cases[i].text), &at, &word))
            used += (size_t)snprintf(all + used, sizeof all - used, "%.*s|", STR_ARG(word));
        assert_string_equal(all, cases[i].words);
    }
}

static void test_folding(void **state)
{
    static const char *const cases[][2] = {
        { "Passwörter", "passworter" }, { "ÜBUNG", "ubung" },       { "Straße", "strasse" },   { "GRÖẞE", "gro\xE1\xBA\x9E" "e" },
        { "Œuvre", "oeuvre" },          { "élève", "eleve" },       { "Łódź", "lodz" },        { "e\xCC\x80t", "et" },
        { "ſ", "s" },                   { "naïve", "naive" },       { "дом", "дом" },          { "A1b", "a1b" },
    };
    char room[WORD_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(word_fold(str_of(cases[i][0]), room), cases[i][1]);
}

static void test_a_long_word_is_cut_between_letters(void **state)
{
    char text[400] = "", room[WORD_MAX];
    (void)state;
    for (size_t i = 0; i < 66; i++)
        memcpy(text + 3 * i, "漢", 3);
    assert_int_equal(word_fold(str_of(text), room).len, 63);
}

static void test_stems(void **state)
{
    static const struct {
        enum lang lang;
        const char *one, *other;
        bool same;
    } cases[] = {
        { LANG_DE, "schulung", "schulungen", true },   { LANG_DE, "akte", "akten", true },      { LANG_DE, "diagramm", "diagramme", true },
        { LANG_DE, "regel", "regeln", true },          { LANG_DE, "sicher", "sich", false },    { LANG_DE, "daten", "datei", false },
        { LANG_DE, "kanton", "kantons", true },        { LANG_EN, "password", "passwords", true }, { LANG_EN, "policy", "policies", true },
        { LANG_EN, "share", "sharing", true },         { LANG_FR, "donnee", "donnees", true },  { LANG_FR, "jeu", "jeux", true },
        { LANG_IT, "lezione", "lezioni", true },       { LANG_IT, "rischio", "rischi", true }, { LANG_IT, "dato", "dati", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str one = str_of(cases[i].one), other = str_of(cases[i].other);
        if (str_equal(word_stem(one, cases[i].lang), word_stem(other, cases[i].lang)) != cases[i].same)
            fail_msg("%s and %s", cases[i].one, cases[i].other);
    }
    assert_str(word_shortest_stem(STR("sharing")), "shar");
    assert_str(word_shortest_stem(STR("hinweise")), "hinwei");
    assert_str(word_shortest_stem(STR("pc")), "pc");
}

static void test_distances(void **state)
{
    static const struct {
        const char *a, *b;
        int most, is;
    } cases[] = {
        { "", "", 2, 0 },           { "", "ab", 2, 2 },         { "pishing", "phishing", 2, 1 }, { "phishing", "pishing", 1, 1 },
        { "kabnan", "kanban", 2, 1 }, { "abc", "cab", 2, 2 },   { "median", "mediane", 1, 1 },   { "schutz", "schatz", 1, 1 },
        { "abcd", "wxyz", 2, 3 },   { "a", "abcdefgh", 2, 3 },  { "ca", "abc", 3, 3 },           { "gleich", "gleich", 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int is = word_distance(str_of(cases[i].a), str_of(cases[i].b), cases[i].most);
        if (is != cases[i].is)
            fail_msg("%s to %s: %d", cases[i].a, cases[i].b, is);
    }
}

static void test_fits(void **state)
{
    static const struct {
        const char *typed, *indexed;
        enum word_fit fit;
    } cases[] = {
        { "schutz", "schutz", WORD_SAME },           { "diagramme", "diagramm", WORD_FORM },       { "schutz", "datenschutz", WORD_PART },
        { "manager", "passwortmanager", WORD_PART }, { "ort", "passwort", WORD_OTHER },            { "pishing", "phishing", WORD_MISTYPED },
        { "ransomwere", "ransomware", WORD_MISTYPED }, { "amt", "ampt", WORD_OTHER },              { "medianwert", "median", WORD_WITHIN },
        { "datenschutzgesetz", "gesetz", WORD_WITHIN }, { "medienstelle", "dienst", WORD_OTHER },  { "worter", "wort", WORD_WITHIN },
        { "daten", "personendaten", WORD_PART },     { "akte", "aktenzeichen", WORD_PART },        { "haus", "maus", WORD_MISTYPED },           { "hut", "hat", WORD_OTHER },                 { "kochen", "kanban", WORD_OTHER },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum word_fit fit = word_fit(str_of(cases[i].typed), str_of(cases[i].indexed), LANG_DE);
        if (fit != cases[i].fit)
            fail_msg("%s, %s: %d", cases[i].typed, cases[i].indexed, (int)fit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_a_long_word_is_cut_between_letters),
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_distances),
        cmocka_unit_test(test_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
