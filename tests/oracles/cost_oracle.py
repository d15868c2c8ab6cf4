"""Cost of every person, plan and month, worked out day by day from the facts.

Belongs here: the second, slow implementation of coverage and month cost. Does not: sums over people
(`recount_*`), random facts (`employers`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tests.oracles.exact import month_end, months, spread
from tests.oracles.facts import Employer, Employment, Enrollment, Rate

LEVELS = {
    "employee only": "self",
    "employee + spouse": "self+spouse",
    "ee+children": "self+children",
    "family": "family",
    "employee & family": "family",
}
CATEGORY = {
    "health": ("Health Insurance", "Health"),
    "ichra": ("Health Insurance", "Health"),
    "dental": ("Dental Insurance", "Dental"),
    "vision": ("Vision Insurance", "Vision"),
    "life": ("Life Insurance", "Life"),
    "add": ("Life Insurance", "Life"),
    "std": ("Disability Insurance", "Disability"),
    "ltd": ("Disability Insurance", "Disability"),
    "retirement_401k": ("Retirement Plans", "Retirement"),
    "retirement_ira": ("Retirement Plans", "Retirement"),
    "defined_benefit": ("Retirement Plans", "Retirement"),
    "wellness": ("Wellness Programs", "Wellness"),
    "eap": ("Wellness Programs", "Wellness"),
    "transportation": ("Administrative", "Other"),
    "other": ("Administrative", "Other"),
    **dict.fromkeys(
        ("accident", "critical_illness", "hospital_indemnity", "hsa", "fsa"),
        ("Health Insurance", "Other"),
    ),
}
SAVINGS = {"retirement_401k", "retirement_ira", "defined_benefit", "hsa", "fsa"}


@dataclass(frozen=True)
class MonthCost:
    """What the enrollment that bears a month costs in it."""

    enrollment: Enrollment
    person: str
    provider: str | None
    department: str | None
    category: str
    benefit_type: str
    month: date
    employee: Decimal | None
    employer: Decimal | None
    total: Decimal | None
    savings: Decimal | None
    is_modelled: bool
    is_conflict: bool


def covers(enrollment: Enrollment, day: date) -> bool:
    """Does the enrollment cover the day."""
    if enrollment.enrollment_status not in ("Active", "Terminated", "Approved"):
        return False
    if day < enrollment.coverage_start_date:
        return False
    ends = (enrollment.coverage_end_date, enrollment.termination_date)
    return all(end is None or day <= end for end in ends)


def covered_days(enrollment: Enrollment, last: date) -> tuple[date, date] | None:
    """First and last covered day, the last one cut at `last`; None where nothing is covered."""
    first = enrollment.coverage_start_date
    if not covers(enrollment, first) or first > last:
        return None
    ends = (enrollment.coverage_end_date, enrollment.termination_date, last)
    return first, min(end for end in ends if end is not None)


def in_conflict(employer: Employer, enrollment: Enrollment) -> bool:
    """Does a waived offer of the same plan stand on a day the enrollment covers."""
    for offer in employer.offers:
        if (offer.employee_id, offer.benefit_plan_id, offer.response) != (
            enrollment.employee_id, enrollment.benefit_plan_id, "waived",
        ):  # fmt: skip
            continue
        days = covered_days(enrollment, date(2100, 1, 1))
        until = offer.coverage_to or date(2100, 1, 1)
        if (
            days
            and days[0] <= until
            and days[1] >= offer.coverage_from
            and offer.coverage_from <= until
        ):
            return True
    return False


def month_costs(employer: Employer, as_of: date) -> list[MonthCost]:
    """Every person, plan and month up to the month of as-of that an enrollment bears."""
    groups: dict[tuple[str, str], list[Enrollment]] = defaultdict(list)
    for enrollment in employer.enrollments:
        groups[employer.person(enrollment.employee_id), enrollment.benefit_plan_id].append(
            enrollment
        )
    costs = []
    for (person, _), rows in groups.items():
        for month in months(min(r.coverage_start_date for r in rows), as_of):
            bearing = _bearing(rows, month)
            if bearing is not None:
                costs.append(_cost(employer, person, *bearing, month))
    return costs


def _bearing(rows: list[Enrollment], month: date) -> tuple[Enrollment, date] | None:
    day, last = month, month_end(month)
    while day <= last:
        in_force = [row for row in rows if covers(row, day)]
        if in_force:
            return max(in_force, key=lambda r: (r.coverage_start_date, r.enrollment_number)), day
        day += timedelta(days=1)
    return None


def _cost(
    employer: Employer, person: str, enrollment: Enrollment, day: date, month: date
) -> MonthCost:
    plan = employer.plan(enrollment.benefit_plan_id)
    period = employment_on(employer, enrollment.employee_id, day)
    paid = _month_amount(
        employer, enrollment, enrollment.employee_contribution_amount, period, month
    )
    employer_money = _month_amount(
        employer, enrollment, enrollment.employer_contribution_amount, period, month
    )
    saves = plan.benefit_type in SAVINGS
    employee = Decimal(0) if saves else paid
    total = None if employee is None or employer_money is None else employee + employer_money
    modelled = plan.benefit_type == "health" and plan.is_self_insured is True
    if modelled:
        total = _premium(employer, enrollment, period, day)
        employer_money = None if total is None or paid is None else total - paid
    category, kind = CATEGORY[plan.benefit_type]
    return MonthCost(
        enrollment, person, employer.provider(enrollment), period.department_id if period else None,
        category, kind, month, employee, employer_money, total, paid if saves else Decimal(0),
        modelled, in_conflict(employer, enrollment),
    )  # fmt: skip


def employment_on(employer: Employer, employee_id: str, day: date) -> Employment | None:
    """The employment period in force on the day; of several the one that started last."""
    in_force = [
        period
        for period in employer.employments
        if period.employee_id == employee_id
        and period.start_date <= day
        and (period.end_date is None or day <= period.end_date)
    ]
    return max(in_force, key=lambda p: (p.start_date, p.id), default=None)


def _month_amount(
    employer: Employer,
    enrollment: Enrollment,
    amount: Decimal | None,
    period: Employment | None,
    month: date,
) -> Decimal | None:
    frequency = enrollment.contribution_frequency
    if amount is None or frequency is None:
        return None
    if frequency == "Monthly":
        return amount
    if frequency == "Quarterly":
        return spread(Fraction(amount), (month.month - 1) % 3 + 1, 3)
    if frequency == "Annually":
        return spread(Fraction(amount), month.month, 12)
    if period is None or period.pay_frequency is None:
        return None
    dates = {
        pay.pay_date
        for pay in employer.pay_dates
        if pay.pay_frequency == period.pay_frequency and pay.pay_date.year == month.year
    }
    return spread(Fraction(amount) * len(dates), month.month, 12) if dates else None


def _premium(
    employer: Employer, enrollment: Enrollment, period: Employment | None, day: date
) -> Decimal | None:
    level = LEVELS.get((enrollment.coverage_level or "").lower())
    group = period.contribution_class if period else None
    fitting = [
        rate
        for rate in employer.rates
        if rate.benefit_plan_id == enrollment.benefit_plan_id
        and level is not None
        and LEVELS[rate.coverage_level.lower()] == level
        and not rate.is_tobacco_user
        and rate.contribution_class in (None, group)
        and rate.from_date <= day
        and (rate.to_date is None or day <= rate.to_date)
    ]
    best = max(fitting, key=_rate_rank, default=None)
    return best.total_premium_monthly if best else None


def _rate_rank(rate: Rate) -> tuple[bool, date, str]:
    return rate.contribution_class is not None, rate.from_date, rate.id
