"""What only several rows of one table together show: parents in a circle, a number two people use.

Counted, never rejected, so that no reader loops and no filing trusts such a number. Not here:
references to other tables (`referential`).
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.errors import Finding

PEOPLE = "employee"
DEEPEST = 64


def cycle_findings(connection: duckdb.DuckDBPyConnection, contract: Contract) -> list[Finding]:
    """Return a finding for each column through which rows of a table lead back to themselves."""
    found = []
    for column in contract.columns:
        if column.parent is None or column.parent[0] != contract.table:
            continue
        key, parent = identifier(column.parent[1]), identifier(column.name)
        row = connection.execute(
            f"with recursive link as (select {key} as id, {parent} as up "
            f"from landing.{identifier(contract.table)} where {parent} is not null), "
            "walk(id, up, steps) as (select id, up, 1 from link union all "
            "select w.id, l.up, w.steps + 1 from walk w join link l on l.id = w.up "
            f"where w.up <> w.id and w.steps < {DEEPEST}) "
            "select count(distinct id) from walk where up = id"
        ).fetchone()
        if row and row[0]:
            text = f"{row[0]} rows lead back to themselves through {column.name}"
            found.append(Finding(contract.table, "key.cycle", text, 4, column.name, int(row[0])))
    return found


def shared_findings(connection: duckdb.DuckDBPyConnection, contract: Contract) -> list[Finding]:
    """Return a finding for each company in which two people have one social security number."""
    if contract.table != PEOPLE:
        return []
    rows = connection.execute(
        "select company_id, count(*) from (select company_id, "
        "count(distinct coalesce(person_key, id)) over (partition by company_id, ssn) as people "
        f"from landing.{identifier(PEOPLE)} where ssn is not null) where people > 1 "
        "group by company_id order by company_id"
    ).fetchall()
    return [
        Finding(
            PEOPLE,
            "key.ssn_shared",
            f"{count} people share a number with another",
            1,
            "ssn",
            count,
            company,
        )
        for company, count in rows
    ]
