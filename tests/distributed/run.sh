#!/usr/bin/env bash
# Sets up an engine in a venv of its own and compares every published row with DuckDB's.
# `run.sh` Sail, set up and compared; `--setup` only set up; `--spark` Spark itself, set up for the
# long proofs (Java 17). Needs the main venv (make setup).
set -euo pipefail
cd "$(dirname "$0")/../.."

set_up() {  # a venv, its lock, and the packages that build those which come as source only
  local venv=$1 lock=$2 stamp=$1/.installed python
  [[ ! -e $stamp || $lock -nt $stamp ]] || return 0
  python=$(.venv/bin/python -c 'import sys; print(sys._base_executable)')
  rm -rf "$venv"
  "$python" -m venv --without-pip "$venv"
  awk '/^[a-z]/ {keep = /^(setuptools|wheel|packaging)==/} keep' "$lock" > "$venv/build.txt"
  .venv/bin/uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$venv/build.txt"
  .venv/bin/uv pip install --quiet --python "$venv/bin/python" --require-hashes \
    --no-build-isolation -r "$lock"
  touch "$stamp"
}

if [[ ${1:-} == --spark ]]; then
  command -v java > /dev/null || { echo "Spark needs Java 17 (openjdk-17-jre-headless)" >&2; exit 2; }
  set_up .venv-spark requirements-spark.lock
  exit 0
fi
set_up .venv-distributed requirements-distributed.lock
[[ ${1:-} == --setup ]] || exec .venv/bin/python -m pytest tests/distributed -q -rs
