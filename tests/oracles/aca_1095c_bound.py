"""What every random person at a threshold of the law is made of (see aca_1095c_bounds.py).

Belongs here: an offer, hours, employment as rows. Does not belong here: any threshold.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_people import YEAR, Dice

NEW_YEAR = date(YEAR, 1, 1)
CENT = Decimal("0.01")
AREAS = {"OR": (15060, 15650), "AK": (18810, 19550), "HI": (17310, 17990)}
PERCENT = Decimal("9.02")
ONLY_2G, ONLY_2H = '["2G"]', '["2H"]'
WINDOW = date(2023, 10, 15)
BY_HOURS = {"full_time_basis": "hours"}


def offer_at(price: Decimal | None, since: date = NEW_YEAR) -> Row:
    return {"coverage_from": since, "response": "waived", "employee_self_only_cost": price}


class Bound:
    """One person at one threshold."""

    def __init__(self, dice: Dice, name: str) -> None:
        self.dice, self.r, self.name = dice, dice.r, name

    def _example(self, **facts: Any) -> Example:
        return Example(self.name, YEAR, (), **facts)

    def _hours(self, first: date, last: date, hours: Decimal) -> Row:
        return {"period_start": first, "period_end": last, "hours": hours, "basis": "actual"}

    def _measured(self, rows: list[Row], policies: tuple[Row, ...]) -> Example:
        """Somebody whose full-time status is measured, offered nothing."""
        valid = {"valid_from": date(2020, 1, 1)}
        return self._example(
            employer=BY_HOURS,
            employment=(self._employed(),),
            more={
                "hours_of_service": tuple(rows),
                "measurement_policy": tuple(valid | policy for policy in policies),
            },
        )

    def _employed(self, **facts: Any) -> Row:
        row: Row = {"start_date": date(2018, 3, 1), "employment_class": "full_time"}
        return row | facts
