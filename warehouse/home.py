"""The home folder: where everything a run builds lies, and the lock that keeps runs apart.

Not here: what stands inside the files.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ledger.keys import PLAIN, Keys
from warehouse.database_file import DatabaseFile
from warehouse.errors import HomeBusyError

NEXT_LANDING = "operational.next.duckdb"


@dataclass(frozen=True)
class Home:
    """The folders of one home, and the keys of its files; creating the object touches nothing."""

    root: Path
    keys: Keys = field(default=PLAIN, compare=False, repr=False)

    @property
    def inbox(self) -> Path:
        """Return the folder of raw source files, named by their hash."""
        return self.root / "inbox"

    @property
    def landing_file(self) -> Path:
        """Return the DuckDB file of landed rows."""
        return self.root / "landing" / "operational.duckdb"

    @property
    def landing(self) -> DatabaseFile:
        """Return the database of landed rows, with its key."""
        return DatabaseFile(self.landing_file, self.keys.ensure("landing"))

    @property
    def next_landing(self) -> DatabaseFile:
        """Return the database of the load under way, which takes the place of the last one."""
        fresh = self.landing_file.with_name(NEXT_LANDING)
        return DatabaseFile(fresh, self.keys.ensure("landing"))

    def snapshot(self, version: str) -> DatabaseFile:
        """Return the database of a published version, with its key."""
        path = self.published / version / "snapshot.duckdb"
        return DatabaseFile(path, self.keys.find(f"snapshot/{version}"))

    def open_version(self, version: str) -> duckdb.DuckDBPyConnection:
        """Return a reading connection to a published version, for those who know no keys."""
        return self.snapshot(version).open(read_only=True)

    @property
    def build(self) -> Path:
        """Return the folder of builds under way."""
        return self.root / "build"

    def build_file(self, version: str) -> DatabaseFile:
        """Return the database a version is built in, with its key: that of the file built last."""
        path = self.build / version / "warehouse.duckdb"
        return DatabaseFile(path, self.keys.ensure(f"build/{version}"))

    @property
    def published(self) -> Path:
        """Return the folder of immutable published versions."""
        return self.root / "published"

    @property
    def logs(self) -> Path:
        """Return the folder of logs (ids and counts only)."""
        return self.root / "logs"

    @property
    def dagster(self) -> Path:
        """Return the orchestrator's own folder."""
        return self.root / "dagster"

    def prepare(self) -> None:
        """Create the folders, readable by the owner only."""
        folders = (self.root, self.inbox, self.landing_file.parent, self.build, self.published)
        for folder in (*folders, self.logs, self.dagster):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def sweep(self) -> None:
        """Remove half-written files of a run that was killed; who holds the lock calls it."""
        for folder in (self.root, self.inbox, self.published):
            for left in folder.glob(".*.part"):
                left.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the home for one run; raise HomeBusyError where another run holds it."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.root / ".run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                holder = os.pread(handle, 100, 0).decode("ascii", "replace")
                raise HomeBusyError(
                    f"{self.root}: another run is using this home{holder} [env.locked]; "
                    "wait for it to end"
                ) from None
            started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
            os.truncate(handle, 0)
            os.pwrite(handle, f" (process {os.getpid()} since {started} UTC)".encode(), 0)
            self.sweep()
            yield
        finally:
            os.close(handle)


def fsync_path(path: Path) -> None:
    """Flush a file or folder to disk, so that a rename after it cannot outrun its bytes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file so that its final name never shows a partial one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_path(path.parent)
