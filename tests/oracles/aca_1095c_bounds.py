"""Random people who stand at a threshold of the law: a cent, an hour, a day or a person beside it.

Belongs here: rows in which one fact is drawn close to one threshold. Does not belong here: on
which side it falls. The oracle decides, and a value of law moved by one step must change an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_OID, uuid5

from tests.oracles.aca_1095c_bound import AREAS, CENT, ONLY_2G, ONLY_2H, PERCENT, offer_at
from tests.oracles.aca_1095c_bounds_periods import Periods
from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_histories import Company
from tests.oracles.aca_1095c_people import YEAR, Dice


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


class _Bounds(Periods):
    """One person at one threshold."""

    # ---- affordability --------------------------------------------------------------------

    def poverty_line(self) -> Example:
        """The price is within eight cents of 9.02 % of a poverty line of the area."""
        area = self.r.choice(sorted(AREAS))
        start, line = self.r.choice([("01", 0), ("02", 1), ("07", 1)])
        limit = (PERCENT * AREAS[area][line] / 1200).quantize(CENT)
        return self._example(
            offers=(offer_at(limit + self.r.randrange(-8, 9) * CENT),),
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
            offers=(offer_at(Decimal(self.r.randrange(11325, 11760)) * CENT),),
            employer={
                "safe_harbor_order": ONLY_2G,
                "fpl_choice": self.r.choice([None, "at_plan_year_start"]),
            },
            plan_years=years,
        )

    def _paid(self, basis: str, amount: Decimal, price: Decimal) -> Example:
        pay = {"basis": basis, "amount": amount, "from_date": date(2020, 1, 1)}
        return self._example(
            offers=(offer_at(price),),
            employer={"safe_harbor_order": ONLY_2H},
            more={"pay_rate": (pay,)},
        )

    def dear_price(self) -> Example:
        """A price within eleven dollars of what is held for a mistake."""
        return self._example(offers=(offer_at(Decimal(3500 + self.r.randrange(-11, 12))),))

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


def _crowd(name: str, people: int, without: int) -> Company:
    """A company in which all but some are offered an affordable plan, full-time by class."""
    company = Example(
        name, YEAR, (), offers=(offer_at(Decimal("20.00")),),
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
