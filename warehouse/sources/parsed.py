"""What every reader of a file hands back, whatever the format: rows as text, rejects, counts.

Belongs here: the result, the header in canonical spelling, and the two parquet files a reader
writes. Does not: how any format is read, and what a value means.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.database_file import add_rows_key, copy_to, load_cipher

if TYPE_CHECKING:
    import polars as pl

RAW_LIMIT = 64 * 1024
MAX_COLUMNS = 2000
CHUNK_ROWS = 50_000

Job = Mapping[str, Any]


@dataclass
class Result:
    """What one file gave: counts, header, and a refusal in words where it was not taken."""

    table: str
    header: list[str] = field(default_factory=list)
    records: int = 0
    rejected: int = 0
    refusal: str = ""
    reason_code: str = ""
    notes: list[tuple[str, str, int, str, int]] = field(default_factory=list)

    def refuse(self, code: str, message: str) -> Result:
        """Return this result marked as refused."""
        self.reason_code, self.refusal = code, message
        return self

    def note(
        self, code: str, message: str, severity: int, column: str = "", count: int = 0
    ) -> None:
        """Remember something about the file that lost no row."""
        self.notes.append((code, message, severity, column, count))


@dataclass(frozen=True)
class Reject:
    """One record that could not be read: where it stands, why, and its raw content."""

    first: int
    last: int
    reason: str
    raw: bytes
    detail: str = ""

    def row(self) -> tuple[int, int, str, str, str, str]:
        """Return the reject as a row of `<table>.rejects.parquet`."""
        text = self.raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
        exact = ""
        if len(self.raw) > RAW_LIMIT:
            digest = hashlib.sha256(self.raw).hexdigest()
            text = f"{text[:RAW_LIMIT]}… ({len(self.raw)} bytes, sha256 {digest})"
        elif self.reason == "encoding.invalid":
            exact = base64.b64encode(self.raw).decode("ascii")
        return self.first, self.last, self.reason, self.detail, text, exact


def canonical_name(name: str, renames: Mapping[str, str]) -> str:
    """Return a column's name trimmed, in lower case, and renamed as `source.toml` says."""
    plain = name.strip().lower()
    return {k.strip().lower(): v for k, v in renames.items()}.get(plain, plain)


def settle_header(raw: Sequence[str], job: Job, result: Result) -> list[str]:
    """Return the header in canonical spelling; a header that does not fit is a refusal."""
    if len(raw) > MAX_COLUMNS:
        shown = ", ".join(name[:40] for name in raw[:10])
        result.refuse("drift.header", f"{len(raw)} columns found, beginning {shown}")
        return []
    renames = job["renames"]
    names = [canonical_name(name, renames) for name in raw]
    result.header = names
    if any(n != m for n, m in zip(raw, names, strict=True)) and not renames:
        result.note("drift.header_spelling", "header read after trimming and lower case", 4)
    doubled = sorted({n for n in names if names.count(n) > 1})[:10]
    if doubled:
        result.refuse("drift.duplicate_column", f"column {', '.join(doubled)} stands twice")
    elif len(names) == 1 and len(job["columns"]) > 1:
        hint = next((f"; separator looks like {s!r}" for s in ";\t|" if s in names[0]), "")
        expected = len(job["columns"])
        result.refuse("drift.header", f"1 column found, {expected} expected{hint}")
    return names


def settle_counts(result: Result, counted: int, parsed: int) -> bool:
    """Return whether two independent counts agree; the file is refused where they do not."""
    result.records = counted
    if counted == parsed + result.rejected:
        return True
    result.refuse(
        "file.count",
        f"{counted} records counted but {parsed + result.rejected} read; "
        "the file cannot be read without losing rows",
    )
    return False


class Rows:
    """Gathers rows as text, in chunks, and writes them as one parquet file with `_row` first."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []
        self._numbers: list[int] = []
        self._cells: list[Mapping[str, str | None]] = []
        self.count = 0

    def add(self, number: int, cells: Mapping[str, str | None]) -> None:
        """Add one row under its number in the file."""
        self._numbers.append(number)
        self._cells.append(cells)
        self.count += 1
        if len(self._cells) >= CHUNK_ROWS:
            self._flush()

    def write(self, path: Path, header: Sequence[str], key: str) -> None:
        """Write every row with exactly the header's columns."""
        import polars as pl

        self._flush()
        schema = {"_row": pl.Int64, **dict.fromkeys(header, pl.String)}
        empty = pl.DataFrame(schema=schema)
        write_frame(
            pl.concat([empty, *self._frames], how="diagonal").select(list(schema)), path, key
        )

    def _flush(self) -> None:
        import polars as pl

        if not self._cells:
            return
        names = list(dict.fromkeys(name for cells in self._cells for name in cells))
        columns = [pl.Series("_row", self._numbers, dtype=pl.Int64)]
        columns += [
            pl.Series(name, [cells.get(name) for cells in self._cells], dtype=pl.String)
            for name in names
        ]
        self._frames.append(pl.DataFrame(columns))
        self._numbers, self._cells = [], []


def rows_writer(key: str) -> duckdb.DuckDBPyConnection:
    """Return a connection that writes Parquet files, sealed where there is a key; close it."""
    if not key:
        connection = duckdb.connect()
        connection.execute("set autoinstall_known_extensions = false")
        return connection
    return _sealing(key).cursor()


@cache
def _sealing(key: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    load_cipher(connection)
    add_rows_key(connection, bytes.fromhex(key))
    return connection


def write_frame(frame: pl.DataFrame, path: Path, key: str) -> None:
    """Write a frame as one Parquet file, sealed where there is a key."""
    if not key:
        frame.write_parquet(path)
        return
    with rows_writer(key) as connection:
        connection.register("frame", frame.to_arrow())
        connection.execute(f"copy frame {copy_to(path, is_sealed=True)}")


def write_rejects(out: Path, table: str, rejects: Sequence[Reject], key: str) -> None:
    """Write the records that could not be read; no file where there are none."""
    import polars as pl

    if rejects:
        texts = dict.fromkeys(("reason", "detail", "raw", "raw_base64"), pl.String)
        schema = {"_row": pl.Int64, "last_line": pl.Int64, **texts}
        frame = pl.DataFrame([r.row() for r in rejects], schema=schema, orient="row")
        write_frame(frame, out / f"{table}.rejects.parquet", key)
