"""Whether each row of a table keeps each promise, evaluated once for all that is asked of it.

The check view of a table joins every parent and counts every key, whatever is asked. What it says
is held in a database in memory, in booleans alone: landing asks once for what it moves and what it
says, the gate once more for all it judges. Not here: the promises (`expectations.check_views`),
and what becomes of a row that breaks one.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from expectations.check_views import ALL_KEPT, promises
from expectations.contract import Contract
from expectations.frames import identifier

DATABASE = "judged"


def evaluate(
    connection: duckdb.DuckDBPyConnection, contract: Contract, contracts: Mapping[str, Contract]
) -> str:
    """Ask the check view of a table, as its rows and those of its parents stand now.

    Returns the relation of the answer: one row a row, one boolean column a promise, and one for
    all of them. No transaction may be open: a database in memory is another one.
    """
    connection.execute(f"attach if not exists ':memory:' as {DATABASE}")
    names = [promise.name for promise in promises(contract, contracts)]
    columns = ", ".join(identifier(name) for name in (*names, ALL_KEPT))
    connection.execute(
        f"create or replace table {relation(contract.table)} as "
        f"select {columns} from landing.{identifier(view(contract.table))}"
    )
    return relation(contract.table)


def evaluated(
    connection: duckdb.DuckDBPyConnection, contract: Contract, contracts: Mapping[str, Contract]
) -> str:
    """Return the relation of the last answer about a table; ask where there is none."""
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = ? and table_name = ?",
        [DATABASE, view(contract.table)],
    ).fetchone()
    return relation(contract.table) if found else evaluate(connection, contract, contracts)


def view(table: str) -> str:
    """Return the name of a table's check view, and of the answers it gave."""
    return f"check_{table}"


def relation(table: str) -> str:
    """Return the relation of the answers about a table."""
    return f"{DATABASE}.main.{identifier(view(table))}"
