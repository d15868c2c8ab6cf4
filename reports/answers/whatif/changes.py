"""What a scenario changes: other contents for a few inputs of the law models, and nothing below.

Belongs here: for each thing that can be set, the relation it stands in and its other content, which
is a file of the folder `sql`. There `{this}` is what a relation would be, `standing` the published
build, `asked_…` the frames of the scenario. Does not belong here: any rule; what follows is the
models' own compiled SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl

from reports.answers.whatif.asked import Asked, Share

MONEY: Final = pl.Decimal(14, 2)
FACTOR: Final = pl.Decimal(14, 6)

_SQL: Final = Path(__file__).parent / "sql"


def changes_of(asked: Asked) -> dict[str, str]:
    """The other content of each relation that a scenario changes, as SQL; nothing set, nothing."""
    found: dict[str, str] = {}
    if asked.law:
        found["law_aca"] = _sql("law")
    if asked.eligibility_hours is not None:
        found["stg_hr__benefit_offer"] = _sql("eligible_offer")
        found["int_enrollment__coverage_interval"] = _sql("eligible_coverage")
        found["int_law__aca_employee_year"] = _sql("eligible_person")
    if asked.safe_harbors is not None:
        name = "int_law__aca_employee_year"
        found[name] = _sql("safe_harbor").replace("{this}", f"({found.get(name, 'from {this}')})")
    if asked.contributions:
        found["int_law__aca_priced_offer_month"] = _sql("offer_price")
        found["int_law__aca_rate_month"] = _sql("rate")
    if asked.contributions or asked.prices:
        found["int_cost__enrollment_span"] = _sql("cost")
    return found


def _sql(name: str) -> str:
    """One change of the folder `sql`; who reaches the hours is the same in each that asks."""
    text = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
    if "{eligible}" in text:
        text = text.replace("{eligible}", (_SQL / "eligible.sql").read_text(encoding="utf-8"))
    return text


def frames_of(asked: Asked) -> Mapping[str, pl.DataFrame]:
    """What the changes read by name: the values that were set."""
    year = asked.tax_year
    law = [(parameter, at, value) for (parameter, at), value in sorted(asked.law.items())]
    hours = [] if asked.eligibility_hours is None else [asked.eligibility_hours]
    harbors = [] if asked.safe_harbors is None else [asked.safe_harbors]
    order = ["[" + ",".join(f'"{code}"' for code in codes) + "]" for codes in harbors]
    first, last = pl.date(year, 1, 1), pl.date(year, 12, 31)
    return {
        "asked_law": pl.DataFrame(
            law,
            {"parameter": pl.String, "tax_year": pl.Int32, "value": pl.Decimal(14, 4)},
            orient="row",
        ),
        "asked_harbor": _of_year(pl.DataFrame({"safe_harbor_order": order}), year),
        "asked_hours": _of_year(
            pl.DataFrame({"hours": hours}, {"hours": pl.Decimal(14, 4)}), year
        ).with_columns(first.alias("year_start"), last.alias("year_end")),
        "asked_contribution": _shares(asked.contributions, year),
        "asked_price": _shares(asked.prices, year),
    }


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.with_columns(pl.lit(year, pl.Int32).alias("tax_year"))


def _shares(shares: Sequence[Share], year: int) -> pl.DataFrame:
    rows: list[tuple[str, str | None, Decimal | None, Decimal | None]] = [
        (s.benefit_plan_id, s.contribution_class, s.amount, s.factor) for s in shares
    ]
    frame = pl.DataFrame(
        rows,
        {
            "benefit_plan_id": pl.String,
            "contribution_class": pl.String,
            "amount": MONEY,
            "factor": FACTOR,
        },
        orient="row",
    )
    return _of_year(frame, year)
