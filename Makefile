# Every target makes .venv when it is missing and anew when the pins, Python or this folder changed.

PYTHON ?= $(shell for p in python3.11 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/pins-$(shell (cat constraints.txt pyproject.toml; echo "$(CURDIR)") | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv run test lint format bench load screenshots clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

venv: $(STAMP) ## install the pinned libraries into .venv

run: venv ## ingest the corpus, then open the chat on http://127.0.0.1:7860
	$(BIN)/hoidap ingest
	$(BIN)/python app.py

test: lint ## lint, then all tests, the files shared out to a process a core
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: venv ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: venv ## rewrite the code as ruff has it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: venv ## measure speed and memory; TEXTS=folder reads other texts too; ARTICLES=2000 a large corpus alone
	$(BIN)/python -m eval.bench $(if $(TEXTS),--texts $(TEXTS)) $(if $(ARTICLES),--articles $(ARTICLES))

load: venv ## measure the page with thirty people at once
	$(BIN)/python -m eval.bench.load

screenshots: venv ## take pictures of every tab into build/screenshots and docs
	$(BIN)/python docs/screenshots.py

clean: ## remove .venv and every cache
	rm -rf $(VENV) build node_modules *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 was not found. Install it (Debian 12: apt-get install python3 python3-venv)," >&2; \
		echo "or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the pinned libraries into $(VENV): one to some minutes, 2.4 GB"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt pip setuptools
	@$(BIN)/python -m pip install -qq --no-build-isolation -c constraints.txt -e '.[dev]'
	$(BIN)/python -m pip check
	@touch $(STAMP)
