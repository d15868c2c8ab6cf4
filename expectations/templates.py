"""Empty files a newcomer fills: one CSV header per operational table, printed from the contracts.

Belongs here: which columns a template shows, in which order. Does not: writing them anywhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from expectations.contract import Contract

FAMILIES = ("benefits", "hr")


def csv_templates(contracts: Mapping[str, Contract]) -> dict[str, str]:
    """Return the header line of every operational table by file name; secrets are never asked."""
    return {
        f"{table}.csv": _header(contract)
        for table, contract in contracts.items()
        if contract.family in FAMILIES
    }


def _header(contract: Contract) -> str:
    """Return one line: required columns first, then the others as the contract lists them."""
    shown = [c for c in contract.columns if c.sensitivity != "secret" or c.hashed]
    ordered = sorted(shown, key=lambda c: not (c.required or c.name in contract.primary_key))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([c.name for c in ordered])
    return out.getvalue()
