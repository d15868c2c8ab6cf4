"""Numbers what a piece of work does to the world outside, and lets one of these effects go wrong.

An effect is a call that opens, writes, syncs, renames or removes a file, or asks an engine to do
something. Belongs here: counting them, and what going wrong means. Does not belong here: which
work, and what must hold afterwards.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

POSIX = frozenset(
    ("open", "write", "pwrite", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "chmod")
)
ENGINE = frozenset(("connect", "execute", "executemany", "commit"))
RAISED = {
    "disk full": errno.ENOSPC,
    "disk error": errno.EIO,
    "permission lost": errno.EACCES,
    "read-only": errno.EROFS,
}
SQLITE = {
    "disk full": "database or disk is full",
    "disk error": "disk I/O error",
    "permission lost": "attempt to write a readonly database",
    "read-only": "attempt to write a readonly database",
}
KILLED = ("kill", "power cut", "clock back", "clock forward")
AT_A_STEP = (*KILLED, *RAISED, "ledger busy", "source cut")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: what, at which effect, and the seed of what is left to chance."""

    stage: str
    kind: str
    place: int
    seed: int

    def __str__(self) -> str:
        """Return the fault's name, which is enough to let it happen again."""
        return f"{self.stage}: {self.kind} at {self.place} (seed {self.seed})"


@dataclass(frozen=True)
class Surroundings:
    """What a fault may reach for: a ledger to hold, a source to cut, where syncs are noted."""

    ledger: Path
    source: Path
    synced: Path


def effect_name(called: Any) -> str:
    """Return the name of an effect, "" for a call that has none."""
    name, owner = called.__name__, getattr(called, "__self__", None)
    module = getattr(called, "__module__", None) or type(owner).__module__
    if module == "posix" and name in POSIX:
        return f"os.{name}"
    if (module, name) in {("io", "open"), ("_io", "open")}:
        return "file.open"
    if module == "_io" and name == "write" and not isinstance(owner, io.BytesIO | io.StringIO):
        return "file.write"
    if module == "_duckdb" and name in ENGINE:
        return f"duckdb.{name}"
    if isinstance(owner, sqlite3.Connection | sqlite3.Cursor) and name in ENGINE:
        return f"sqlite.{name}"
    return ""


def watched(work: Callable[[], object], at_effect: Callable[[int, str], None]) -> int:
    """Do some work, telling of every effect right before it happens; return how many there were."""
    count = 0

    def watch(frame: Any, event: str, called: Any) -> None:
        nonlocal count
        if event == "c_call" and (name := effect_name(called)):
            count += 1
            at_effect(count, name)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def suffering(work: Callable[[], object], fault: Fault, around: Surroundings) -> None:
    """Do some work while the fault happens right before its numbered effect."""
    held: list[sqlite3.Connection] = []
    note_syncs(around.synced)

    def at_effect(number: int, name: str) -> None:
        if number != fault.place:
            return
        if fault.kind in KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        elif fault.kind == "ledger busy":
            held.append(sqlite3.connect(around.ledger, isolation_level=None, timeout=0))
            held[0].execute("begin immediate")
        elif fault.kind == "source cut":
            os.truncate(around.source, around.source.stat().st_size // 2)
        else:
            raise _error(fault.kind, name)

    try:
        watched(work, at_effect)
    finally:
        for connection in held:
            connection.close()


def note_syncs(record: Path) -> None:
    """Write down the inode of every file that is flushed to disk from now on."""
    real = os.fsync

    def noting(handle: Any) -> None:
        real(handle)
        number = handle if isinstance(handle, int) else handle.fileno()
        watch = sys.getprofile()
        sys.setprofile(None)  # this note is no effect of the work
        with record.open("a") as notes:
            notes.write(f"{os.fstat(number).st_ino}\n")
        sys.setprofile(watch)

    os.fsync = noting  # type: ignore[assignment]


def _error(kind: str, name: str) -> Exception:
    """Return what the caller of an effect is told when it fails in this way."""
    number = RAISED[kind]
    if name.startswith("duckdb."):
        return duckdb.IOException(f"IO Error: Could not write file: {os.strerror(number)}")
    if name.startswith("sqlite."):
        return sqlite3.OperationalError(SQLITE[kind])
    return OSError(number, os.strerror(number))
