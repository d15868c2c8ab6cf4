"""Random employers: broken histories, every pay rhythm, holes where data is missing.

Belongs here: drawing facts from a seed. Does not: anything that knows what the facts mean.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.oracles.draw import AS_OF, FIRST, LAST, Draw
from tests.oracles.facts import (
    Assignment,
    Budget,
    Company,
    Department,
    Details,
    Employee,
    Employer,
    Enrollment,
    Monitoring,
    PayDate,
    Plan,
    Provider,
    Rate,
    Security,
    Solicitation,
    Survey,
)
from tests.oracles.people import LEVELS, RHYTHMS, employees, employment, enrollments, offers

KINDS = (
    *("health", "health", "health", "ichra", "dental", "vision", "life", "add", "std", "ltd"),
    *("accident", "hsa", "fsa", "retirement_401k", "defined_benefit", "wellness", "eap"),
    *("transportation", "other"),
)
CATEGORIES = ("Health Insurance", "Dental Insurance", "Retirement Plans", "Administrative")
TYPES = ("Health", "Dental", "Retirement", "Other")


def random_employer(seed: int, people: int, holes: float = 0.02) -> Employer:
    """One employer with that many employee records; `holes` is the share of missing inputs."""
    draw = Draw(seed)
    company = Company(draw.id(), f"Employer {seed}", "900000000", draw.sometimes(True, 0.3))
    providers = tuple(
        Provider(draw.id(), company.id, f"Provider {n}", f"P{n}") for n in range(draw.pick((1, 2)))
    )
    departments = tuple(Department(draw.id(), company.id, f"D{n}") for n in range(3))
    plans = _plans(draw, company, providers)
    staff = employees(draw, company, people)
    periods = tuple(period for e in staff for period in employment(draw, e, departments, holes))
    chosen = tuple(row for e in staff for row in enrollments(draw, e, plans, providers, holes))
    return Employer(
        company=company, providers=providers, departments=departments, plans=plans,
        rates=_rates(draw, plans), pay_dates=_pay_dates(draw, company, holes),
        employees=staff, employments=periods, enrollments=chosen,
        offers=offers(draw, staff, plans, chosen),
        budgets=_budgets(draw, company, departments, providers),
        surveys=_surveys(draw, company, departments, holes),
        monitoring=_monitoring(draw, company, providers),
        details=_details(draw, chosen),
        security=tuple(_security(draw, company) for _ in range(draw.pick((0, 1, 3)))),
        assignments=tuple(_assignment(draw, company) for _ in range(4)),
        solicitations=_solicitations(draw, staff),
    )  # fmt: skip


def _plans(draw: Draw, company: Company, providers: tuple[Provider, ...]) -> tuple[Plan, ...]:
    plans = []
    for number in range(5):
        kind = draw.pick(KINDS)
        provider = draw.sometimes(draw.pick(providers).id, 0.15)
        self_insured = draw.pick((True, False, None)) if kind in ("health", "dental") else None
        mec = kind in ("health", "ichra") or None
        plans.append(
            Plan(draw.id(), company.id, f"Plan {number}", f"C{number}", kind, provider,
                 self_insured, mec)
        )  # fmt: skip
    return tuple(plans)


def _rates(draw: Draw, plans: tuple[Plan, ...]) -> tuple[Rate, ...]:
    rates: list[Rate] = []
    for plan in plans:
        for level in LEVELS[:4]:
            start = draw.day(FIRST - timedelta(days=400), date(2023, 3, 1))
            while start < LAST:
                end = start + timedelta(days=draw.random.randrange(200, 600))
                premium = draw.money(300_000)
                for group in (None, "A") if draw.chance(0.5) else (None,):
                    rates.append(
                        Rate(draw.id(), plan.id, level, start, premium + len(rates), premium / 4,
                             end, group, draw.pick((None, False)))
                    )  # fmt: skip
                if draw.chance(0.3):
                    rates.append(
                        Rate(
                            draw.id(), plan.id, level, start, premium * 2, premium, end, None, True
                        )
                    )
                start = end + timedelta(days=draw.pick((1, 1, 1, 30)))
    return tuple(
        Rate(**{**r.__dict__, "employee_cost_monthly": round(r.employee_cost_monthly, 2)})
        for r in rates
    )


def _pay_dates(draw: Draw, company: Company, holes: float) -> tuple[PayDate, ...]:
    dates: list[PayDate] = []
    for rhythm in RHYTHMS:
        if draw.chance(holes):
            continue
        first = date(2022, 1, 1) + timedelta(days=draw.random.randrange(14))
        dates += [
            PayDate(draw.id(), company.id, rhythm, day) for day in _rhythm_days(rhythm, first)
        ]
    return (
        *dates,
        *(PayDate(draw.id(), company.id, d.pay_frequency, d.pay_date) for d in dates[:2]),
    )


def _rhythm_days(rhythm: str, first: date) -> list[date]:
    if rhythm in ("weekly", "biweekly"):
        step = 7 if rhythm == "weekly" else 14
        return [first + timedelta(days=step * n) for n in range(1460 // step)]
    days = (15, 28) if rhythm == "semimonthly" else (28,)
    return [date(y, m, d) for y in range(2022, 2026) for m in range(1, 13) for d in days]


def _budgets(
    draw: Draw,
    company: Company,
    departments: tuple[Department, ...],
    providers: tuple[Provider, ...],
) -> tuple[Budget, ...]:
    budgets = []
    for _ in range(12):
        which = draw.random.randrange(len(CATEGORIES))
        budgets.append(
            Budget(
                draw.id(), company.id, draw.day().replace(day=1), CATEGORIES[which],
                draw.pick((Decimal(0), draw.money(), draw.money(5))),
                draw.sometimes(TYPES[which], 0.15),
                draw.sometimes(draw.pick(departments).id, 0.15),
                draw.sometimes(draw.pick(providers).id, 0.15),
            )
        )  # fmt: skip
    return tuple(budgets)


def _surveys(
    draw: Draw, company: Company, departments: tuple[Department, ...], holes: float
) -> tuple[Survey, ...]:
    return tuple(
        Survey(
            draw.id(), company.id, draw.day().replace(day=1),
            draw.sometimes(draw.pick(departments).id, 0.3),
            draw.sometimes(draw.random.randrange(40), holes),
            draw.sometimes(Decimal(draw.random.randrange(10_000)) / 100, holes),
        )
        for _ in range(14)
    )  # fmt: skip


def _monitoring(
    draw: Draw, company: Company, providers: tuple[Provider, ...]
) -> tuple[Monitoring, ...]:
    rows: list[Monitoring] = []
    for provider in providers:
        for _ in range(30):
            rows.append(_monitored_day(draw, company, provider))
    return tuple(rows)


def _monitored_day(draw: Draw, company: Company, provider: Provider) -> Monitoring:
    def rate() -> Decimal | None:
        return draw.sometimes(Decimal(draw.random.randrange(9_600, 10_001)) / 100, 0.05)

    return Monitoring(
        draw.id(), company.id, provider.id,
        date(2025, draw.pick((1, 5)), draw.random.randrange(1, 29)),
        rate(), rate(), rate(), rate(), rate(), draw.sometimes(draw.random.randrange(900)),
        draw.pick((True, True, False, None)), datetime(2025, 6, 1, draw.random.randrange(3)),
        draw.sometimes(datetime(2025, 6, 2, draw.random.randrange(2)), 0.2),
    )  # fmt: skip


def _details(draw: Draw, chosen: tuple[Enrollment, ...]) -> tuple[Details, ...]:
    return tuple(
        Details(
            draw.id(), e.company_id, e.id, draw.pick(("Health", "Health", "Dental")),
            waiting_period_days=draw.pick((None, 0, 30, 90, 91)),
            pre_existing_conditions=draw.pick((None, None, "[]", '["asthma"]')),
            is_active=draw.pick((None, True, False)),
        )
        for e in chosen
        if draw.chance(0.3)
    )  # fmt: skip


def _security(draw: Draw, company: Company) -> Security:
    flags = (True, True, True, False, None)
    return Security(
        draw.id(), company.id, draw.pick(flags), draw.pick(flags),
        draw.pick(("AES-256", "AES-128-GCM", "DES", None)), draw.pick(flags), draw.pick(flags),
        draw.pick((None, 5, 15, 16, 31)),
    )  # fmt: skip


def _assignment(draw: Draw, company: Company) -> Assignment:
    near = AS_OF + timedelta(days=draw.pick((-40, -1, 0, 1)))
    return Assignment(
        draw.id(), company.id, draw.sometimes(near, 0.3), draw.pick((True, False, None))
    )


def _solicitations(draw: Draw, staff: tuple[Employee, ...]) -> tuple[Solicitation, ...]:
    return tuple(
        Solicitation(draw.id(), draw.pick(("employee", "dependent")), e.id, draw.day())
        for e in staff
        for _ in range(draw.random.randrange(5))
    )
