"""Finds the published version to read, proves that it is whole, and holds it while it is read.

Belongs here: the pointer, the hashes of manifest and snapshot, and the shared lock on the manifest
that tells retention to pass a version by. Does not belong here: any row of it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from reports.errors import SnapshotError

TRIES = 50


@dataclass(frozen=True)
class Named:
    """A version as the pointer names it, and the one that was current before it."""

    version: str
    manifest_sha256: str
    previous: Named | None = None


@dataclass(frozen=True)
class Held:
    """A whole version that stays where it is until it is let go.

    `alert` says, in one line, that the current version is damaged and this is the one before it.
    """

    version: str
    manifest: Mapping[str, Any]
    snapshot: Path
    lock: IO[bytes]
    alert: str = ""

    def let_go(self) -> None:
        """Tell retention that nobody here reads it any more."""
        self.lock.close()


def hold_current(home: Path, *, only_current: bool = False) -> Held:
    """Return the current version, or the whole one before it where the current one is damaged.

    `only_current` refuses instead: what leaves the house is never made from an older version.
    Raises SnapshotError in one line where there is nothing whole to read.
    """
    for _ in range(TRIES):
        named = _pointer(home)
        try:
            return _hold(home, named)
        except SnapshotError as damage:
            if _pointer(home) != named:
                continue  # it was replaced while we looked, and retention took the old one
            if only_current or named.previous is None:
                raise
            return _hold_previous(home, named.previous, damage)
    raise SnapshotError(f"{home}: the published version changes faster than it can be opened")


def _hold_previous(home: Path, named: Named, damage: SnapshotError) -> Held:
    try:
        held = _hold(home, named)
    except SnapshotError:
        raise damage from None
    alert = f"{damage}; this is the version before it, {held.version}: run benefits run"
    return replace(held, alert=alert)


def _pointer(home: Path) -> Named:
    path = home / "published" / "current"
    try:
        return _named(json.loads(path.read_bytes()))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SnapshotError(f"{home}: nothing is published yet: run benefits run first") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: the pointer to the published version is damaged [snapshot.corrupt]"
        raise SnapshotError(message) from error


def _named(said: Mapping[str, Any]) -> Named:
    before = said.get("previous")
    previous = _named(before) if before else None
    return Named(str(said["version"]), str(said["manifest_sha256"]), previous)


def _hold(home: Path, named: Named) -> Held:
    """Lock one version for reading and prove it; raise SnapshotError where it is not whole."""
    folder = home / "published" / named.version
    try:
        lock = (folder / "manifest.json").open("rb")
    except FileNotFoundError:
        raise _damaged(named, "its manifest is missing") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if not os.fstat(lock.fileno()).st_nlink:
            raise _damaged(named, "it was removed")
        body = lock.read()
        if hashlib.sha256(body).hexdigest() != named.manifest_sha256:
            raise _damaged(named, "the manifest was changed after publish")
        manifest = json.loads(body)
        _prove(named, folder / "snapshot.duckdb", manifest)
    except BaseException:
        lock.close()
        raise
    return Held(named.version, manifest, folder / "snapshot.duckdb", lock)


def _prove(named: Named, snapshot: Path, manifest: Mapping[str, Any]) -> None:
    try:
        found = snapshot.stat()
        digest = _sha256(snapshot, found.st_ino, found.st_size, found.st_mtime_ns)
    except FileNotFoundError:
        raise _damaged(named, "snapshot.duckdb is missing") from None
    if digest != manifest["snapshot_sha256"]:
        raise _damaged(named, "snapshot.duckdb is not the file that was published")


@lru_cache(maxsize=16)
def _sha256(path: Path, inode: int, size: int, changed: int) -> str:
    """Return the hash of a file, worked out once per process while the file stands untouched."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _damaged(named: Named, what: str) -> SnapshotError:
    return SnapshotError(f"version {named.version}: {what} [snapshot.corrupt]")
