# In Force. `make help` lists the targets; the README needs only `make serve` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Each manual has a home of its own, so that nothing of the invented one stands among the real one's instructions.
HOME_DIR ?= home
SPECIMEN_HOME ?= specimen-home
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help serve load test lint types layers pytest chromium bench soak mutants truth edition lock clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

$(VENV)/runtime: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/bench: requirements-bench.lock $(VENV)/dev
	$(PIP) install --require-hashes -r requirements-bench.lock
	touch $@

load: $(VENV)/runtime  ## Load the bundled register and whatever is in captures/; the specimen into a home of its own
	mkdir -p captures
	# exit 1: a page of captures/ was not understood or is damaged; the others answer, and `inforce check` says which
	$(BIN)/inforce --home $(HOME_DIR) load --register $(if $(wildcard captures/*),captures) || [ $$? -eq 1 ]
	$(BIN)/inforce --home $(SPECIMEN_HOME) load --specimen

serve: load  ## Load, then serve the site on 127.0.0.1:8000, the specimen below /specimen/
	$(BIN)/inforce --home $(HOME_DIR) serve --port $(PORT) --also /specimen=$(SPECIMEN_HOME)

test: $(VENV)/dev lint types layers pytest  ## Everything that must pass before a commit

lint: $(VENV)/dev  ## Style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev  ## Types, strictly
	$(BIN)/mypy

layers: $(VENV)/dev  ## Who may import whom
	$(BIN)/lint-imports

pytest: $(VENV)/dev chromium  ## The tests alone
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m pytest -q --doctest-modules manual indexer webapp

# Browser tests drive Debian's Chromium. In CI they must run, so it is installed there; elsewhere they skip without it.
chromium:
	@if [ "$$CI" = true ] && ! { command -v chromium && command -v chromedriver; } >/dev/null; then \
		as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$as_root apt-get update -qq && $$as_root apt-get install -qq -y chromium chromium-driver; \
	fi

bench: $(VENV)/bench  ## Measurements: ratios of one run, on generated manuals
	$(BIN)/python tests/bench/all.py

soak: $(VENV)/dev  ## Property tests with many more examples, 300 kills, 2,000 flipped bits, full disks; within six hours
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n 2 --hypothesis-show-statistics tests/property
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n 2 --hypothesis-show-statistics -m hypothesis tests/unit
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -rs tests/soak  # kills, full disks, flipped bits, hostile archives

mutants: $(VENV)/dev  ## Small changes of the rules that no test notices; within two hours
	PYTHONPATH=tests $(BIN)/python -m mutants.run

truth: $(VENV)/dev  ## Answers about 1,000 generated manuals, held against what was true in them
	$(BIN)/python -m tests.property.truth.run --manuals 1000 --jobs 2

edition: load  ## Write the static edition to edition/
	$(BIN)/inforce --home $(HOME_DIR) export html edition

lock:  ## Renew the lock files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra pdf pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra pdf --extra mcp --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock

clean:  ## Remove what can be made again (never captures/ or a home)
	rm -rf $(VENV) edition build/_html build/_pages build/_doctrees .pytest_cache .mypy_cache .ruff_cache .hypothesis
