# Every task of this house. `make` alone prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint requirements.lock
UNIT := $(BIN)/pytest -m "not browser and not faults and not long" -n 2 --dist worksteal
LONG := $(BIN)/pytest -m long -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run setup test unit postgres long faults faults-short journeys quarter bench check lint format types house messages assets conformance docs-check lock clean package package-check

help: ## say what can be asked for
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.installed assets messages ## make a demonstration centre and open it at http://127.0.0.1:8000/
	@$(BIN)/motcua demo
	@exec $(BIN)/motcua serve

setup: $(VENV)/.installed assets messages ## make a real, empty centre (asks its questions)
	@$(BIN)/motcua setup

test: unit postgres long faults-short journeys ## every test: SQLite, PostgreSQL, whole histories, things that break, a real browser

unit: dev messages test-assets ## the tests on SQLite, without a browser
	MOTCUA_TEST_DATABASE=sqlite $(UNIT)

postgres: dev messages test-assets ## the same tests on PostgreSQL, started for the run
	MOTCUA_TEST_DATABASE=postgres $(UNIT) --ignore=tests/house -rs

long: dev messages test-assets ## what walks a whole history, on both databases
	MOTCUA_TEST_DATABASE=sqlite $(LONG)
	MOTCUA_TEST_DATABASE=postgres $(LONG) -rs

journeys: dev messages test-assets ## what people do, in Chromium
	MOTCUA_TEST_DATABASE=sqlite $(BIN)/pytest -m browser -n 0 -rs

faults: dev messages test-assets ## break processes, disks and lines at full length, and print what came of it
	MOTCUA_FAULTS=whole $(BIN)/pytest tests/faults -m faults -n 0 -p no:randomly -rs

faults-short: dev messages test-assets
	$(BIN)/pytest tests/faults -m faults -n 0 -rs

quarter: dev messages test-assets ## a whole quarter over every road, each of its figures added up again from the register
	MOTCUA_TEST_DATABASE=sqlite MOTCUA_TEST_QUARTER=560 $(BIN)/pytest tests/portal/test_quarter.py -n 0 -q --durations=1

bench: dev ## measure against the floor, interleaved in one run
	$(BIN)/python -m benchmarks

check: dev lint types house ## everything but the tests

lint: dev ## style, imports between rooms, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@git ls-files 'motcua/*.html' | xargs --no-run-if-empty $(BIN)/djade --check --target-version 5.2

format: dev ## put code and templates into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@git ls-files 'motcua/*.html' | xargs --no-run-if-empty $(BIN)/djade --target-version 5.2

types: dev ## mypy, strict
	$(BIN)/mypy

house: dev messages test-assets ## does the house keep its shape? prints its sizes
	$(BIN)/pytest tests/house -n 0

messages: $(VENV)/.installed ## compile the words of every language
	@$(BIN)/python -m motcua.config.messages compile >/dev/null

assets: $(VENV)/.installed ## styles, scripts and letters for browsers
	@$(BIN)/python -m motcua.config.assets

conformance: dev messages test-assets ## does the open data satisfy other people's schemas? prints the violations
	@MOTCUA_TEST_DATABASE=sqlite MOTCUA_TEST_STRICT=1 $(BIN)/pytest tests/procedures/test_open_data.py -k vocabulary -n 0 -q -s

docs-check: dev ## is everything that has a name described in docs/reference?
	$(BIN)/pytest tests/house/test_documentation.py -n 0

package: $(VENV)/.installed assets messages ## a Debian package in dist/, for a machine without a network (SIGN_KEY=file MACHINE=arm64)
	@$(BIN)/python deploy/package/build.py $(if $(SIGN_KEY),--key $(SIGN_KEY)) $(if $(PUBLISHER),--publisher $(PUBLISHER)) $(if $(MACHINE),--machine $(MACHINE))

package-check: $(VENV)/.installed-dev assets messages ## try the package for real in a fresh Debian: install, update, break, go back (root)
	@PYTHONPATH=. $(BIN)/python deploy/package/trial.py

lock: dev ## write down the versions that are installed now
	$(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable --exclude pip --exclude setuptools > requirements.lock

clean: ## forget what was built; data and .venv stay
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov dist node_modules motcua/ui/static/built
	find motcua tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: dev test-assets
# What a page is made of is built before anything asks for a page; with it, what only the tests need.
test-assets: dev
	@$(BIN)/python -m motcua.config.assets --tests

dev: $(VENV)/.installed-dev

# Installed again only when what is asked for has changed.
$(VENV)/.installed: $(VENV)/.made pyproject.toml requirements.lock
	@echo "Installing …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the developers' tools …"
	@$(PIP) --editable '.[dev]'
	@touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3 …"; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python cannot make environments yet: apt-get install python3-venv, then run the same command again."; exit 3; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
