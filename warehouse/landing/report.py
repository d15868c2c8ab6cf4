"""What one load came to, in counts and words: no row, no value, no name.

Not here: the rows themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.errors import Refusal


@dataclass(frozen=True)
class TableReport:
    """One table after the load; an unusable one failed its gate and never had rows that passed."""

    table: str
    state: str
    rows: int
    rejected: int
    content_hash: str
    sha256: str
    failed_checks: tuple[str, ...] = ()
    is_touched: bool = True
    is_unusable: bool = False


@dataclass(frozen=True)
class Quarantined:
    """Where one quarantined row stands, and one of its reasons; never a value of it."""

    table: str
    file: str
    row: int
    reason: str

    def line(self) -> str:
        """Return the one line shown to a person."""
        code, _, column = self.reason.partition(" ")
        column = column.split(" ")[0]
        place = f"{self.table}.{column}" if column else self.table
        return f"{self.file or self.table} row {self.row}, {place}: {code}"


@dataclass(frozen=True)
class LandingReport:
    """All tables after the load, what was refused or held, and what a person let through.

    `quarantined` are the first few rows that were put aside; all of them stand in the certificate.
    """

    tables: Mapping[str, TableReport]
    refusals: tuple[Refusal, ...]
    fingerprint: str
    accepted: tuple[Refusal, ...] = ()
    load_id: int = 0
    quarantined: tuple[Quarantined, ...] = ()

    @property
    def rows(self) -> int:
        """Return the number of rows that landed."""
        return sum(t.rows for t in self.tables.values())

    @property
    def rejected(self) -> int:
        """Return the number of rows in quarantine."""
        return sum(t.rejected for t in self.tables.values())

    @property
    def present(self) -> int:
        """Return the number of tables the source had."""
        return sum(t.state in ("present", "empty") for t in self.tables.values())

    @property
    def content_hashes(self) -> dict[str, str]:
        """Return state and content hash by table: what the data version is made of."""
        return {t.table: f"{t.state}:{t.content_hash}" for t in self.tables.values()}
