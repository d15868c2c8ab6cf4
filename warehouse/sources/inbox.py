"""The home's inbox: every file that was read, under the hash of what it holds.

A file is copied before anything reads it, and once: what stands there already is not written again.
Not here: which files are a table's, and reading them.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ledger.errors import SealBroken
from ledger.keys import PLAIN, Keys
from ledger.sealed import FRAME, hash_of_file, sealed
from warehouse.home import fsync_path

KEYS = "inbox/"


class FileRefusedError(Exception):
    """A file that may not be read, with a reason code and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Copied:
    """A file as the inbox holds it: the SHA-256 of what it holds, and the key it is sealed with."""

    path: Path
    sha256: str
    key: bytes | None


class Inbox:
    """The copies of the files of one run; `expect` them first: their keys are made in one step."""

    def __init__(self, folder: Path, keys: Keys = PLAIN) -> None:
        self._folder, self._keys = folder, keys
        self._expected: dict[Path, str] = {}
        self._key_of: dict[str, bytes | None] = {}

    def expect(self, paths: Iterable[Path]) -> None:
        """Hash the files whose copy is named by it, or may stand already: of the same size."""
        sizes = {path.stat().st_size for path in self._folder.iterdir()}
        for path in paths:
            is_file = path.is_file() and not path.is_symlink()
            if is_file and (self._keys.is_on or path.stat().st_size in sizes):
                self._expected[path] = hash_of_file(path, None)
        self._key_of = self._keys.ensure_all([KEYS + d for d in self._expected.values()])

    def copy(self, path: Path) -> Copied:
        """Return the copy of a file, whole on disk.

        Links, pipes and files that change meanwhile are refused.
        """
        if path.is_symlink():
            raise FileRefusedError("file.symlink", "is a link; put the file itself here")
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise FileRefusedError("file.not_regular", "is not a regular file")
        expected = self._expected.get(path, "")
        if self._keys.is_on and not expected:
            raise FileRefusedError("file.changing", "was not a file a moment ago; run again later")
        key = self._key_of.get(KEYS + expected)
        if expected and self._stands(expected, key):
            return Copied(self._folder / expected, expected, key)
        return self._write(path, before, expected, key)

    def _stands(self, expected: str, key: bytes | None) -> bool:
        """Return whether a copy is there that opens with the key to what its name says."""
        copy = self._folder / expected
        try:
            return copy.is_file() and hash_of_file(copy, key) == expected
        except SealBroken:
            return False

    def _write(
        self, path: Path, before: os.stat_result, expected: str, key: bytes | None
    ) -> Copied:
        temporary = self._folder / f".{os.getpid()}.part"
        digest = hashlib.sha256()
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as source, temporary.open("wb") as target:
            target.writelines(sealed(_hashed(source, digest), key))
            target.flush()
            os.fsync(target.fileno())
        after = path.stat()
        was, now = (before.st_size, before.st_mtime_ns), (after.st_size, after.st_mtime_ns)
        if was != now or expected not in ("", digest.hexdigest()):
            temporary.unlink()
            raise FileRefusedError("file.changing", "is still being written; run again later")
        final = self._folder / digest.hexdigest()
        temporary.chmod(0o440)
        temporary.replace(final)
        fsync_path(self._folder)
        return Copied(final, digest.hexdigest(), key)


def _hashed(source: BinaryIO, digest: Any) -> Iterator[bytes]:
    while chunk := source.read(FRAME):
        digest.update(chunk)
        yield chunk
