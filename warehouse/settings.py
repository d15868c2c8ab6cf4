"""One run's arguments and the settings read from the environment.

Not here: secrets of destinations (they live in the home's own file, read by `distribution`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from warehouse.home import Home

Tick = Callable[[int, int], None]
MEMORY = "BENEFITS_MEMORY"
AT_MOST = 6 * 2**30


def no_tick(done: int, total: int) -> None:
    """Tell nobody how far a step is."""


def twofold(tick: Tick) -> tuple[Tick, Tick]:
    """Return the ticks of the first and of the second half of a step."""
    return (
        lambda done, total: tick(done, 2 * total),
        lambda done, total: tick(total + done, 2 * total),
    )


def memory_limit() -> str:
    """Return how much memory an engine may hold: BENEFITS_MEMORY, else half of all up to 6 GiB.

    What needs more is written to a temporary folder beside the database file. Beside the engine's
    6 GiB a process and the child that reads files stay within 8.
    """
    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return os.environ.get(MEMORY) or f"{min(half, AT_MOST) // 2**20}MiB"


@dataclass(frozen=True)
class Run:
    """Who runs what, for which business date, at which moment, in which home (D53).

    `as_of` is the business date and part of the data version; only logs and the ledger see `now`.
    `unencrypted` is a person's word that a plain home may hold what is no test data (D55).
    `decisions` are the ledger's export, table by table: an input like any other.
    """

    as_of: date
    now: datetime
    actor: str
    home: Home
    source: str = ""
    accept_volume: tuple[str, ...] = field(default=())
    unencrypted: bool = False
    decisions: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)

    @property
    def source_is_postgres(self) -> bool:
        """Return whether the source is a live PostgreSQL rather than a folder of files."""
        return self.source.startswith(("postgresql://", "postgres://"))

    @property
    def source_directory(self) -> Path:
        """Return the folder of source files."""
        return Path(self.source)
