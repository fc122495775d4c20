# `make demo` and `make test` do all the set-up they need. `make help` lists the rest.
PREFIX ?= /usr/local
DESTDIR ?=
# Linux binaries carry the Swift runtime, so that one file is all there is to copy.
RELEASE := -c release $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
BINARY = $(shell swift build $(RELEASE) --show-bin-path)/smtpspec

.PHONY: help demo test build release setup lint specs interop bench docs man completions install clean

help:  ## what there is
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1@\2/p' $(MAKEFILE_LIST) | column -t -s @

demo: release  ## build, and check the built-in reference server
	$(BINARY) check

test: setup  ## lint, build, and run every test
	scripts/lint.sh
	scripts/embed.sh --check
	scripts/readers.sh
	swift build --build-tests
	swift test --skip-build
	Tests/Interop/run test

build: setup  ## a debug build
	swift build

release: setup  ## the binary to ship
	swift build $(RELEASE) --product smtpspec

setup:
	@scripts/setup.sh

lint:  ## the formatting and documentation rules
	scripts/lint.sh

specs:  ## renew the lists of the specs and the corpus that the binary carries
	scripts/embed.sh

interop: release  ## real servers, side by side: fetched, checked, held against what is known, and docs/results.md from it
	swift build $(RELEASE) --product RelayCanary
	SMTPSPEC=$(BINARY) Tests/Interop/run results

bench: setup  ## the benchmarks
	Benchmarks/run

# ArgumentParser's own tool, called directly: its package plugin would build a second release.
man: release  ## the man pages, into man/
	swift build --product generate-manual
	mkdir -p man
	"$$(swift build --show-bin-path)/generate-manual" --multi-page --output-directory man '$(BINARY)'

completions: release  ## completions for bash, zsh and fish, into completions/
	mkdir -p completions
	$(BINARY) --generate-completion-script bash > completions/smtpspec.bash
	$(BINARY) --generate-completion-script zsh > completions/_smtpspec
	$(BINARY) --generate-completion-script fish > completions/smtpspec.fish

install: completions man  ## binary, completions and man pages, below PREFIX
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/include' '$(DESTDIR)$(PREFIX)/share/man/man1' \
	  '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' \
	  '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -m 755 '$(BINARY)' '$(DESTDIR)$(PREFIX)/bin/smtpspec'
	install -m 644 Sources/CParser/include/smtpspec_parser.h '$(DESTDIR)$(PREFIX)/include/smtpspec_parser.h'
	install -m 644 man/*.1 '$(DESTDIR)$(PREFIX)/share/man/man1/'
	install -m 644 completions/smtpspec.bash '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/smtpspec'
	install -m 644 completions/_smtpspec '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_smtpspec'
	install -m 644 completions/smtpspec.fish '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/smtpspec.fish'

docs: setup  ## the documentation of the libraries, into .build/docs
	scripts/docs.sh

clean:  ## remove what was built
	rm -rf .build man completions
