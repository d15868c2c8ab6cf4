"""A small published home made by hand: the real file format, no build."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb

AS_OF = "2026-11-08"
NORTH, SOUTH = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"


def publish(home: Path, *statements: str) -> Path:
    """Publish a version with two companies and whatever the statements create."""
    folder = home / "published" / "7c1e04b9"
    folder.mkdir(parents=True)
    connection = duckdb.connect(str(folder / "snapshot.duckdb"))
    for schema in ("marts", "reports", "quality"):
        connection.execute(f"create schema {schema}")
    connection.execute(
        "create table marts.dim_company as select * from (values "
        f"('{NORTH}', 'Northmere Instruments, Inc.', '900000001', true, true), "
        f"('{SOUTH}', 'Southbank Tools LLC', '900000002', true, false)) "
        "t(company_id, legal_name, ein, is_active, is_test_data)"
    )
    connection.execute(
        f"create table quality.certificate as select '{NORTH}' company_id, 'B' grade"
    )
    for statement in statements:
        connection.execute(statement)
    connection.close()
    digest = hashlib.sha256((folder / "snapshot.duckdb").read_bytes()).hexdigest()
    facts = {"as_of": AS_OF, "data_version": "7c1e04b9", "snapshot_sha256": digest}
    body = json.dumps(facts).encode()
    (folder / "manifest.json").write_bytes(body)
    pointer = {"version": "7c1e04b9", "manifest_sha256": hashlib.sha256(body).hexdigest()}
    (home / "published" / "current").write_text(json.dumps(pointer))
    return home
