/* Calls that this project does not make; the compiler enforces it (every file is built with -include).
 * Unbounded copies, hidden global state, locale dependence: see docs/decisions/0003-c.md for the reasons.
 *
 * Poisoned only after the headers that declare them were read. With _FORTIFY_SOURCE some of the names are macros of
 * the C library, and clang warns when a macro is poisoned: so the macros go first. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok atoi atol atof
#pragma GCC poison setlocale localtime gmtime ctime asctime tmpnam mktemp
#endif
