/* form_key: idempotency. A form's key is claimed inside the change that carries the form out, so that effect and claim
 * commit together: the same form sent twice has one effect and leads to the same place. */
#ifndef STORE_FORM_KEY_H
#define STORE_FORM_KEY_H

#include "store/store.h"

/* hash: keyed, of sender, key and content, so that a changed answer is another form and no person stands in the table.
 * OK with *before = STR_NONE: claimed now, carry on. OK with *before set: done earlier, go there.
 * An empty hash claims nothing: clients without forms may leave it out. */
enum status form_key_claim(struct db_conn *, struct str hash, struct str location, int64_t now,
                           struct arena *, struct str *before) MUST_CHECK;
/* Corrects where a claimed form led, once the change knows it (the id of what it made). */
enum status form_key_settle(struct db_conn *, struct str hash, struct str location) MUST_CHECK;
/* Where a form that was carried out led; NOT_FOUND. */
enum status form_key_find(struct db_conn *, struct str hash, struct arena *, struct str *location) MUST_CHECK;
enum status form_key_tidy(struct db_conn *, int64_t now) MUST_CHECK;

#endif
