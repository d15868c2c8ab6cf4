"""The arithmetic behind codes 2G, 2H, 2F and 1A: what a cost was compared with, in words.

Belongs here: putting the published numbers of a month side by side. Does not belong here: the
comparison itself or any limit; both stand in `rpt_aca_explain__harbor`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from reports.snapshot import Snapshot

HARBOR: Final = "rpt_aca_explain__harbor"
_REGULATION: Final = "26 CFR 54.4980H-5(e)(2)"
_FORM: Final = "Form 1095-C (2024), recipient instructions, code 1A"
_AREAS: Final = {"mainland": "the 48 states", "alaska": "Alaska", "hawaii": "Hawaii", None: ""}
Row = dict[str, Any]


class Harbors:
    """The comparisons of each month of one data version."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def of_month(self, person: Row) -> dict[str, list[Row]]:
        """The comparisons of a person's month by the fact they decide; none without a cost.

        Each says the code, whether the cost passed (None: not tested), both amounts in USD, what
        the limit is made of, and where that stands.
        """
        keys = ("company_id", "employee_id", "tax_year")
        rows = self.snapshot.where(HARBOR, {key: person[key] for key in keys}).to_dicts()
        for row in rows:
            if row["month"] <= person["month"] <= row["last_month"]:
                qualifying, *monthly = comparisons(row)
                return {
                    "is_qualifying": [qualifying],
                    "is_ichra_affordable": monthly,
                    "harbor": monthly,
                }
        return {}


def comparisons(row: Row) -> list[Row]:
    """The comparisons of one published row: of a qualifying offer, 2G, 2H and 2F."""
    return [_mainland(row), _poverty_line(row), _rate_of_pay(row), _wages(row)]


def _compared(code: str, row: Row, **said: Any) -> Row:
    """One comparison; what the employer does not claim stands beside the others."""
    is_claimed = row["uses_1a"] if code == "1A" else code in row["safe_harbor_order"]
    return {"code": code, "is_claimed": is_claimed, "cost": row["price"], "for": "a month", **said}


def _mainland(row: Row) -> Row:
    passes = row["is_within_mainland_limit"]
    return _compared(
        "1A",
        row,
        passes=passes,
        limit=row["limit_1a"],
        made_of=_line(row["pct"], row["line_mainland"], "mainland"),
        citations=_known(_FORM, row["pct_citation"], row["mainland_citation"]),
        untested=None if passes is not None else _unpriced(row),
    )


def _poverty_line(row: Row) -> Row:
    passes = row["is_affordable_2g"]
    reason = _unpriced(row) or "the state of the place of work is not known"
    return _compared(
        "2G",
        row,
        passes=passes,
        limit=row["limit_2g"],
        made_of=_line(row["pct"], row["line_of_area"], row["area"]),
        citations=_known(f"{_REGULATION}(iv)", row["pct_citation"], row["area_citation"]),
        untested=None if passes is not None else reason,
    )


def _rate_of_pay(row: Row) -> Row:
    passes, amount = row["is_affordable_2h"], row["pay_amount"]
    made_of, reason = None, _unpriced(row)
    if row["is_pay_reduced"]:
        made_of = "a monthly salary that was reduced, which the harbor does not admit"
    elif amount is not None and row["pay_basis"] == "hourly":
        made_of = f"{row['pct']} % of {_rate(amount)} an hour for {row['pay_hours']} hours"
    elif amount is not None:
        made_of = f"{row['pct']} % of a monthly salary of {_money(amount)} at the start"
    return _compared(
        "2H",
        row,
        passes=passes,
        limit=row["limit_2h"],
        made_of=made_of,
        citations=_known(f"{_REGULATION}(iii)", row["pct_citation"]),
        untested=None
        if passes is not None
        else reason or "no one rate of pay covers the start of the coverage and every day",
    )


def _wages(row: Row) -> Row:
    passes, box_1 = row["is_affordable_2f"], row["box_1"]
    side = "low" if passes or row["pct_2f_low"] == row["pct_2f_high"] else "high"
    made_of = None
    if row["is_cost_changed"]:
        made_of = "a cost that changed within the plan year, which the harbor does not admit"
    elif box_1 is not None and row[f"pct_2f_{side}"] is not None:
        of_year = f"{row['months_offered']} of {row['months_employed']} months"
        made_of = f"{row[f'pct_2f_{side}']} % of wages of {_money(box_1)} in box 1, for {of_year}"
    return _compared(
        "2F",
        row,
        passes=passes,
        cost=row["price_total"],
        **{"for": "the year"},
        limit=None if row["is_cost_changed"] else row[f"limit_2f_{side}"],
        made_of=made_of,
        citations=_known(f"{_REGULATION}(ii)", row["pct_citation"]),
        untested=None if passes is not None else "box 1, an offer or a cost of the year is open",
    )


def _line(pct: Decimal | None, line: Decimal | None, area: str | None) -> str | None:
    if pct is None or line is None:
        return None
    return f"{pct} % of the poverty line of {_AREAS[area]}, {_money(line)} a year, over 12 months"


def _unpriced(row: Row) -> str:
    if row["price"] is None:
        return "the cost is not known"
    return "" if row["pct"] is not None else "no plan year on file holds the month"


def _known(*citations: str | None) -> list[str]:
    return [text for text in citations if text]


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _rate(amount: Decimal) -> str:
    """A rate of pay with the decimals it has, two at least."""
    short = f"{amount:,.4f}".rstrip("0")
    return short + "0" * max(0, 2 - len(short.partition(".")[2]))
