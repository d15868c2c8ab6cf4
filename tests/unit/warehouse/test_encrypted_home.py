"""A home under a key: the same rows as a plain one, and nothing readable on the way to them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from expectations.contract import Contract
from ledger.errors import KeyRefused
from ledger.keys import KEY_BYTES
from ledger.store import open_keys
from tests.unit.warehouse.conftest import EMPLOYEES, no_judge, publish
from warehouse.database_file import DatabaseFile, add_rows_key
from warehouse.home import Home
from warehouse.landing.ingest import ingest, open_source
from warehouse.publish.retention import retire
from warehouse.settings import Run
from warehouse.sources.extract import rows_key

SPAWNED: list[tuple[object, ...]] = []
LISTENS: list[bool] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if LISTENS and event == "subprocess.Popen":
        SPAWNED.append(arguments)


sys.addaudithook(_hear)


@contextmanager
def hearing() -> Iterator[list[tuple[object, ...]]]:
    """Give what child processes are started with: arguments and environment."""
    SPAWNED.clear()
    LISTENS.append(True)
    try:
        yield SPAWNED
    finally:
        LISTENS.clear()


def encrypted(root: Path) -> Home:
    return Home(root, open_keys(root, os.urandom(KEY_BYTES)))


def run_in(home: Home, source: Path) -> Run:
    return Run(date(2025, 6, 30), datetime(2025, 7, 1, tzinfo=UTC), "tester", home, str(source))


def readable(root: Path) -> list[str]:
    """Return the files below a folder in which a person's number can be read."""
    words = [f"900{dash}01{dash}{n:04d}".encode() for n in range(1, 31) for dash in ("", "-")]
    bodies = {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return [name for name, body in bodies.items() if any(word in body for word in words)]


def people(file: DatabaseFile) -> list[tuple[object, ...]]:
    with file.open(read_only=True) as connection:
        return connection.execute(
            "select employee_number, ssn from landing.employee order by 1"
        ).fetchall()


def as_csv_with_windows_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"a,b\r\n")


def as_parquet(path: Path) -> None:
    pl.read_csv(path, infer_schema=False).write_parquet(path.with_suffix(".parquet"))
    path.unlink()


def as_json_lines(path: Path) -> None:
    pl.read_csv(path, infer_schema=False).write_ndjson(path.with_suffix(".jsonl"))
    path.unlink()


def as_workbook(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in path.read_text().splitlines():
        book.active.append(row.split(","))
    book.save(path.with_suffix(".xlsx"))
    path.unlink()


def test_an_encrypted_home_lands_what_a_plain_one_lands_and_leaves_none_of_it_readable(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    as_csv_with_windows_ends(source / "employee.csv")
    plain, home = Home(tmp_path / "plain"), encrypted(tmp_path / "home")
    reports = [ingest(run_in(place, source), contracts, no_judge) for place in (plain, home)]
    assert people(home.landing) == people(plain.landing)
    assert len(people(home.landing)) == EMPLOYEES
    assert [report.rejected for report in reports] == [1, 1]
    assert readable(plain.root)
    assert readable(home.root) == []


@pytest.mark.parametrize(
    "change", [None, as_csv_with_windows_ends, as_parquet, as_json_lines, as_workbook]
)
def test_what_a_reader_hands_over_is_sealed_and_no_child_is_told_a_key_openly(
    tmp_path: Path, source: Path, contracts: dict[str, Contract], change: object
) -> None:
    if callable(change):
        change(source / "employee.csv")
    home, into = encrypted(tmp_path / "home"), tmp_path / "into"
    home.prepare()
    into.mkdir()
    with hearing() as spawned:
        extraction = open_source(run_in(home, source)).extract(contracts, into, {})
    extract = extraction.extracts["employee"]
    assert extract.records >= EMPLOYEES
    assert extract.rows.exists()
    assert (extract.rejects is not None) == (change is as_csv_with_windows_ends)
    with home.landing.open() as connection:
        add_rows_key(connection, home.keys.ensure("extract"))
        found = connection.sql(f"select ssn from {extract.rows_sql} order by 1").fetchall()
    assert found == [(f"900-01-{n:04d}",) for n in range(1, EMPLOYEES + 1)]
    assert readable(tmp_path / "into") == readable(home.root) == []
    assert len(spawned) == 2
    told = repr(spawned)
    assert "warehouse.sources.parse" in told
    keys = [rows_key(home.keys), *_inbox_keys(home)]
    assert len(keys) > 2
    assert not [key for key in keys if key in told]


def _inbox_keys(home: Home) -> list[str]:
    found: Mapping[str, bytes | None] = home.keys.ensure_all(
        [f"inbox/{path.name}" for path in home.inbox.iterdir()]
    )
    return [key.hex() for key in found.values() if key]


def test_versions_follow_each_other_and_a_retired_one_loses_its_key(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    home, names = encrypted(tmp_path / "home"), []
    for number in range(3):
        with (source / "employee.csv").open("a") as stream:
            stream.write(f"00000000-0000-4000-8000-{900 + number:012d},")
            stream.write(
                f"11111111-1111-4111-8111-111111111111,N{number},A,B,900-01-000{number + 1},\n"
            )
        names.append(publish(home, source, contracts))
    assert len(set(names)) == 3
    assert home.keys.names("build/") == ()
    home.keys.ensure("snapshot/begun-by-a-killed-run")
    assert retire(home, (), 1) == (names[0],)
    assert home.keys.names("snapshot/") == tuple(sorted(f"snapshot/{n}" for n in names[1:]))
    with pytest.raises(KeyRefused, match="destroyed"):
        home.snapshot(names[0])
    with home.open_version(names[-1]) as connection:
        assert connection.execute("select v from marts.dim_version").fetchall() == [(names[-1],)]
    assert readable(home.root) == []


def test_what_spills_to_disk_is_not_readable(tmp_path: Path) -> None:
    file = DatabaseFile(tmp_path / "spilling.duckdb", os.urandom(32))
    with file.open() as connection:
        connection.execute("set threads = 1")
        connection.execute(
            "create table t as select hash(n) h, '900-01-0001 ' || n s from range(3_000_000) r(n)"
        )
        connection.execute("set memory_limit = '90MB'")
        found = connection.execute("select * from t order by h, s")
        assert found.fetchmany(3)
        spilled = list((tmp_path / "spilling.duckdb.tmp").iterdir())
        assert sum(path.stat().st_size for path in spilled) > 1_000_000
        assert readable(tmp_path) == []


def test_a_killed_runs_leftovers_are_not_readable(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    home = encrypted(tmp_path / "home")

    def dies(*_: object) -> list[object]:
        left = [path.name for path in (home.build / "extract").iterdir()]
        assert "employee.parquet" in left
        assert home.next_landing.path.exists()
        assert readable(home.root) == []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(run_in(home, source), contracts, dies)  # type: ignore[arg-type]
    assert not home.landing_file.exists()
