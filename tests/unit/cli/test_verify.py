"""`benefits verify`: the published version, the audit chain, single files, each tampered with."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from cli.main import run as benefits
from ledger.database import database_file
from ledger.store import open_ledger
from warehouse.database_file import DatabaseFile
from warehouse.home import Home
from warehouse.publish.pointer import MANIFEST, SNAPSHOT, file_sha256, publish
from warehouse.publish.snapshot import table_facts

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
VERSION = "7c1e04b9"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = Home(tmp_path / "home")
    place.prepare()
    folder = place.build / "new"
    folder.mkdir()
    connection = duckdb.connect(str(folder / SNAPSHOT))
    connection.execute("create schema marts; create schema reports; create schema quality")
    connection.execute("create table marts.dim_company as select 'c1' as company_id")
    connection.close()
    facts = {
        "as_of": "2025-01-31",
        "tables": dict(table_facts(DatabaseFile(folder / SNAPSHOT))),
        "snapshot_sha256": file_sha256(folder / SNAPSHOT),
    }
    digest = publish(place, VERSION, folder, facts)
    open_ledger(place.root).records.record_version(VERSION, digest, NOW)
    return place.root


def verify(home: Path, subject: str) -> int:
    return benefits(["verify", subject, "--home", str(home)])


def test_what_was_published_holds(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(home, "snapshot") == 0
    assert verify(home, "audit") == 0
    assert capsys.readouterr().out.count("✓") == 2


def test_a_changed_row_is_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "published" / VERSION / SNAPSHOT
    path.chmod(0o600)
    connection = duckdb.connect(str(path))
    connection.execute("update marts.dim_company set company_id = 'c2'")
    connection.close()
    assert verify(home, "snapshot") == 1
    out = capsys.readouterr().out
    assert "snapshot.duckdb is not the file that was published" in out
    assert "marts.dim_company is not as published" in out


def test_a_forged_manifest_is_found_even_with_a_matching_pointer(home: Path) -> None:
    folder = home / "published" / VERSION
    manifest = json.loads((folder / MANIFEST).read_text()) | {"as_of": "2024-01-31"}
    (folder / MANIFEST).chmod(0o600)
    (folder / MANIFEST).write_text(json.dumps(manifest))
    pointer = {"version": VERSION, "manifest_sha256": file_sha256(folder / MANIFEST)}
    (home / "published" / "current").write_text(json.dumps(pointer))
    assert verify(home, "snapshot") == 1


def test_a_changed_manifest_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "published" / VERSION / MANIFEST
    path.chmod(0o600)
    path.write_text(path.read_text() + " ")
    assert verify(home, "snapshot") == 1
    assert "the manifest was changed" in capsys.readouterr().err


def test_a_changed_audit_names_its_first_bad_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(database_file(home))
    connection.executescript(
        "drop trigger audit_no_update; update ledger_audit set actor = 'eve' where seq = 1"
    )
    connection.close()
    assert verify(home, "audit") == 1
    assert "line 1 is not what was written" in capsys.readouterr().out


def test_a_wrong_call_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(home, "nonsense") == 2
    assert capsys.readouterr().err.count("\n") == 1
