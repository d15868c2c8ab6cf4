"""Primary keys inside one load: the same row twice, a newer version, or two rows that contradict.

Not here: unique keys and references, which need all tables (`referential`).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns
from warehouse.landing import quarantine
from warehouse.landing.tables import count_rows, names_of
from warehouse.sources.extract import Extract


@dataclass(frozen=True)
class SortedOut:
    """How many rows were equal copies, older versions, or contradictions."""

    duplicates: int = 0
    superseded: int = 0
    conflicts: int = 0


def settle_duplicates(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract
) -> SortedOut:
    """Leave one row per primary key in `typed`, and say what became of the others.

    Equal rows collapse. The latest `updated_at` wins over older ones, which stay in the temp table
    `superseded` for the history. Rows that differ at the same moment contradict each other: all
    are rejected.
    """
    key = ", ".join(identifier(c) for c in contract.primary_key)
    connection.execute(
        f"create or replace temp table superseded as select {names_of(contract)} from typed limit 0"
    )
    doubled = connection.execute(
        f"select count(*) from (select 1 from typed group by {key} having count(*) > 1)"
    ).fetchone()
    if not doubled or not doubled[0]:
        return SortedOut()
    names = [identifier(c.name) for c in landed_columns(contract)]
    moment = identifier("updated_at") if '"updated_at"' in names else "cast(null as timestamp)"
    connection.execute(
        f"create or replace temp table judged as select _row, {moment} as moment, "
        f"row_number() over (partition by {', '.join(names)} order by _row) as copy, "
        f"max({moment}) over (partition by {key}) as latest, "
        f"count(distinct hash({', '.join(names)})) over "
        f"(partition by {key}, {moment}) as versions from typed"
    )
    older = "copy = 1 and moment is not null and moment < latest"
    torn = f"copy = 1 and versions > 1 and not ({older})"
    connection.execute(
        f"insert into superseded select {names_of(contract)} from typed "
        f"where _row in (select _row from judged where {older})"
    )
    bad = f"select _row, ['key.conflict'] as _reasons from judged where {torn}"
    conflicts = quarantine.reject_rows(connection, contract, extract, bad)
    found = SortedOut(
        count_rows(connection, "judged", "copy > 1"),
        count_rows(connection, "judged", older),
        conflicts,
    )
    connection.execute(
        f"delete from typed where _row in (select _row from judged where copy > 1 "
        f"or ({older}) or ({torn}))"
    )
    return found
