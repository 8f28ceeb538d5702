# Lotse: build, run, test. `make help` lists the targets.
#
# Objects of a variant live in build/VARIANT/: release (default), dev, asan, tsan. Third-party code comes from
# packages that tools/setup installs; nothing is downloaded here but npm packages by their lock files.

VARIANT ?= release
CC ?= gcc
B := build/$(VARIANT)

PACKAGES := sqlite3 libxml-2.0 libpcre2-8 libsodium inih
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes -Wwrite-strings
ifdef CI
WARN += -Werror
endif
CPPFLAGS := -D_GNU_SOURCE -Isrc -include src/base/banned.h
CFLAGS_release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
CFLAGS_dev := -O1 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
CFLAGS := -std=c17 -fPIE $(WARN) $(CFLAGS_$(VARIANT))
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS := -pie -Wl,-z,relro,-z,now $(LDFLAGS_$(VARIANT))

# pkg-config is asked when something is compiled, not at `make run` on a fresh machine before tools/setup has run.
pkg_cflags = $(eval pkg_cflags := $(shell pkg-config --cflags $(PACKAGES)))$(pkg_cflags)
pkg_libs = $(eval pkg_libs := $(shell pkg-config --libs $(PACKAGES)) -lcivetweb -lpthread -lm)$(pkg_libs)

SOURCES := $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o) $(B)/embed_table.o
UNIT_TESTS := $(wildcard tests/unit/*_test.c) $(wildcard tests/unit/*/*_test.c)
UNIT_BINARIES := $(UNIT_TESTS:tests/unit/%.c=$(B)/unit/%)

.PHONY: all unit
all: build/lotse

build/lotse: build/release/lotse
	@cp $< $@

$(B)/lotse: $(B)/main.o $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(pkg_libs)

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(pkg_cflags) -MMD -MP $(LDFLAGS) -o $@ $< $(OBJECTS) $(pkg_libs) -lcmocka

unit: $(UNIT_BINARIES)
	@for t in $^; do $$t || exit 1; done

-include $(shell find build -name '*.d' 2>/dev/null)
