"""The data version: a hash of everything that decides what stands in the snapshot (D38, D48).

File bytes and run ids are not part of it. Not here: writing the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CODE = ("expectations", "warehouse")
RULES = ("dbt/models", "dbt/macros", "dbt/seeds")
SUFFIXES = frozenset({".py", ".sql", ".yml", ".csv", ".json"})


def tree_hash(folders: Iterable[str]) -> str:
    """Return a hash over names and bytes of the source files below the project's folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                digest.update(str(path.relative_to(PROJECT)).encode() + b"\x00")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def project_hash() -> str:
    """Return the hash of contracts, landing code, models, macros and seeds."""
    return tree_hash((*CODE, *RULES))


def inputs_hash(content_hashes: dict[str, str], project: str, as_of: date, ledger: str) -> str:
    """Return the hash of one run's inputs: landed rows, project, business date, ledger export."""
    facts = {"tables": content_hashes, "project": project, "as_of": as_of.isoformat()}
    return _digest(facts | {"ledger": ledger})


def data_version(inputs: str, parent_findings: str) -> str:
    """Return the name of the version: 16 hex digits over inputs and the parent's findings."""
    return _digest({"inputs": inputs, "parent_findings": parent_findings})[:16]


def _digest(facts: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
