# The developer's manual: `make help` lists every recipe.
SHELL := /bin/bash
PORT ?= 8000
BIN := .venv/bin
LOCK := uv pip compile pyproject.toml --extra postgres --extra s3 --extra stripe --group build \
	--universal --generate-hashes --python-version 3.11 --no-annotate --custom-compile-command "make lock" --quiet

.PHONY: help run test check bench lock format translations clean
.DEFAULT_GOAL := help

help: ## list the recipes
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

lock: ## resolve the dependencies again (needs uv)
	$(LOCK) --group dev --upgrade --output-file locks/dev.txt
	$(LOCK) --constraint locks/dev.txt --output-file locks/run.txt
