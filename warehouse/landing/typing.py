"""Text cells to typed columns, each failure a reason beside the row.

One SQL statement per table, built from its contract (D81). Not here: keys and references.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Contract
from expectations.frames import cast_sql, identifier, landed_name, landing_type, literal
from warehouse.sources.extract import Extract

STRPTIME = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "YY": "%y"}


def typed_rows_sql(contract: Contract, extract: Extract, dates: Mapping[str, str]) -> str:
    """Return a select of `_row`, every landed column typed, and the lists `_reasons`, `_flags`."""
    raw = ", ".join(
        f"{_cell(contract, name, dates)} as {identifier(name)}" for name in extract.columns
    )
    present = set(extract.columns)
    casts: list[str] = []
    reasons: list[str] = []
    flags: list[str] = []
    for column in contract.columns:
        landed = landed_name(column)
        if landed is None:
            continue
        if column.name not in present:
            casts.append(f"cast(null as {landing_type(column)}) as {identifier(landed)}")
            continue
        if column.sensitivity == "secret":
            casts.append(f"sha256(raw.{identifier(column.name)}) as {identifier(landed)}")
            continue
        cell = f"raw.{identifier(column.name)}"
        cast = cast_sql(column, cell)
        casts.append(f"{cast} as {identifier(column.name)}")
        target = reasons if column.on_fail == "quarantine" else flags
        target.extend(_reasons(contract, column, cell, cast))
    return (
        f"with raw as (select _row{', ' + raw if raw else ''} "
        f"from read_parquet({literal(str(extract.rows))})) "
        f"select raw._row, {', '.join(casts)}, {_list(reasons)} as _reasons, "
        f"{_list(flags)} as _flags from raw"
    )


def _cell(contract: Contract, name: str, dates: Mapping[str, str]) -> str:
    """Return the raw cell trimmed, NFC, empty as NULL, and with a declared date pattern applied."""
    cell = f"nullif(trim(nfc_normalize({identifier(name)}), ' ' || chr(9)), '')"
    pattern = dates.get(name)
    if not pattern:
        return cell
    for word, code in STRPTIME.items():
        pattern = pattern.replace(word, code)
    read = f"strftime(try_strptime({cell}, {literal(pattern)}), '%Y-%m-%d')"
    return f"coalesce({read}, {cell})"


def _reasons(contract: Contract, column: Column, cell: str, cast: str) -> list[str]:
    kind = {"int": "integer", "bigint": "integer", "bool": "boolean"}.get(column.type, column.type)
    code = literal(f"value.{kind} {column.name}")
    found = []
    if column.type != "json":
        found.append(f"case when {cell} is not null and ({cast}) is null then {code} end")
    if column.required or column.name in contract.primary_key:
        null = "key.null" if column.name in contract.primary_key else "value.required"
        found.append(f"case when {cell} is null then {literal(f'{null} {column.name}')} end")
    return found


def _list(parts: list[str]) -> str:
    if not parts:
        return "cast([] as varchar[])"
    return f"list_filter([{', '.join(parts)}], lambda x: x is not null)"
