"""The work list: what a person must settle before the filings of a version are final.

Not here: deciding what is unknown (the models do).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from reports.access.viewer import Viewer
from reports.making import make_document
from reports.model import Report
from reports.requests import latest_request
from reports.snapshot import Snapshot


def read_worklist(
    snapshot: Snapshot, reports: Sequence[Report], viewer: Viewer, company_id: str = ""
) -> list[dict[str, Any]]:
    """Return every open item of the given reports' last complete year or month, blocking first."""
    items: list[dict[str, Any]] = []
    for report in reports:
        for company in snapshot.companies:
            wanted = company.is_active and company_id in ("", company.company_id)
            if wanted:
                items += _items(snapshot, report, viewer, company.company_id, company.name)
    return sorted(items, key=lambda i: (not i["is_blocking"], i["report"], i["company"], i["what"]))


def _items(
    snapshot: Snapshot, report: Report, viewer: Viewer, company_id: str, name: str
) -> list[dict[str, Any]]:
    request = latest_request(report, company_id, snapshot.as_of)
    document = make_document(report, request, snapshot, viewer)
    where = {"report": report.name, "company": name, "period": request.period_label()}
    return [{**where, **asdict(item)} for item in document.work_items]
