"""Which key opens which file of a home, and the file of the one key that guards them all.

Belongs here: the promise every holder of keys keeps, the keyless home, reading and making a key
file. Does not belong here: the wrapped keys themselves (`ledger.key_ring`), and any cipher.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from ledger.errors import KeyRefused

KEY_BYTES = 32
KEY_FILE = "BENEFITS_KEY_FILE"


class Keys(Protocol):
    """The keys of one home; a home without encryption answers None to every name."""

    @property
    def is_on(self) -> bool:
        """Return whether files of this home are encrypted."""
        ...

    def find(self, name: str) -> bytes | None:
        """Return the key of a file that stands; raise KeyRefused where it was destroyed."""
        ...

    def ensure(self, name: str) -> bytes | None:
        """Return the key of a file about to be written, made and kept first where need be."""
        ...

    def ensure_all(self, names: Collection[str]) -> dict[str, bytes | None]:
        """Return the keys of many files about to be written, kept in one step."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Let the key of a file that was moved follow it; the key of what stood there is gone."""
        ...

    def names(self, beginning: str) -> tuple[str, ...]:
        """Return the names of all keys that begin so."""
        ...

    def destroy(self, name: str) -> None:
        """Forget a key for good: what it opened can never be read again."""
        ...


class NoKeys:
    """The keys of a home that is not encrypted."""

    @property
    def is_on(self) -> bool:
        """Return that nothing is encrypted."""
        return False

    def find(self, name: str) -> bytes | None:
        """Return None: the file is plain."""
        return None

    def ensure(self, name: str) -> bytes | None:
        """Return None: the file will be plain."""
        return None

    def ensure_all(self, names: Collection[str]) -> dict[str, bytes | None]:
        """Return None for every file: all will be plain."""
        return dict.fromkeys(names)

    def rename(self, old: str, new: str) -> None:
        """Do nothing: there is no key."""

    def names(self, beginning: str) -> tuple[str, ...]:
        """Return that there are no keys."""
        return ()

    def destroy(self, name: str) -> None:
        """Do nothing: there is no key."""


PLAIN = NoKeys()


def key_from_environment() -> bytes | None:
    """Return the key that BENEFITS_KEY_FILE names, or None where it names none."""
    named = os.environ.get(KEY_FILE, "")
    return read_key_file(Path(named)) if named else None


def read_key_file(path: Path) -> bytes:
    """Return the 32 bytes a key file holds in 64 hex digits; others must not be able to read it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        why = "is a link" if path.is_symlink() else (error.strerror or "cannot be opened").lower()
        raise KeyRefused(f"key file {path}: {why}") from None
    try:
        _refuse_unless_private(path, os.fstat(handle))
        text = os.read(handle, 4 * KEY_BYTES).strip()
    finally:
        os.close(handle)
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyRefused(f"key file {path}: does not hold 64 hex digits; see benefits key new")
    return key


def _refuse_unless_private(path: Path, facts: os.stat_result) -> None:
    mode = stat.S_IMODE(facts.st_mode)
    if not stat.S_ISREG(facts.st_mode):
        raise KeyRefused(f"key file {path}: is not a regular file")
    if mode & 0o177:
        raise KeyRefused(f"key file {path}: mode {mode:04o} lets others at it; chmod 600 {path}")
    if facts.st_uid != os.geteuid():
        raise KeyRefused(f"key file {path}: belongs to another user")


def make_key_file(path: Path) -> None:
    """Write a new random key into a file that only its owner can read; never over another."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRefused(f"key file {path}: is already there and is not overwritten") from None
    except OSError as error:
        raise KeyRefused(f"key file {path}: {(error.strerror or '').lower()}") from None
    with os.fdopen(handle, "w") as stream:
        stream.write(os.urandom(KEY_BYTES).hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
