# `make demo` and `make test` need Python 3.11 or newer and make: everything else they set up themselves, in .venv.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help demo test lint types imports accuracy speed stores readme clean
.NOTPARALLEL:

help:
	@echo 'make demo      build graph.ttl from seeds/, check it, answer three saved queries'
	@echo 'make test      run the test suite'
	@echo 'make lint      ruff;  make types: mypy;  make imports: import-linter'
	@echo 'make accuracy  build the annotated reports and print the table of scores'
	@echo 'make speed     time the pipeline against spaCy alone;  make stores: the stores and queries'
	@echo 'make readme    renew the output of the commands in README.md'
	@echo 'make clean     remove .venv, graph.ttl and caches'

demo: $(VENV)/.test
	$(BIN)/kg build seeds -o graph.ttl
	$(BIN)/kg check graph.ttl --reports seeds
	$(BIN)/kg query events-by-actor graph.ttl -p actor=IS
	$(BIN)/kg query denied-and-disputed graph.ttl
	$(BIN)/kg query casualties graph.ttl

test: $(VENV)/.test
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

accuracy: $(VENV)/.test
	$(BIN)/python -m benchmarks.accuracy

speed: $(VENV)/.test
	$(BIN)/python -m benchmarks.speed

stores: $(VENV)/.test
	$(BIN)/python -m benchmarks.stores

readme: $(VENV)/.test
	$(BIN)/python scripts/readme.py

clean:
	rm -rf $(VENV) graph.ttl dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# One stamp for each set of dependencies, renewed when pyproject.toml changes.
$(VENV)/.test $(VENV)/.dev: $(VENV)/.%: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo 'No Python 3.11 or newer is on the PATH: install one (Debian and Ubuntu:' \
		'`apt install python3 python3-venv`; macOS: `brew install python`), or name it: `make PYTHON=/path/to/python`.'; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'The virtual environment could not be made:' \
		'on Debian and Ubuntu `apt install python3-venv` brings what is missing.'; exit 2; }
