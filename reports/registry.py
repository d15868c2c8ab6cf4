"""Which reports exist: a plain tuple, one line per report.

Does not belong here: who gets what when (that is data), or anything a report does.
"""

from __future__ import annotations

from reports.errors import UnknownReport
from reports.model import Report

REPORTS: tuple[Report, ...] = ()


def find(name: str) -> Report:
    """The report of that name; the error lists those that exist."""
    for report in REPORTS:
        if report.name == name:
            return report
    known = ", ".join(sorted(report.name for report in REPORTS))
    raise UnknownReport(f"there is no report {name!r}; known: {known or 'none'}")
