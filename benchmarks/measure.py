"""Seconds, CPU seconds and peak memory of a child process and of stages inside one.

Belongs here: measuring and putting a table into words. Does not: what is measured.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

GIB = 2**30
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Stage:
    """What one stage took; `peak` is the most memory the process and its children held in it."""

    name: str
    seconds: float
    cpu: float
    peak: int


@dataclass
class Stages:
    """The stages of this process, each ended by its name; memory is read ten times a second."""

    done: list[Stage] = field(default_factory=list)
    _peak: int = 0
    _start: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        self._start = (time.monotonic(), _cpu())
        threading.Thread(target=self._watch, daemon=True).start()

    def end(self, name: str) -> None:
        """End the stage that runs, under this name; the next one begins."""
        now = (time.monotonic(), _cpu())
        seconds, cpu = now[0] - self._start[0], now[1] - self._start[1]
        self.done.append(Stage(name, seconds, cpu, max(self._peak, memory())))
        self._start, self._peak = now, 0

    def report(self, path: Path, **facts: Any) -> None:
        """Write the stages and whatever else the parent wants to know."""
        path.write_text(json.dumps({"stages": [asdict(s) for s in self.done], **facts}))

    def _watch(self) -> None:
        while True:
            self._peak = max(self._peak, memory())
            time.sleep(0.1)


def memory() -> int:
    """The bytes this process and its children hold now."""
    return sum(_held(process) for process in _family(os.getpid()))


def run_child(module: str, arguments: Sequence[object], report: Path) -> dict[str, Any]:
    """Run `python -m module arguments` from the repository; return what it reported."""
    command = [sys.executable, "-m", module, *(str(a) for a in arguments)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{module} ended with {done.returncode}: {done.stderr[-600:]}")
    found: dict[str, Any] = json.loads(report.read_text())
    found["stages"] = [Stage(**stage) for stage in found["stages"]]
    return found


def machine() -> str:
    """One line that says on what was measured, and how busy it was."""
    with Path("/proc/meminfo").open() as lines:
        total = int(next(lines).split()[1]) / 2**20
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {total:.0f} GiB, "
        f"Python {platform.python_version()}; load {os.getloadavg()[0]:.1f} at the end"
    )


def columns(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return rows as a Markdown table; the first row names the columns."""
    listed = list(rows)
    heads = list(listed[0])
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(str(row[h]) for h in heads) + " |" for row in listed]


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _family(process: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        born = [(thread / "children").read_text().split() for thread in threads]
    except OSError:
        return [process]
    return [process, *(p for some in born for child in some for p in _family(int(child)))]


def _held(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
