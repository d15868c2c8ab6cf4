"""Terminal lines of a long command: one line a step, then what needs a person, then the end.

Laid out for 92 columns, no boxes; colors only where a terminal asks for them. Not here: what a
step does.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from warehouse.landing.report import LandingReport

WIDTH, CELLS, REDRAW = 92, 24, 0.2
FORESEEN_FROM = 20  # the time left is told from this part of the way on: one in twenty
EXIT_WORDS = {
    0: "everything is clean",
    1: "something was held, refused or is unknown",
    2: "the call was wrong or nothing could be read",
}


@dataclass
class Steps:
    """Prints each step when it is done, with its result and its time."""

    quiet: bool = False
    console: Console = field(default_factory=lambda: Console(width=WIDTH, highlight=False))
    _started: float = field(default_factory=time.monotonic)
    _last: float = field(default_factory=time.monotonic)
    _drawn: float = 0.0

    def bar(self, step: str, done: int, total: int) -> None:
        """Redraw the running step's bar on a terminal, at most five times a second."""
        now = time.monotonic()
        if self.quiet or not self.console.is_terminal or now - self._drawn < REDRAW:
            return
        self._drawn = now
        filled = CELLS * done // max(total, 1)
        spent = now - self._last
        is_told = done * FORESEEN_FROM >= total > 0  # the first of a thousand says nothing yet
        left = f"{spent * (total - done) / done:.0f} s left" if is_told and done else ""
        text = f"  {step:<10}{'█' * filled}{'░' * (CELLS - filled)} {done} of {total}  {left}"
        self.console.print(Text(f"{text:<{WIDTH - 1}}", style="blue"), end="\r", no_wrap=True)

    def done(self, step: str, result: str) -> None:
        """Print one finished step."""
        now = time.monotonic()
        taken, self._last = now - self._last, now
        if self.quiet:
            return
        line = Text("✓ ", style="green")
        line.append(f"{step:<10}", style="bold")
        line.append(result[: WIDTH - 24])
        line.pad_right(max(0, WIDTH - 10 - line.cell_len))
        line.append(f"{taken:>8.1f} s", style="dim")
        self.console.print(line, no_wrap=True)

    def problem(self, text: str) -> None:
        """Print one thing that was refused or held."""
        line = Text("! ", style="red")
        line.append(text)
        self.console.print(line)

    def quarantine(self, landing: LandingReport | None, command: str) -> None:
        """Print the first rows that were put aside, how many there are, and what shows them all."""
        if landing is None or not landing.rejected:
            return
        for row in landing.quarantined:
            self.problem(row.line())
        tables = sum(table.rejected > 0 for table in landing.tables.values())
        many = f"{landing.rejected:,} row{'s' if landing.rejected != 1 else ''} quarantined"
        where = f"in {tables} table{'s' if tables != 1 else ''}"
        line = Text.assemble(("! ", "red"), (many, "red"), f" {where}. None is lost: ")
        self.console.print(line.append(command, "bold"), soft_wrap=True)

    def seconds(self) -> float:
        """Return the time since the first step began."""
        return time.monotonic() - self._started


def finish(steps: Steps, home: Path, code: int, words: str = "", grade: str = "") -> None:
    """Print the last lines: time, grade of the data, folder, exit code in words."""
    if steps.quiet:
        return
    console = steps.console
    console.print()
    end = Text(f"Done in {steps.seconds():.1f} s.", style="bold")
    end.append(f" Data quality {grade}." if grade else "", "not bold")
    console.print(end)
    console.print(f"Home: {home}")
    console.print(f"Exit code {code}: {words or EXIT_WORDS[code]}.")
    sys.stdout.flush()
