"""Who is full-time, month by month and day by day: the monthly and the look-back method.

Belongs here: services (employment with breaks) and what is measured. Does not belong here: hours
of a day (aca_1095c_hours.py), the periods of a policy (aca_1095c_policy.py), or any SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracles.aca_1095c import (
    ONE,
    Fact,
    Person,
    Reading,
    days,
    end_of,
    months_on,
    to_of,
)
from tests.oracles.aca_1095c_hours import Hours, weeks_of
from tests.oracles.aca_1095c_policy import (
    Policies,
    Service,
    Span,
    Window,
    first_from,
    initial_window,
    is_expected,
    is_standard_lawful,
    standard_windows,
)

FULL_MONTH, WEEK_HOURS, SCHOOL_CAP = 130, 30, 501


@dataclass(frozen=True)
class Status:
    """The answer for one month; initial while the first measurement is still running."""

    fact: Fact
    initial: bool = False
    changed_from: date | None = None
    stable_from: date | None = None
    measured: Fact = None
    is_open: bool = False


class Measure:
    """The status of one person, month by month."""

    def __init__(self, person: Person, read: Reading, as_of: date) -> None:
        self.person, self.read, self.as_of = person, read, as_of
        self.hours = Hours(person)
        self.policies = Policies(person, read)
        self.services = self._services()
        self.worked = {d for s in read.spans for d in days(s[0], min(s[1], date(2027, 12, 31)))}

    def service_of(self, month: date) -> Service:
        """The service of the last employment that touches the month."""
        span = self.read.span_of(month)
        return next(s for s in self.services if span in s.spans)

    def is_return(self, month: date) -> bool:
        """The last employment of the month is a return into a running service."""
        return self.read.span_of(month) != self.service_of(month).spans[0]

    # ---- services -------------------------------------------------------------------------

    def _services(self) -> list[Service]:
        found: list[Service] = []
        groups: list[list[Span]] = []
        for span in self.read.spans:
            if groups and not self._is_new(groups[-1][-1], span):
                groups[-1].append(span)
            else:
                groups.append([span])
        hired = self.person.employee.get("original_hire_date")
        for number, spans in enumerate(groups):
            inside = [
                p for p in self.read.periods if spans[0][0] <= p["start_date"] <= spans[-1][1]
            ]
            starts = [p["start_date"] for p in inside if p["employment_class"] == "full_time"]
            found.append(
                Service(
                    spans,
                    is_expected([p for p in inside if p["start_date"] == spans[0][0]]),
                    min(starts, default=None),
                    any(p.get("is_educational") for p in inside),
                    number > 0 or hired is None or hired >= spans[0][0],
                )
            )
        return found

    def _is_new(self, before: Span, span: Span) -> bool:
        gap = (span[0] - before[1]).days - 1
        here = [
            p
            for p in self.read.periods
            if any(s[0] <= p["start_date"] <= s[1] for s in (before, span))
        ]
        weeks = 26 if any(p.get("is_educational") for p in here) else 13
        policies = [
            p
            for p in self.person.of("measurement_policy")
            if p["valid_from"] <= span[0] <= to_of(p, "valid_to")
        ]
        weeks = max([weeks, *(p["break_weeks"] for p in policies if p.get("break_weeks"))])
        if gap >= 7 * weeks:
            return True
        parity = any(p.get("parity_rule") for p in policies)
        return parity and gap >= 28 and gap > (before[1] - before[0]).days + 1

    # ---- the monthly method -----------------------------------------------------------------

    def monthly(self, month: date) -> Fact:
        """Full-time by the hours of the month itself."""
        policy, unread = self.policies.of(month)
        last = end_of(month)
        if unread:
            return None
        if policy and policy["method"] == "monthly" and policy.get("weekly_rule"):
            return self._weekly(month)
        if self.hours.doubt & set(days(month, last)):
            return None
        if sum(self.hours.credit.get(d, Fraction(0)) for d in days(month, last)) >= FULL_MONTH:
            return True
        worked = [d for d in days(month, last) if d in self.worked]
        spoken = [d for d in days(month, last) if d in self.hours.spoken]
        if not self.read.complete("hours_of_service", month) or len(spoken) < len(worked):
            return None
        return False

    def _weekly(self, month: date) -> Fact:
        weeks, unusable = weeks_of(self.hours, month)
        span = self.read.span_of(month)
        if not weeks or unusable or span is None:
            return None
        if self.hours.doubt & set(days(month, end_of(month))):
            return None
        ends = [d for d in days(month, end_of(month)) if d.weekday() == weeks[0][0].weekday()]
        if sum(credit for _, credit in weeks) >= WEEK_HOURS * len(ends):
            return True
        needed = [e for e in ends if e >= span[0] and e - 6 * ONE <= span[1]]
        if not self.read.complete("hours_of_service", month) or len(weeks) < len(needed):
            return None
        return False

    # ---- the look-back method ---------------------------------------------------------------

    def status(self, month: date) -> Status:
        """Full-time for the month under the method in force."""
        classes = self.read.classes(month)
        by_class = (self.person.employer.get("full_time_basis") or "hours") == "class"
        known = {"full_time": True, "part_time": False}
        if by_class and len(classes) == 1 and (only := next(iter(classes))) in known:
            return Status(known[only])
        policy, unread = self.policies.of(month)
        if unread:
            return Status(None)
        is_monthly = policy is None or policy["method"] == "monthly"
        kept = self._kept(month)
        if True in kept or (is_monthly and self.monthly(month)):
            return Status(True)
        if None in kept:
            return Status(None)
        if policy is None or is_monthly:
            return Status(self.monthly(month))
        return Status(False) if kept else self._look_back(month, policy)

    def _kept(self, month: date) -> list[Fact]:
        """What stability periods say that ran when their policy was left."""
        service = self.service_of(month)
        found: list[Fact] = []
        for window in self.policies.left_behind(service, month):
            fact = self._measured(window, service)
            if fact is not False or month <= window.part_time_to:
                found.append(fact)
        return found

    def _look_back(self, month: date, policy: dict[str, Any]) -> Status:
        service = self.service_of(month)
        initial = initial_window(policy, service)
        standard = standard_windows(policy, service, month)
        measured = self._measured(initial, service) if initial else None
        is_open = bool(initial and initial.last > self.as_of)
        changed = self._changed_from(service, initial)
        about = (changed, initial.stable_from if initial else None, measured, is_open)
        stable = [w for w in [*standard, initial] if w and w.stable_from <= month <= w.stable_to]
        facts = [self._measured(w, service) for w in stable]
        if True in facts:
            return Status(True, False, *about)
        entered = self.policies.came_from_monthly(service, month)
        if entered and all(w.first < entered for w in stable):
            by_month = self.monthly(month)
            if by_month is not False:
                return Status(by_month, False, *about)
        by_class = not standard and self.class_now(month) == "full_time"
        if changed and by_class and month >= changed:
            return Status(True, False, *about)
        if changed and initial and by_class and measured is False and initial.stable_from <= month:
            return Status(False, True, *about)
        if None in facts:
            return Status(None, False, *about)
        if facts:
            overdue = any(month > w.part_time_to for w in stable)
            return Status(None if overdue else False, False, *about)
        if not service.known_start:
            return Status(None, False, *about)
        if initial and month < initial.stable_from:
            return Status(False, True, *about)
        if initial:
            return Status(measured, False, *about)
        if not is_standard_lawful(policy) or not service.expected:
            return Status(None, False, *about)
        return Status(self.monthly(month), False, *about)

    def class_now(self, month: date) -> str:
        """The class of the employment row that holds at the end of the month."""
        mine = [
            p
            for p in self.read.periods
            if p["start_date"] <= end_of(month) and to_of(p, "end_date") >= month
        ]
        mine = sorted(mine, key=lambda p: p["id"])
        return str(sorted(mine, key=lambda p: p["start_date"], reverse=True)[0]["employment_class"])

    def _changed_from(self, service: Service, initial: Window | None) -> date | None:
        since = service.full_time_from
        if initial is None or since is None or not service.start < since <= initial.last:
            return None
        return months_on(first_from(since), 3)

    def _measured(self, window: Window, service: Service) -> Fact:
        inside = set(days(window.first, window.last))
        if not window.lawful or window.last > self.as_of or self.hours.doubt & inside:
            return None
        special = inside & self.hours.special
        school: set[date] = set()
        if any(s.educational for s in self.services):
            for first, last in self.hours.school:
                if (last - first).days + 1 >= 28:
                    school |= inside & set(days(first, last))
        counted = len(inside) - len(special) - len(school)
        if counted <= 0:
            return None
        total = sum((self.hours.credit.get(d, Fraction(0)) for d in inside), Fraction(0))
        rate = total / counted
        year = window.first.year
        parts = [sum(d.year == y for d in school) for y in (year, year + 1)]
        credited = total + rate * len(special)
        credited += sum(min(rate * part, Fraction(SCHOOL_CAP)) for part in parts)
        if credited >= FULL_MONTH * window.months:
            return True
        stated = [r for r in self.person.of("data_completeness") if r["table_name"] == _HOURS]
        complete = not stated or any(
            r["complete_from"] <= window.first and r["complete_to"] >= window.last for r in stated
        )
        if not complete or len(inside & self.hours.spoken) < len(inside & self.worked):
            return None
        return False


_HOURS = "hours_of_service"
