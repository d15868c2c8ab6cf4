"""From a snapshot to one finished document: the one door every caller goes through.

Belongs here: reading the rows for a viewer, building, and what refuses a filing whatever its rows
say. Does not belong here: what a document says (its report), or bytes (`render`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from reports.access.viewer import Viewer
from reports.filings.law import with_law
from reports.model import WORST_GRADE, Document, Report, ReportRequest, WorkItem
from reports.snapshot import Snapshot


def make_document(
    report: Report,
    request: ReportRequest,
    snapshot: Snapshot,
    viewer: Viewer,
    given: Mapping[str, pl.DataFrame] | None = None,
) -> Document:
    """Return the document; a filing of a company with a severity-1 check open is refused.

    `given` are the rows of a file beside the data, for a report that reads one.
    """
    rows = {**snapshot.rows(report, request, viewer), **(given or {})}
    facts = snapshot.facts(request.company_id)
    document = report.build(rows, request, facts)
    if report.law:
        document = with_law(document, report.name, rows[report.law])
    if report.kind != "filing" or facts.grade != WORST_GRADE:
        return document
    item = WorkItem(
        what="a check of severity 1 is open",
        why="a filing is refused until the data it stands on is sound: benefits certificate",
        owner="Data engineer",
    )
    return replace(document, work_items=(item, *document.work_items))
