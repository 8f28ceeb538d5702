# Lotse: build, run, test. `make help` lists the targets.
#
# Objects of a variant live in build/VARIANT/: release (default), dev, asan, tsan. Third-party code comes from
# packages that tools/setup installs; nothing is downloaded here but npm packages by their lock files.

VARIANT ?= release
# V=1 shows each command whole.
Q := $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)")
CC ?= gcc
B := build/$(VARIANT)

PACKAGES := sqlite3 libxml-2.0 libpcre2-8 libsodium inih zlib
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes -Wwrite-strings
ifdef CI
WARN += -Werror
endif
CPPFLAGS := -D_GNU_SOURCE -Isrc -include src/base/banned.h
CFLAGS_release := -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
CFLAGS_dev := -O1 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS := -std=c17 -fPIE $(WARN) $(CFLAGS_$(VARIANT))
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined
LDFLAGS := -pie -Wl,-z,relro,-z,now $(LDFLAGS_$(VARIANT))

# pkg-config is asked when something is compiled, not at `make run` on a fresh machine before tools/setup has run.
pkg_cflags = $(eval pkg_cflags := $(shell pkg-config --cflags $(PACKAGES)))$(pkg_cflags)
pkg_libs = $(eval pkg_libs := $(shell pkg-config --libs $(PACKAGES)) -lcivetweb -lpthread -lm)$(pkg_libs)

SOURCES := $(wildcard src/*/*.c src/*/*/*.c)
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o) $(B)/embed_table.o
UNIT_TESTS := $(wildcard tests/unit/*_test.c tests/unit/*/*_test.c tests/unit/*/*/*_test.c)
UNIT_BINARIES := $(UNIT_TESTS:tests/unit/%.c=$(B)/unit/%)

.PHONY: all unit
all: build/lotse

build/lotse: build/release/lotse
	@cp -f $< $@

$(B)/lotse: $(B)/main.o $(OBJECTS)
	$(call say,LINK $@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(pkg_libs)

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP -c -o $@ $<

$(B)/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,TEST $<)
	$(Q)$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(pkg_cflags) -MMD -MP $(LDFLAGS) -o $@ $< $(OBJECTS) $(pkg_libs) -lcmocka -ljansson

unit: $(UNIT_BINARIES)
	@for t in $^; do $$t || exit 1; done

# ---- web: assets, messages, and the table that embeds them ----

LANGUAGES := de en fr it
MESSAGES := $(LANGUAGES:%=build/web/messages/%.mo)
ASSETS := build/web/assets.made
TEMPLATES := $(wildcard web/templates/*.mustache)
ASSET_SOURCES := web/build.mjs $(wildcard web/styles/*.css web/islands/*.ts web/art/*) $(TEMPLATES)
EMBEDDED := $(TEMPLATES) $(wildcard data/schema/sqlite/*.sql courses/schema/*.xsd data/competences.xml data/demo/*) $(shell find data/reference -type f | sort)

.PHONY: web web-check FORCE
web: $(ASSETS) $(MESSAGES)

# A list changes only when files came or went: what is made of a folder depends on its files and on its list.
build/web/assets.list: LISTED = $(ASSET_SOURCES)
build/web/messages.list: LISTED = $(wildcard web/locales/*/*.po)
build/web/embed.list: LISTED = $(EMBEDDED)
build/web/assets.list build/web/messages.list build/web/embed.list: FORCE
	@mkdir -p $(@D)
	@echo '$(LISTED)' | cmp -s - $@ || echo '$(LISTED)' > $@

# npm writes this file last.
web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(ASSETS): web/node_modules/.package-lock.json $(ASSET_SOURCES) build/web/assets.list
	node web/build.mjs build/web/assets
	@touch $@

define messages_rule
build/web/messages/$(1).mo: $(wildcard web/locales/$(1)/*.po) build/web/messages.list
	@mkdir -p $$(@D)
	$$(call say,MESSAGES $(1))
	$$(Q)msgcat --use-first $$(filter %.po,$$^) | msgfmt -c -o $$@ -
endef
$(foreach language,$(LANGUAGES),$(eval $(call messages_rule,$(language))))

build/web/components.tsv: tools/components web/package.json
	@mkdir -p $(@D)
	tools/components > $@

$(B)/embed_table.c: tools/embed $(ASSETS) $(MESSAGES) $(EMBEDDED) build/web/components.tsv build/web/embed.list
	@mkdir -p $(@D)
	tools/embed $@

$(B)/embed_table.o: $(B)/embed_table.c src/base/embed.h src/base/str.h
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Every message a template names exists; types of the islands hold.
web-check: $(ASSETS)
	tools/messages-check
	cd web && npx --no-install tsc --noEmit

# ---- for people ----

.PHONY: help run demo-city dev test asan tsan lint layers golden bench fuzz install clean

help:
	@echo 'make             release binary build/lotse'
	@echo 'make run         install what is missing, build, load the demo, serve on 127.0.0.1:8080 (PORT=n)'
	@echo 'make test        install what is missing, build with ASan and UBSan, run everything (T=name: only files of that name)'
	@echo 'make dev         like run, with templates and assets from disk, for who works on pages'
	@echo 'make asan tsan   build and run the unit tests with a sanitizer'
	@echo 'make lint        warnings as errors with gcc and clang, clang-tidy, formatting'
	@echo 'make layers      who includes whom'
	@echo 'make golden      writes the golden documents anew; read the difference before you commit it'
	@echo 'make bench       ratios against bare baselines'
	@echo 'make fuzz        libFuzzer harnesses, SECONDS=60 each'
	@echo 'make install     PREFIX=/usr/local'
	@echo 'make clean'

PORT ?= 8080
DATA ?= data/run
PEOPLE ?= 2000

run:
	@tools/setup run
	@$(MAKE) --no-print-directory -j$$(nproc) build/lotse
	@$(MAKE) --no-print-directory demo-city
	@tools/serve build/lotse $(DATA) $(PORT)

# An existing directory is kept and migrated, never seeded again; a city is moved there when it is complete.
demo-city:
	@if [ ! -f $(DATA)/lotse.db ]; then \
	    rm -rf $(DATA).new && build/lotse demo --data $(DATA).new --people $(PEOPLE) --seed 1 && \
	    mkdir -p $(DATA) && mv $(DATA).new/lotse.db* $(DATA)/ && rm -rf $(DATA).new; \
	fi

dev:
	@tools/setup run
	@$(MAKE) --no-print-directory -j$$(nproc) build/lotse
	@$(MAKE) --no-print-directory demo-city
	@tools/dev build/lotse $(DATA) $(PORT)

test:
	@tools/setup test
	@$(MAKE) --no-print-directory VARIANT=asan -j$$(nproc) build/asan/lotse unit-binaries
	@$(MAKE) --no-print-directory -j$$(nproc) build/lotse
	@tools/test $(T)

unit-binaries: $(UNIT_BINARIES)
.PHONY: unit-binaries

GOLDEN := $(addprefix tests/http/,golden.test.mjs kinds.test.mjs elements.test.mjs)
golden: build/lotse
	@LOTSE_GOLDEN=write LOTSE_BINARY=$(CURDIR)/build/lotse node --test $(GOLDEN) > build/golden.log \
		|| { cat build/golden.log; exit 1; }
	@git status --short tests/golden

asan tsan:
	@$(MAKE) --no-print-directory VARIANT=$@ -j$$(nproc) unit

layers:
	@tools/layers

lint:
	@tools/lint

# ---- measuring: ratios, in build/bench ----

BENCHES := $(patsubst tests/bench/%.c,build/release/bench/%,$(wildcard tests/bench/*.c))

bench:
	@tools/setup bench
	@$(MAKE) --no-print-directory build/lotse $(BENCHES)
	@tools/bench

build/release/bench/%: tests/bench/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP $(LDFLAGS) -o $@ $< $(OBJECTS) $(pkg_libs)

# ---- fuzzing: the layers that read what strangers write; harnesses bring their own table of embedded files ----

FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZED := $(patsubst src/%.c,build/fuzz/%.o,$(foreach layer,base ext doc course http,$(wildcard src/$(layer)/*.c src/$(layer)/*/*.c)))
SECONDS ?= 60

fuzz:
	@tools/setup fuzz
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang $(FUZZERS)
	@tools/fuzz $(SECONDS) $(FUZZERS)

build/fuzz/layers.a: $(FUZZED)
	@rm -f $@
	ar crs $@ $^

build/fuzz/%_fuzz: tests/fuzz/%_fuzz.c build/fuzz/layers.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(pkg_cflags) -MMD -MP $(LDFLAGS) -o $@ $< build/fuzz/layers.a $(pkg_libs)

install: build/lotse
	install -D -m 755 build/lotse $(DESTDIR)$(PREFIX)/bin/lotse
	mkdir -p $(DESTDIR)$(PREFIX)/share/lotse && cp -r courses $(DESTDIR)$(PREFIX)/share/lotse/
PREFIX ?= /usr/local

clean:
	rm -rf build

# For editors and clang tools.
compile_commands.json: Makefile
	@for f in $(SOURCES) src/main.c; do \
	    printf '{"directory":"%s","file":"%s","command":"%s"},\n' "$$PWD" "$$f" \
	        '$(CC) $(subst ",\",$(CPPFLAGS) $(CFLAGS) $(pkg_cflags)) -c '"$$f"; \
	done | sed '1s/^/[/; $$s/,$$/]/' > $@

-include $(shell find build -name '*.d' 2>/dev/null)
