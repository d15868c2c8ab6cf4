"""An earlier version made current again, and landing taken back to what it was made from (D48).

The next run over the same source then changes nothing: only what the source says anew counts.
Not here: the audit line, which the caller writes before the pointer moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from expectations.contract import Contract
from warehouse.errors import CallError, WarehouseError
from warehouse.home import Home
from warehouse.landing.rewind import rewind
from warehouse.publish import pointer
from warehouse.settings import Run


@dataclass(frozen=True)
class Rollback:
    """What a rollback came to: from which version to which, and the tables taken back."""

    version: str
    previous: str
    load: int
    tables: tuple[str, ...]

    @property
    def is_repeat(self) -> bool:
        """Return whether everything already was as asked for."""
        return self.version == self.previous and not self.tables


def roll_back(
    run: Run,
    wanted: str,
    contracts: Mapping[str, Contract],
    record: Callable[[Rollback], None],
) -> Rollback:
    """Make a published version current; `record` is told before anybody can see it."""
    version, manifest = _find(run.home, wanted)
    _prove(run.home, version, manifest)
    load = manifest.get("landing_load")
    if not load:
        raise WarehouseError(f"version {version} was published before rows kept their versions")
    latest = pointer.current(run.home)
    tables = rewind(run, contracts, int(load))
    done = Rollback(version, latest[0] if latest else "", int(load), tuple(tables))
    if not done.is_repeat:
        record(done)
        folder = run.home.published / version
        pointer.point_to(run.home, version, pointer.file_sha256(folder / pointer.MANIFEST))
    return done


def _find(home: Home, wanted: str) -> tuple[str, dict[str, Any]]:
    """Return the one published version whose name begins as asked for."""
    known = dict(pointer.versions(home))
    found = [name for name in known if wanted and name.startswith(wanted)]
    if len(found) == 1:
        return found[0], known[found[0]]
    if found:
        raise CallError(f"{len(found)} versions begin with {wanted}; give more of it")
    newest = sorted(known, key=lambda name: -int(known[name].get("landing_load", 0)))
    shown = ", ".join(newest[:5]) or "none"
    raise CallError(f"no published version begins with {wanted}; the newest are {shown}")


def _prove(home: Home, version: str, manifest: Mapping[str, Any]) -> None:
    """Refuse a version whose snapshot is not the file that was published."""
    snapshot = home.published / version / pointer.SNAPSHOT
    if not snapshot.exists() or pointer.file_sha256(snapshot) != manifest["snapshot_sha256"]:
        raise WarehouseError(f"version {version}: its snapshot was changed after publish")
