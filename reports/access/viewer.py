"""The viewer: whose rows and how sensitive ones may be read.

Belongs here: the answer yes or no, and why not. Does not belong here: roles, permission flags and
their scopes (they will be turned into viewers), or sessions.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.errors import AccessRefused
from reports.model import Report, Sensitivity

_LEVELS: dict[Sensitivity, int] = {"aggregate": 0, "pii": 1, "phi": 2}


@dataclass(frozen=True)
class Viewer:
    """One reader: the companies seen (None: all of the home) and the most sensitive class seen."""

    name: str
    companies: frozenset[str] | None
    clearance: Sensitivity

    def check(self, report: Report, company_id: str) -> None:
        """Raise unless this viewer may see this report of this company."""
        if self.companies is not None and company_id not in self.companies:
            raise AccessRefused(f"{report.name}: {self.name} may not see company {company_id}")
        if _LEVELS[report.sensitivity] > _LEVELS[self.clearance]:
            raise AccessRefused(
                f"{report.name}: it holds {report.sensitivity} data, which {self.name} may not see"
            )


def operator() -> Viewer:
    """Whoever runs the command line on the home's own files: every row is theirs already."""
    return Viewer("operator", None, "phi")


def nobody() -> Viewer:
    """The viewer that sees aggregates of no company."""
    return Viewer("nobody", frozenset(), "aggregate")
