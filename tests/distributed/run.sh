#!/usr/bin/env bash
# Sets up the second engine in a venv of its own and compares every published row with DuckDB's.
# `run.sh --setup` only sets up. Needs the main venv (make setup).
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=.venv-distributed
stamp=$venv/.installed
if [[ ! -e $stamp || requirements-distributed.lock -nt $stamp ]]; then
  python=$(.venv/bin/python -c 'import sys; print(sys._base_executable)')
  rm -rf "$venv"
  "$python" -m venv --without-pip "$venv"
  # pyspark-client comes as source only: first what builds it, then everything
  lock=requirements-distributed.lock
  awk '/^[a-z]/ {keep = /^(setuptools|wheel)==/} keep' "$lock" > "$venv/build.txt"
  .venv/bin/uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$venv/build.txt"
  .venv/bin/uv pip install --quiet --python "$venv/bin/python" --require-hashes \
    --no-build-isolation -r "$lock"
  touch "$stamp"
fi
[[ ${1:-} == --setup ]] || exec .venv/bin/python -m pytest tests/distributed -q -rs
