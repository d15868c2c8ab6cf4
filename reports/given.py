"""A file given beside the data: what was read of it, and every row that was not.

Belongs here: what the readers of such files share. Does not belong here: any one layout (each
report that takes a file has its own reader).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.model import Field

UNREAD: Final = "given.unread"
SOURCE: Final = "given.source"
UNREAD_SCHEMA: Final = {
    "file": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "why": pl.String,
}
UNREAD_FIELDS: Final = (
    Field("file", "File"),
    Field("row", "Row", "integer"),
    Field("column", "Column"),
    Field("why", "Why"),
)


@dataclass(frozen=True)
class Unread:
    """One row of a file that is put aside: where it stands and why; never what stands in it."""

    file: str
    row: int
    column: str
    why: str

    def line(self) -> str:
        """Return it as one line."""
        return f"{self.file}: row {self.row}: {self.column}: {self.why}"


@dataclass(frozen=True)
class Given:
    """What was read: frames by name, the employers in them (nine digits), the rows put aside.

    `sources` are the names of the files with the SHA-256 of what they held.
    """

    frames: Mapping[str, pl.DataFrame]
    eins: frozenset[str]
    unread: tuple[Unread, ...]
    sources: tuple[tuple[str, str], ...]

    def rows(self) -> dict[str, pl.DataFrame]:
        """Return the frames with the rows put aside and the files, as a report reads them."""
        sources = pl.DataFrame(self.sources, schema=["file", "sha256"], orient="row")
        return {**self.frames, UNREAD: unread_frame(self.unread), SOURCE: sources}


Reader = Callable[[Sequence[Path]], Given]


def unread_frame(rows: Iterable[Unread]) -> pl.DataFrame:
    """Return rows put aside as a frame, in the order of their files."""
    facts = [(item.file, item.row, item.column, item.why) for item in rows]
    return pl.DataFrame(facts, schema=UNREAD_SCHEMA, orient="row")


def sources_of(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Return the name and SHA-256 of each file."""
    found = []
    for path in paths:
        with path.open("rb") as file:
            found.append((path.name, hashlib.file_digest(file, "sha256").hexdigest()))
    return tuple(found)


def source_notes(rows: Mapping[str, pl.DataFrame]) -> list[tuple[str, str]]:
    """Return one note for each file that was given, so that the same file can be told again."""
    if SOURCE not in rows:
        return []
    files = rows[SOURCE].iter_rows(named=True)
    return [("File", f"{row['file']}, SHA-256 {row['sha256']}") for row in files]


def checked_size(path: Path, most: int) -> Path:
    """Return the path of a file of no more than so many bytes; refuse any other."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise RequestError(f"{path}: cannot be read") from error
    if not path.is_file():
        raise RequestError(f"{path.name} is a folder: name a file")
    if size > most:
        raise RequestError(f"{path.name}: {size:,} bytes; at most {most:,} are read: split it")
    return path
