"""The operational rows that examples of Form 1095-C are made of, each from a few words.

Belongs here: one row or one table's rows. Does not belong here: the examples themselves.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_example import Lines, Row

JAN_24 = date(2024, 1, 1)


def offer(start: date, cost: str | None, response: str = "elected", **more: Any) -> Row:
    price = None if cost is None else Decimal(cost)
    return {"coverage_from": start, "response": response, "employee_self_only_cost": price, **more}


def year(line_14: str, line_15: str | None, line_16: str | None) -> tuple[Lines, ...]:
    return (Lines(1, 12, line_14, line_15, line_16),)


def pay(amount: str) -> dict[str, tuple[Row, ...]]:
    row = {"from_date": date(2018, 1, 1), "basis": "hourly", "amount": Decimal(amount)}
    return {"pay_rate": (row,)}


def wages(year: int, amount: str) -> dict[str, tuple[Row, ...]]:
    return {"annual_wages": ({"tax_year": year, "box_1": Decimal(amount)},)}


def employed_as(first: date, name: str, last: date | None = None) -> Row:
    return {"start_date": first, "end_date": last, "employment_class": name}


def adjustment(kind: str, amount: str, **more: object) -> dict[str, tuple[Row, ...]]:
    row = {"kind": kind, "amount_monthly": Decimal(amount), "from_date": JAN_24, **more}
    return {"contribution_adjustment": (row,)}


def salary(*steps: tuple[date, date | None, str]) -> dict[str, tuple[Row, ...]]:
    return {
        "pay_rate": tuple(
            {
                "from_date": first,
                "to_date": last,
                "basis": "salary_monthly",
                "amount": Decimal(amount),
            }
            for first, last, amount in steps
        )
    }
