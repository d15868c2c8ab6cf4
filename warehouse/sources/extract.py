"""The protocol every source fulfils, and what it hands to landing.

Not here: how a file or a server is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from expectations.contract import Contract
from ledger.keys import Keys
from warehouse.database_file import scan
from warehouse.errors import Finding, Refusal


@dataclass(frozen=True)
class Known:
    """What earlier loads left about one table: what was read, and how far.

    `token` names the input last landed; `watermark` is the moment up to which changes were seen;
    `whole_at` is when the table was last read whole. A table that `must_read` has rows waiting for
    another table, so it is never passed over.
    """

    token: str = ""
    watermark: str = ""
    whole_at: str = ""
    must_read: bool = False


@dataclass(frozen=True)
class Extract:
    """One table as read: text cells in `rows` (parquet), unreadable records in `rejects`.

    `columns` are the contract's columns found; `sha256` is that of the raw input. A partial
    extract holds the rows changed since the last watermark and says nothing about the others.
    """

    table: str
    rows: Path
    rejects: Path | None
    columns: tuple[str, ...]
    records: int
    sha256: str
    findings: tuple[Finding, ...] = ()
    unreadable: int = 0
    is_partial: bool = False
    is_live: bool = False
    known: Known = field(default=Known())
    is_sealed: bool = False

    @property
    def rows_sql(self) -> str:
        """Return the SQL relation of the rows as read."""
        return scan(self.rows, is_sealed=self.is_sealed)

    @property
    def rejects_sql(self) -> str:
        """Return the SQL relation of the unreadable records; raise where there are none."""
        if self.rejects is None:
            raise ValueError(f"{self.table}: no record was unreadable")
        return scan(self.rejects, is_sealed=self.is_sealed)


@dataclass(frozen=True)
class Extraction:
    """Everything one source had to give, what it refused, and what stands as last landed."""

    extracts: Mapping[str, Extract]
    refusals: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchanged: frozenset[str] = frozenset()


def rows_key(keys: Keys) -> str:
    """Return the key of the files a source hands over, as text for a child's input; "" for none."""
    key = keys.ensure("extract")
    return key.hex() if key else ""


class Source(Protocol):
    """A place operational rows come from; it is only ever read."""

    def fingerprint(self) -> str:
        """Return a hash of what would be read, or "" where it cannot be known beforehand."""
        ...

    def extract(
        self, contracts: Mapping[str, Contract], into: Path, known: Mapping[str, Known]
    ) -> Extraction:
        """Read every table of the contracts into text files below `into`."""
        ...
