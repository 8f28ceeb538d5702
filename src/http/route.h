/* route: patterns of addresses. "/courses/{course}/{lesson}" binds params, a last "{file...}" one or more segments. The
 * first row of the table that fits is taken. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/request.h"

struct route {
    enum method method;
    const char *pattern;
    const struct field *fields; /* NULL: takes none */
    unsigned formats;           /* bit set of 1 << FORMAT_x; HTML always for GET */
};

/* Whether the request's path fits; binds request->params when it does. */
bool route_fits(const struct route *, struct request *);

#endif
