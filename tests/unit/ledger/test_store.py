"""The door to a home's ledger: homes apart, rows kept, documents proved."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ledger.database import database_file
from ledger.errors import DamagedArtifact, LedgerError, UnknownArtifact
from ledger.store import Ledger, open_ledger

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)


def store(ledger: Ledger, content: bytes = b"a,b\n1,2\n", name: str = "census.csv") -> str:
    return ledger.documents.store(
        content,
        name=name,
        media_type="text/csv",
        report="enrollment_census",
        company_id="c1",
        format="csv",
        period="2024",
        data_version="v1",
        status="final",
        at=NOW,
    )


def open_in_child(home: str) -> None:
    open_ledger(Path(home)).audit.append(NOW, "child", "opened", home)


def test_two_homes_in_one_process_stay_apart(tmp_path: Path) -> None:
    first, second = open_ledger(tmp_path / "one"), open_ledger(tmp_path / "two")
    first.records.start_run(date(2024, 12, 31), "ada", NOW)
    assert first.audit.head()[0] == 1
    assert second.audit.head()[0] == 0


def test_a_query_that_forgot_its_home_raises(tmp_path: Path) -> None:
    open_ledger(tmp_path)
    from ledger import models

    with pytest.raises(ImproperlyConfigured):
        models.Run.objects.count()


def test_the_database_survives_power_cuts_by_its_settings(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    from django.db import connections

    with connections[ledger.alias].cursor() as cursor:
        mode = cursor.execute("pragma journal_mode").fetchone()
        synchronous = cursor.execute("pragma synchronous").fetchone()
    assert (mode, synchronous) == (("wal",), (2,))


def test_four_processes_may_open_a_new_home_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=open_in_child, args=(str(tmp_path),)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    assert open_ledger(tmp_path).audit.head()[0] == 4


def test_loads_keep_what_was_read_and_what_became_of_it(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    run = ledger.records.start_run(date(2024, 12, 31), "ada", NOW)
    landed = ledger.records.start_load(run, "company", "company.csv", "a" * 64, NOW)
    ledger.records.start_load(run, "employee", "employee.csv", "b" * 64, NOW)
    ledger.records.finish_load(
        landed, "landed", NOW, row_count=3, rejected_count=1, content_hash="h"
    )
    assert [(row.table_name, row.state, row.row_count) for row in ledger.records.loads(run)] == [
        ("company", "landed", 3),
        ("employee", "started", None),
    ]


def test_the_same_document_twice_is_one_file_and_one_row(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    assert store(ledger) == store(ledger)
    assert len(ledger.documents.rows()) == 1
    assert len([path for path in (tmp_path / "artifacts").rglob("*") if path.is_file()]) == 1


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    for name in ("../x.csv", "a/b.csv", ".hidden", "", "a\nb.csv", "a.csv\n"):
        with pytest.raises(LedgerError):
            store(ledger, name=name)
    assert ledger.documents.rows() == ()


def test_a_document_is_found_by_the_beginning_of_its_hash(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    sha256 = store(ledger)
    assert ledger.documents.find(sha256[:8]).sha256 == sha256
    for wrong in ("0" * 64, sha256[:7], "not a hash", ""):
        with pytest.raises(UnknownArtifact):
            ledger.documents.find(wrong)


def test_a_changed_or_missing_document_is_never_handed_out(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    artifact = ledger.documents.find(store(ledger))
    path = tmp_path / artifact.path
    path.chmod(0o600)
    path.write_bytes(b"a,b\n1,3\n")
    with pytest.raises(DamagedArtifact, match="was changed"):
        ledger.documents.read(artifact)
    with pytest.raises(DamagedArtifact):
        ledger.documents.approve(artifact.sha256, "ada", NOW)
    path.unlink()
    with pytest.raises(DamagedArtifact, match="missing"):
        ledger.documents.read(artifact)
    store(ledger)
    assert ledger.documents.read(artifact) == b"a,b\n1,2\n"


def test_the_ledger_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    open_ledger(tmp_path)
    assert database_file(tmp_path).stat().st_mode & 0o007 == 0
    assert sqlite3.connect(database_file(tmp_path)).execute(
        "pragma integrity_check"
    ).fetchone() == ("ok",)
