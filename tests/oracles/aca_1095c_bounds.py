"""Random people who stand at a threshold of the law: a cent, an hour, a day or a person beside it.

Belongs here: rows in which one fact is drawn close to one threshold. Does not belong here: on
which side it falls. The oracle decides, and a value of law moved by one step must change an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_histories import Company
from tests.oracles.aca_1095c_people import YEAR, Dice

NEW_YEAR = date(YEAR, 1, 1)
CENT = Decimal("0.01")
AREAS = {"OR": (15060, 15650), "AK": (18810, 19550), "HI": (17310, 17990)}
PERCENT = Decimal("9.02")
ONLY_2G, ONLY_2H = '["2G"]', '["2H"]'
WINDOW = date(2023, 10, 15)
BY_HOURS = {"full_time_basis": "hours"}


def near_the_bounds(seed: int, each: int) -> Iterator[Company]:
    """So many people at each threshold, and the crowds in which one person more or less counts.

    There are six poverty lines: three areas, and two years that a plan year may fall back on.
    """
    for name in DRAWS:
        for number in range(each * (6 if name == "poverty_line" else 1)):
            dice = Dice(seed + number)
            example = getattr(_Bounds(dice, f"{name}-{seed}-{number}"), name)()
            yield example.company()
    for people, without in ((120, 6), (120, 7), (24, 5), (24, 6), (50, 1), (67, 2)):
        yield _crowd(f"crowd-{seed}-{people}-{without}", people, without)


def _offer(price: Decimal | None, since: date = NEW_YEAR) -> Row:
    return {"coverage_from": since, "response": "waived", "employee_self_only_cost": price}


class _Bounds:
    """One person at one threshold."""

    def __init__(self, dice: Dice, name: str) -> None:
        self.dice, self.r, self.name = dice, dice.r, name

    def _example(self, **facts: Any) -> Example:
        return Example(self.name, YEAR, (), **facts)

    # ---- affordability --------------------------------------------------------------------

    def poverty_line(self) -> Example:
        """The price is within eight cents of 9.02 % of a poverty line of the area."""
        area = self.r.choice(sorted(AREAS))
        start, line = self.r.choice([("01", 0), ("02", 1), ("07", 1)])
        limit = (PERCENT * AREAS[area][line] / 1200).quantize(CENT)
        return self._example(
            offers=(_offer(limit + self.r.randrange(-8, 9) * CENT),),
            employment=(self._employed(worksite_state=area),),
            employer={
                "safe_harbor_order": ONLY_2G,
                "fpl_choice": self.r.choice([None, "at_plan_year_start"]),
            },
            plan_start=start,
        )

    def percentage(self) -> Example:
        """The price is within a few cents of the percentage of a monthly salary."""
        salary = Decimal(self.r.randrange(1200, 9000))
        limit = (PERCENT * salary / 100).quantize(CENT)
        return self._paid("salary_monthly", salary, limit + self.r.randrange(-40, 41) * CENT)

    def rate_of_pay(self) -> Example:
        """The price is within what one hour more or less a month would allow."""
        wage = Decimal(self.r.randrange(900, 4000)) * CENT
        hours = Decimal(self.r.randrange(12900, 13101)) / 100
        return self._paid("hourly", wage, (PERCENT * wage * hours / 100).quantize(CENT))

    def guideline_day(self) -> Example:
        """The plan year starts within two days of the day the poverty line comes into force."""
        start = date(YEAR, 1, self.r.randrange(13, 18))
        before = start - timedelta(days=1)
        years = (
            {"start_date": date(YEAR - 1, 1, 20), "end_date": before},
            {"start_date": start, "end_date": date(YEAR + 1, 1, 10)},
        )
        return self._example(
            offers=(_offer(Decimal(self.r.randrange(11325, 11760)) * CENT),),
            employer={
                "safe_harbor_order": ONLY_2G,
                "fpl_choice": self.r.choice([None, "at_plan_year_start"]),
            },
            plan_years=years,
        )

    def _paid(self, basis: str, amount: Decimal, price: Decimal) -> Example:
        pay = {"basis": basis, "amount": amount, "from_date": date(2020, 1, 1)}
        return self._example(
            offers=(_offer(price),),
            employer={"safe_harbor_order": ONLY_2H},
            more={"pay_rate": (pay,)},
        )

    def dear_price(self) -> Example:
        """A price within eleven dollars of what is held for a mistake."""
        return self._example(offers=(_offer(Decimal(3500 + self.r.randrange(-11, 12))),))

    # ---- hours -----------------------------------------------------------------------------

    def month_of_hours(self) -> Example:
        """Hours of each month within an hour and a half of 130."""
        rows = []
        for month in range(1, 13):
            first = date(YEAR, month, 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            rows.append(self._hours(first, last, Decimal(260 + self.r.randrange(-3, 4)) / 2))
        return self._measured(rows, ())

    def weeks_of_hours(self) -> Example:
        """Weeks of thirty hours, of which one in four is a little off."""
        rows = []
        start = date(YEAR - 1, 12, self.r.randrange(1, 8))
        while start <= date(YEAR, 12, 31):
            hours = self.r.choice(["30", "30", "30", "30.5", "29.5", "29"])
            rows.append(self._hours(start, start + timedelta(days=6), Decimal(hours)))
            start += timedelta(days=7)
        return self._measured(rows, ({"method": "monthly", "weekly_rule": True},))

    def days_worked(self) -> Example:
        """Sixteen or seventeen days a month, credited with eight hours each."""
        rows = []
        for month in range(1, 13):
            first = date(YEAR, month, 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            row = self._hours(first, last, Decimal(self.r.choice([16, 17])))
            rows.append(row | {"basis": "days_worked"})
        return self._measured(rows, ({"method": "monthly"},))

    def weeks_worked(self) -> Example:
        """Thirty-five or thirty-six weeks in eleven months, credited with forty hours each."""
        rows, start = [], date(2023, 12, 1)
        more = self.r.sample(range(11), self.r.choice([2, 3]))
        for number in range(11):
            last = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            row = self._hours(start, last, Decimal(4 if number in more else 3))
            rows.append(row | {"basis": "weeks_worked"})
            start = last + timedelta(days=1)
        policy = {
            "method": "look_back",
            "standard_start_month_day": "12-01",
            "standard_length_months": 11,
            "stability_start_month_day": "01-01",
            "stability_length_months": 12,
        }
        return self._measured(rows, (policy,))

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
            offers=(_offer(Decimal("90.00"), due),),
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
            offers=(_offer(Decimal("90.00"), due),),
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

    def _employed(self, **facts: Any) -> Row:
        row: Row = {"start_date": date(2018, 3, 1), "employment_class": "full_time"}
        return row | facts


def _crowd(name: str, people: int, without: int) -> Company:
    """A company in which all but some are offered an affordable plan, full-time by class."""
    company = Example(
        name, YEAR, (), offers=(_offer(Decimal("20.00")),),
        employer={"ninety_eight_percent_method": True},
    ).company()  # fmt: skip
    first = company.people[0]
    company.people = []
    for number in range(people):
        own = {
            key["id"]: str(uuid5(NAMESPACE_OID, f"{key['id']}/{number}")) for key in _rows(first)
        }
        rows = {
            table: [{k: own.get(v, v) for k, v in row.items()} for row in found]
            for table, found in first.items()
        }
        rows["employee"][0]["employee_number"] = f"E{number}"
        if number < without:
            rows["benefit_offer"] = []
        company.people.append(rows)
    return company


def _rows(person: dict[str, list[Row]]) -> list[Row]:
    return [row for found in person.values() for row in found]


DRAWS = (
    "poverty_line", "percentage", "rate_of_pay", "guideline_day", "dear_price", "month_of_hours",
    "weeks_of_hours", "days_worked", "weeks_worked", "parity", "break_in_service",
    "break_of_school", "waiting", "administrative_days", "length_of_measurement",
    "length_of_stability", "school_break", "school_credit",
)  # fmt: skip
