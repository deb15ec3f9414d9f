# One word an intention. `make help` lists them.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
LIBRARIES := libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig python3-venv
BREW := pango harfbuzz
TOOLS := qpdf pdftotext gs
TOOL_PACKAGES := qpdf poppler-utils ghostscript
TOOL_BREW := qpdf poppler ghostscript

.DEFAULT_GOAL := booklet
.PHONY: booklet test lint check same bench pictures haste schema lock clean help system tools

booklet: $(VENV)/ready ## make everything it needs, then the booklet (the default)
	@$(RUN) build.py build

test: $(VENV)/ready tools ## make everything it needs, then run all tests and linters
	@$(RUN) -c 'import distributed' 2>/dev/null || { echo "installing a cluster to test with into $(VENV)"; \
		$(VENV)/bin/pip install -qq --disable-pip-version-check --no-build-isolation --config-settings editable_mode=compat -e '.[cluster]'; } || true
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/pytest

lint: $(VENV)/ready ## ruff and mypy alone
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

check: $(VENV)/ready ## every finding in the content, no file written
	@$(RUN) build.py check

same: $(VENV)/ready ## build the booklet twice in different surroundings and compare every byte (make test: the tiny one)
	@$(RUN) tests/surroundings.py

bench: $(VENV)/ready ## measure against the peers (RUNS=9; LONG=1: 1,000 pages too; README=1: figures into README)
	@$(RUN) -c 'import typst' 2>/dev/null || { echo "installing the peers into $(VENV)"; \
		$(VENV)/bin/pip install -qq --disable-pip-version-check --no-build-isolation --config-settings editable_mode=compat -e '.[bench]'; } || true
	@$(RUN) -m tests.bench --runs $(or $(RUNS),5) $(if $(LONG),--long) $(if $(README),--readme)

pictures: booklet ## make the picture in README anew
	@$(RUN) tests/pictures.py

haste: $(VENV)/ready ## write what comes ready (declarations, style sheets, templates, patterns) anew
	@$(RUN) tests/declarations.py
	@$(RUN) tests/stencils.py
	@$(RUN) tests/forms.py
	@$(RUN) tests/patterns.py

schema: $(VENV)/ready ## write the JSON Schemas that editors use
	@$(RUN) build.py schema --output content/schema

lock: $(VENV)/ready ## pin all packages anew in requirements.lock
	@$(VENV)/bin/pip install -q pip-tools
	@$(VENV)/bin/pip-compile -q --strip-extras --extra dev --generate-hashes --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --output-file requirements.lock pyproject.toml

clean: ## remove what was made (not the environment)
	rm -rf dist .booklet-cache .pytest_cache .mypy_cache .ruff_cache

help: ## list these words
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1|\2/' | awk -F'|' '{ printf "make %-9s %s\n", $$1, $$2 }'

$(VENV)/ready: requirements.lock pyproject.toml | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "booklet needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "installing the pinned packages into $(VENV)"
	@$(VENV)/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)/bin/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

# system libraries: looked for, installed with apt where that may be done, else named with the command to type
system:
	@missing=; for library in $(LIBRARIES); do $(PYTHON) -c "import ctypes; ctypes.CDLL('$$library')" 2>/dev/null || missing=1; done; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || missing=1; \
	test -z "$$missing" || $(call install,$(PACKAGES),$(BREW))

tools:
	@missing=; for tool in $(TOOLS); do command -v $$tool >/dev/null || missing=1; done; \
	test -z "$$missing" || $(call install,$(TOOL_PACKAGES),$(TOOL_BREW))

define install
if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; echo "installing $(1)"; \
	{ $$sudo apt-get -q update && DEBIAN_FRONTEND=noninteractive $$sudo apt-get -qy install --no-install-recommends $(1); } >/dev/null || exit 1; \
elif [ "$$(uname)" = Darwin ] && brew list $(2) >/dev/null 2>&1; then :; \
else \
	echo "missing system packages; type: sudo apt install $(1)   (macOS: brew install $(2))" >&2; exit 1; \
fi
endef
