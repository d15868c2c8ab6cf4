"""Published versions and the pointer to the current one: one rename makes a version visible.

Readers resolve the pointer once and keep the file they opened. Not here: what is in a snapshot.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.home import Home, fsync_path, write_atomically

SNAPSHOT, MANIFEST, POINTER = "snapshot.duckdb", "manifest.json", "current"


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
        shutil.rmtree(final)
    folder.rename(final)
    fsync_path(home.published)
    digest = hashlib.sha256(body).hexdigest()
    point_to(home, version, digest)
    return digest


def point_to(home: Home, version: str, manifest_sha256: str) -> None:
    """Make a published version the current one: the only step anybody can see."""
    body = json.dumps({"version": version, "manifest_sha256": manifest_sha256}, sort_keys=True)
    write_atomically(home.published / POINTER, body.encode())


def current(home: Home) -> tuple[str, dict[str, Any]] | None:
    """Return the current version and its manifest, or None before the first publish."""
    pointer = home.published / POINTER
    if not pointer.exists():
        return None
    named = json.loads(pointer.read_text())
    body = (home.published / named["version"] / MANIFEST).read_bytes()
    if hashlib.sha256(body).hexdigest() != named["manifest_sha256"]:
        raise WarehouseError(f"version {named['version']}: the manifest was changed after publish")
    return named["version"], json.loads(body)


def versions(home: Home) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every whole published version with its manifest."""
    for path in sorted(home.published.glob(f"*/{MANIFEST}")):
        yield path.parent.name, json.loads(path.read_bytes())
