"""The quality certificate as plain values: a grade a company, open checks, missing tables.

Not here: printing, and how a grade is decided.
"""

from __future__ import annotations

from typing import Any

from reports.snapshot import Snapshot


def read_certificate(snapshot: Snapshot, company_id: str = "") -> list[dict[str, Any]]:
    """Return one entry a company, by name, its open checks worst first."""
    grades = snapshot.table("quality.certificate")
    checks = snapshot.table("quality.check_result").sort("severity", "table_name", "check_name")
    entries = []
    for grade in grades.sort("company_name", "company_id").iter_rows(named=True):
        if company_id and grade["company_id"] != company_id:
            continue
        own = checks.filter(checks["company_id"] == grade["company_id"]).drop("company_id")
        entries.append({**grade, "open": own.to_dicts()})
    return entries


def read_missing(snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the tables the source does not have, by the report or function that needs them."""
    found: dict[str, list[str]] = {}
    for feature, table in snapshot.table("quality.missing_input").rows():
        found.setdefault(str(feature), []).append(str(table))
    return found
