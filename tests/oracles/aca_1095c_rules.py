"""The rules of Form 1095-C over one person's reading, month by month (see aca_1095c.py).

Belongs here: full-time, offers, enrollment, waiting periods, the lowest self-only cost.
Does not belong here: reading rows, or any SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from typing import Any, TypeVar, cast

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
from tests.oracles.aca_1095c_price import cheapest

Result = TypeVar("Result")


def _once(method: Callable[[Rules, date], Result]) -> Callable[[Rules, date], Result]:
    """The fact of a month, worked out once."""

    @wraps(method)
    def remembered(self: Rules, month: date) -> Result:
        key = (method.__name__, month)
        if key not in self.known:
            self.known[key] = method(self, month)
        return cast(Result, self.known[key])

    return remembered


class Rules:
    """The facts of each month of one person."""

    def __init__(self, person: Person, as_of: date) -> None:
        self.person = person
        self.as_of = as_of
        self.known: dict[tuple[str, date], Any] = {}
        self.read = Reading(person)
        self.blocked = (person.employee.get("worker_type") or "employee") != "employee"

    @_once
    def employed(self, month: date) -> Fact:
        """Employed on any day."""
        if not self.read.complete("employment_period", month):
            return None
        return self.read.span_of(month) is not None

    @_once
    def full_time(self, month: date) -> Fact:
        """Full-time by declared class or by hours of the month."""
        employed = self.employed(month)
        if not employed:
            return employed
        if (self.person.employer.get("full_time_basis") or "hours") == "class":
            classes = self.read.classes(month)
            known = {"full_time": True, "part_time": False}
            return known.get(next(iter(classes))) if len(classes) == 1 else None
        return self._full_time_by_hours(month)

    def _full_time_by_hours(self, month: date) -> Fact:
        for policy in self.person.of("measurement_policy"):
            is_undecided = policy["method"] == "look_back" or policy.get("weekly_rule")
            in_force = policy["valid_from"] <= end_of(month) and to_of(policy, "valid_to") >= month
            if in_force and is_undecided:
                return None
        credited: dict[date, Fraction] = {}
        count = 0
        for row in self.person.rows.get("hours_of_service", ()):
            whole = list(days(row["period_start"], row["period_end"]))
            for day in whole:
                if month <= day <= end_of(month):
                    count += 1
                    share = Fraction(row["hours"]) / len(whole)
                    credited[day] = credited.get(day, Fraction(0)) + share
        if not credited or count > end_of(month).day:
            return None
        if sum(credited.values()) >= 130:
            return True
        worked = sum(
            any(s[0] <= d <= s[1] for s in self.read.spans) for d in days(month, end_of(month))
        )
        if not self.read.complete("hours_of_service", month) or count < worked:
            return None
        return False

    def offer_known(self, month: date) -> bool:
        """Nothing about the offers of the month is in doubt."""
        last = end_of(month)
        for row in self.person.rows.get("multiemployer_contribution", ()):
            if row["from_date"] <= last and to_of(row, "to_date") >= month:
                return False
        for offer in self.read.offers:
            until = end_of(offer["span"][1]) if offer["cut_unknown"] else offer["to"]
            if offer["from"] <= last and until >= month:
                if offer["doubt"]:
                    return False
                if offer["cut_unknown"] and month <= offer["span"][1] <= last:
                    return False
        return self.read.complete("benefit_offer", month)

    def every_day(
        self, month: date, offers: Sequence[dict[str, Any]], until: date | None = None
    ) -> bool:
        """Some of the offers is in force on each day of the month (up to a day)."""
        return all(
            any(o["from"] <= d <= o["to"] for o in offers)
            for d in days(month, until or end_of(month))
        )

    @_once
    def offered(self, month: date) -> dict[str, Fact]:
        """What was offered on every day of the month."""
        if not self.offer_known(month):
            return {}
        mec = [o for o in self.read.offers if o["mec"] and not o["doubt"]]
        spouse = [o for o in mec if o["row"]["offered_to_spouse"]]
        free = [o for o in spouse if not o["row"].get("spouse_conditional")]
        children = [o for o in mec if o["row"]["offered_to_dependents"]]
        span = self.read.span_of(month)
        until = span[1] if span is not None and span[1] < end_of(month) else None
        return {
            "mec": self.every_day(month, mec),
            "mv": self.every_day(month, [o for o in mec if o["mv"]]),
            "spouse": self.every_day(month, free),
            "spouse_any": self.every_day(month, spouse),
            "dependents": self.every_day(month, children),
            "cut": self._cut(month, mec, until),
            "dependents_cut": self._cut(month, children, until),
        }

    def _cut(self, month: date, offers: Sequence[dict[str, Any]], until: date | None) -> bool:
        """In force until employment ended within the month, and not to its end."""
        if until is None or self.every_day(month, offers):
            return False
        return self.every_day(month, offers, until)

    def answer_known(self, offer: dict[str, Any]) -> bool:
        """It is known whether the offer was taken."""
        response = offer["row"].get("response")
        if response in {"waived", "no_response"}:
            return True
        for row in self.person.rows.get("benefits_enrollment", ()):
            last = min(to_of(row, "coverage_end_date"), to_of(row, "termination_date"))
            if row["benefit_plan_id"] != offer["row"]["benefit_plan_id"]:
                continue
            if row["coverage_start_date"] > offer["to"] or last < offer["from"]:
                continue
            is_covered = row["enrollment_status"] in {"Active", "Terminated", "Approved"}
            if is_covered and row["coverage_start_date"] <= last:
                return True
            if row["enrollment_status"] in {"Cancelled", "Rejected"}:
                return True
        return False

    def open_answers(self, month: date) -> list[dict[str, Any]]:
        """Offers of the month of which it is not known whether they were taken."""
        return [
            o
            for o in self.read.offers
            if o["mec"]
            and o["from"] <= end_of(month)
            and o["to"] >= month
            and not self.answer_known(o)
        ]

    @_once
    def enrolled(self, month: date) -> Fact:
        """Enrolled on every day."""
        last = end_of(month)
        touching = [c for c in self.read.coverage if c["from"] <= last and c["to"] >= month]
        if any(c["doubt"] or c["conflict"] for c in touching):
            return None
        active = [
            c for c in touching if c["plan"] and c["plan"]["is_mec"] and c["from"] <= c["active_to"]
        ]
        if all(any(c["from"] <= d <= c["active_to"] for c in active) for d in days(month, last)):
            return True
        if self.offered(month).get("mec") is False:
            return False
        if self.open_answers(month) or not self.read.complete("benefits_enrollment", month):
            return None
        return False

    @_once
    def self_insured(self, month: date) -> Fact:
        """Covered by a self-insured plan on any day."""
        last = end_of(month)
        touching = [c for c in self.read.coverage if c["from"] <= last and c["to"] >= month]
        sure = [c["plan"] for c in touching if not c["doubt"]]
        if any(plan["is_mec"] and plan.get("is_self_insured") for plan in sure):
            return True
        if any(c["doubt"] for c in touching):
            return None
        if any(c["plan"]["is_mec"] and c["plan"].get("is_self_insured") is None for c in touching):
            return None
        if not self.read.complete("benefits_enrollment", month):
            return None
        asked = [
            o for o in self.open_answers(month) if o["plan"].get("is_self_insured") is not False
        ]
        return None if asked and not touching else False

    @_once
    def waiting(self, month: date) -> Fact:
        """In the first partial month or the first waiting window."""
        employed = self.employed(month)
        if not employed:
            return employed
        offered = self.offered(month)
        if offered.get("mec") and offered.get("mv"):
            return False
        span = self.read.span_of(month)
        assert span is not None
        window = _window_end(span[0])
        hired = self.person.employee.get("original_hire_date")
        if (span != self.read.spans[0] or (hired and hired < span[0])) and month <= window:
            return None
        if span[0] > month:
            return True
        if self.person.employer.get("first_ale_year") and month.month <= 3:
            return None
        if not offered or len(self.read.classes(month)) > 1:
            return None
        if self.read.classes(month) != {"full_time"}:
            return None if self.full_time(month) else False
        since = self.read.class_since(month)
        if since > span[0] and month <= _window_end(since):
            return None
        return False if month > window else self._waiting_window(month, span, window)

    def _waiting_window(self, month: date, span: tuple[date, date], window: date) -> Fact:
        starts, doubt = [], False
        for row in self.person.rows.get("benefit_offer", ()):
            plan = self.person.plan(row)
            if row["reason"] != "active" or plan is None or to_of(row, "coverage_to") < span[0]:
                continue
            if plan["benefit_type"] not in {"health", "ichra"} or plan.get("is_mec") is False:
                continue
            if plan.get("is_minimum_value") is False:
                continue
            doubt = doubt or plan.get("is_mec") is None or plan.get("is_minimum_value") is None
            starts.append(row["coverage_from"])
        if doubt:
            return None
        start = min(starts, default=None)
        if start is not None and start <= month:
            return False
        if (start is not None and start <= window + ONE) or span[1] < window + ONE:
            return True
        return None if start is None and self.as_of <= window else False

    @_once
    def cheapest(self, month: date) -> tuple[Decimal | None, dict[str, Any] | None]:
        """The lowest self-only cost of minimum value, and the offer that has it."""
        return cheapest(self.person, self.read, month)


def _window_end(start: date) -> date:
    first = start if start.day == 1 else end_of(start) + ONE
    return end_of(months_on(first, 2))
