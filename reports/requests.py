"""The request a report gets when nobody says which year or month: the last complete one.

Not here: checking what a person asked for.
"""

from __future__ import annotations

from datetime import date, timedelta

from reports.model import Report, ReportRequest


def latest_request(report: Report, company_id: str, as_of: date) -> ReportRequest:
    """Return the request for the last year or month that was complete on the business date."""
    month = _last_month(as_of)
    return ReportRequest(
        company_id=company_id,
        as_of=as_of,
        tax_year=as_of.year - 1 if report.period == "tax_year" else None,
        plan_year=as_of.year - 1 if report.period == "plan_year" else None,
        period=f"{month:%Y-%m}" if report.period == "period" else None,
    )


def _last_month(as_of: date) -> date:
    """Return a day of the last month that has ended on the business date."""
    tomorrow = as_of + timedelta(days=1)
    return as_of if tomorrow.day == 1 else as_of.replace(day=1) - timedelta(days=1)
