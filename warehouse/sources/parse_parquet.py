"""Reads Parquet files: declared types become text without loss, or the file is refused.

A column whose type cannot hold the contract's values (a number where text is expected: the zeros
are gone) refuses the file. Rows are counted twice, by DuckDB and by the file's own footer as
pyarrow reads it. Not here: what a value means.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from expectations.frames import identifier, literal
from warehouse.database_file import copy_to, scan
from warehouse.sources.parsed import Job, Result, rows_writer, settle_counts, settle_header

TEXTS = ("VARCHAR", "ENUM")
WHOLE = (
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
)
FLOATS = ("DOUBLE", "FLOAT")
MOMENTS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE")
ALLOWED = {
    "text": TEXTS,
    "enum": TEXTS,
    "uuid": (*TEXTS, "UUID"),
    "int": (*TEXTS, *WHOLE, *FLOATS),
    "bigint": (*TEXTS, *WHOLE, *FLOATS),
    "decimal": (*TEXTS, *WHOLE, *FLOATS, "DECIMAL"),
    "bool": (*TEXTS, "BOOLEAN"),
    "date": (*TEXTS, "DATE", *MOMENTS),
    "timestamp": (*TEXTS, "DATE", *MOMENTS),
    "json": (*TEXTS, "JSON", "STRUCT", "LIST", "MAP"),
}


def parse_file(job: Job) -> Result:
    """Return what the file of `job` gave, its rows written to `<out>/<table>.parquet`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    result = Result(job["table"])
    path = Path(job["path"])
    if path.stat().st_size == 0:
        return result.refuse("file.empty", "the file is empty")
    with path.open("rb") as stream:
        if stream.read(4) != b"PAR1":
            return result.refuse("file.type", "content is not Parquet")
    connection = rows_writer(job["rows_key"])
    try:
        footer = pq.read_metadata(path)
        header = settle_header(footer.schema.to_arrow_schema().names, job, result)
        if not result.refusal:
            _copy(connection, path, job, header, footer.num_rows, result)
    except (duckdb.Error, pa.ArrowException, OSError):
        return result.refuse("file.corrupt", "the Parquet file is damaged or cut")
    finally:
        connection.close()
    return result


def _copy(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    job: Job,
    header: list[str],
    counted: int,
    result: Result,
) -> None:
    connection.execute("set timezone = 'UTC'")
    source = f"read_parquet({literal(str(path))})"
    found = [r[1] for r in connection.execute(f"describe select * from {source}").fetchall()]
    cells = []
    for position, (name, type_name) in enumerate(zip(header, found, strict=True)):
        wanted = job["columns"].get(name)
        if wanted and not _fits(connection, source, position, wanted, type_name, result, name):
            return
        cells.append(f"{_text(f'c{position}', type_name, wanted)} as {identifier(name)}")
    target, is_sealed = Path(job["out"]) / f"{result.table}.parquet", bool(job["rows_key"])
    listed = ", ".join(f"c{n}" for n in range(len(header)))
    connection.execute(
        f"copy (select row_number() over () as _row, {', '.join(cells)} "
        f"from {source} as t({listed})) {copy_to(target, is_sealed=is_sealed)}"
    )
    written = scan(target, is_sealed=is_sealed)
    parsed = connection.execute(f"select count(*) from {written}").fetchone()
    settle_counts(result, counted, parsed[0] if parsed else 0)


def _fits(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    position: int,
    wanted: str,
    type_name: str,
    result: Result,
    name: str,
) -> bool:
    """Return whether a column's type can hold the contract's values; all empty fits anything."""
    kind = _kind(type_name)
    if kind in ALLOWED[wanted]:
        if kind in FLOATS and wanted == "decimal":
            text = f"column {name} is a binary fraction; its shortest decimal form was taken"
            result.note("drift.float", text, 4, name)
        return True
    listed = ", ".join(f"c{n}" for n in range(position + 1))
    row = connection.execute(f"select count(c{position}) from {source} as t({listed})").fetchone()
    if row and row[0] == 0:
        return True
    shown = {"BIGINT": "int64", "INTEGER": "int32"}.get(kind, kind.lower())
    result.refuse("drift.type", f"{name} is {shown}, expected {wanted}")
    return False


def _kind(type_name: str) -> str:
    """Return the family of a DuckDB type: DECIMAL for DECIMAL(10,2), LIST for any array."""
    if type_name.endswith("]"):
        return "LIST"
    return re.split(r"[(]", type_name, maxsplit=1)[0]


def decimal_text(text: str) -> str:
    """Return the SQL of a number's text without the zeros its type adds behind the point."""
    short = f"regexp_replace({text}, '(\\.[0-9]*?)0+$', '\\1')"
    return (
        f"case when contains({text}, '.') then regexp_replace({short}, '\\.$', '') else {text} end"
    )


def _text(cell: str, type_name: str, wanted: str | None) -> str:
    """Return the SQL of a cell as text: exact, in the spelling a CSV file would have."""
    kind = _kind(type_name)
    if wanted == "json" and kind in ("STRUCT", "LIST", "MAP"):
        return f"cast(to_json({cell}) as varchar)"
    if wanted == "date" and kind in MOMENTS:
        return (
            f"case when {cell} = date_trunc('day', {cell}) then strftime({cell}, '%Y-%m-%d') "
            f"else cast({cell} as varchar) end"
        )
    if wanted in ("int", "bigint") and kind in FLOATS:
        whole = f"{cell} = trunc({cell}) and abs({cell}) < 9007199254740992"
        plain = f"cast(cast({cell} as bigint) as varchar)"
        return f"case when {whole} then {plain} else cast({cell} as varchar) end"
    text = f"cast({cell} as varchar)"
    return decimal_text(text) if kind == "DECIMAL" else text
