"""Who is sending right now, and whether they still live.

Belongs here: a worker's lock file (the kernel frees it when the worker dies) and the clock that
leases use. Does not belong here: which delivery is leased (`ledger.outbox`).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ledger.files import make_folder

BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


def boot_seconds() -> float:
    """Return seconds since boot, sleep included: the same clock in every process."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


def boot_id() -> str:
    """Return what changes with every boot; a lease of another boot is over."""
    try:
        return BOOT_ID_FILE.read_text().strip()
    except OSError:
        return "unknown boot"


@dataclass(frozen=True)
class Worker:
    """One process (or thread) that sends, known by a lock it holds while it lives."""

    worker_id: str
    boot: str
    clock: Callable[[], float] = boot_seconds


def workers_folder(home: Path) -> Path:
    """Return where the workers of a home keep their locks."""
    return home / "ledger" / "workers"


@contextmanager
def living_worker(home: Path, clock: Callable[[], float] = boot_seconds) -> Iterator[Worker]:
    """Give a worker whose lock is held for as long as the block runs."""
    make_folder(workers_folder(home))
    worker_id = uuid4().hex
    path = workers_folder(home) / worker_id
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield Worker(worker_id, boot_id(), clock)
    finally:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        os.close(handle)


def is_alive(home: Path, worker_id: str) -> bool:
    """Return whether the worker still holds its lock."""
    try:
        handle = os.open(workers_folder(home) / worker_id, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


def forget_the_dead(home: Path) -> None:
    """Remove the lock files that dead workers left behind."""
    folder = workers_folder(home)
    for path in folder.iterdir() if folder.is_dir() else ():
        if not is_alive(home, path.name):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
