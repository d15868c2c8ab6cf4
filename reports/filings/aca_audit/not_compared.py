"""What could not be compared, one row per person, box and reason with its months.

Belongs here: putting such cells together. Does not belong here: finding them (lines, people,
covered), or any amount: they have none.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.model import Field

UNKNOWN: Final = "cell_unknown"
FIELDS: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
    Field("employee_number", "Employee number", "identifier", "blank", "pii"),
    Field("box", "Box"),
    Field("individual", "Covered individual", null="blank", sensitivity="phi"),
    Field("months", "Months", null="blank"),
    Field("cells", "Cells", "integer"),
    Field("theirs", "Theirs", "identifier", "blank", "pii"),
    Field("ours_why", "Why not known here"),
    Field("rule_id", "Difference", "identifier", on_paper=False),
    Field("suggested_fix", "What to do"),
)
_KEY: Final = ("tax_year", "ein", "employee_number", "form_key", "box", "individual", "ours_why")
_NAMES: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def not_compared(found: pl.DataFrame) -> pl.DataFrame:
    """Return one row per person, box, individual and reason, in that order.

    `months` names them, spans shortened, and is empty where a cell is of the whole form; `theirs`
    holds each value of theirs once.
    """
    cells = found.filter(pl.col("difference") == UNKNOWN)
    return (
        cells.group_by(*_KEY, "rule_id", "suggested_fix")
        .agg(
            pl.col("month").drop_nulls().unique().sort().alias("_months"),
            pl.len().cast(pl.Int64).alias("cells"),
            pl.col("theirs").drop_nulls().unique().sort().str.join(", ").alias("theirs"),
        )
        .with_columns(
            pl.col("_months").map_elements(_spans, return_dtype=pl.String).alias("months"),
            pl.when(pl.col("theirs") != "").then(pl.col("theirs")).alias("theirs"),
        )
        .sort(*_KEY, nulls_last=True)
        .select(field.name for field in FIELDS)
    )


def _spans(months: pl.Series) -> str | None:
    """`Jan, Mar to May` for 1, 3, 4, 5; None for no month."""
    spans: list[list[int]] = []
    for month in months:
        if spans and month == spans[-1][1] + 1:
            spans[-1][1] = month
        else:
            spans.append([month, month])
    words = [
        _NAMES[first - 1] if first == last else f"{_NAMES[first - 1]} to {_NAMES[last - 1]}"
        for first, last in spans
    ]
    return ", ".join(words) or None
