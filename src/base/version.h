/* version: of Lotse itself; the CHANGELOG says what is in it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define LOTSE_VERSION "0.1.0"

#endif
