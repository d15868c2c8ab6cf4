"""Versions of rows and of what was said about a table: ended, put back, kept (by load number).

A version lives from the load it came with to the load that ended it; nothing is ever rewritten.
Not here: which rows changed (`merge`), and why a load is undone.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.landing.tables import SAID, names_of

COLUMNS = {
    name: ", ".join(part.split()[0] for part in columns.split(", "))
    for name, columns in SAID.items()
}


def end_rows(
    connection: duckdb.DuckDBPyConnection, contract: Contract, load: int, keys: str
) -> None:
    """Move the current rows whose `rowid` the select `keys` names into the history."""
    table, names = identifier(contract.table), names_of(contract)
    connection.execute(
        f"insert into history.{table} ({names}, _valid_from, _valid_to) "
        f"select {names}, _valid_from, {load} from landing.{table} where rowid in ({keys})"
    )
    connection.execute(f"delete from landing.{table} where rowid in ({keys})")


def put_back(
    connection: duckdb.DuckDBPyConnection, contract: Contract, load: int, where: str = "true"
) -> None:
    """Make the versions that this load ended current again, where `where` holds of alias h."""
    table, names = identifier(contract.table), names_of(contract)
    ended = f"h._valid_to = {load} and h._valid_from < {load} and ({where})"
    connection.execute(
        f"insert into landing.{table} ({names}, _valid_from) "
        f"select {names}, _valid_from from history.{table} h where {ended}"
    )
    connection.execute(f"delete from history.{table} as h where {ended}")


def undo_rows(connection: duckdb.DuckDBPyConnection, contract: Contract, load: int) -> None:
    """Take back everything this load did to a table's rows."""
    table = identifier(contract.table)
    connection.execute(f"delete from landing.{table} where _valid_from = {load}")
    connection.execute(f"delete from history.{table} where _valid_from = {load}")
    put_back(connection, contract, load)


def keep_said(connection: duckdb.DuckDBPyConnection, table: str, load: int) -> None:
    """Move what was said about a table into the history, once per load."""
    row = connection.execute(
        "select since, state from landing.table_state where table_name = ?", [table]
    ).fetchone()
    if row is not None and row[0] == load:
        return
    was_loaded = row is not None and (row[0], row[1]) != (0, "absent")
    for name, columns in COLUMNS.items():
        if was_loaded and row is not None:
            connection.execute(
                f"insert into history.kept_{name} ({columns}, _valid_from, _valid_to) "
                f"select {columns}, {row[0] or 0}, {load} from landing.{name} where table_name = ?",
                [table],
            )
        connection.execute(f"delete from landing.{name} where table_name = ?", [table])
    connection.execute(
        "insert into landing.table_state values (?, 'absent', 0, 0, '', '', '', ?)", [table, load]
    )


def say_again(
    connection: duckdb.DuckDBPyConnection, table: str, load: int, name: str, where: str = "true"
) -> None:
    """Repeat what the last load said about a table, where `where` holds of alias k."""
    columns = COLUMNS[name]
    connection.execute(
        f"insert into landing.{name} ({columns}) select {columns} from history.kept_{name} k "
        f"where k.table_name = ? and k._valid_to = {load} and ({where})",
        [table],
    )
