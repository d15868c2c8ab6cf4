"""Reads delimited files as text.

Everything is explicit: no sniffing, every cell text, an independent record count. The fast way is
DuckDB's strict reader; where it rejects or miscounts anything, every record is walked one by one.
Not here: the process it runs in (`parse`), and what a value means.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import duckdb

from warehouse.database_file import copy_to, scan
from warehouse.sources import records as rec
from warehouse.sources.parsed import (
    Job,
    Reject,
    Result,
    Rows,
    rows_writer,
    settle_counts,
    settle_header,
    write_rejects,
)

FIELD_LIMIT = 1_000_000
JSON_LIMIT = 64_000_000


def parse_file(job: Job) -> Result:
    """Return what the file of `job` gave, its rows written to `<out>/<table>.parquet`."""
    result = Result(job["table"])
    data = Path(job["path"]).read_bytes()
    if not data.strip():
        return result.refuse("file.empty", "the file is empty, it has no header")
    if kind := rec.kind_of(data[:8]):
        return result.refuse("file.type", f"content is {kind}, not delimited text")
    text = rec.decoded(data, job["encoding"], result)
    if text is None:
        return result
    body = rec.normalise_line_ends(text, job["delimiter"])
    if body is not text:
        result.note("file.line_ends", "line ends were not all LF and were read as LF", 5)
    first = next(rec.split_records(body, job["delimiter"]))[2].decode("utf-8", "replace")
    header = settle_header(next(csv.reader([first], delimiter=job["delimiter"])), job, result)
    if result.refusal:
        return result
    out = Path(job["out"])
    result.records = rec.count_records(body)
    ready = job["path"] if body is data and body.endswith(b"\n") else ""
    if b"\x00" in body or not _parse_fast(body, ready, header, job, out, result):
        _parse_slowly(body, header, job, out, result)
    return result


def _parse_fast(
    body: bytes, ready: str, header: list[str], job: Job, out: Path, result: Result
) -> bool:
    """Return whether DuckDB's strict reader took every record without a reject.

    `ready` is the file that holds the body already, "" where decoding changed it.
    """
    target = out / f"{result.table}.parquet"
    names = {f"c{i}": "VARCHAR" for i in range(len(header))}
    quoted = ", ".join(f"'{k}': '{v}'" for k, v in names.items())
    renamed = ", ".join(f'c{i} as "{n.replace(chr(34), "")}"' for i, n in enumerate(header))
    is_sealed = bool(job["rows_key"])
    connection = rows_writer(job["rows_key"])
    handle = None if ready else _as_file(body)
    try:
        connection.execute("set preserve_insertion_order = true")
        connection.execute(
            f"copy (select row_number() over () + 1 as _row, {renamed} from read_csv(?, "
            f"auto_detect = false, header = true, delim = ?, quote = '\"', escape = '\"', "
            f"columns = {{{quoted}}}, strict_mode = true, store_rejects = true, "
            f"max_line_size = {FIELD_LIMIT}, encoding = 'utf-8', new_line = '\\n', "
            f"null_padding = false, nullstr = '')) {copy_to(target, is_sealed=is_sealed)}",
            [ready or f"/proc/self/fd/{handle}", job["delimiter"]],
        )
        rejects = connection.execute("select count(*) from reject_errors").fetchone()
        parsed = connection.execute(
            f"select count(*) from {scan(target, is_sealed=is_sealed)}"
        ).fetchone()
    except duckdb.Error:
        return False
    finally:
        connection.close()
        if handle is not None:
            os.close(handle)
    return bool(rejects and parsed and rejects[0] == 0 and parsed[0] == result.records)


def _as_file(body: bytes) -> int:
    """Return the handle of a file in memory that holds the body, with a line end at its end."""
    handle = os.memfd_create("body")
    with os.fdopen(handle, "wb", closefd=False) as stream:
        stream.write(body)
        if not body.endswith(b"\n"):
            stream.write(b"\n")
    return handle


def _parse_slowly(body: bytes, header: list[str], job: Job, out: Path, result: Result) -> None:
    """Walk every record; what cannot be read goes to `<table>.rejects.parquet` with its reason."""
    result.records = rec.count_exactly(body, job["delimiter"])
    rows, bad = Rows(), []
    limits = [JSON_LIMIT if job["columns"].get(n) == "json" else FIELD_LIMIT for n in header]
    for ordinal, (first, last, raw) in enumerate(
        rec.split_records(body, job["delimiter"]), start=1
    ):
        if ordinal == 1:
            continue
        fields, reason, detail = _record(raw, limits, job["delimiter"])
        if fields is None:
            bad.append(Reject(first, last, reason, raw, detail))
        else:
            rows.add(ordinal, dict(zip(header, (f or None for f in fields), strict=True)))
    result.rejected = len(bad)
    if not settle_counts(result, result.records, rows.count):
        return
    if bad and bad[-1].reason == "row.unclosed_quote":
        result.note("file.truncated", "a quote is never closed: the file may be cut", 1)
    elif bad and bad[-1].reason == "row.short" and not body.endswith(b"\n"):
        result.note("file.truncated_tail", "the file may be cut at its end", 2)
    rows.write(out / f"{result.table}.parquet", header, job["rows_key"])
    write_rejects(out, result.table, bad, job["rows_key"])


def _record(raw: bytes, limits: list[int], delimiter: str) -> tuple[list[str] | None, str, str]:
    """Return the fields of one record, or None, why it cannot be read, and where."""
    if rec.ends_open(raw, delimiter):
        return None, "row.unclosed_quote", ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, "encoding.invalid", f"byte {error.start + 1} of the record"
    if len(text) > JSON_LIMIT:
        return None, "value.too_long", ""
    if "\x00" in text:
        return None, "value.control_char", ""
    fields = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if len(fields) != len(limits):
        found = f"{len(fields)} fields, the header has {len(limits)}"
        return None, "row.short" if len(fields) < len(limits) else "row.long", found
    if any(len(field) > limit for field, limit in zip(fields, limits, strict=True)):
        return None, "value.too_long", ""
    return fields, "", ""
