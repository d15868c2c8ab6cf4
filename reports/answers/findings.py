"""The open findings of a version: what compliance rules see broken, worst first.

Not here: the rules (dbt), and accepting a finding (the ledger's waivers).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from reports.errors import RequestError
from reports.snapshot import Snapshot

SEVERITY = {"Critical": 0, "High": 1, "Medium": 2, "Low": 3}
SHOWN = (
    "finding_id",
    "company_id",
    "rule_id",
    "title",
    "basis",
    "severity",
    "citation_status",
    "grain_key",
    "first_seen",
    "is_waived",
    "waived_until",
)


def read_findings(snapshot: Snapshot, company_id: str = "") -> list[dict[str, Any]]:
    """Return every open finding as text by column: unwaived before waived, then by severity."""
    frame = snapshot.table("fct_finding").filter(pl.col("resolved_at").is_null())
    if company_id:
        frame = frame.filter(pl.col("company_id") == company_id)
    rank = pl.col("severity").replace_strict(SEVERITY, default=len(SEVERITY))
    frame = frame.sort("is_waived", rank, "rule_id", "company_id", "grain_key").select(SHOWN)
    dates = pl.col("first_seen", "waived_until").cast(pl.String)
    return frame.with_columns(dates).to_dicts()


def find_finding(snapshot: Snapshot, wanted: str) -> dict[str, Any]:
    """Return the one open finding whose id begins so; raise RequestError otherwise."""
    key = wanted.strip().lower()
    found = [row for row in read_findings(snapshot) if row["finding_id"].startswith(key)]
    if len(key) < 8 or not found:
        raise RequestError(f"no open finding begins with {wanted!r}: benefits findings lists them")
    if len(found) > 1:
        raise RequestError(f"several findings begin with {wanted!r}: give more of it")
    return found[0]
