/* page: the functions behind the rows of routes.c, grouped by the file they live in. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "page/exchange.h"

/* page_info.c: what needs no account */
enum status page_root(struct exchange *) MUST_CHECK;
enum status page_health(struct exchange *) MUST_CHECK;
enum status page_dev(struct exchange *) MUST_CHECK;
enum status page_media(struct exchange *) MUST_CHECK;
enum status page_privacy(struct exchange *) MUST_CHECK;
enum status page_accessibility(struct exchange *) MUST_CHECK;
enum status page_help(struct exchange *) MUST_CHECK;
enum status page_licences(struct exchange *) MUST_CHECK;

/* page_sign_in.c */
enum status page_sign_in(struct exchange *) MUST_CHECK;
enum status page_sign_in_post(struct exchange *) MUST_CHECK;
enum status page_sign_out(struct exchange *) MUST_CHECK;
enum status page_sign_out_all(struct exchange *) MUST_CHECK;
enum status page_account(struct exchange *) MUST_CHECK;

/* page_learn.c, page_courses.c, page_lesson.c */
enum status page_learn(struct exchange *) MUST_CHECK;
enum status page_courses(struct exchange *) MUST_CHECK;
enum status page_course(struct exchange *) MUST_CHECK;
enum status page_glossary(struct exchange *) MUST_CHECK;
enum status page_lesson(struct exchange *) MUST_CHECK;
enum status page_practice_post(struct exchange *) MUST_CHECK;
enum status page_lesson_done_post(struct exchange *) MUST_CHECK;

/* page_search.c */
enum status page_search(struct exchange *) MUST_CHECK;

/* page_attempt.c, page_attempt_post.c, page_result.c */
enum status page_attempt_start(struct exchange *) MUST_CHECK;
enum status page_attempt(struct exchange *) MUST_CHECK;
enum status page_attempt_all(struct exchange *) MUST_CHECK;
enum status page_attempt_review(struct exchange *) MUST_CHECK;
enum status page_answers_post(struct exchange *) MUST_CHECK;
enum status page_finish_post(struct exchange *) MUST_CHECK;
enum status page_result(struct exchange *) MUST_CHECK;

/* page_packs.c, page_reference.c */
enum status page_packs(struct exchange *) MUST_CHECK;
enum status page_reference(struct exchange *) MUST_CHECK;
enum status page_reference_part(struct exchange *) MUST_CHECK;

/* page_unit.c */
enum status page_units(struct exchange *) MUST_CHECK;
enum status page_unit(struct exchange *) MUST_CHECK;

#endif
