"""The copy a recipient may get: taxpayer numbers of people shown by their last four digits.

The recipient's instructions of line 2 say so, and 26 CFR 301.6109-4 allows it on a statement to the
payee. The employer's own number is never truncated, and nothing is on what goes to the IRS.
Not here: drawing, delivery.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.errors import DocumentError, RequestError
from reports.model import ReportRequest

PARAMETER: Final = "copy"
RECIPIENT: Final = "recipient"
WHOLE: Final = r"^\d{3}-?\d{2}-?\d{4}$"
HIDDEN: Final = "***-**-"


def copy_of(request: ReportRequest) -> str:
    """Return "recipient" where that copy is asked for, "" for the full one; refuse any other."""
    asked = str(request.parameters.get(PARAMETER, ""))
    if asked not in ("", RECIPIENT):
        raise RequestError(f"aca_1095c: {PARAMETER}={RECIPIENT} or no {PARAMETER}, not {asked!r}")
    return asked


def truncated(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return the frame with the column's numbers by their last four digits; refuse odd ones."""
    odd = frame.filter(pl.col(column).is_not_null() & ~pl.col(column).str.contains(WHOLE))
    if odd.height:
        employee = odd["employee_number"][0]
        raise DocumentError(f"Form 1095-C, employee {employee}: a taxpayer number is not whole")
    shown = pl.when(pl.col(column).is_not_null()).then(HIDDEN + pl.col(column).str.tail(4))
    return frame.with_columns(shown.alias(column))
