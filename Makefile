# `make run` and `make test` are all that a newcomer needs; both make the environment first.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?= ../shared/data
LEDGER ?= onrecord.db
PORT   ?= 8377

.PHONY: run test check format lint types eval bench docs lock clean help

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(VENV)/run.stamp  ## add samples/ to a ledger and open the reading room
	$(BIN)/onrecord --ledger $(LEDGER) add samples
	$(BIN)/onrecord --ledger $(LEDGER) serve --port $(PORT) --open

test: $(VENV)/dev.stamp  ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp lint types test  ## what CI runs: format, lint, strict types, tests

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

format: $(VENV)/dev.stamp  ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(VENV)/dev.stamp  ## score every family on the public gold under DATA, hold it to evals/floors.json
	$(BIN)/python -m evals --data $(DATA)

bench: $(VENV)/dev.stamp  ## speed and memory beside the bare parser, in one run
	$(BIN)/python -m bench --data $(DATA)

docs: $(VENV)/dev.stamp  ## write the generated command and format reference
	$(BIN)/python -m docs.generate

lock:  ## pin every dependency with its hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build -o requirements.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build --group dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist

# A stamp stands for "this lock is installed"; a changed lock installs again.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"onrecord needs Python 3.11 to 3.13, this is {v[0]}.{v[1]}: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
