"""Random employers: overlapping and broken histories, every pay rhythm, holes where data is missing.

Belongs here: drawing facts from a seed. Does not: anything that knows what the facts mean.
"""

from __future__ import annotations

import json
import random
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from tests.oracles.facts import (
    Assignment,
    Budget,
    Company,
    Department,
    Details,
    Employee,
    Employer,
    Employment,
    Enrollment,
    Monitoring,
    Offer,
    PayDate,
    Plan,
    Provider,
    Rate,
    Security,
    Solicitation,
    Survey,
)

FIRST, LAST = date(2022, 6, 1), date(2025, 9, 30)
AS_OF = date(2025, 5, 20)
KINDS = (
    *("health", "health", "health", "ichra", "dental", "vision", "life", "add", "std", "ltd"),
    *("accident", "hsa", "fsa", "retirement_401k", "defined_benefit", "wellness", "eap"),
    *("transportation", "other"),
)
STATUSES = (*("Active",) * 8, *("Terminated",) * 4, "Approved", "Pending", "Submitted")
ODD_STATUSES = ("On Hold", "Cancelled", "Rejected")
LEVELS = ("Employee Only", "Employee + Spouse", "EE+Children", "Family", "employee & family")
FREQUENCIES = ("Monthly", "Pay Period", "Pay Period", "Quarterly", "Annually")
RHYTHMS = ("weekly", "biweekly", "semimonthly", "monthly")
CATEGORIES = ("Health Insurance", "Dental Insurance", "Retirement Plans", "Administrative")
TYPES = ("Health", "Dental", "Retirement", "Other")
T = TypeVar("T")


class Draw:
    """A seeded source of ids, days, amounts and choices."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.drawn = 0

    def number(self) -> str:
        """The next enrollment number; its order is not the order of time."""
        self.drawn += 1
        return f"E{(self.drawn * 7919) % 10_007:05d}"

    def id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        """A day; often the first of its month."""
        day = first + timedelta(days=self.random.randrange((last - first).days + 1))
        return day.replace(day=1) if self.chance(0.4) and day.replace(day=1) >= first else day

    def money(self, top: int = 120_000) -> Decimal:
        return Decimal(self.random.randrange(top)) / 100

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def sometimes(self, value: T, missing: float = 0.03) -> T | None:
        return None if self.chance(missing) else value

    def pick(self, values: tuple[T, ...] | list[T]) -> T:
        return values[self.random.randrange(len(values))]


def random_employer(seed: int, people: int, holes: float = 0.02) -> Employer:
    """One employer with that many employee records; `holes` is the share of missing inputs."""
    draw = Draw(seed)
    company = Company(draw.id(), f"Employer {seed}", "900000000", draw.sometimes(True, 0.3))
    providers = tuple(
        Provider(draw.id(), company.id, f"Provider {n}", f"P{n}") for n in range(draw.pick((1, 2)))
    )
    departments = tuple(Department(draw.id(), company.id, f"D{n}") for n in range(3))
    plans = _plans(draw, company, providers)
    employees = _employees(draw, company, people)
    employments = tuple(
        period for e in employees for period in _employment(draw, e, departments, holes)
    )
    enrollments = tuple(
        row for e in employees for row in _enrollments(draw, e, plans, providers, holes)
    )
    return Employer(
        company=company, providers=providers, departments=departments, plans=plans,
        rates=_rates(draw, plans), pay_dates=_pay_dates(draw, company, holes),
        employees=employees, employments=employments, enrollments=enrollments,
        offers=_offers(draw, employees, plans, enrollments),
        budgets=_budgets(draw, company, departments, providers),
        surveys=_surveys(draw, company, departments, holes),
        monitoring=_monitoring(draw, company, providers),
        details=_details(draw, enrollments),
        security=tuple(_security(draw, company) for _ in range(draw.pick((0, 1, 3)))),
        assignments=tuple(_assignment(draw, company) for _ in range(4)),
        solicitations=_solicitations(draw, employees),
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
    rates = []
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
                        Rate(draw.id(), plan.id, level, start, premium * 2, premium, end, None, True)
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
            PayDate(draw.id(), company.id, rhythm, day)
            for day in _rhythm_days(rhythm, first)
        ]
    return (*dates, *(PayDate(draw.id(), company.id, d.pay_frequency, d.pay_date) for d in dates[:2]))


def _rhythm_days(rhythm: str, first: date) -> list[date]:
    if rhythm in ("weekly", "biweekly"):
        step = 7 if rhythm == "weekly" else 14
        return [first + timedelta(days=step * n) for n in range((1460 // step))]
    days = (15, 28) if rhythm == "semimonthly" else (28,)
    return [date(y, m, d) for y in range(2022, 2026) for m in range(1, 13) for d in days]


def _employees(draw: Draw, company: Company, people: int) -> tuple[Employee, ...]:
    ssns = ("123456789", "900014321", "900504321", "000123456", "12345", "666121234", None)
    employees: list[Employee] = []
    for number in range(people):
        key = draw.pick(("K1", "K2")) if draw.chance(0.15) else None
        employees.append(
            Employee(draw.id(), company.id, f"N{number}", person_key=key, ssn=draw.pick(ssns))
        )
    return tuple(employees)


def _employment(
    draw: Draw, employee: Employee, departments: tuple[Department, ...], holes: float
) -> list[Employment]:
    periods: list[Employment] = []
    start = draw.day(FIRST - timedelta(days=200), date(2024, 6, 1))
    while start < LAST and len(periods) < 4:
        end = draw.sometimes(start + timedelta(days=draw.random.randrange(10, 900)), 0.3)
        periods.append(
            Employment(
                draw.id(), employee.id, employee.company_id, start, end,
                contribution_class=draw.pick((None, "A", "B")),
                department_id=draw.sometimes(draw.pick(departments).id, 0.1),
                pay_frequency=draw.sometimes(draw.pick(RHYTHMS), holes),
            )
        )  # fmt: skip
        if end is None:
            break
        start = end + timedelta(days=draw.pick((1, 1, -20, 40)))
    return periods


def _enrollments(
    draw: Draw,
    employee: Employee,
    plans: tuple[Plan, ...],
    providers: tuple[Provider, ...],
    holes: float,
) -> list[Enrollment]:
    rows = []
    for _ in range(draw.random.randrange(0, 6)):
        start = draw.day()
        end = draw.sometimes(start + timedelta(days=draw.random.randrange(0, 500)), 0.4)
        gone = draw.sometimes(draw.day(start - timedelta(days=30), LAST), 0.7)
        plan = draw.pick(plans)
        rows.append(
            Enrollment(
                draw.id(), employee.company_id, employee.id, draw.number(), plan.id,
                start, start, draw.pick(STATUSES if draw.chance(0.93) else ODD_STATUSES),
                draw.pick(("New Hire", "Open Enrollment", "Coverage Change")),
                draw.sometimes(draw.pick(providers).id, 0.5), end, gone,
                draw.sometimes(draw.money(), holes), draw.sometimes(draw.money(), holes),
                draw.sometimes(draw.pick(FREQUENCIES), holes),
                draw.sometimes(draw.pick((*LEVELS, "Something else")), 0.02),
                _dependents(draw), draw.pick((None, "U1", "U2")), draw.pick((None, "U1", "U2")),
            )
        )  # fmt: skip
    return rows


def _dependents(draw: Draw) -> str | None:
    if draw.chance(0.5):
        return draw.pick((None, "[]"))
    items: list[dict[str, str | None]] = []
    for _ in range(draw.pick((1, 2))):
        items.append(
            {
                "first_name": draw.pick(("Kadi", "kadi", "Leo")),
                "last_name": "Tamm",
                draw.pick(("date_of_birth", "dob", "birth_date")): draw.pick(("2015-01-02", "2019-07-30")),
                "ssn": draw.pick((None, "123-45-6789", "000-12-3456")),
                "coverage_start": draw.pick((None, "2025-02-01", "2026-01-01")),
                "coverage_end_date": draw.pick((None, None, "2024-12-31")),
            }
        )
    return json.dumps(items)


def _offers(
    draw: Draw,
    employees: tuple[Employee, ...],
    plans: tuple[Plan, ...],
    enrollments: tuple[Enrollment, ...],
) -> tuple[Offer, ...]:
    offers = []
    for employee in employees:
        for _ in range(draw.random.randrange(0, 4)):
            start, plan = draw.day(), draw.pick(plans)
            held = any(
                e.employee_id == employee.id and e.benefit_plan_id == plan.id for e in enrollments
            )
            answers = ("elected", "no_response", None)
            response = draw.pick(answers if held and draw.chance(0.95) else (*answers, "waived"))
            end = draw.sometimes(start + timedelta(days=draw.random.randrange(500)), 0.3)
            offers.append(
                Offer(draw.id(), employee.id, employee.company_id, plan.id, start, end, response)
            )
    return tuple(offers)


def _budgets(
    draw: Draw, company: Company, departments: tuple[Department, ...], providers: tuple[Provider, ...]
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
    rows = []
    for provider in providers:
        for _ in range(30):
            rates = [
                draw.sometimes(Decimal(draw.random.randrange(9_600, 10_001)) / 100, 0.05)
                for _ in range(5)
            ]
            rows.append(
                Monitoring(
                    draw.id(), company.id, provider.id,
                    date(2025, draw.pick((1, 5)), draw.random.randrange(1, 29)),
                    *rates, draw.sometimes(draw.random.randrange(900)),
                    draw.pick((True, True, False, None)),
                    datetime(2025, 6, 1, draw.random.randrange(3)),
                    draw.sometimes(datetime(2025, 6, 2, draw.random.randrange(2)), 0.2),
                )
            )  # fmt: skip
    return tuple(rows)


def _details(draw: Draw, enrollments: tuple[Enrollment, ...]) -> tuple[Details, ...]:
    return tuple(
        Details(
            draw.id(), e.company_id, e.id, draw.pick(("Health", "Health", "Dental")),
            waiting_period_days=draw.pick((None, 0, 30, 90, 91)),
            pre_existing_conditions=draw.pick((None, None, "[]", '["asthma"]')),
            is_active=draw.pick((None, True, False)),
        )
        for e in enrollments
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
    return Assignment(draw.id(), company.id, draw.sometimes(near, 0.3), draw.pick((True, False, None)))


def _solicitations(draw: Draw, employees: tuple[Employee, ...]) -> tuple[Solicitation, ...]:
    return tuple(
        Solicitation(draw.id(), draw.pick(("employee", "dependent")), e.id, draw.day())
        for e in employees
        for _ in range(draw.random.randrange(5))
    )
