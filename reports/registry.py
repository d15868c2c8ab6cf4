"""Which reports exist: a plain tuple, one line per report; those that need a file apart.

Does not belong here: who gets what when (that is data), or anything a report does.
"""

from __future__ import annotations

from reports.custom import load_declared
from reports.dashboards import executive
from reports.errors import UnknownReport
from reports.filings.aca_226j import report as aca_226j
from reports.filings.aca_1094c import report as aca_1094c
from reports.filings.aca_1095c import datasets as aca_1095c_datasets
from reports.filings.aca_1095c import report as aca_1095c
from reports.filings.aca_audit import report as aca_audit
from reports.filings.aca_exposure import report as aca_exposure
from reports.filings.aca_monitor import report as aca_monitor
from reports.filings.aca_validation import report as aca_validation
from reports.filings.form_5500 import report as form_5500
from reports.model import Report

REPORTS: tuple[Report, ...] = (
    aca_1095c.REPORT,
    aca_1095c_datasets.CODES,
    aca_1095c_datasets.PART_3,
    aca_1095c_datasets.WITHOUT_FORM,
    aca_1094c.REPORT,
    aca_validation.REPORT,
    aca_exposure.REPORT,
    aca_monitor.REPORT,
    aca_226j.REPORT,
    form_5500.REPORT,
    executive.REPORT,
    load_declared("enrollment_census"),
)
WITH_A_FILE: tuple[Report, ...] = (aca_audit.REPORT,)


def find(name: str) -> Report:
    """The report of that name; the error lists those that exist."""
    for report in (*REPORTS, *WITH_A_FILE):
        if report.name == name:
            return report
    known = ", ".join(sorted(report.name for report in (*REPORTS, *WITH_A_FILE)))
    raise UnknownReport(f"there is no report {name!r}; known: {known or 'none'}")
