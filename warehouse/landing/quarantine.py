"""Rows that break their contract, kept whole in `landing.rejected` with key and every reason.

Columns of class secret never reach it. Not here: which rows break a contract.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.landing.tables import count_rows
from warehouse.landing.versions import say_again
from warehouse.sources.extract import Extract


def reject_unreadable(connection: duckdb.DuckDBPyConnection, extract: Extract) -> int:
    """Store the records the reader could not split into the header's columns; return how many."""
    if extract.rejects is None:
        return 0
    relation = extract.rejects_sql
    connection.execute(
        "insert into landing.rejected select ?, _row, 'record', null, null, null, '[]', "
        "to_json([reason]), to_json({'lines': _row || '-' || last_line, 'detail': detail, "
        f"'raw': raw, 'raw_base64': raw_base64}}) from {relation} order by _row",
        [extract.table],
    )
    return count_rows(connection, relation)


def reject_typed(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract
) -> int:
    """Move the rows of `typed` that have a reason into the quarantine; return how many."""
    bad = "select _row, _reasons from typed where len(_reasons) > 0"
    moved = reject_rows(connection, contract, extract, bad)
    if moved:
        connection.execute("delete from typed where len(_reasons) > 0")
    return moved


def reject_rows(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    extract: Extract,
    bad: str,
    kind: str = "row",
) -> int:
    """Store the raw rows that `bad` (a select of `_row` and `_reasons`) names; return how many."""
    connection.execute(f"create or replace temp table refused as {bad}")
    moved = count_rows(connection, "refused")
    if not moved:
        return 0
    company, employee = _person(contract, extract)
    connection.execute(
        f"insert into landing.rejected select ?, raw._row, ?, "
        f"{raw_key(contract, extract) or 'null'}, {company}, {employee}, "
        "to_json(list_distinct(list_transform(bad._reasons, lambda r: split_part(r, ' ', 2)))), "
        f"to_json(bad._reasons), {raw_json(contract, extract)} "
        f"from refused as bad join {extract.rows_sql} as raw "
        "on raw._row = bad._row order by raw._row",
        [contract.table, kind],
    )
    return moved


def repeat_others(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract, load: int
) -> None:
    """Keep what was said about the rows a partial extract did not read again."""
    key = raw_key(contract, extract)
    read_again = f"select lower(trim({key})) from {extract.rows_sql} as raw"
    others = f"k.primary_key is null or lower(trim(k.primary_key)) not in ({read_again})"
    say_again(connection, contract.table, load, "rejected", others)
    said = f"from landing.finding where table_name = {literal(contract.table)}"
    new = f"select reason_code, column_name {said}"
    lasting = f"k.origin = 'read' and (k.reason_code, k.column_name) not in ({new})"
    say_again(connection, contract.table, load, "finding", lasting)


def raw_key(contract: Contract, extract: Extract) -> str:
    """Return the SQL of a raw row's primary key as one text, "" where no part of it is there."""
    return " || '|' || ".join(
        f"coalesce(raw.{identifier(c)}, '')" for c in contract.primary_key if c in extract.columns
    )


def raw_json(contract: Contract, extract: Extract) -> str:
    """Return the SQL of the raw row as JSON, secrets left out."""
    shown = [name for name in extract.columns if contract.column(name).sensitivity != "secret"]
    if not shown:
        return "'{}'"
    return f"to_json({{{', '.join(f'{literal(n)}: raw.{identifier(n)}' for n in shown)}}})"


def _person(contract: Contract, extract: Extract) -> tuple[str, str]:
    """Return the SQL of the company and the employee a raw row belongs to, null where not said."""
    has = set(extract.columns)
    company = "raw.id" if contract.table == "company" else "raw.company_id"
    employee = "raw.id" if contract.table == "employee" else "raw.employee_id"
    return (
        f"lower(trim({company}))" if company.split(".")[1] in has else "cast(null as varchar)",
        f"lower(trim({employee}))" if employee.split(".")[1] in has else "cast(null as varchar)",
    )
