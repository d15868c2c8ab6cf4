"""When a report is due: cron or rule, zone, holidays, shift, and what to do about missed ones.

Belongs here: from a requirement's schedule to the periods that are due as of a date. Does not
belong here: opening occurrences in the ledger. Time is an argument: the same arguments, the
same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from distribution.cron import Cron, parse_cron
from distribution.errors import Refused
from distribution.periods import Period, after, before, is_key, period_of
from distribution.rules import Calendar, Rule, parse_rule

CatchUp = Literal["one", "all", "none"]
KEYS = frozenset({"cron", "rule", "timezone", "holiday_calendar", "business_day_shift", "catch_up"})
ALIASES = {"cron_expression": "cron", "time_zone": "timezone", "tz": "timezone"}
SHIFTS = {"next": 1, "following": 1, "forward": 1, "previous": -1, "preceding": -1, "backward": -1}
NO_SHIFT = frozenset({"none", ""})
CALENDARS = {"us": "us_federal", "federal": "us_federal", "usa": "us_federal"}
CATCH_UP: dict[object, CatchUp] = {"one": "one", "all": "all", "none": "none"}
MOST_MISSED = 400
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Schedule:
    """When the report of a period is due."""

    cron: Cron | None
    rule: Rule | None
    zone: ZoneInfo
    calendar: Calendar
    direction: int
    business_days: int
    catch_up: CatchUp

    def due_at(self, period: Period) -> datetime:
        """Return the moment from which the report of the period is due."""
        if self.cron is not None:
            local = self.cron.first_from(datetime.combine(period.end + timedelta(days=1), time()))
        elif self.rule is not None:
            local = datetime.combine(self.rule(period.end, self.calendar), time())
        else:
            local = datetime.combine(period.end, END_OF_DAY)
        day = self._shifted(local.date())
        local = max(datetime.combine(day, local.time()), datetime.combine(period.end, END_OF_DAY))
        return local.replace(tzinfo=self.zone)

    def _shifted(self, day: date) -> date:
        if self.business_days:
            return self.calendar.moved(day, self.business_days)
        if self.direction > 0:
            return self.calendar.at_or_after(day)
        if self.direction < 0:
            return self.calendar.at_or_before(day)
        return day


@dataclass(frozen=True)
class Due:
    """One period whose report is due, and since when."""

    period: Period
    since: datetime


def parse_schedule(
    config: Mapping[str, object],
    holidays: Mapping[str, frozenset[date]],
    default_catch_up: CatchUp,
) -> Schedule:
    """Return the schedule; raise with one clear line where it cannot be read."""
    said = {ALIASES.get(key, key): value for key, value in config.items() if value is not None}
    if unknown := sorted(set(said) - KEYS):
        raise Refused(f"the schedule has an unknown key: {unknown[0]}")
    if "cron" in said and "rule" in said:
        raise Refused("the schedule has both a cron expression and a rule")
    direction, business_days = _shift(said.get("business_day_shift"))
    return Schedule(
        cron=parse_cron(str(said["cron"])) if "cron" in said else None,
        rule=parse_rule(said["rule"]) if "rule" in said else None,
        zone=_zone(said.get("timezone", "UTC")),
        calendar=_calendar(said.get("holiday_calendar"), holidays),
        direction=direction,
        business_days=business_days,
        catch_up=_catch_up(said.get("catch_up"), default_catch_up),
    )


def moment_of(as_of: date, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the clock in the zone; a business date in the future counts to its end."""
    local = now.astimezone(zone)
    if local.date() >= as_of:
        return local
    return datetime.combine(as_of, END_OF_DAY, tzinfo=zone)


def due_periods(
    schedule: Schedule, frequency: str, as_of: date, now: datetime, opened: Collection[str]
) -> tuple[Due, ...]:
    """Return the periods that are due and not opened yet, oldest first.

    Args:
        schedule: when a period's report is due.
        frequency: a periodic reporting frequency.
        as_of: the business date of the data; a period that ends after it is not closed.
        now: the clock, which must have passed the moment the schedule names.
        opened: keys of the occurrences the ledger knows already.
    """
    moment = moment_of(as_of, now, schedule.zone)
    opened = {key for key in opened if is_key(frequency, key)}
    found: list[Due] = []
    period = period_of(frequency, as_of)
    for _ in range(MOST_MISSED):
        if period.key in opened:
            break
        due = Due(period, schedule.due_at(period))
        is_due = period.end <= as_of and due.since <= moment
        if is_due and all(due.since != other.since for other in found):
            found.append(due)
            if not opened or schedule.catch_up != "all":
                break
        period = before(frequency, period)
    if schedule.catch_up == "none":
        found = [due for due in found if due.since.date() >= as_of]
    return tuple(reversed(found))


def next_due(
    schedule: Schedule, frequency: str, as_of: date, now: datetime, opened: Collection[str]
) -> Due:
    """Return the first period whose report is not due yet."""
    moment = moment_of(as_of, now, schedule.zone)
    period = before(frequency, period_of(frequency, as_of))
    for _ in range(MOST_MISSED):
        due = Due(period, schedule.due_at(period))
        if (due.since > moment or period.end > as_of) and period.key not in opened:
            return due
        period = after(frequency, period)
    raise Refused("the schedule never comes due")


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError) as error:
        raise Refused("the schedule names a time zone that does not exist") from error


def _calendar(name: object, holidays: Mapping[str, frozenset[date]]) -> Calendar:
    if name is None or str(name).lower() == "none":
        return Calendar()
    plain = str(name).strip().lower().replace("-", "_").replace(" ", "_")
    plain = CALENDARS.get(plain, plain).removesuffix("_holidays")
    if plain not in holidays:
        known = ", ".join(sorted(holidays)) or "none"
        raise Refused(f"the schedule names an unknown holiday calendar (known: {known})")
    return Calendar(plain, holidays[plain])


def _shift(value: object) -> tuple[int, int]:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 30:
        return 0, value
    text = "none" if value is None else str(value).strip().lower()
    if text in NO_SHIFT:
        return 0, 0
    if text not in SHIFTS:
        raise Refused("business_day_shift is none, next, previous or a number of days")
    return SHIFTS[text], 0


def _catch_up(value: object, default: CatchUp) -> CatchUp:
    if value is None:
        return default
    if isinstance(value, bool):
        return "all" if value else "none"
    if value not in CATCH_UP:
        raise Refused("catch_up is none, one or all")
    return CATCH_UP[value]
