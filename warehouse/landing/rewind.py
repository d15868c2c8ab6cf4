"""Landing taken back to what an earlier load knew, as a load of its own: nothing is rewritten.

Rows that came later end, rows that ended later stand again, and what was said about their tables is
said again. Tables of the ledger's family are left: a person's decision is not undone by a rollback.
Not here: which version is published (`warehouse.publish.rollback`).
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from expectations.contract import LEDGER_FAMILY, Contract
from expectations.frames import identifier, landed_columns
from warehouse.errors import WarehouseError
from warehouse.landing import database
from warehouse.landing.ingest import accept
from warehouse.landing.tables import SAID, content_hash, names_of
from warehouse.landing.versions import COLUMNS, end_rows, keep_said
from warehouse.settings import Run

KIND = "rollback"
UNCHANGED = ("table_name", "since")
SHOWN = {
    "table_state": "state, content_hash",
    "rejected": "primary_key, kind, reasons",
    "finding": "reason_code, column_name, message",
}


def rewind(run: Run, contracts: Mapping[str, Contract], load: int) -> list[str]:
    """Take landing back to the state after a load; return the tables that had to change."""
    home = run.home
    connection, number = database.open_next(contracts, run, KIND)
    try:
        connection.execute("begin transaction")
        later = [c for c in contracts.values() if _speaks_later(connection, c, load)]
        for contract in later:
            _rewind_table(connection, contract, load, number)
        connection.execute("commit")
        connection.execute("checkpoint")
    finally:
        connection.close()
    if later:
        accept(home)
    else:
        home.next_landing.path.unlink()
    return [contract.table for contract in later]


def _speaks_later(connection: duckdb.DuckDBPyConnection, contract: Contract, load: int) -> bool:
    """Return whether a table, or what is said about it, is other than it was after the load."""
    if contract.family == LEDGER_FAMILY:
        return False
    row = connection.execute(
        "select since from landing.table_state where table_name = ?", [contract.table]
    ).fetchone()
    if row is None or row[0] <= load:
        return False
    return _said(connection, contract.table, None) != _said(connection, contract.table, load)


def _said(
    connection: duckdb.DuckDBPyConnection, table: str, load: int | None
) -> dict[str, tuple[object, ...]]:
    """Return state, content hash and a digest of what is said about a table now, or was then."""
    digests: dict[str, tuple[object, ...]] = {}
    for name, shown in SHOWN.items():
        relation = f"landing.{name} where table_name = ?"
        if load is not None:
            relation = f"history.kept_{name} where table_name = ? and {_stood(load)}"
        row = connection.execute(
            f"select count(*), coalesce(sum(cast(md5_number_lower(concat_ws('|', {shown})) "
            f"as hugeint)), 0) from {relation}",
            [table],
        ).fetchone()
        digests[name] = row or ()
    if load is not None and digests["table_state"][0] == 0:
        return _said_of_absent(connection)
    return digests


def _said_of_absent(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[object, ...]]:
    row = connection.execute(
        "select 1, cast(md5_number_lower(concat_ws('|', 'absent', '')) as hugeint)"
    ).fetchone()
    return dict.fromkeys(SHOWN, (0, 0)) | {"table_state": row or ()}


def _stood(load: int) -> str:
    """Return the SQL that is true of a version which stood after a load."""
    return f"_valid_from <= {load} and _valid_to > {load}"


def _rewind_table(
    connection: duckdb.DuckDBPyConnection, contract: Contract, load: int, number: int
) -> None:
    """Bring rows and words of one table back under a new load number, and prove the rows."""
    table, names = identifier(contract.table), names_of(contract)
    connection.execute(
        f"create or replace temp table standing as select {names} from history.{table} "
        f"where {_stood(load)}"
    )
    later = f"select rowid from landing.{table} where _valid_from > {load}"
    end_rows(connection, contract, number, later)
    connection.execute(
        f"insert into landing.{table} ({names}, _valid_from) select {names}, {number} from standing"
    )
    _say_as_then(connection, contract.table, load, number)
    names_hashed = [c.name for c in landed_columns(contract)]
    found = content_hash(connection, f"landing.{table}", names_hashed)
    row = connection.execute(
        "select content_hash from landing.table_state where table_name = ?", [contract.table]
    ).fetchone()
    if row and row[0] and row[0] != found:
        raise WarehouseError(
            f"{contract.table}: its history does not give the rows of load {load}; "
            "nothing was rolled back"
        )


def _say_as_then(connection: duckdb.DuckDBPyConnection, table: str, load: int, number: int) -> None:
    """Say again what was said about a table after a load."""
    keep_said(connection, table, number)
    for name in SAID:
        columns = COLUMNS[name]
        then = f"from history.kept_{name} where table_name = ? and {_stood(load)}"
        if name != "table_state":
            connection.execute(
                f"insert into landing.{name} ({columns}) select {columns} {then}", [table]
            )
            continue
        set_ = ", ".join(f"{c} = k.{c}" for c in columns.split(", ") if c not in UNCHANGED)
        connection.execute(
            f"update landing.table_state as s set {set_} from (select * {then}) k "
            "where s.table_name = k.table_name",
            [table],
        )
