"""Primary keys inside one load: the same row twice, a newer version, or two rows that contradict.

Not here: unique keys and references, which need all tables (`referential`).
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns
from warehouse.landing import quarantine
from warehouse.sources.extract import Extract


def settle_duplicates(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract
) -> None:
    """Leave one row per primary key in `typed`, and say what became of the others.

    Equal rows collapse. The latest `updated_at` wins over older ones, which are kept aside as
    superseded. Rows that differ at the same moment contradict each other: all are rejected.
    """
    key = ", ".join(identifier(c) for c in contract.primary_key)
    doubled = connection.execute(
        f"select count(*) from (select 1 from typed group by {key} having count(*) > 1)"
    ).fetchone()
    if not doubled or not doubled[0]:
        return
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
    reject = quarantine.reject_rows
    reject(connection, contract, extract, _named("key.superseded", older), kind="superseded")
    reject(connection, contract, extract, _named("key.conflict", torn))
    connection.execute(
        f"delete from typed where _row in (select _row from judged where copy > 1 "
        f"or ({older}) or ({torn}))"
    )


def _named(reason: str, condition: str) -> str:
    return f"select _row, ['{reason}'] as _reasons from judged where {condition}"
