"""Hours of service of one person, day by day (see aca_1095c_measure.py).

Belongs here: what a recorded period credits to each of its days, and which days are spoken for.
Does not belong here: who is full-time, or any SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from tests.oracles.aca_1095c import ONE, Person, days, end_of, to_of

DAY_CREDIT, WEEK_CREDIT = 8, 40
LONGEST = 366
Period = tuple[date, date, Fraction]


class Hours:
    """Credit by day, days that are accounted for, and days in doubt."""

    def __init__(self, person: Person) -> None:
        self.credit: dict[date, Fraction] = defaultdict(Fraction)
        self.spoken: set[date] = set()
        self.doubt: set[date] = set()
        self.periods = sorted(self._periods(person))
        last: date | None = None
        for first, until, hours in self.periods:
            whole = list(days(first, until))
            for day in whole:
                self.credit[day] += hours / len(whole)
            if last is not None and first <= last:
                self.doubt |= set(days(first, min(last, until)))
            last = until if last is None else max(last, until)
            if len(whole) > 1:
                self.spoken |= set(whole)
            else:
                self.spoken |= set(days(first.replace(day=1), end_of(first)))
        self.special, self.school = self._leaves(person)

    def _periods(self, person: Person) -> Iterator[Period]:
        weeks: dict[date, bool] = {}
        for row in person.rows.get("hours_of_service", ()):
            first, last, hours = row["period_start"], row["period_end"], Fraction(row["hours"])
            length = (last - first).days + 1
            if not 1 <= length <= LONGEST:
                continue
            basis = row.get("basis") or self._basis_of_company(person)
            if basis is None:
                self.doubt |= set(days(first, last))
            if basis == "weeks_worked" and length < 7:
                monday = first - timedelta(days=first.weekday())
                weeks[monday] = weeks.get(monday, False) or hours > 0
                continue
            yield first, last, self._credited(basis, hours, length)
        for monday, any_hour in weeks.items():
            yield monday, monday + 6 * ONE, Fraction(WEEK_CREDIT if any_hour else 0)

    @staticmethod
    def _basis_of_company(person: Person) -> str | None:
        said = {p.get("equivalency") or "actual" for p in person.of("measurement_policy")}
        return "actual" if not said else next(iter(said)) if len(said) == 1 else None

    @staticmethod
    def _credited(basis: str | None, hours: Fraction, length: int) -> Fraction:
        """A number the period can hold as days or weeks is a count, a larger one is hours."""
        if basis == "days_worked" and hours > 0 and length == 1:
            return Fraction(DAY_CREDIT)
        if basis == "days_worked" and hours <= length:
            return hours * DAY_CREDIT
        if basis == "weeks_worked" and hours > 0 and length == 7:
            return Fraction(WEEK_CREDIT)
        if basis == "weeks_worked" and hours * 7 <= length + 12:
            return hours * WEEK_CREDIT
        return hours

    def _leaves(self, person: Person) -> tuple[set[date], list[tuple[date, date]]]:
        special: set[date] = set()
        school: set[date] = set()
        for row in person.rows.get("leave_period", ()):
            paid = row.get("is_paid")
            if paid or (paid is None and row["kind"] == "other_paid"):
                continue
            span = set(days(row["from_date"], min(to_of(row, "to_date"), date(2027, 12, 31))))
            self.spoken |= span
            if row["kind"] in {"fmla", "userra", "jury_duty"}:
                special |= span
            elif row["kind"] == "educational_break":
                school |= span
        return special, _runs(school)


def _runs(found: set[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in sorted(found):
        if runs and day - ONE == runs[-1][1]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def weeks_of(hours: Hours, month: date) -> tuple[list[tuple[date, Fraction]], bool]:
    """The weeks that end in the month, and whether a period that is no whole weeks ends there."""
    found: list[tuple[date, Fraction]] = []
    unusable = False
    by_monday: dict[date, Fraction] = defaultdict(Fraction)
    by_months = any((last - first).days >= 28 for first, last, _ in hours.periods)
    for first, last, credit in hours.periods:
        length = (last - first).days + 1
        if length == 1:
            by_monday[first - timedelta(days=first.weekday())] += credit
        elif length in {7, 14, 21, 28} and not (by_months and length == 28 and first.day == 1):
            for number in range(length // 7):
                end = first + timedelta(days=7 * number + 6)
                found.append((end, credit * 7 / length))
        else:
            unusable = unusable or month <= last <= end_of(month)
    found += [(monday + 6 * ONE, credit) for monday, credit in by_monday.items()]
    here = [item for item in found if month <= item[0] <= end_of(month)]
    weekdays = {end.weekday() for end, _ in here}
    return here, unusable or len(weekdays) > 1
