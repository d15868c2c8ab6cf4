"""Random people of an employer: records, employment, enrollments, offers; overlaps and gaps.

Belongs here: drawing the histories of people. Does not: the employer around them (`employers`).
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from tests.oracles.draw import FIRST, LAST, Draw
from tests.oracles.facts import (
    Company,
    Department,
    Employee,
    Employment,
    Enrollment,
    Offer,
    Plan,
    Provider,
)

STATUSES = (*("Active",) * 8, *("Terminated",) * 4, "Approved", "Pending", "Submitted")
ODD_STATUSES = ("On Hold", "Cancelled", "Rejected")
LEVELS = ("Employee Only", "Employee + Spouse", "EE+Children", "Family", "employee & family")
FREQUENCIES = ("Monthly", "Pay Period", "Pay Period", "Quarterly", "Annually")
RHYTHMS = ("weekly", "biweekly", "semimonthly", "monthly")


def employees(draw: Draw, company: Company, people: int) -> tuple[Employee, ...]:
    ssns = ("078051120", "900014321", "900504321", "000123456", "12345", "666121234", None)
    employees: list[Employee] = []
    for number in range(people):
        key = draw.pick(("K1", "K2")) if draw.chance(0.15) else None
        employees.append(
            Employee(draw.id(), company.id, f"N{number}", person_key=key, ssn=draw.pick(ssns))
        )
    return tuple(employees)


def employment(
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


def enrollments(
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
                dependents(draw), draw.pick((None, "U1", "U2")), draw.pick((None, "U1", "U2")),
            )
        )  # fmt: skip
    return rows


def dependents(draw: Draw) -> str | None:
    if draw.chance(0.5):
        return draw.pick((None, "[]"))
    items: list[dict[str, str | None]] = []
    for _ in range(draw.pick((1, 2))):
        items.append(
            {
                "first_name": draw.pick(("Kadi", "kadi", "Leo")),
                "last_name": "Tamm",
                draw.pick(("date_of_birth", "dob", "birth_date")): draw.pick(
                    ("2015-01-02", "2019-07-30")
                ),
                "ssn": draw.pick((None, "078-05-1120", "000-12-3456")),
                "coverage_start": draw.pick((None, "2025-02-01", "2026-01-01")),
                "coverage_end_date": draw.pick((None, None, "2024-12-31")),
            }
        )
    return json.dumps(items)


def offers(
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
            end = draw.sometimes(start + timedelta(days=draw.random.randrange(-9, 500)), 0.3)
            offers.append(
                Offer(draw.id(), employee.id, employee.company_id, plan.id, start, end, response)
            )
    return tuple(offers)
