"""Limited non-assessment periods, month by month (see aca_1095c_rules.py).

Belongs here: which window a month stands in, and whether the offer that closes it came in time.
Does not belong here: who is full-time (aca_1095c_measure.py), or any SQL.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.oracles.aca_1095c import end_of, is_ichra, months_on, to_of
from tests.oracles.aca_1095c_measure import Status
from tests.oracles.aca_1095c_policy import Service, first_from

if TYPE_CHECKING:
    from tests.oracles.aca_1095c_rules import Rules

NOT, UNSURE = "no", "?"


def waiting_of(rules: Rules, month: date) -> str:
    """L1 to L6, no, or ? where it is not known; the month has an employed day."""
    service = rules.measure.service_of(month)
    status = rules.measured(month)
    has_value = rules.value(month)
    span = rules.read.span_of(month)
    assert span is not None
    if status.initial and not service.known_start:
        return UNSURE
    is_first = span == service.spans[0]
    if is_first and span[0] > month and service.known_start and not has_value:
        return "L6"
    if status.initial:
        return _initial(rules, month, service, status)
    first_year = _first_year(rules, month, service, status)
    if first_year:
        return first_year
    if has_value:
        return NOT
    if not service.known_start and month < months_on(first_from(service.start), 3):
        return UNSURE
    if has_value is None:
        return UNSURE
    by_class = (rules.person.employer.get("full_time_basis") or "hours") == "class"
    if status.fact is None and by_class:
        return UNSURE
    return _window(rules, month, service, status)


def _offers(rules: Rules) -> list[tuple[date, date, bool]]:
    """Offers of minimum value: from, to, and whether that is in doubt."""
    found = []
    for row in rules.person.rows.get("benefit_offer", ()):
        plan = rules.person.plan(row)
        last = to_of(row, "coverage_to")
        if row["reason"] != "active" or plan is None or row["coverage_from"] > last:
            continue
        if is_ichra(plan):
            value = _ichra_value(rules, row)
            if value is not False:
                found.append((row["coverage_from"], last, value is None))
            continue
        if not (plan["benefit_type"] == "health" or plan.get("is_mec")):
            continue
        if plan.get("is_mec") is False or plan.get("is_minimum_value") is False:
            continue
        doubt = plan.get("is_mec") is None or plan.get("is_minimum_value") is None
        found.append((row["coverage_from"], last, doubt))
    return found


def _ichra_value(rules: Rules, row: Any) -> bool | None:
    """The arrangement is affordable in the first whole month of its offer."""
    first = first_from(row["coverage_from"])
    whole = [o for o in rules.read.offers if o["row"] is row]
    if first not in rules.read.months or not any(
        o["from"] <= first and o["to"] >= end_of(first) for o in whole
    ):
        return None
    return rules.affordable(first)


def _has_offer_on(rules: Rules, day: date) -> bool:
    return any(first <= day <= last for first, last, _ in _offers(rules))


def _initial(rules: Rules, month: date, service: Service, status: Status) -> str:
    changed, stable = status.changed_from, status.stable_from
    assert stable is not None
    if changed is not None and (service.full_time_from or month) <= end_of(month):
        if service.end < changed:
            return "L5"
        if _has_offer_on(rules, changed):
            return "L5"
        return UNSURE if changed > rules.as_of else NOT
    if service.end < stable or status.is_open or stable > rules.as_of:
        return "L4"
    if status.measured is False or _has_offer_on(rules, first_from(stable)):
        return "L4"
    return NOT if status.measured else UNSURE


def _first_year(rules: Rules, month: date, service: Service, status: Status) -> str | None:
    employer: Any = rules.person.employer
    if not employer.get("first_ale_year") or month.month > 3 or status.fact is False:
        return None
    january, april = date(month.year, 1, 1), date(month.year, 4, 1)
    last_year = date(month.year - 1, 1, 1)
    offers = _offers(rules)
    if any(first < january and last >= last_year for first, last, _ in offers):
        return None
    if employer.get("offered_prior_year") and service.start < january:
        return None
    if status.fact is None or any(doubt for *_, doubt in offers):
        return UNSURE
    if _has_offer_on(rules, april) or service.end < april:
        return "L1"
    return UNSURE if rules.as_of < april else None


def _eligible(rules: Rules, service: Service) -> tuple[date | None, bool]:
    """Since when an offer is due but for the waiting period, and whether the class says so."""
    if service.expected:
        return service.start, True
    if service.full_time_from is not None:
        return service.full_time_from, True
    months = [m for m in rules.read.months if rules.employed(m)]
    full = [m for m in months if rules.measured(m).fact and rules.measure.service_of(m) is service]
    return (max(min(full), service.start) if full else None), False


def _window(rules: Rules, month: date, service: Service, status: Status) -> str:
    since, by_class = _eligible(rules, service)
    if since is None:
        return NOT if status.fact is not None else UNSURE
    hire = [p for p in rules.read.periods if p["start_date"] == service.start]
    by_expectation = service.expected and min(p["employment_class"] for p in hire) != "full_time"
    if by_class and not by_expectation and rules.measure.class_now(month) != "full_time":
        return NOT
    due = months_on(first_from(since), 3)
    is_later = since > service.start
    if month >= due or end_of(month) < since or (is_later and month < first_from(since)):
        return NOT
    policy, _ = rules.measure.policies.of(month)
    if policy and policy["method"] == "look_back" and is_later:
        return NOT
    offers = [o for o in _offers(rules) if o[1] >= since]
    if any(doubt for *_, doubt in offers):
        return UNSURE
    start = min((first for first, *_ in offers), default=None)
    if start is not None and start <= month:
        return NOT
    in_time = start is not None and start <= due
    if not by_class and is_later and service.start < rules.known_from and in_time:
        return UNSURE
    if in_time or _is_excused(rules, service, due, by_class and not by_expectation):
        return "L2"
    return UNSURE if start is None and rules.as_of < due else NOT


def _is_excused(rules: Rules, service: Service, due: date, needs_class: bool) -> bool:
    """Nobody, or nobody full-time, is there any more in this service when the offer falls due."""
    classes = {
        p["employment_class"]
        for p in rules.read.periods
        if p["start_date"] <= due <= to_of(p, "end_date")
        and any(first <= p["start_date"] <= last for first, last in service.spans)
    }
    return not classes or (needs_class and "full_time" not in classes)
