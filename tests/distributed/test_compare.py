"""The comparison itself: it must see a changed, a missing and a doubled row, and not the order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.distributed.compare import compare
from warehouse.database_file import DatabaseFile

OURS = "values (1, 10.50::decimal(12,2), 'a'), (2, null, 'b')"


def _both(folder: Path, theirs: str) -> list[str]:
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.t as from ({OURS}) as v (id, amount, name)")
    built = folder / "built" / "marts"
    built.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (from ({theirs}) as v (id, amount, name)) to '{built / 't.parquet'}'"
        )
    result = compare(DatabaseFile(folder / "build.duckdb"), folder / "built", ("marts",))
    assert (result.tables, result.rows) == (1, 2)
    return [difference.what for difference in result.differences]


def test_order_does_not_matter(tmp_path: Path) -> None:
    assert _both(tmp_path, "values (2, null::decimal(12,2), 'b'), (1, 10.50, 'a')") == []


@pytest.mark.parametrize(
    ("theirs", "seen"),
    [
        ("values (1, 10.51::decimal(12,2), 'a'), (2, null, 'b')", "column amount: 1 values differ"),
        ("values (1, 10.50::decimal(12,2), 'a')", "1 of 2 rows here only"),
        (
            "values (1, 10.50::decimal(12,2), 'a'), (2, null, 'b'), (2, null, 'b')",
            "1 of 2 rows on the other engine only",
        ),
        ("values (1, 10.50::decimal(12,2), 'a'), (2, 0, 'b')", "column amount: 1 values differ"),
        (
            "values (1, 10.50::decimal(12,3), 'a'), (2, null, 'b')",
            "amount: DECIMAL(12,2) against DECIMAL(12,3)",
        ),
    ],
)
def test_a_difference_is_seen(tmp_path: Path, theirs: str, seen: str) -> None:
    assert seen in _both(tmp_path, theirs)


def test_a_table_that_the_other_engine_lacks_is_seen(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.t as select 1 as id")
    result = compare(DatabaseFile(tmp_path / "build.duckdb"), tmp_path, ("marts",))
    assert [found.what for found in result.differences] == ["not built on the other engine"]
