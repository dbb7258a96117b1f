# The README's two commands are `make run` and `make test`; both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test faults check format setup setup-dev bench clean
.DELETE_ON_ERROR:

run: setup  ## serve the page on 127.0.0.1:7860, with the library brought in line first
	$(BIN)/desk ingest
	$(BIN)/desk serve

test: setup-dev  ## the whole test suite
	$(BIN)/python -m pytest

faults: setup-dev  ## every fault of FAULTS.md, those that take minutes too; rewrites FAULTS.md
	$(BIN)/python -m tests.faults

check: setup-dev  ## format, lint, types, documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/desk docs --check

format: setup-dev  ## put the code into shape and rewrite the generated parts of the README
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/desk docs

setup: .venv/.installed  ## create .venv and install what running needs

setup-dev: .venv/.installed-dev  ## … and what testing needs

.venv/.torch:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(PIP) torch==2.13.0
	touch $@

.venv/.installed: .venv/.torch pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

.venv/.installed-dev: .venv/.installed pyproject.toml constraints.txt
	$(PIP) --editable '.[dev]'
	touch $@

clean:  ## remove what can be made again, but not ./data
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache *.egg-info
