"""The work list: what a person must settle before the filings of a version are final.

Not here: deciding what is unknown (the models do).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from reports.access.viewer import Viewer
from reports.making import make_document
from reports.model import Report, WorkItem
from reports.requests import latest_request
from reports.snapshot import Company, Snapshot

UNKNOWN_ACTIVITY = WorkItem(
    what="it is not known whether the company is active",
    why="nothing is sent for it until the source says true or false:",
    owner="HR data owner",
    table="company",
    column="is_active",
    is_blocking=False,
)


def read_worklist(
    snapshot: Snapshot, reports: Sequence[Report], viewer: Viewer, company_id: str = ""
) -> list[dict[str, Any]]:
    """Return every open item of the given reports' last complete year or month, blocking first."""
    items: list[dict[str, Any]] = []
    for report in reports:
        for company in snapshot.reporting_companies:
            if company_id in ("", company.company_id):
                items += _items(snapshot, report, viewer, company)
    return sorted(items, key=lambda i: (not i["is_blocking"], i["report"], i["company"], i["what"]))


def _items(
    snapshot: Snapshot, report: Report, viewer: Viewer, company: Company
) -> list[dict[str, Any]]:
    request = latest_request(report, company.company_id, snapshot.as_of)
    document = make_document(report, request, snapshot, viewer)
    where = {"report": report.name, "company": company.name, "period": request.period_label()}
    found = (*document.work_items, *([UNKNOWN_ACTIVITY] if company.doubt else []))
    return [{**where, **asdict(item)} for item in found]
