"""A worked example of Form 1095-C as operational rows.

Belongs here: the shape of an example and the rows it stands for.
Does not belong here: the examples (aca_1095c_examples.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.oracles.aca_1095c_histories import Company

Row = dict[str, Any]
NOTHING = "no form"
OF_COMPANY = {
    "aca_employer_year", "plan_rate", "ichra_allowance", "silver_premium", "measurement_policy",
}  # fmt: skip


@dataclass(frozen=True)
class Lines:
    """The same codes from one month to another; an empty line is None."""

    first: int
    last: int
    line_14: str
    line_15: str | None
    line_16: str | None


@dataclass(frozen=True)
class Example:
    """One person in one company."""

    id: str
    year: int
    lines: tuple[Lines, ...]
    hired: date = date(2018, 3, 1)
    left: date | None = None
    employment: tuple[Row, ...] = ()
    plan: Row = field(default_factory=dict)
    employer: Row = field(default_factory=dict)
    offers: tuple[Row, ...] = ()
    covered: tuple[tuple[date, date | None], ...] = ()
    plan_start: str = "01"
    plan_years: tuple[Row, ...] = ()
    more: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    worker_type: str = "employee"
    employee: Row = field(default_factory=dict)
    zip: str | None = None
    age: int | None = None

    def company(self) -> Company:
        """The rows of the example."""
        return _Rows(self).company()


class _Rows:
    def __init__(self, example: Example) -> None:
        self.example = example
        self.key = self._id("company")
        self.me = self._id("employee")
        self.plan = self._id("plan")

    def _id(self, name: str) -> str:
        return str(uuid5(NAMESPACE_OID, f"{self.example.id}/{name}"))

    def company(self) -> Company:
        example = self.example
        company = Company(
            rows={
                "company": [
                    {
                        "id": self.key,
                        "legal_name": f"Example {example.id}",
                        "ein": "00-0000001",
                        "state": "OR",
                        "is_test_data": True,
                    }
                ],
                "aca_employer_year": [
                    {
                        "id": self._id("year"),
                        "company_id": self.key,
                        "tax_year": example.year,
                        "ale_status": "ale",
                        "full_time_basis": "class",
                        **example.employer,
                    }
                ],
                "benefit_plan": [
                    {
                        "id": self.plan,
                        "company_id": self.key,
                        "plan_name": "Plan",
                        "plan_code": "P",
                        "benefit_type": "health",
                        "is_mec": True,
                        "is_minimum_value": True,
                        "is_self_insured": False,
                        "coverage_ends": "end_of_month",
                        **example.plan,
                    }
                ],
                "plan_year": self._plan_years(),
            }
        )
        company.people = [self._person()]
        for table, rows in example.more.items():
            target = company.rows if table in OF_COMPANY else company.people[0]
            target[table] = [self._own(table, n, row) for n, row in enumerate(rows)]
        return company

    def _own(self, table: str, number: int, row: Row) -> Row:
        keys: dict[str, Row] = {
            "plan_rate": {"benefit_plan_id": self.plan, "total_premium_monthly": Decimal(500)},
            "coverage_basis": {"enrollment_id": self._id("enrollment0")},
            "ichra_allowance": {"benefit_plan_id": self.plan},
            "silver_premium": {},
            "measurement_policy": {"company_id": self.key},
            "aca_employer_year": {"company_id": self.key, "ale_status": "ale"},
            "employee_address": {"employee_id": self.me, "line1": "1 Street", "city": "Town"},
            "leave_period": {"employee_id": self.me},
            "contribution_adjustment": {"employee_id": self.me},
        }
        mine = keys.get(table, {"employee_id": self.me, "company_id": self.key})
        return {"id": self._id(f"{table}{number}"), **mine, **row}

    def _plan_years(self) -> list[Row]:
        given = self.example.plan_years
        if given:
            own = [(self._id(f"plan year {n}"), row) for n, row in enumerate(given)]
            return [{"id": key, "benefit_plan_id": self.plan, **row} for key, row in own]
        month = int(self.example.plan_start) or 1  # 00: no plan is offered
        years = range(self.example.year - 1, self.example.year + 1)
        return [
            {
                "id": self._id(f"plan year {year}"),
                "benefit_plan_id": self.plan,
                "start_date": date(year, month, 1),
                "end_date": date(year, 12, 31) if month == 1 else date(year + 1, month - 1, 30),
            }
            for year in years
        ]

    def _person(self) -> dict[str, list[Row]]:
        example = self.example
        spans = example.employment or (
            {
                "start_date": example.hired,
                "end_date": example.left,
                "employment_class": "full_time",
            },
        )
        return {
            "employee": [
                {
                    "id": self.me,
                    "company_id": self.key,
                    "employee_number": example.id,
                    "first_name": "Pat",
                    "last_name": "Doe",
                    "worker_type": example.worker_type,
                    **example.employee,
                }
            ],
            "employment_period": [
                self._own("employment_period", n, row) for n, row in enumerate(spans)
            ]
            if example.worker_type == "employee"
            else [],
            "benefit_offer": [
                {
                    "id": self._id(f"offer{n}"),
                    "employee_id": self.me,
                    "company_id": self.key,
                    "benefit_plan_id": self.plan,
                    "reason": "active",
                    "offered_to_spouse": True,
                    "offered_to_dependents": True,
                    **row,
                }
                for n, row in enumerate(example.offers)
            ],
            "benefits_enrollment": [
                {
                    "id": self._id(f"enrollment{n}"),
                    "company_id": self.key,
                    "employee_id": self.me,
                    "enrollment_number": f"{example.id}-{n}",
                    "benefit_plan_id": self.plan,
                    "enrollment_type": "Open Enrollment",
                    "enrollment_status": "Active",
                    "coverage_start_date": first,
                    "coverage_end_date": last,
                    "effective_date": first,
                    "coverage_level": "Employee Only",
                }
                for n, (first, last) in enumerate(example.covered)
            ],
        }
