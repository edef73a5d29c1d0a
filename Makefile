# The developer's manual: `make help` lists every recipe.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench format lock translations clean
.DELETE_ON_ERROR:

PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STRICT := reviewers proceedings confsys/programme/solver confsys/core confsys/settings.py confsys/app.py worker.py \
	$(wildcard confsys/*/rules.py confsys/*/rules confsys/*/standing.py confsys/*/states.py \
	confsys/*/operations.py confsys/*/operations confsys/*/queries.py confsys/*/queries)
LOCK := uv pip compile pyproject.toml --extra postgres --extra s3 --extra stripe --group build \
	--universal --generate-hashes --python-version 3.11 --no-annotate --custom-compile-command "make lock" --quiet

help: ## list the recipes
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/run ## install, migrate, load the sample, start everything (PORT=8000)
	@exec $(BIN)/python -m confsys.running $(PORT)

test: .venv/dev ## install what the tests need, then run all of them on SQLite and on PostgreSQL
	@tools/test

check: .venv/dev ## format, lint, types, import contracts, templates, migrations, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict $(STRICT)
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m tools.check_migrations
	$(BIN)/confsys translations check

bench: .venv/dev ## benchmarks of the engines and of the pages, beside the published figures
	@for name in $(notdir $(basename $(wildcard tests/bench/[a-z]*.py))); do $(BIN)/python -m tests.bench.$$name || exit 1; done

format: .venv/dev ## write the code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: .venv/dev ## bring the Chinese catalogues to the sources; fill what is new by hand
	$(BIN)/confsys translations update

lock: ## resolve the dependencies again (needs uv)
	$(LOCK) --group dev --upgrade --output-file locks/dev.txt
	$(LOCK) --constraint locks/dev.txt --output-file locks/run.txt

clean: ## remove what was built; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info

.venv/bin/python:
	@tools/make-venv

.venv/run: locks/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing the packages of locks/run.txt …"
	@test -e .venv/dev || $(PIP) install --require-hashes --requirement locks/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: locks/dev.txt pyproject.toml | .venv/bin/python
	@echo "Installing the packages of locks/dev.txt …"
	@$(PIP) install --require-hashes --requirement locks/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run
