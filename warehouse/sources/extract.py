"""The protocol every source fulfils, and what it hands to landing.

Not here: how a file or a server is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from expectations.contract import Contract
from warehouse.errors import Finding, Refusal


@dataclass(frozen=True)
class Extract:
    """One table as read: text cells in `rows` (parquet), unreadable records in `rejects`.

    `columns` are the contract's columns found; `sha256` is that of the raw input.
    """

    table: str
    rows: Path
    rejects: Path | None
    columns: tuple[str, ...]
    records: int
    sha256: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """Everything one source had to give, and what it refused."""

    extracts: Mapping[str, Extract]
    refusals: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


class Source(Protocol):
    """A place operational rows come from; it is only ever read."""

    def fingerprint(self) -> str:
        """Return a hash of what would be read, or "" where it cannot be known beforehand."""
        ...

    def extract(self, contracts: Mapping[str, Contract], into: Path) -> Extraction:
        """Read every table of the contracts into text files below `into`."""
        ...
