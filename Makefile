# Three commands matter: `make run`, `make dev` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run dev test check check-script unit bench bench-visits data sample places boundaries vendor requirements hooks clean

run: $(VENV)/.run
	@MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=524288 $(BIN)/gunicorn app:server

# for work: a change of Python, a style or a script starts it again, open pages follow, errors are shown in the browser
dev: $(VENV)/.run
	@$(BIN)/python -m tools.dev

# compiled once: tests start some hundred Pythons, and an environment may forbid each to keep what it compiled; of the
# tests themselves pytest keeps it
test: $(VENV)/.dev check
	$(BIN)/python -m compileall -q dashboard app.py
	$(BIN)/python tools/browser.py
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m dashboard check
	$(MAKE) --silent check-script

# format and types of the script, by tools that run on Node, which comes as a wheel: a running dashboard needs neither
check-script: node_modules/.package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm run --silent check

node_modules/.package-lock.json: package-lock.json $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund
	@touch $@

# for a look while working: everything that needs no browser
unit: $(VENV)/.dev
	$(BIN)/python -m pytest $(foreach kind,browser script offline two_users,--ignore=tests/$(kind))

# beside a static page and plain Dash, with the shared harness; BENCH is its folder. The first run sets bench-work/ up.
BENCH ?= ../shared/bench
ROUNDS ?= 2
SIZES ?= S L
bench: $(VENV)/.dev
	BENCH=$(BENCH) bash benchmarks/compare.sh $(ROUNDS) "$(SIZES)"

# first and second visits alone, on the shipped data; the second is in no other measurement
bench-visits: $(VENV)/.dev bench-work/data/static_sc-S.html
	$(BIN)/python benchmarks/first_load.py
bench-work/data/static_sc-S.html:
	BENCH_LEAN=1 bash $(BENCH)/setup.sh bench-work S

# the committed results of these are what the dashboard uses; see tools/*/README.md
boundaries: $(VENV)/.dev
	$(BIN)/python tools/boundaries/build.py
vendor: $(VENV)/.dev
	$(BIN)/python tools/vendor/build.py
sample: $(VENV)/.run
	$(BIN)/python tools/sample/build.py
places: $(VENV)/.dev
	PYTHONPATH=. $(BIN)/python tools/places/build.py

requirements: $(VENV)/.dev
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --generate-hashes --allow-unsafe --output-file=requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --generate-hashes --allow-unsafe --output-file=requirements-dev.txt requirements-dev.in

# what `make check` asks, before each commit (.pre-commit-config.yaml)
hooks: $(VENV)/.dev
	$(BIN)/pre-commit install

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $@ $(VENV)/.run
