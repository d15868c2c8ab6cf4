"""What a snapshot file holds of a build: tables by value, views by their statement."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.database_file import DatabaseFile
from warehouse.errors import WarehouseError
from warehouse.publish.snapshot import table_facts, write_snapshot


def _build(folder: Path, *statements: str) -> tuple[DatabaseFile, DatabaseFile]:
    build, landing = folder / "warehouse.duckdb", folder / "operational.duckdb"
    duckdb.connect(str(landing)).close()
    with duckdb.connect(str(build)) as connection:
        for schema in ("intermediate", "marts", "reports"):
            connection.execute(f"create schema {schema}")
        connection.execute("create table marts.fct_a as select 1 as n")
        connection.execute("create table intermediate.int_a as select 1 as n")
        for statement in statements:
            connection.execute(statement)
    return DatabaseFile(build), DatabaseFile(landing)


def test_a_view_over_a_view_reads_the_snapshots_own_tables(tmp_path: Path) -> None:
    build, landing = _build(
        tmp_path,
        "create view marts.fct_z as select n + 1 as n from warehouse.marts.fct_a",
        "create view marts.fct_b as select n + 1 as n from warehouse.marts.fct_z",
        'create view reports.rpt_c as select n from "warehouse"."marts"."fct_b"',
    )
    write_snapshot(build, landing, DatabaseFile(tmp_path / "snapshot.duckdb"))
    build.path.unlink()
    with duckdb.connect(str(tmp_path / "snapshot.duckdb"), read_only=True) as connection:
        assert connection.execute("select n from reports.rpt_c").fetchall() == [(3,)]


def test_a_view_has_no_content_hash_of_its_own(tmp_path: Path) -> None:
    build, landing = _build(
        tmp_path, "create view marts.fct_b as select * from warehouse.marts.fct_a"
    )
    target = DatabaseFile(tmp_path / "snapshot.duckdb")
    write_snapshot(build, landing, target)
    with target.open() as connection:
        connection.execute("create schema quality")
    assert set(table_facts(target)) == {"marts.fct_a"}


def test_a_view_over_what_is_not_published_stops_the_publish(tmp_path: Path) -> None:
    build, landing = _build(
        tmp_path, "create view marts.fct_b as select * from warehouse.intermediate.int_a"
    )
    with pytest.raises(WarehouseError, match="fct_b"):
        write_snapshot(build, landing, DatabaseFile(tmp_path / "snapshot.duckdb"))
