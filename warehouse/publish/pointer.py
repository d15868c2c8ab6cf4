"""Published versions and the pointer to the current one: one rename makes a version visible.

Readers resolve the pointer once and keep the file they opened. Not here: what is in a snapshot.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.home import Home, fsync_path, write_atomically

SNAPSHOT, MANIFEST, POINTER = "snapshot.duckdb", "manifest.json", "current"
GONE = ".gone"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def publish(home: Home, version: str, folder: Path, manifest: Mapping[str, Any]) -> str:
    """Move a verified folder under its version, point to it, and return the manifest's SHA-256."""
    snapshot = folder / SNAPSHOT
    if any(folder.glob("*.wal")):
        raise WarehouseError(f"{folder.name}: a write-ahead log is left; the snapshot is not whole")
    snapshot.chmod(0o440)
    fsync_path(snapshot)
    body = json.dumps(manifest, sort_keys=True, indent=1).encode()
    write_atomically(folder / MANIFEST, body, 0o440)
    final = home.published / version
    if final.exists():
        set_aside(final)
    folder.rename(final)
    fsync_path(home.published)
    digest = hashlib.sha256(body).hexdigest()
    point_to(home, version, digest)
    return digest


def point_to(home: Home, version: str, manifest_sha256: str) -> None:
    """Make a published version the current one: the only step anybody can see.

    The pointer also names the whole version before it, which readers fall back to.
    """
    said: dict[str, Any] = {"version": version, "manifest_sha256": manifest_sha256}
    before = [old for old in _chain(home) if old["version"] != version]
    previous = next((old for old in before if _whole(home, old)), None)
    if previous:
        said["previous"] = previous
    write_atomically(home.published / POINTER, json.dumps(said, sort_keys=True).encode())


def current(home: Home) -> tuple[str, dict[str, Any]] | None:
    """Return the current version and its manifest, or None before the first publish."""
    named = next(iter(_chain(home)), None)
    if named is None:
        return None
    path = home.published / named["version"] / MANIFEST
    if not path.is_file():
        raise WarehouseError(f"version {named['version']}: the manifest is missing")
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != named["manifest_sha256"]:
        raise WarehouseError(f"version {named['version']}: the manifest was changed after publish")
    return named["version"], json.loads(body)


def standing(home: Home) -> tuple[str, dict[str, Any]] | None:
    """Return the current version where it is whole, else the newest whole one, else None."""
    for named in _chain(home):
        manifest = _whole(home, named)
        if manifest:
            return named["version"], manifest
    by_load = sorted(versions(home), key=lambda found: -int(found[1].get("landing_load", 0)))
    return next(((n, m) for n, m in by_load if is_whole(home.published / n, m)), None)


def versions(home: Home) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every published version whose manifest can be read, with it."""
    for path in sorted(home.published.glob(f"*/{MANIFEST}")):
        with contextlib.suppress(ValueError):
            yield path.parent.name, json.loads(path.read_bytes())


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Return whether a version's snapshot is, byte for byte, the file that was published."""
    snapshot = folder / SNAPSHOT
    return snapshot.is_file() and file_sha256(snapshot) == manifest.get("snapshot_sha256")


def set_aside(folder: Path) -> None:
    """Take a version out of sight and remove it; whoever has it open reads on."""
    gone = folder.with_name(f".{folder.name}{GONE}")
    shutil.rmtree(gone, ignore_errors=True)
    folder.rename(gone)
    shutil.rmtree(gone)


def named_versions(home: Home) -> tuple[str, ...]:
    """Return the versions the pointer names: the current one and the one before it."""
    return tuple(said["version"] for said in _chain(home))


def _chain(home: Home) -> list[dict[str, str]]:
    """Return what the pointer names: the current version and the one before it."""
    pointer = home.published / POINTER
    try:
        said = json.loads(pointer.read_bytes())
        named = [said, said["previous"]] if said.get("previous") else [said]
        return [{name: str(n[name]) for name in ("version", "manifest_sha256")} for n in named]
    except FileNotFoundError:
        return []
    except (ValueError, AttributeError, KeyError, TypeError):
        raise WarehouseError(
            f"{pointer}: the pointer is damaged [snapshot.corrupt]; "
            "remove that file and run benefits run"
        ) from None


def _whole(home: Home, named: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the manifest of a version named by the pointer where all of it is as published."""
    folder = home.published / named["version"]
    try:
        body = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    if hashlib.sha256(body).hexdigest() != named["manifest_sha256"]:
        return None
    manifest: dict[str, Any] = json.loads(body)
    return manifest if is_whole(folder, manifest) else None
