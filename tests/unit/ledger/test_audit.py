"""The audit chain: what is found after it was tampered with, and what many writers leave."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.database import database_file
from ledger.store import Ledger, open_ledger

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
UNLOCK = "drop trigger audit_no_update; drop trigger audit_no_delete;"


def ledger_with_lines(home: Path, count: int = 5) -> Ledger:
    ledger = open_ledger(home)
    for number in range(count):
        ledger.audit.append(NOW, "ada", "test.line", f"subject {number}", {"number": number})
    return ledger


def tamper(home: Path, sql: str) -> None:
    with sqlite3.connect(database_file(home)) as connection:
        connection.executescript(UNLOCK + sql)
    connection.close()


def append_many(home: str, count: int) -> None:
    ledger = open_ledger(Path(home))
    for number in range(count):
        ledger.audit.append(NOW, "worker", "test.line", str(number))


def test_an_untouched_chain_holds(tmp_path: Path) -> None:
    ledger = ledger_with_lines(tmp_path)
    assert ledger.audit.verify() == ()
    assert ledger.audit.head()[0] == 5


@pytest.mark.parametrize(
    ("sql", "seq", "kind"),
    [
        ("update ledger_audit set actor = 'eve' where seq = 3", 3, "edited"),
        ("update ledger_audit set details = '{}' where seq = 2", 2, "edited"),
        ("update ledger_audit set at = '2030-01-01T00:00:00+00:00' where seq = 1", 1, "edited"),
        ("delete from ledger_audit where seq = 3", 4, "gap"),
        ("delete from ledger_audit where seq = 1", 2, "gap"),
        ("delete from ledger_audit where seq > 3", 5, "cut off"),
        ("delete from ledger_audit", 5, "cut off"),
        (
            "update ledger_audit set seq = 99 where seq = 2; update ledger_audit set seq = 2 "
            "where seq = 3; update ledger_audit set seq = 3 where seq = 99",
            2,
            "edited",
        ),
        ("update ledger_audit set digest = previous where seq = 5", 5, "edited"),
    ],
)
def test_every_tampering_is_found_at_its_line(
    tmp_path: Path, sql: str, seq: int, kind: str
) -> None:
    ledger = ledger_with_lines(tmp_path)
    tamper(tmp_path, sql)
    findings = ledger.audit.verify()
    assert (seq, kind) in {(finding.seq, finding.kind) for finding in findings}
    assert min(finding.seq for finding in findings) == seq


def test_a_cut_off_end_stays_visible_after_new_lines(tmp_path: Path) -> None:
    ledger = ledger_with_lines(tmp_path)
    tamper(tmp_path, "delete from ledger_audit where seq > 3")
    ledger.audit.append(NOW, "ada", "test.line", "later")
    assert [(finding.seq, finding.kind) for finding in ledger.audit.verify()] == [
        (6, "gap"),
        (6, "broken link"),
    ]


def test_the_database_itself_refuses_to_change_a_line(tmp_path: Path) -> None:
    ledger_with_lines(tmp_path)
    connection = sqlite3.connect(database_file(tmp_path))
    for sql in ("update ledger_audit set actor = 'eve'", "delete from ledger_audit"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            connection.execute(sql)
    connection.close()


def test_four_processes_append_one_unbroken_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    open_ledger(tmp_path).close()
    workers = [context.Process(target=append_many, args=(str(tmp_path), 25)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    ledger = open_ledger(tmp_path)
    assert ledger.audit.verify() == ()
    assert ledger.audit.head()[0] == 100


def test_what_looks_like_a_social_security_number_is_never_written(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    ledger.audit.append(NOW, "ada", "test.line", "900-01-2345", {"note": "id 900-01-2345 seen"})
    ledger.close()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "ledger").glob("ledger.sqlite3*"))
    assert b"900-01-2345" not in stored
    assert ledger.audit.verify() == ()
