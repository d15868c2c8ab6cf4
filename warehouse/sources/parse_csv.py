"""Reads delimited files as text in a limited child process, told by standard input.

Everything is explicit: no sniffing, every cell text, an independent record count. The fast way is
DuckDB's strict reader; where it rejects or miscounts anything, every record is walked one by one.
Not here: what a value means.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import resource
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.sources import records as rec

MEMORY_LIMIT = 12 * 1024**3
CPU_SECONDS = 3600
FIELD_LIMIT = 1_000_000
RAW_LIMIT = 64 * 1024


@dataclass
class Result:
    """What one file gave: counts, header, and a refusal in words where it was not taken."""

    table: str
    header: list[str] = field(default_factory=list)
    records: int = 0
    rejected: int = 0
    refusal: str = ""
    reason_code: str = ""
    notes: list[tuple[str, str, int]] = field(default_factory=list)

    def refuse(self, code: str, message: str) -> Result:
        """Return this result marked as refused."""
        self.reason_code, self.refusal = code, message
        return self


def parse_file(job: dict[str, Any]) -> Result:
    """Return what the file of `job` gave, its rows written to `<out>/<table>.parquet`."""
    result = Result(job["table"])
    data = Path(job["path"]).read_bytes()
    if not data.strip():
        return result.refuse("file.empty", "the file is empty, it has no header")
    if kind := rec.kind_of(data[:8]):
        return result.refuse("file.type", f"content is {kind}, not delimited text")
    text = _decoded(data, job["encoding"], result)
    if text is None:
        return result
    body = rec.normalise_line_ends(text)
    header = _header(body, job, result)
    if result.refusal:
        return result
    out = Path(job["out"])
    result.records = rec.count_records(body)
    if b"\x00" in body or not _parse_fast(body, header, job, out, result):
        _parse_slowly(body, header, job["delimiter"], out, result)
    return result


def _decoded(data: bytes, declared: str, result: Result) -> bytes | None:
    """Return UTF-8 bytes without a mark, or None with a refusal; bad UTF-8 is left to the walk."""
    encoding = rec.ENCODINGS.get(declared.lower())
    if encoding is None:
        result.refuse("file.encoding", f"encoding {declared} is not one of {sorted(rec.ENCODINGS)}")
        return None
    mark = rec.utf16_mark(data)
    if mark and encoding != "utf-16":
        result.refuse(
            "file.encoding",
            f"looks like UTF-16 (byte order mark {mark}); declared {declared}: "
            'set encoding = "utf-16" in source.toml',
        )
        return None
    if encoding == "utf-8":
        if data.startswith(b"\xef\xbb\xbf"):
            result.notes.append(("file.bom", "a byte order mark was left out", 5))
            return data[3:]
        return data
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError:
        result.refuse("file.encoding", f"the content is not {declared}")
        return None


def _header(body: bytes, job: dict[str, Any], result: Result) -> list[str]:
    """Return the header in canonical spelling; a header that does not fit is a refusal."""
    first = next(rec.split_records(body))[2].decode("utf-8", "replace")
    raw = next(csv.reader([first], delimiter=job["delimiter"]))
    renames = {k.lower(): v for k, v in job["renames"].items()}
    names = [renames.get(n.strip().lower(), n.strip().lower()) for n in raw]
    result.header = names
    if any(n != m for n, m in zip(raw, names, strict=True)) and not renames:
        note = "header read after trimming and lower case"
        result.notes.append(("drift.header_spelling", note, 4))
    doubled = sorted({n for n in names if names.count(n) > 1})[:10]
    if doubled:
        result.refuse("drift.duplicate_column", f"column {', '.join(doubled)} stands twice")
    elif len(names) == 1 and len(job["columns"]) > 1:
        hint = next((f"; the separator looks like {s!r}" for s in ";\t|" if s in names[0]), "")
        expected = len(job["columns"])
        result.refuse("drift.header", f"1 column found, {expected} expected{hint}")
    elif len(names) > 2000:
        shown = ", ".join(names[:10])
        result.refuse("drift.header", f"{len(names)} columns found, beginning {shown}")
    return names


def _parse_fast(
    body: bytes, header: list[str], job: dict[str, Any], out: Path, result: Result
) -> bool:
    """Return whether DuckDB's strict reader took every record without a reject."""
    plain = out / f"{result.table}.normal.csv"
    plain.write_bytes(body if body.endswith(b"\n") else body + b"\n")
    target = out / f"{result.table}.parquet"
    names = {f"c{i}": "VARCHAR" for i in range(len(header))}
    quoted = ", ".join(f"'{k}': '{v}'" for k, v in names.items())
    renamed = ", ".join(f'c{i} as "{n.replace(chr(34), "")}"' for i, n in enumerate(header))
    connection = duckdb.connect()
    try:
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute("set preserve_insertion_order = true")
        connection.execute(
            f"copy (select row_number() over () + 1 as _row, {renamed} from read_csv(?, "
            f"auto_detect = false, header = true, delim = ?, quote = '\"', escape = '\"', "
            f"columns = {{{quoted}}}, strict_mode = true, store_rejects = true, "
            f"max_line_size = 4000000, encoding = 'utf-8', new_line = '\\n', "
            f"null_padding = false, nullstr = '')) to '{target}' (format parquet)",
            [str(plain), job["delimiter"]],
        )
        rejects = connection.execute("select count(*) from reject_errors").fetchone()
        parsed = connection.execute(f"select count(*) from '{target}'").fetchone()
    except duckdb.Error:
        return False
    finally:
        connection.close()
        plain.unlink(missing_ok=True)
    return bool(rejects and parsed and rejects[0] == 0 and parsed[0] == result.records)


def _parse_slowly(
    body: bytes, header: list[str], delimiter: str, out: Path, result: Result
) -> None:
    """Walk every record; what cannot be read goes to `<table>.rejects.parquet` with its reason."""
    good: list[list[str | None]] = []
    numbers: list[int] = []
    bad: list[tuple[int, int, str, str]] = []
    for ordinal, (first, last, raw) in enumerate(rec.split_records(body), start=1):
        if ordinal == 1:
            continue
        fields, reason = _record(raw, len(header), delimiter)
        if fields is None:
            bad.append((first, last, reason, _raw_text(raw)))
        else:
            numbers.append(ordinal)
            good.append([f or None for f in fields])
    result.records = len(good) + len(bad)
    result.rejected = len(bad)
    if bad and bad[-1][2] in ("row.short", "row.unclosed_quote") and not body.endswith(b"\n"):
        result.notes.append(("file.truncated_tail", "the file may be cut at its end", 2))
    columns = [pl.Series("_row", numbers, dtype=pl.Int64)] + [
        pl.Series(name, [row[i] for row in good], dtype=pl.String) for i, name in enumerate(header)
    ]
    pl.DataFrame(columns).write_parquet(out / f"{result.table}.parquet")
    schema = {"_row": pl.Int64, "last_line": pl.Int64, "reason": pl.String, "raw": pl.String}
    pl.DataFrame(bad, schema=schema, orient="row").write_parquet(
        out / f"{result.table}.rejects.parquet"
    )


def _record(raw: bytes, width: int, delimiter: str) -> tuple[list[str] | None, str]:
    """Return the fields of one record, or None and why it cannot be read."""
    if raw.count(b'"') % 2:
        return None, "row.unclosed_quote"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, f"encoding.invalid at byte {error.start}"
    if len(text) > FIELD_LIMIT:
        return None, "value.too_long"
    if "\x00" in text:
        return None, "value.control_char"
    fields = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if len(fields) == width:
        return fields, ""
    return None, "row.short" if len(fields) < width else "row.long"


def _raw_text(raw: bytes) -> str:
    """Return the raw record as text for the quarantine, capped with its length and hash."""
    text = raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    if len(raw) <= RAW_LIMIT:
        return text
    digest = hashlib.sha256(raw).hexdigest()
    return f"{text[:RAW_LIMIT]}… ({len(raw)} bytes, sha256 {digest})"


def main() -> int:
    """Parse the files named on standard input and print one JSON list of results."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    csv.field_size_limit(FIELD_LIMIT * 4)
    jobs = json.load(sys.stdin)
    json.dump([asdict(parse_file(job)) for job in jobs], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
