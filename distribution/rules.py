"""Due days in words: "third business day after month end", "day 15", and business days.

Belongs here: the small closed grammar and counting days of business. Does not belong here:
cron (`distribution.cron`) and which occurrences are open (`distribution.schedule`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from distribution.errors import Refused

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
AFTER_END = re.compile(
    r"^(?P<count>\d{1,2}|[a-z]+)(?:st|nd|rd|th)? (?P<business>business )?days?"
    r"(?: after (?:the )?(?:period|day|week|month|quarter|year)(?:'s)? end)?$"
)
DAY_OF_MONTH = re.compile(r"^day (?P<day>\d{1,2})(?: of (?:the )?month)?$")
LAST_DAY = re.compile(r"^last (?P<business>business )?day(?: of (?:the )?month)?$")
AT_ONCE = frozenset({"period end", "at period end", "immediately", "at once"})


@dataclass(frozen=True)
class Calendar:
    """Days of business: Monday to Friday, without the holidays of a named calendar."""

    name: str = ""
    holidays: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Return whether business is done on the day."""
        if self.name and day.year not in {holiday.year for holiday in self.holidays}:
            raise Refused(f"the holiday calendar {self.name} has no days for {day.year}")
        return day.isoweekday() <= 5 and day not in self.holidays

    def at_or_after(self, day: date) -> date:
        """Return the first business day that is not before the day."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def at_or_before(self, day: date) -> date:
        """Return the last business day that is not after the day."""
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def moved(self, day: date, count: int) -> date:
        """Return the day that many business days later, or earlier where negative."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_open(day):
                day += step
        return day


Rule = Callable[[date, Calendar], date]


def parse_rule(rule: object) -> Rule:
    """Return a function from the end of a period to its due day."""
    if isinstance(rule, dict):
        return _from_object(rule)
    text = " ".join(str(rule).lower().replace("_", " ").split())
    if text in AT_ONCE:
        return lambda end, calendar: end
    if match := DAY_OF_MONTH.match(text):
        return _day_of_month(int(match["day"]))
    if match := LAST_DAY.match(text):
        return _last_day(bool(match["business"]))
    if match := AFTER_END.match(text):
        return _after_end(_count(match["count"]), bool(match["business"]))
    raise Refused('the rule is none of "N (business) days after period end", "day N", "last day"')


def _from_object(rule: dict[str, object]) -> Rule:
    keys = set(rule) - {"after"}
    if rule.get("after", "period_end") in {"period_end", "month_end"} and len(keys) == 1:
        key = keys.pop()
        count = rule[key]
        if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= 90:
            if key in {"business_day", "business_days"}:
                return _after_end(count, True)
            if key in {"day", "days"}:
                return _after_end(count, False)
    raise Refused("the rule object may say business_days or days, and after: period_end")


def _count(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in ORDINALS:
        return ORDINALS.index(text) + 1
    raise Refused("the rule does not say which day")


def _after_end(count: int, business: bool) -> Rule:
    if business:
        return lambda end, calendar: calendar.moved(end, count)
    return lambda end, calendar: end + timedelta(days=count)


def _day_of_month(day: int) -> Rule:
    if not 1 <= day <= 31:
        raise Refused("the rule names a day that no month has")

    def due(end: date, calendar: Calendar) -> date:
        start = end + timedelta(days=1)
        return start.replace(day=min(day, monthrange(start.year, start.month)[1]))

    return due


def _last_day(business: bool) -> Rule:
    def due(end: date, calendar: Calendar) -> date:
        start = end + timedelta(days=1)
        last = start.replace(day=monthrange(start.year, start.month)[1])
        return calendar.at_or_before(last) if business else last

    return due
