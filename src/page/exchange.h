/* exchange: one request on its way through the house, from route to reply. Lives on the worker's stack; all it points
 * to lives in the request's arena. Pages read through x->view, write through exchange_write or exchange_submit. */
#ifndef PAGE_EXCHANGE_H
#define PAGE_EXCHANGE_H

#include "http/reply.h"
#include "http/route.h"
#include "page/app.h"
#include "rules/access.h"
#include "store/attempt.h"
#include "store/org.h"

struct visitor {
    bool signed_in;
    int64_t person, learner;
    struct str name;       /* of the person; the own pages only */
    struct viewer viewer;  /* roles */
    struct str token_hash; /* of the session */
};

struct exchange;

/* A row of THE table (routes.c). */
struct page {
    struct route route;
    enum access access;
    enum status (*run)(struct exchange *);
    const char *template; /* NULL: run writes the reply itself, or redirects */
};

struct exchange {
    const struct app *app;
    struct request *request;
    struct reply *reply;
    struct arena *arena;
    const struct page *page;
    struct str allow;                     /* of an address that is not to be used by the request's method: those that are */
    struct visitor visitor;
    struct str csrf;                      /* for the forms of this page */
    struct str csrf_cookie;               /* what its forms' tokens hang on; none: no form can be sent */
    enum lang lang;
    enum lang content;  /* in which courses are read that lack lang */
    bool content_first; /* in which courses are read, whatever lang is: a form stood in it */
    int32_t today;
    struct db_conn *view;                 /* open while a page reads; NULL while it writes */
    const struct catalogue *catalogue;
    struct doc *doc;
    struct unit unit;                     /* loaded by the guard: ACCESS_UNIT_REPORT */
    struct attempt attempt;               /* loaded by the guard: ACCESS_OWN_ATTEMPT */
    const struct course *held;            /* an earlier state of a course, until the reply is rendered (exam.h) */
    bool replied;                         /* the reply is complete: nothing to render */
    int wait_seconds;                     /* with TOO_MANY and BUSY */
};

/* Opens the read view; nothing to do when it is open. */
enum status exchange_read(struct exchange *) MUST_CHECK;
void exchange_read_end(struct exchange *);

/* Gives the view back, then runs the change and waits for its commit. */
enum status exchange_write(struct exchange *, enum status (*change)(struct db_conn *, void *job), void *job) MUST_CHECK;
/* The same for a form with an idempotency key: a form that was carried out before is not carried out again. *location is
 * where the form leads; the change may set it, and a repeated form gets the one of the first time. */
enum status exchange_submit(struct exchange *, enum status (*change)(struct db_conn *, void *job), void *job,
                            struct str *location) MUST_CHECK;

/* Whether this very form was carried out before, and where it led. NOT_FOUND: it was not, or it has no key. */
enum status exchange_repeated(struct exchange *, struct str *location) MUST_CHECK;

/* The value of a field of the form, or of the address; STR_NONE. */
struct str exchange_field(const struct exchange *, const char *name);
struct str exchange_query(const struct exchange *, const char *name);
struct str exchange_param(const struct exchange *, const char *name);

void exchange_redirect(struct exchange *, struct str path);
/* Message without parameters in the visitor's language. */
struct str exchange_say(const struct exchange *, const char *message);
/* A course in the language in which the visitor reads it. */
const struct course *exchange_course(const struct exchange *, const struct course *);
/* view.page_title */
void exchange_title(struct exchange *, struct str title);

#endif
