"""The homes commands work on: opened with their keys, or one wrong call in one line.

Not here: which key opens what (`warehouse.opening`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ledger.store import Ledger
    from reports.snapshot import Snapshot
    from warehouse.home import Home


def published_in(home: Home, *, only_current: bool = False) -> Snapshot:
    """Return the published version of an opened home, which may be the one before a damaged one."""
    from reports.snapshot import open_snapshot

    return open_snapshot(home.root, home.open_version, only_current=only_current)


def ledger_of(home: Path) -> Ledger:
    """Return the ledger of a home that has one; its documents open with the home's keys."""
    from ledger.database import database_file
    from ledger.store import open_ledger
    from warehouse.opening import open_home

    place = open_home(home.resolve())
    if not database_file(place.root).exists():
        raise typer.BadParameter(f"{home} has no ledger: run benefits run first")
    return open_ledger(place.root, place.keys)
