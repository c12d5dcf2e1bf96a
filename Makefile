# Everything a newcomer needs. Each target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check lint format lock setup setup-dev bench clean

demo: setup
	@$(BIN)/rounds demo

test: setup-dev
	@echo "→ running the tests (SQLite and PostgreSQL)"
	@$(BIN)/python -m pytest

# The one gate. `make test check` runs the tests once.
check: lint test
	@echo "→ everything holds"

lint: setup-dev
	@echo "→ format" && $(BIN)/ruff format --check .
	@echo "→ lint" && $(BIN)/ruff check .
	@echo "→ types" && $(BIN)/mypy
	@echo "→ import rules" && $(BIN)/lint-imports

format: setup-dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/bin/python:
	@echo "→ creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "→ installing what Rounds needs (hashed, about a minute the first time)"
	@$(PIP) install --quiet --progress-bar on --require-hashes -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "→ installing what the tests and checks need (hashed, about a minute the first time)"
	@$(PIP) install --quiet --progress-bar on --require-hashes -r requirements-dev.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

# Lock the dependencies again: hashes for every platform, no addresses.
lock:
	@for extra in "" "--extra dev"; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate -q $$extra pyproject.toml \
	    -o requirements$${extra:+-dev}.txt; \
	done

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache

bench: setup-dev
	@echo "→ quick-log beside a bare echo bot (about three minutes)"
	@$(BIN)/python -m benchmarks.quicklog_vs_echo
	@echo "→ start and memory"
	@$(BIN)/python -m benchmarks.start_and_memory
