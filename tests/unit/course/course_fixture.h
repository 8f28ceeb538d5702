/* Courses for tests: from a text, with or without the check. Tests run in the project's folder. */
#ifndef COURSE_FIXTURE_H
#define COURSE_FIXTURE_H

#include "course/build.h"
#include "course/framework.h"
#include "course/xml.h"

struct fixture {
    struct arena arena;
    struct framework *framework;
    struct pack_schema *schema; /* without messages: labels are their ids */
};

static inline struct str fixture_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *at = arena_alloc(a, 1 << 20);
    size_t len = fread(at, 1, (1 << 20) - 1, f);
    fclose(f);
    return (struct str){ at, len };
}

static inline void fixture_open(struct fixture *x)
{
    struct str problem;
    arena_init(&x->arena, 64 << 20);
    struct str frame = fixture_file(&x->arena, "data/competences.xml");
    struct str xsd = fixture_file(&x->arena, "courses/schema/course-1.xsd");
    assert_int_equal(framework_load(&x->framework, frame, &x->arena, &problem), OK);
    assert_int_equal(pack_schema_new(&x->schema, xsd, x->framework, NULL, &x->arena, &problem), OK);
}

static inline void fixture_close(struct fixture *x)
{
    assert_int_equal(arena_status(&x->arena), OK);
    pack_schema_free(x->schema);
    framework_free(x->framework);
    arena_release(&x->arena);
}

/* A course around the content of its only lesson but one: ids "kurs", lessons "eins" and "zwei", terms "median", "rate". */
static inline struct str fixture_course_xml(struct arena *a, const char *lesson)
{
    return str_format(a,
                      "<course xmlns=\"urn:lotse:course:1\" id=\"kurs\" version=\"1.0.0\" xml:lang=\"de-CH\">"
                      "<title>Kurs</title><summary><p>Worum es geht.</p></summary>"
                      "<lesson id=\"eins\" minutes=\"5\"><title>Eins</title>%s</lesson>"
                      "<lesson id=\"zwei\" minutes=\"7\"><title>Zwei</title><p id=\"dort\">Dort.</p></lesson>"
                      "<glossary><entry id=\"median\"><title>Median</title><p>Die Mitte, keine <term ref=\"rate\">Rate</term>.</p></entry>"
                      "<entry id=\"rate\"><title>Rate &amp; Anteil</title><p id=\"kopf\">Je Kopf.</p></entry></glossary></course>",
                      lesson);
}

/* Builds without the check; files hold what the course refers to. */
static inline enum status fixture_build(struct fixture *x, struct str xml, const struct pack_files *files, struct course **course)
{
    static const struct pack_files none = { NULL, 0 };
    struct xml_problem problem;
    xmlDoc *doc;
    assert_int_equal(xml_parse(xml, &x->arena, &problem, &doc), OK);
    enum status status = course_build(doc, files ? files : &none, x->schema, STR("c0ffee"), course);
    xmlFreeDoc(doc);
    return status;
}

/* The questions of a practice with that content, in its order. The course is the caller's to free. */
static inline struct question *const *fixture_questions(struct fixture *x, const char *questions, struct course **course)
{
    struct str lesson = str_format(&x->arena, "<p id=\"hier\">Hier.</p><practice id=\"ueben\">%s</practice>", questions);
    assert_int_equal(fixture_build(x, fixture_course_xml(&x->arena, lesson.at), NULL, course), OK);
    return (*course)->lessons[0].parts[1].questions;
}

#endif
