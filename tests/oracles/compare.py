"""How a recounted figure must stand in a mart: value, status, exact value where it does not fit.

Belongs here: the reading of one measured column. Does not: any formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Limit = Decimal | int
Ranges = Mapping[str, tuple[Limit, Limit]]


def expected_cell(
    value: object, status: str, least: Limit, most: Limit
) -> tuple[object, str, object]:
    """(value, status, exact) of a figure that the column can hold from `least` to `most`."""
    if value is None:
        return None, "not_measured", None
    assert isinstance(value, (Decimal, int))
    if not least <= value <= most:
        return None, "out_of_range", value
    return value, status, None


def cell(row: Mapping[str, object], column: str) -> tuple[object, object, object]:
    """(value, status, exact) as they stand in a mart row."""
    return row[column], row[f"{column}_status"], row.get(f"{column}_exact")


def top(precision: int) -> Decimal:
    """The largest value of a decimal column with two places."""
    return (Decimal(10) ** precision - 1) / 100
