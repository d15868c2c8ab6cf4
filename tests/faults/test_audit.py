"""Who took data is in the audit or did not get it (P12); a changed audit is found (P13)."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.main import run as benefits
from ledger import database
from ledger.anchors import OWN, add_anchor
from ledger.store import Ledger, open_ledger
from reports import registry
from tests.unit.distribution.stage import STAGE_REPORTS, Stage

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
UNLOCK = "drop trigger if exists audit_no_update; drop trigger if exists audit_no_delete;"
HEAD = (
    "update ledger_audithead set seq = {0}, "
    "digest = (select digest from ledger_audit where seq = {0});"
)
Tamper = Callable[[Path], None]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return a published home whose ledger is there."""
    monkeypatch.setattr(registry, "REPORTS", STAGE_REPORTS)
    stage = Stage(tmp_path / "home")
    stage.publish()
    with_lines(stage.home, 8).close()
    return stage


def with_lines(home: Path, count: int) -> Ledger:
    ledger = open_ledger(home)
    for number in range(count):
        ledger.audit.append(NOW, "ada", "test.line", f"subject {number}", {"number": number})
    return ledger


def sql(script: str) -> Tamper:
    def tamper(home: Path) -> None:
        with sqlite3.connect(database.database_file(home)) as connection:
            connection.executescript(UNLOCK + script)
        connection.close()

    return tamper


def put_back_older(home: Path) -> None:
    """Replace the ledger by a copy that was taken five lines ago."""
    shutil.copyfile(home / "older.sqlite3", database.database_file(home))


def rewritten(home: Path) -> None:
    """Cut the last lines off and write others in their place, with hashes that fit."""
    sql(f"delete from ledger_audit where seq > 5; {HEAD.format(5)}")(home)
    with_lines(home, 4).close()


TAMPERINGS = [
    pytest.param(sql("update ledger_audit set actor = 'eve' where seq = 3;"), 3, id="edited"),
    pytest.param(sql("delete from ledger_audit where seq = 4;"), 5, id="removed"),
    pytest.param(
        sql(
            "update ledger_audit set seq = 99 where seq = 2;"
            "update ledger_audit set seq = 2 where seq = 3;"
            "update ledger_audit set seq = 3 where seq = 99;"
        ),
        2,
        id="reordered",
    ),
    pytest.param(
        sql(f"delete from ledger_audit where seq > 6; {HEAD.format(6)}"), 7, id="cut off, head too"
    ),
    pytest.param(put_back_older, 4, id="whole file rolled back"),
    pytest.param(rewritten, 8, id="cut off and written anew"),
]


@pytest.mark.parametrize("kept", ["in the home", "outside"])
@pytest.mark.parametrize(("tamper", "line"), TAMPERINGS)
def test_every_tampering_is_found_and_its_first_line_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tamper: Tamper, line: int, kept: str
) -> None:
    home, outside = tmp_path / "home", tmp_path / "auditor" / "anchors"
    with_lines(home, 3).close()
    shutil.copyfile(database.database_file(home), home / "older.sqlite3")
    with_lines(home, 5).close()
    verify = ["verify", "audit", "--home", str(home)]
    if kept == "outside":
        verify += ["--anchor", str(outside)]
        assert benefits(verify) == 0
    else:
        add_anchor(home / OWN, open_ledger(home).audit, NOW)
    tamper(home)
    open_ledger(home).close()
    assert benefits(verify) == 1
    assert f"the first is line {line}." in capsys.readouterr().out


def test_an_anchor_is_added_each_time_the_chain_has_grown(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "anchors"
    for _ in range(2):
        with_lines(home, 3).close()
        for _ in range(2):
            assert benefits(["verify", "audit", "--home", str(home), "--anchor", str(outside)]) == 0
    assert len(outside.read_text().splitlines()) == 2
    outside.write_text(outside.read_text()[:-9])
    assert benefits(["verify", "audit", "--home", str(home), "--anchor", str(outside)]) == 1


def test_audit_times_never_decrease_when_the_clock_is_set_back(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    for hours in (0, -2, -1, 3):
        ledger.audit.append(NOW + timedelta(hours=hours), "ada", "test.line", str(hours))
    rows = list(ledger.audit.rows())
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert [row.details.get("clock") for row in rows] == [
        None,
        (NOW - timedelta(hours=2)).isoformat(),
        (NOW - timedelta(hours=1)).isoformat(),
        None,
    ]
    assert ledger.audit.verify() == ()


def hold_ledger(home: Path, held: object, done: object) -> None:
    """Hold the ledger's write lock until told to let go."""
    connection = sqlite3.connect(database.database_file(home))
    connection.execute("begin immediate")
    held.set()  # type: ignore[attr-defined]
    done.wait(60)  # type: ignore[attr-defined]
    connection.rollback()


def report(stage: Stage) -> int:
    out = stage.home.parent / "out"
    call = ["report", "headcount", "--company", "c1", "--format", "csv,json", "--out", str(out)]
    return benefits([*call, "--home", str(stage.home)])


def handed_out(stage: Stage) -> list[Path]:
    return [path for path in (stage.home.parent / "out").rglob("*") if path.is_file()]


def test_no_document_is_handed_out_while_the_ledger_is_held(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db import connections

    alias = database.alias_for(stage.home)
    monkeypatch.setitem(connections.databases[alias]["OPTIONS"], "timeout", 0.2)
    connections[alias].close()
    context = multiprocessing.get_context("fork")
    held, done = context.Event(), context.Event()
    holder = context.Process(target=hold_ledger, args=(stage.home, held, done))
    holder.start()
    held.wait(60)
    assert report(stage) == 2
    said = capsys.readouterr().err
    done.set()
    holder.join()
    assert "[env.locked]" in said
    assert said.count("\n") == 1
    assert handed_out(stage) == []
    assert report(stage) == 0
    assert len(handed_out(stage)) == 2


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("alter table ledger_audit rename to gone;", "[env.ledger]"),
        (
            "create trigger no_audit before insert on ledger_audit "
            "begin select raise(abort, 'database or disk is full'); end;",
            "[env.disk]",
        ),
    ],
    ids=["the audit's table is gone", "the audit refuses lines"],
)
def test_no_document_is_handed_out_without_its_audit_line(
    stage: Stage, capsys: pytest.CaptureFixture[str], script: str, words: str
) -> None:
    sql(script)(stage.home)
    assert report(stage) in (1, 2)
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert handed_out(stage) == []
    assert open_ledger(stage.home).documents.rows() == ()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 200])
def test_a_damaged_ledger_is_one_line_and_hands_out_nothing(
    stage: Stage, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    from django.db import connections

    connections[database.alias_for(stage.home)].close()
    path = database.database_file(stage.home)
    for old in path.parent.glob("ledger.sqlite3*"):
        old.unlink()
    path.write_bytes(damage)
    code = report(stage)
    if damage:
        assert code == 2
        assert "[ledger.corrupt]" in capsys.readouterr().err
        assert handed_out(stage) == []
    else:
        assert code == 0
        assert len(open_ledger(stage.home).documents.rows()) == len(handed_out(stage))
