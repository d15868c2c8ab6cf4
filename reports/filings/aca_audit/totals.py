"""What the differences of an employer's year add up to, section by section, under the yearly caps.

Belongs here: the sums. Does not belong here: what one difference costs (price), the report's words.

Sections 6721 and 6722 each have a cap of their own for all information returns of one filer in a
year. At least: that of a small business, because nothing here says how large the receipts are.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from reports.filings.aca_audit.price import MONEY

ZERO: Final = Decimal("0.00")
SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "section": pl.String,
    "what": pl.String,
    "count": pl.Int64,
    "low": MONEY,
    "high": MONEY,
    "cap_low": MONEY,
    "cap_high": MONEY,
}
RETURNS: Final = (
    ("6721", "Returns filed wrong or not at all"),
    ("6722", "Statements furnished wrong or not at all"),
)


def totals(found: pl.DataFrame, months: pl.DataFrame, employer: pl.DataFrame) -> pl.DataFrame:
    """Return one row per section: how many, what they cost at least and at most, the cap."""
    people = int((months["missed_count"] + months["unsupported_count"]).sum())
    years = found.filter(pl.col("box") == "line 23 (a)").drop_nulls("assessed_high").height
    rows: list[tuple[object, ...]] = [
        ("4980H(a)", "Months with another column (a)", years, *_sum(months, "a"), None, None),
        (
            "4980H(b)",
            "Months of people protected on one side",
            people,
            *_sum(months, "b"),
            None,
            None,
        ),
    ]
    count = int((found["return_high"] > 0).sum())
    ends = [_returns(employer, count, end) for end in ("low", "high")]
    amounts, caps = zip(*ends, strict=True)
    rows += [(section, what, count, *amounts, *caps) for section, what in RETURNS]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _returns(employer: pl.DataFrame, count: int, end: str) -> tuple[Decimal, Decimal | None]:
    """Return what so many wrong returns cost under one section, and its cap."""
    found = employer.select(f"return_{end}", f"return_cap_{end}").drop_nulls().unique()
    if not found.height:
        return ZERO, None  # an employer without a month of the year has no return to be wrong
    each, cap = found.row(0)
    return min(count * each, cap), cap


def _sum(months: pl.DataFrame, part: str) -> list[Decimal]:
    return [sum(months[f"{part}_{end}"].drop_nulls().to_list(), ZERO) for end in ("low", "high")]
