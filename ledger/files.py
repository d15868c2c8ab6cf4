"""Writing a file so that its final name never stands for half of it.

Belongs here: the order temporary file, fsync, rename, fsync of the folder. Does not belong here:
what is written, where it is recorded, and sealing it (`ledger.sealed`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from uuid import uuid4

FILE_MODE = 0o640
FOLDER_MODE = 0o750


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def make_folder(path: Path) -> None:
    """Create a folder and what leads to it, and make the new entries durable."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    for folder in missing:
        sync_folder(folder.parent)


def sync_folder(path: Path) -> None:
    """Make the names inside a folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Write a file whole or not at all, and return once it would survive a power cut."""
    make_folder(path.parent)
    temporary = path.parent / f".{uuid4().hex}.part"
    try:
        _write_synced(temporary, content, mode)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _write_synced(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
