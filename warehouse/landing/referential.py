"""Unique keys, references and CHECKs across tables: rows that break one go to the quarantine.

Parents are settled before their children, so an orphan's own children follow it. A reference to a
table the source does not have is suspended (D4). Not here: the SQL of the promises
(`expectations.check_views`).
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from expectations.check_views import Promise, check_view_sql, promises
from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.errors import Finding
from warehouse.landing import quarantine
from warehouse.landing.load import Load, record_findings
from warehouse.sources.extract import Extraction

REASON = {"key": "key.unique", "reference": "reference", "check": "check", "value": "value"}


def settle(load: Load, extraction: Extraction) -> None:
    """Make the check views and move every row that breaks a quarantining promise."""
    for contract in load.contracts.values():
        load.connection.execute(check_view_sql(contract, load.contracts))
    order = parents_first(load.contracts)
    moved = True
    while moved:
        moved = False
        for table in order:
            if table in extraction.extracts:
                moved |= _settle_table(load, load.contracts[table], extraction)
    for table in order:
        if table in extraction.extracts:
            _flag_table(load, load.contracts[table])


def _settle_table(load: Load, contract: Contract, extraction: Extraction) -> bool:
    """Return whether any row of the table was moved to the quarantine."""
    strict = [p for p in promises(contract, load.contracts) if p.on_fail == "quarantine"]
    if not strict or _is_empty(load.connection, contract.table):
        return False
    whens = ", ".join(
        f"case when not {identifier(p.name)} then {literal(_reason(p))} end" for p in strict
    )
    load.connection.execute(
        f"create or replace temp table broken as select row_key, "
        f"list_filter([{whens}], lambda x: x is not null) as _reasons "
        f"from landing.{identifier('check_' + contract.table)} "
        f"where not ({' and '.join(identifier(p.name) for p in strict)})"
    )
    if _is_empty(load.connection, "broken", schema="temp"):
        return False
    extract = extraction.extracts[contract.table]
    key = _key(contract, "r")
    quarantine.reject_rows(
        load.connection,
        contract,
        extract,
        f"select min(r._row) as _row, any_value(b._reasons) as _reasons from broken b join "
        f"read_parquet({literal(str(extract.rows))}) r on lower(trim({key})) = b.row_key "
        "group by b.row_key",
    )
    load.connection.execute(
        f"delete from landing.{identifier(contract.table)} as t "
        f"where {_key(contract, 't')} in (select row_key from broken)"
    )
    return True


def _flag_table(load: Load, contract: Contract) -> None:
    """Record one finding per lenient promise that rows break; the rows stay."""
    lenient = [p for p in promises(contract, load.contracts) if p.on_fail == "flag"]
    if not lenient or _is_empty(load.connection, contract.table):
        return
    counts = ", ".join(f"count(*) filter (where not {identifier(p.name)})" for p in lenient)
    row = load.connection.execute(
        f"select {counts} from landing.{identifier('check_' + contract.table)}"
    ).fetchone()
    found = [
        Finding(contract.table, p.name, f"{n} rows break {p.name}", p.severity, p.columns[0], n)
        for p, n in zip(lenient, row or (), strict=True)
        if n
    ]
    record_findings(load.connection, found)


def parents_first(contracts: Mapping[str, Contract]) -> list[str]:
    """Return the tables so that a table comes after those it refers to, cycles cut."""
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def visit(table: str) -> None:
        if table in ordered or table in visiting:
            return
        visiting.add(table)
        for column in contracts[table].columns:
            if column.parent:
                visit(column.parent[0])
        ordered[table] = None

    for table in contracts:
        visit(table)
    return list(ordered)


def _reason(promise: Promise) -> str:
    prefix = REASON[promise.kind]
    code = prefix if promise.kind == "reference" else f"{prefix}.{promise.name}"
    return f"{code} {promise.columns[0] if promise.columns else ''}".strip()


def _key(contract: Contract, alias: str) -> str:
    return " || '|' || ".join(
        f"cast({alias}.{identifier(c)} as varchar)" for c in contract.primary_key
    )


def _is_empty(connection: duckdb.DuckDBPyConnection, table: str, schema: str = "landing") -> bool:
    relation = identifier(table) if schema == "temp" else f"{schema}.{identifier(table)}"
    row = connection.execute(f"select exists(select 1 from {relation})").fetchone()
    return not (row and row[0])
