"""The volume guard: a load that would end or refuse a fifth of a table waits for a person.

Not here: what accepting means for the audit.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.errors import Refusal
from warehouse.landing.tables import count_rows
from warehouse.sources.extract import Extract

HOLD_SHARE = 0.2
HOLD_ROWS = 20
RETYPED_SHARE = 95


def held(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    extract: Extract,
    rejected: int,
    ended: int,
) -> Refusal | None:
    """Return why a person must look before this table's rows are merged, or None."""
    table = contract.table
    if rejected >= HOLD_ROWS and rejected > HOLD_SHARE * extract.records:
        return _mostly_rejected(connection, table, extract.records, rejected)
    before = count_rows(connection, f"landing.{identifier(table)}")
    if ended >= HOLD_ROWS and ended > HOLD_SHARE * before:
        message = f"would end {ended:,} of {before:,} rows ({100 * ended // before} %)"
        return Refusal(table, "volume.drop", message, _accept(table), "held")
    return None


def held_absent(connection: duckdb.DuckDBPyConnection, contract: Contract) -> Refusal | None:
    """Return why a table the source no longer has must not simply end, or None."""
    table = contract.table
    before = count_rows(connection, f"landing.{identifier(table)}")
    if before < HOLD_ROWS:
        return None
    message = f"is no longer in the source; would end {before:,} of {before:,} rows (100 %)"
    return Refusal(table, "volume.drop", message, _accept(table), "held")


def _accept(table: str) -> str:
    return f"if that is right, run again with --accept-volume {table}"


def _mostly_rejected(
    connection: duckdb.DuckDBPyConnection, table: str, records: int, rejected: int
) -> Refusal:
    row = connection.execute(
        "select reason, count(*) from (select unnest(cast(reasons as varchar[])) as reason "
        "from landing.rejected where table_name = ? and kind <> 'value') "
        "group by reason order by count(*) desc, reason limit 1",
        [table],
    ).fetchone()
    worst, count = (str(row[0]), int(row[1])) if row else ("", 0)
    share = 100 * count // records
    code, _, column = worst.partition(" ")
    if code.startswith("value.") and share >= RETYPED_SHARE:
        message = f"{share} % of {records:,} rows fail {code} in {column}"
        return Refusal(table, "drift.retyped", message, "format changed?", "held")
    message = f"{rejected:,} of {records:,} rows cannot be read, most for {worst}"
    return Refusal(table, "volume.rejects", message, "format changed?", "held")
