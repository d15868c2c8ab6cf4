"""Random people at a threshold of time: breaks, returns, waiting, the periods of a policy, schools.

Belongs here: rows in which one length is drawn close to one threshold. Does not belong here:
prices and hours (aca_1095c_bounds.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_bound import BY_HOURS, CENT, WINDOW, Bound, offer_at
from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_people import YEAR


class Periods(Bound):
    """One person at one threshold of time."""

    # ---- breaks and returns ----------------------------------------------------------------

    def parity(self) -> Example:
        """A break of three to six weeks after a shorter employment."""
        return self._returned(
            self.r.randrange(5, 20), self.r.randrange(20, 38), policy={"parity_rule": True}
        )

    def break_in_service(self) -> Example:
        """A break within a week and a half of thirteen weeks."""
        return self._returned(400, self.r.randrange(81, 101))

    def break_of_school(self) -> Example:
        """A break within a week and a half of twenty-six weeks, of somebody at a school."""
        return self._returned(400, self.r.randrange(172, 192), is_educational=True)

    def _returned(self, days: int, gap: int, policy: Row | None = None, **facts: Any) -> Example:
        again = date(YEAR, self.r.randrange(3, 8), self.r.randrange(1, 28))
        left = again - timedelta(days=gap + 1)
        hired = left - timedelta(days=days - 1)
        due = (again + timedelta(days=self.r.choice([40, 70]))).replace(day=1)
        policies = (
            ({"method": "monthly", "valid_from": date(2020, 1, 1), **policy},) if policy else ()
        )
        return self._example(
            employment=(
                self._employed(start_date=hired, end_date=left, **facts),
                self._employed(start_date=again, **facts),
            ),
            employee={"original_hire_date": hired},
            offers=(offer_at(Decimal("90.00"), due),),
            more={"measurement_policy": policies},
        )

    def waiting(self) -> Example:
        """An offer that comes within a month of the end of the waiting period."""
        hired = date(YEAR, self.r.randrange(1, 6), self.r.randrange(1, 29))
        months = self.r.randrange(2, 6)
        due = date(YEAR, hired.month + months, 1)
        return self._example(
            employment=(self._employed(start_date=hired),),
            employee={"original_hire_date": hired},
            offers=(offer_at(Decimal("90.00"), due),),
        )

    # ---- the periods of a policy ------------------------------------------------------------

    def administrative_days(self) -> Example:
        """An administrative period within two days of ninety."""
        policy = {
            "standard_start_month_day": "10-03",
            "standard_length_months": 12,
            "stability_length_months": 12,
            "admin_length_days": self.r.randrange(88, 93),
        }
        return self._looked_back(policy, date(2023, 10, 3))

    def length_of_measurement(self) -> Example:
        """A measurement period of two to four months, or of eleven to thirteen."""
        length = self.r.choice([2, 3, 4, 11, 12, 13])
        policy = {
            "standard_start_month_day": "09-01" if length < 6 else "11-01",
            "standard_length_months": length,
            "stability_start_month_day": "01-01",
            "stability_length_months": 6 if length < 6 else 12,
        }
        return self._looked_back(policy, date(2022, 11, 1))

    def length_of_stability(self) -> Example:
        """A stability period of five to seven months, or of eleven to thirteen."""
        policy = {
            "standard_start_month_day": "10-03",
            "standard_length_months": 5,
            "stability_start_month_day": "04-01",
            "stability_length_months": self.r.choice([5, 6, 7, 11, 12, 13]),
        }
        return self._looked_back(policy, date(2023, 10, 3))

    def _looked_back(self, policy: Row, first: date) -> Example:
        rows, hours = [], Decimal(self.r.choice([100, 150]))
        start = first
        while start <= date(YEAR, 12, 31):
            end = (start.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            rows.append(self._hours(start, end, hours))
            start = end + timedelta(days=1)
        return self._measured(rows, ({"method": "look_back", **policy},))

    # ---- schools ------------------------------------------------------------------------------

    def school_break(self) -> Example:
        """A break of three to five weeks that decides whether the year of hours is full-time."""
        return self._school(date(2024, 6, 2), self.r.randrange(20, 37), Decimal("1500.00"))

    def school_credit(self) -> Example:
        """A long break whose credit, at most 501 hours, lifts the year to 1,560 or just not."""
        total = Decimal(2118 + self.r.randrange(-3, 4)) / 2
        return self._school(date(2024, 5, 1), 120, total)

    def _school(self, start: date, days: int, total: Decimal) -> Example:
        """A year from 15 October 2023 whose hours add up to a total, all outside the break."""
        back, end = start + timedelta(days=days), date(2024, 10, 14)
        rows = [
            self._hours(WINDOW, start - timedelta(days=1), (total / 2).quantize(CENT)),
            self._hours(start, back - timedelta(days=1), Decimal(0)),
            self._hours(back, end, total - (total / 2).quantize(CENT)),
        ]
        leave = {
            "kind": "educational_break",
            "is_paid": False,
            "from_date": start,
            "to_date": back - timedelta(days=1),
        }
        policy = {
            "method": "look_back",
            "valid_from": date(2020, 1, 1),
            "standard_start_month_day": "10-15",
            "standard_length_months": 12,
            "stability_start_month_day": "01-01",
            "stability_length_months": 12,
        }
        return self._example(
            employer=BY_HOURS,
            employment=(self._employed(is_educational=True),),
            more={
                "hours_of_service": tuple(rows),
                "leave_period": (leave,),
                "measurement_policy": (policy,),
            },
        )
