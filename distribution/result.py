"""What one pass of distribution did, for the terminal, for machines and for the next step.

Belongs here: frozen lines and their sums. Does not belong here: printing (`cli`). Addresses
stand here masked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

EVERYTHING = "every delivery"
NEEDS_A_PERSON = frozenset({"held", "refused", "unknown", "dead", "retry"})


@dataclass(frozen=True)
class Line:
    """One thing that happened, or did not happen and why."""

    state: str
    company: str
    requirement: str
    report: str
    occurrence: str
    channel: str
    recipient: str
    reason: str
    artifacts: tuple[str, ...] = ()
    key: str = ""
    format: str = ""
    row_count: int | None = None


@dataclass(frozen=True)
class MadeDocument:
    """One due date that was produced in this pass."""

    company: str
    requirement: str
    report: str
    period: str
    format: str
    row_count: int | None
    artifacts: tuple[str, ...]


@dataclass(frozen=True)
class DeliveryReport:
    """Everything one pass did."""

    lines: tuple[Line, ...]
    made: tuple[MadeDocument, ...]
    is_dry_run: bool = False

    def count(self, *states: str) -> int:
        """Return how many lines are in one of the states."""
        return sum(line.state in states for line in self.lines)

    def counts(self) -> dict[str, int]:
        """Return how many lines are in each state."""
        return dict(sorted(Counter(line.state for line in self.lines).items()))

    @property
    def exit_code(self) -> int:
        """0 when nothing waits for a person, 1 when something does."""
        return int(any(line.state in NEEDS_A_PERSON for line in self.lines))

    def summary(self) -> str:
        """Return one line of numbers."""
        failed = self.count("dead", "retry", "unknown")
        held = self.count("held", "refused")
        if self.is_dry_run:
            return f"{self.count('would send')} would be sent, {failed} failed, {held} held"
        return f"{self.count('delivered')} sent, {failed} failed, {held} held"
