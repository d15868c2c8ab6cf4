# The commands of this project. `make demo` and `make test` need Python 3.11, git and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PYTHONDONTWRITEBYTECODE =
export DO_NOT_TRACK = 1

.PHONY: demo test check fmt golden prove bench setup services second-engine distributed

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' || \
	  { echo "Python 3.11 or later is needed" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: setup  ## Build the sample employer, run everything, say where the results lie.
	@$(BIN)/benefits demo

services:  ## PostgreSQL, OpenSSH and Chromium, which the tests run for real (as root on Debian).
	@bash scripts/services.sh

second-engine: setup  ## The Spark-compatible engine the models are compared on, in a venv of its own.
	@bash tests/distributed/run.sh --setup

test: setup services second-engine  ## Run every test.
	@$(BIN)/python -m pytest -n 2 --dist loadfile -rs

distributed: setup  ## Build the same models on a Spark-compatible engine and compare every row.
	@bash tests/distributed/run.sh

check: setup services second-engine  ## What CI runs: lint, types, boundaries, drift, tests, second engine.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q -rs

fmt: setup  ## Format Python and SQL.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

golden: setup  ## Record goldens again, on purpose; explain each change in the commit.
	@BENEFITS_RECORD_GOLDENS=1 $(BIN)/python -m pytest -m golden

prove: setup services second-engine  ## The long proofs: the oracles at ten times the size, whole runs built twice.
	@BENEFITS_RANDOM_PLANS=1200 BENEFITS_MUTANTS=9999 $(BIN)/python -m pytest tests/oracles
	@bash tests/distributed/run.sh --spark
	@$(BIN)/python -m pytest -m prove -rs

PEOPLE ?= 1000 10000

bench: setup  ## Measure the figures as ratios of one run, in the sizes of PEOPLE; writes docs/evidence/figures.md.
	@$(BIN)/python -m benchmarks --people $(PEOPLE)
