"""The rules of Form 1095-C over one person's reading, month by month (see aca_1095c.py).

Belongs here: full-time, offers, enrollment, waiting periods, the lowest self-only cost.
Does not belong here: reading rows, or any SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar, cast

from tests.oracles.aca_1095c import (
    Fact,
    Person,
    Reading,
    days,
    end_of,
    is_ichra,
    is_mec,
    is_self_insured,
    to_of,
)
from tests.oracles.aca_1095c_harbors import monthly_harbors, wages_harbor
from tests.oracles.aca_1095c_ichra import arrangement
from tests.oracles.aca_1095c_measure import Measure, Status
from tests.oracles.aca_1095c_price import cheapest
from tests.oracles.aca_1095c_waiting import NOT, UNSURE, waiting_of

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
        self.measure = Measure(person, self.read, as_of)
        self.known_from = (
            min(date(r["tax_year"], 1, 1) for r in person.of("aca_employer_year"))
            if person.of("aca_employer_year")
            else date(as_of.year, 1, 1)
        )
        kind = person.employee.get("worker_type") or "employee"
        self.blocked = kind == "other" and bool(person.rows.get("employment_period"))
        self.counted = kind in {"employee", "retiree", "other"}

    @_once
    def employed(self, month: date) -> Fact:
        """Employed on any day."""
        if not self.counted:
            return False
        if not self.read.complete("employment_period", month):
            return None
        return self.read.span_of(month) is not None

    @_once
    def relieved(self, month: date) -> bool:
        """Employed, and a multiemployer plan relieves the employer of an offer of its own."""
        return bool(self.employed(month)) and self.read.relieved(month)

    @_once
    def measured(self, month: date) -> Status:
        """The status by class or by measured hours; the month has an employed day."""
        return self.measure.status(month)

    @_once
    def full_time(self, month: date) -> Fact:
        """Full-time; a first measurement whose offer came too late falls back on the month."""
        employed = self.employed(month)
        if not employed:
            return employed
        status = self.measured(month)
        if status.initial and self.waiting(month) is False:
            return self.measure.monthly(month)
        return status.fact

    def offer_known(self, month: date) -> bool:
        """Nothing about the offers of the month is in doubt."""
        last = end_of(month)
        kinds = set()
        for offer in self.read.offers:
            until = end_of(offer["span"][1]) if offer["cut_unknown"] else offer["to"]
            if offer["from"] <= last and until >= month:
                row = offer["row"]
                if offer["doubt"]:
                    return False
                if offer["ichra"] and row["offered_to_spouse"] and row.get("spouse_conditional"):
                    return False
                if offer["cut_unknown"] and month <= offer["span"][1] <= last:
                    return False
                kinds |= {offer["ichra"]} if offer["mec"] else set()
        return len(kinds) < 2 and self.read.complete("benefit_offer", month)

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
            "ichra": self.every_day(month, [o for o in mec if o["ichra"]]),
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
        active = [c for c in touching if is_mec(c["plan"]) and c["from"] <= c["active_to"]]
        if all(any(c["from"] <= d <= c["active_to"] for c in active) for d in days(month, last)):
            return True
        if self.offered(month).get("mec") is False:
            return False
        if self.open_answers(month) or not self.read.complete("benefits_enrollment", month):
            return None
        return False

    @_once
    def self_insured(self, month: date) -> Fact:
        """Covered by a self-insured plan on any day, an individual coverage arrangement too."""
        return self._insured(month, True)

    @_once
    def own_plan(self, month: date) -> Fact:
        """Covered on any day by a self-insured plan other than such an arrangement."""
        return self._insured(month, False)

    def _insured(self, month: date, counts_ichra: bool) -> Fact:
        last = end_of(month)
        touching = [c for c in self.read.coverage if c["from"] <= last and c["to"] >= month]
        if not counts_ichra:
            touching = [c for c in touching if not is_ichra(c["plan"])]
        sure = [c["plan"] for c in touching if not c["doubt"]]
        if any(is_mec(p) and is_self_insured(p) for p in sure):
            return True
        if any(c["doubt"] for c in touching):
            return None
        if any(is_mec(p) and is_self_insured(p) is None for p in sure):
            return None
        if not self.read.complete("benefits_enrollment", month):
            return None
        asked = [
            o
            for o in self.open_answers(month)
            if (counts_ichra if o["ichra"] else is_self_insured(o["plan"]) is not False)
        ]
        return None if asked and not touching else False

    @_once
    def period(self, month: date) -> str:
        """The limited non-assessment period of the month: L1 to L6, no or ?."""
        employed = self.employed(month)
        if not employed:
            return UNSURE if employed is None else NOT
        return waiting_of(self, month)

    @_once
    def waiting(self, month: date) -> Fact:
        """In a limited non-assessment period."""
        period = self.period(month)
        return None if period == UNSURE else period != NOT

    @_once
    def affordable(self, month: date) -> Fact:
        """The individual coverage arrangement of the month passes a test of affordability."""
        offer = cheapest(self.person, self.read, month)[1]
        if offer is None or not offer["ichra"]:
            return None
        tests = [*monthly_harbors(self, month)[0].values(), wages_harbor(self)]
        return True if True in tests else None if None in tests else False

    @_once
    def place(self, month: date) -> tuple[str | None, str | None]:
        """Whose ZIP code prices the cheapest arrangement of the month, and that code."""
        offer = cheapest(self.person, self.read, month)[1]
        if offer is None or not offer["ichra"]:
            return None, None
        found = arrangement(self.person, self.read, offer, month)
        return found.location, found.zip

    @_once
    def value(self, month: date) -> Fact:
        """Coverage of minimum value is offered on every day of the month."""
        what = self.offered(month)
        if not what:
            return None
        if what["mec"] and what["ichra"]:
            return self.affordable(month)
        return bool(what["mec"] and what["mv"])

    @_once
    def cheapest(self, month: date) -> tuple[Decimal | None, dict[str, Any] | None]:
        """The lowest self-only cost of minimum value, and the offer that has it."""
        return cheapest(self.person, self.read, month)
