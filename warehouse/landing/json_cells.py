"""JSON cells against their published schemas: a misfit empties the cell, the row lands (D6).

Equal values get equal text whatever wrote them, a file or a database.

Not here: the schemas (`expectations/json`).
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import polars as pl

from expectations.contract import Contract
from expectations.frames import identifier, literal
from expectations.json_values import settled
from warehouse.sources.extract import Extract
from warehouse.sources.parsed import RAW_LIMIT


def settle_json(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract
) -> None:
    """Write good JSON cells of `typed` in one spelling; empty and keep the misfits."""
    for column in contract.columns:
        if column.type != "json" or column.name not in extract.columns:
            continue
        if column.sensitivity == "secret":
            continue
        name = identifier(column.name)
        texts = connection.execute(
            f"select distinct {name} from typed where {name} is not null"
        ).fetchall()
        refusals, spelling = settled(contract.table, column.name, (text for (text,) in texts))
        _respell(connection, column.name, spelling)
        bad = [(text, [f"{r} {column.name}" for r in why]) for text, why in refusals.items()]
        if bad:
            _keep_and_empty(connection, contract, column.name, bad)


def _respell(
    connection: duckdb.DuckDBPyConnection, column: str, spelling: Mapping[str, str]
) -> None:
    if not spelling:
        return
    frame = pl.DataFrame({"found": list(spelling), "wanted": list(spelling.values())})
    connection.register("spelling", frame)
    name = identifier(column)
    connection.execute(  # written anew, for an update of most rows costs three times as much
        f"create or replace temp table typed as select t.* replace (coalesce(s.wanted, t.{name}) "
        f"as {name}) from typed t left join spelling s on s.found = t.{name}"
    )
    connection.unregister("spelling")


def _keep_and_empty(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    column: str,
    bad: list[tuple[str, list[str]]],
) -> None:
    frame = pl.DataFrame(
        {"text": [t for t, _ in bad], "reasons": [r for _, r in bad]},
        schema={"text": pl.String, "reasons": pl.List(pl.String)},
    )
    connection.register("misfit", frame)
    names = {c.name for c in contract.columns}
    company = "t.company_id" if "company_id" in names else "cast(null as varchar)"
    employee = "t.employee_id" if "employee_id" in names else "cast(null as varchar)"
    key = identifier(contract.primary_key[0])
    raw = f"to_json({{{literal(column)}: {_capped('m.text')}}})"
    connection.execute(
        f"insert into landing.rejected select ?, t._row, 'value', t.{key}, {company}, {employee}, "
        f"to_json([{literal(column)}]), to_json(m.reasons), {raw} "
        f"from typed t join misfit m on t.{identifier(column)} = m.text order by t._row",
        [contract.table],
    )
    connection.execute(
        f"update typed set {identifier(column)} = null "
        f"where {identifier(column)} in (select text from misfit)"
    )
    connection.unregister("misfit")


def _capped(text: str) -> str:
    """Return the SQL of a raw value, a huge one cut with its length and hash."""
    return (
        f"case when length({text}) > {RAW_LIMIT} then left({text}, {RAW_LIMIT}) || '… (' || "
        f"length({text}) || ' characters, sha256 ' || sha256({text}) || ')' else {text} end"
    )
