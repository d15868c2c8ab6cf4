"""What a filing's law values allow: filing, filing once somebody answers for them, or none.

Belongs here: reading the statuses of the values a filing stands on. Does not belong here: the
values (seeds), who attested (the ledger), and the wait before a delivery (`distribution.approval`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from reports.model import Document, WorkItem

NOTICE = "Law values"
OWNER = "Compliance officer"
REFUSING = ("proposed", "unknown", "missing")
RECALLED = "recalled"


def with_law(document: Document, report: str, values: pl.DataFrame) -> Document:
    """Return the document with what its law values ask for.

    A proposed, unknown or missing value refuses the filing; recalled ones are named in a notice and
    give the document the key of the attestation it needs before it may leave. The key holds a hash
    of the recalled values, so that nobody answers for a value that was changed later.
    """
    recalled = values.filter(pl.col("status") == RECALLED).sort("parameter", "law_year")
    items = [*_refusals(values)]
    if recalled.height:
        items.append(_notice(recalled))
    if not items:
        return document
    return replace(
        document,
        work_items=(*document.work_items, *items),
        notes=(*document.notes, *((NOTICE, f"{item.what}: {item.why}") for item in items)),
        attestation=_key(report, document, recalled) if recalled.height else "",
    )


def _refusals(values: pl.DataFrame) -> Iterator[WorkItem]:
    open_values = values.filter(pl.col("status").is_in(REFUSING)).sort("parameter", "law_year")
    for row in open_values.iter_rows(named=True):
        yield WorkItem(
            what=f"the law value {row['parameter']} of {row['law_year']} is {row['status']}",
            why="a filing does not stand on it; nothing is carried over from another year",
            owner=OWNER,
        )


def _notice(recalled: pl.DataFrame) -> WorkItem:
    count = recalled.height
    named = [f"{row['parameter']} {row['law_year']}" for row in recalled.iter_rows(named=True)]
    return WorkItem(
        what=f"{count} law value{'s are' if count > 1 else ' is'} recalled",
        why=f"not checked against the source, so somebody must answer for them: {', '.join(named)}",
        owner=OWNER,
        is_blocking=False,
    )


def _key(report: str, document: Document, recalled: pl.DataFrame) -> str:
    facts = recalled.select("parameter", "law_year", pl.col("value").cast(pl.String), "citation")
    digest = hashlib.sha256(json.dumps(facts.rows()).encode()).hexdigest()[:12]
    return f"law/{report}|{document.request.period_label()}|{digest}"
