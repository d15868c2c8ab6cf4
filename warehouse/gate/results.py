"""How one check of one table ended, never with a value.

Not here: running the checks.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCKING_KINDS = frozenset({"key", "volume"})


@dataclass(frozen=True)
class CheckResult:
    """One check of one landed table."""

    table: str
    check: str
    kind: str
    severity: int
    on_fail: str
    success: bool

    @property
    def is_blocking(self) -> bool:
        """Return whether a failure makes the table unusable (D36): its key or volume is broken."""
        return self.kind in BLOCKING_KINDS and self.on_fail == "quarantine"
