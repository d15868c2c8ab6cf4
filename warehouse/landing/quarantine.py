"""Rows that break their contract, kept whole in `landing.rejected` with key and every reason.

Columns of class secret never reach it. Not here: which rows break a contract.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.sources.extract import Extract


def reject_unreadable(connection: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Store the records the reader could not split into the header's columns."""
    if extract.rejects is None:
        return
    connection.execute(
        "insert into landing.rejected select ?, _row, 'record', null, null, null, '[]', "
        "to_json([reason]), to_json({'lines': _row || '-' || last_line, 'raw': raw}) "
        f"from read_parquet({literal(str(extract.rejects))})",
        [extract.table],
    )


def reject_typed(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract
) -> None:
    """Move the rows of `typed` that have a reason into the quarantine."""
    bad = "select _row, _reasons from typed where len(_reasons) > 0"
    reject_rows(connection, contract, extract, bad)
    connection.execute("delete from typed where len(_reasons) > 0")


def reject_rows(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    extract: Extract,
    bad: str,
    kind: str = "row",
) -> None:
    """Store the raw rows that `bad` (a select of `_row` and `_reasons`) names."""
    company, employee = _person(contract, extract)
    key = " || '|' || ".join(
        f"coalesce(raw.{identifier(c)}, '')" for c in contract.primary_key if c in extract.columns
    )
    connection.execute(
        f"insert into landing.rejected select ?, raw._row, ?, {key or 'null'}, "
        f"{company}, {employee}, "
        "to_json(list_distinct(list_transform(bad._reasons, lambda r: split_part(r, ' ', 2)))), "
        f"to_json(bad._reasons), {raw_json(contract, extract)} "
        f"from ({bad}) as bad join read_parquet({literal(str(extract.rows))}) as raw "
        "on raw._row = bad._row order by raw._row",
        [contract.table, kind],
    )


def raw_json(contract: Contract, extract: Extract) -> str:
    """Return the SQL of the raw row as JSON, secrets left out."""
    shown = [name for name in extract.columns if contract.column(name).sensitivity != "secret"]
    if not shown:
        return "'{}'"
    return f"to_json({{{', '.join(f'{literal(n)}: raw.{identifier(n)}' for n in shown)}}})"


def count_flags(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Record one finding per flagged column: the cell is empty, the row stays."""
    connection.execute(
        "insert into landing.finding select ?, split_part(flag, ' ', 1), split_part(flag, ' ', 2), "
        "'value does not fit its type and is shown as unknown', 3, count(*) "
        "from (select unnest(_flags) as flag from typed) group by flag",
        [contract.table],
    )


def commonest_reason(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return the reason most rejected rows of a table share, "" without any."""
    row = connection.execute(
        "select reasons from landing.rejected where table_name = ? group by reasons "
        "order by count(*) desc, reasons limit 1",
        [table],
    ).fetchone()
    return str(row[0]).strip('[]"').replace('","', ", ") if row else ""


def _person(contract: Contract, extract: Extract) -> tuple[str, str]:
    """Return the SQL of the company and the employee a raw row belongs to, null where not said."""
    has = set(extract.columns)
    company = "raw.id" if contract.table == "company" else "raw.company_id"
    employee = "raw.id" if contract.table == "employee" else "raw.employee_id"
    return (
        f"lower(trim({company}))" if company.split(".")[1] in has else "cast(null as varchar)",
        f"lower(trim({employee}))" if employee.split(".")[1] in has else "cast(null as varchar)",
    )
