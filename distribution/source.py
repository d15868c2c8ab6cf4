"""What distribution reads of the published snapshot: requirements, people, holidays.

Belongs here: reading them per company through the one reader. Does not belong here: judging.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from distribution.recipients import Person, persons_from
from distribution.requirement import Requirement, requirement_from
from reports.access.viewer import operator
from reports.model import Document, Facts, Report, ReportRequest
from reports.snapshot import Company, Snapshot

REQUIREMENT = "rpt_distribution__requirement"
RECIPIENT = "rpt_distribution__recipient"
HOLIDAY = "rpt_distribution__holiday"


@dataclass(frozen=True)
class CompanySettings:
    """What one company wants to send, to whom it may, and its days off."""

    company: Company
    requirements: tuple[Requirement, ...]
    people: tuple[Person, ...]
    holidays: Mapping[str, frozenset[date]]


def read_settings(snapshot: Snapshot) -> tuple[CompanySettings, ...]:
    """Return the settings of every company of the snapshot."""
    return tuple(_of_company(snapshot, company) for company in snapshot.companies)


def _of_company(snapshot: Snapshot, company: Company) -> CompanySettings:
    request = ReportRequest(company.company_id, snapshot.as_of)
    rows = snapshot.rows(_settings_report(), request, operator())
    return CompanySettings(
        company=company,
        requirements=tuple(
            requirement_from(row) for row in rows[REQUIREMENT].iter_rows(named=True)
        ),
        people=persons_from(rows[RECIPIENT].iter_rows(named=True)),
        holidays=_holidays(rows[HOLIDAY]),
    )


def _holidays(frame: pl.DataFrame) -> dict[str, frozenset[date]]:
    found: dict[str, set[date]] = {}
    for calendar, day in frame.select("calendar", "holiday_date").iter_rows():
        found.setdefault(str(calendar), set()).add(day)
    return {calendar: frozenset(days) for calendar, days in found.items()}


def _settings_report() -> Report:
    return Report(
        name="distribution",
        title="Distribution settings",
        kind="dataset",
        rows=(REQUIREMENT, RECIPIENT, HOLIDAY),
        formats=(),
        build=_not_a_document,
        sensitivity="pii",
    )


def _not_a_document(
    rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts
) -> Document:
    raise NotImplementedError("settings are read, never printed")
