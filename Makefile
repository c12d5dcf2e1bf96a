# Everything a newcomer needs. Each target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check format setup setup-dev clean

demo: setup
	@$(BIN)/rounds demo

test: setup-dev
	@echo "→ running the tests (SQLite and PostgreSQL)"
	@$(BIN)/python -m pytest

check: setup-dev
	@echo "→ format" && $(BIN)/ruff format --check .
	@echo "→ lint" && $(BIN)/ruff check .
	@echo "→ types" && $(BIN)/mypy
	@echo "→ import rules" && $(BIN)/lint-imports
	@echo "→ tests" && $(BIN)/python -m pytest

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

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache
