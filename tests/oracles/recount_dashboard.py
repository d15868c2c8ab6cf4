"""An independent recount of the executive dashboard mart from the facts of one employer.

Belongs here: one plain function per column. Does not: SQL.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracles.cost_oracle import MonthCost, covered_days, in_conflict, month_costs
from tests.oracles.exact import month_end, months, percent, ratio, rounded, shifted, total
from tests.oracles.facts import Employer, Monitoring, Survey

Key = tuple[str | None, str, date]
Figures = dict[str, object]
_FAR = date(2100, 1, 1)


@dataclass(frozen=True)
class Known:
    """An employer's facts worked out once for all its rows."""

    employer: Employer
    as_of: date
    costs: tuple[MonthCost, ...]
    conflicts: frozenset[str]


def recount(employer: Employer, as_of: date) -> dict[Key, Figures]:
    """Every row of the mart by provider, period kind and period end."""
    known = Known(
        employer, as_of, tuple(month_costs(employer, as_of)),
        frozenset(e.id for e in employer.enrollments if in_conflict(employer, e)),
    )  # fmt: skip
    starts = [d[0] for e in employer.enrollments if (d := covered_days(e, _FAR))]
    if not starts:
        return {}
    rows: dict[Key, Figures] = {}
    for provider in (None, *(p.id for p in employer.providers)):
        for month in months(min(starts), as_of):
            for kind in ("Monthly", "YTD"):
                first = month if kind == "Monthly" else month.replace(month=1)
                rows[provider, kind, month] = _row(known, provider, first, month)
    return {
        (provider, kind, month_end(month)): {**row, **_comparison(rows, (provider, kind, month))}
        for (provider, kind, month), row in rows.items()
    }


def _row(known: Known, provider: str | None, first: date, month: date) -> Figures:
    last = month_end(month)
    employer = known.employer
    spans = [
        (e, days)
        for e in employer.enrollments
        if provider in (None, employer.provider(e))
        and (days := covered_days(e, _FAR))
        and days[0] <= last
        and days[1] >= first
    ]
    active = [e for e, days in spans if days[1] >= last]
    ended = [e for e, days in spans if first <= days[1] <= last and _has_end(e.id, employer)]
    unsure = any(e.id in known.conflicts for e, _ in spans)
    people = None if unsure else {employer.person(e.employee_id) for e, _ in spans}
    costs = [c for c in known.costs if first <= c.month <= month and provider in (None, c.provider)]
    money = total([c.total for c in costs])
    return {
        "total_enrollments": None if unsure else len(spans),
        "active_enrollments": _sure(known, [e.id for e in active]),
        "terminated_enrollments": _sure(known, [e.id for e in ended]),
        "pending_enrollments": _pending(known, provider, first, last),
        "total_benefits_cost": money,
        "employer_contributions": total([c.employer for c in costs]),
        "employee_contributions": total([c.employee for c in costs]),
        "average_cost_per_employee": ratio(money, None if people is None else len(people)),
        "enrollment_completion_rate": _completion(employer, provider, first, last),
        "benefits_participation_rate": _participation(employer, provider, first, last, people),
        "provider_performance_score": _score(known, provider, first, last),
        "employee_satisfaction_score": None if provider else _satisfaction(employer, first, month),
        "modelled": any(c.is_modelled for c in costs),
        "departments": _breakdown(costs, "department"),
        "benefit_types": _breakdown(costs, "benefit_type"),
    }


def _has_end(enrollment_id: str, employer: Employer) -> bool:
    enrollment = next(e for e in employer.enrollments if e.id == enrollment_id)
    return bool(enrollment.coverage_end_date or enrollment.termination_date)


def _sure(known: Known, ids: list[str]) -> int | None:
    return None if known.conflicts.intersection(ids) else len(ids)


def _pending(known: Known, provider: str | None, first: date, last: date) -> int | None:
    if not first <= known.as_of <= last:
        return None
    return sum(
        e.enrollment_status in ("Pending", "Submitted", "On Hold")
        and provider in (None, known.employer.provider(e))
        and all(
            end is None or end >= e.coverage_start_date
            for end in (e.coverage_end_date, e.termination_date)
        )
        for e in known.employer.enrollments
    )


def _completion(
    employer: Employer, provider: str | None, first: date, last: date
) -> Decimal | None:
    answers = [
        offer.response in ("elected", "waived")
        for offer in employer.offers
        if first <= offer.coverage_from <= last
        and provider in (None, employer.plan(offer.benefit_plan_id).provider_config_id)
    ]
    return percent(sum(answers), len(answers))


def _participation(
    employer: Employer, provider: str | None, first: date, last: date, people: set[str] | None
) -> Decimal | None:
    offered = {
        employer.person(offer.employee_id)
        for offer in employer.offers
        if offer.coverage_from <= last
        and (offer.coverage_to or _FAR) >= max(first, offer.coverage_from)
        and provider in (None, employer.plan(offer.benefit_plan_id).provider_config_id)
    }
    return None if people is None else percent(len(people & offered), len(offered))


def latest_of_day(employer: Employer, as_of: date) -> dict[tuple[str, date], Monitoring]:
    """The latest stored monitoring row of each provider and day, nothing after as-of."""
    days: dict[tuple[str, date], Monitoring] = {}
    for row in sorted(employer.monitoring, key=_written):
        if row.monitoring_date <= as_of:
            days[row.provider_config_id, row.monitoring_date] = row
    return days


def _written(row: Monitoring) -> tuple[str, str, str]:
    return str(row.updated_at or ""), str(row.created_at or ""), row.id


def _score(known: Known, provider: str | None, first: date, last: date) -> Decimal | None:
    scores = [
        (day, row.performance_score)
        for (owner, day), row in latest_of_day(known.employer, known.as_of).items()
        if owner == provider and first <= day <= last and row.performance_score is not None
    ]
    return max(scores)[1] if scores else None


def _satisfaction(employer: Employer, first: date, last_month: date) -> Decimal | None:
    used: list[Survey] = []
    for month in months(first, last_month):
        rows = [s for s in employer.surveys if s.month == month]
        used += [s for s in rows if s.department_id is None] or rows
    used = [s for s in used if s.responses != 0]
    if not used or any(s.responses is None or s.score is None for s in used):
        return None
    weights = sum(s.responses or 0 for s in used)
    return rounded(Fraction(sum((s.score or 0) * (s.responses or 0) for s in used)) / weights)


def _breakdown(costs: list[MonthCost], part: str) -> dict[str | None, Decimal | None]:
    groups: dict[str | None, list[Decimal | None]] = {}
    for cost in costs:
        groups.setdefault(getattr(cost, part), []).append(cost.total)
    return {name: total(parts) for name, parts in groups.items()}


def _comparison(
    rows: dict[tuple[str | None, str, date], Figures], key: tuple[str | None, str, date]
) -> Figures:
    provider, kind, month = key
    base = rows.get((provider, kind, shifted(month, -1 if kind == "Monthly" else -12)), {})
    now, before = rows[key]["total_benefits_cost"], base.get("total_benefits_cost")
    assert now is None or isinstance(now, Decimal)
    assert before is None or isinstance(before, Decimal)
    change = None if now is None or before is None else now - before
    history = [
        (month_end(m), rows[provider, kind, m]["total_benefits_cost"])
        for m in (shifted(month, -back) for back in range(11, -1, -1))
        if (provider, kind, m) in rows
    ]
    return {
        "cost_trend_percentage": percent(change, before),
        "trend_modelled": rows[key]["modelled"] or base.get("modelled", False),
        "trend": history,
    }


def read_list(text: object, name: str) -> list[tuple[object, Decimal | None]]:
    """A breakdown or trend column as pairs of its name key and cost."""
    assert isinstance(text, str)
    items = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return [(item[name], item["total_benefits_cost"]) for item in items]
