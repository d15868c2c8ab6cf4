"""An employer of a few kinds of people as operational rows: for situations of a whole employer.

Belongs here: the shape of a firm and the rows it stands for.
Does not belong here: the situations (aca_firm_situations_*.py), or what they give.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.oracles.aca_1095c_histories import Company

YEAR = 2025
LONG_AGO = date(2018, 3, 1)
Row = dict[str, Any]
Rows = dict[str, tuple[Row, ...]]
PLAN: Row = {
    "plan_name": "Plan",
    "plan_code": "P",
    "benefit_type": "health",
    "is_mec": True,
    "is_minimum_value": True,
    "is_self_insured": False,
    "coverage_ends": "termination_date",
}
OF_PERSON = {
    "employment_period", "hours_of_service", "multiemployer_contribution", "pay_rate",
    "annual_wages", "benefit_offer",
}  # fmt: skip


@dataclass(frozen=True)
class Workers:
    """So many people of the same facts; spans of coverage may list dependents."""

    name: str
    count: int
    employment: tuple[Row, ...] = ()
    offers: tuple[Row, ...] = ()
    covered: tuple[Row, ...] = ()
    employee: Row = field(default_factory=dict)
    more: Rows = field(default_factory=dict)


@dataclass(frozen=True)
class Firm:
    """One company: its people, its year, its plan, its group (names of firms, or rows)."""

    id: str
    workers: tuple[Workers, ...]
    employer: Row = field(default_factory=dict)
    plan: Row = field(default_factory=dict)
    group: tuple[Row, ...] = ()
    more: Rows = field(default_factory=dict)
    year: int = YEAR

    def key(self, name: str = "company") -> str:
        """The id of the company, or of a row of it by name."""
        return str(uuid5(NAMESPACE_OID, f"firm/{self.id}/{name}"))

    @property
    def ein(self) -> str:
        return ein_of(self.id)

    def company(self) -> Company:
        """The rows of the firm."""
        own: Row = {"id": self.key(), "legal_name": self.id, "ein": self.ein, "state": "OR"}
        year: Row = {"ale_status": "ale", "full_time_basis": "class", "tax_year": self.year}
        plan = {"id": self.key("plan"), "company_id": self.key(), **PLAN, **self.plan}
        company = Company(
            rows={
                "company": [{**own, "is_test_data": True}],
                "aca_employer_year": [
                    {"id": self.key("year"), "company_id": self.key(), **year, **self.employer}
                ],
                "benefit_plan": [plan],
                "plan_year": [
                    {
                        "id": self.key(f"plan year {number}"),
                        "benefit_plan_id": plan["id"],
                        "start_date": date(number, 1, 1),
                        "end_date": date(number, 12, 31),
                    }
                    for number in range(self.year - 1, self.year + 1)
                ],
                "ale_group_member": [
                    {"id": self.key(f"group {n}"), "group_name": "Group", **row}
                    for n, row in enumerate(self.group)
                ],
            }
        )
        for table, rows in self.more.items():
            company.rows[table] = [
                {"id": self.key(f"{table}{n}"), "company_id": self.key(), **row}
                for n, row in enumerate(rows)
            ]
        company.people = list(self._people())
        return company

    def _people(self) -> Iterator[dict[str, list[Row]]]:
        number = 0
        for workers in self.workers:
            for copy in range(workers.count):
                number += 1
                name = workers.name if workers.count == 1 else f"{workers.name} {copy + 1}"
                yield self._person(workers, name, f"{number:03d}")

    def _person(self, workers: Workers, name: str, number: str) -> dict[str, list[Row]]:
        me = self.key(name)
        whose = {"employee_id": me, "company_id": self.key()}

        def own(table: str, rows: tuple[Row, ...], extra: Row) -> list[Row]:
            return [
                {"id": self.key(f"{name}/{table}{n}"), **extra, **row} for n, row in enumerate(rows)
            ]

        offered: Row = {
            "benefit_plan_id": self.key("plan"),
            "reason": "active",
            "offered_to_spouse": True,
            "offered_to_dependents": True,
            "response": "waived",
            "employee_self_only_cost": Decimal("100.00"),
        }
        found = {
            "employee": [
                {
                    "id": me,
                    "company_id": self.key(),
                    "employee_number": number,
                    "first_name": "Pat",
                    "last_name": "Doe",
                    "worker_type": "employee",
                    **workers.employee,
                }
            ],
            "employment_period": own("employment", workers.employment, whose),
            "benefit_offer": own("offer", workers.offers, {**whose, **offered}),
            "benefits_enrollment": [
                {
                    "id": self.key(f"{name}/enrollment{n}"),
                    **whose,
                    "enrollment_number": f"{self.id}/{number}-{n}",
                    "benefit_plan_id": self.key("plan"),
                    "enrollment_type": "Open Enrollment",
                    "enrollment_status": "Active",
                    "coverage_level": "Family",
                    "effective_date": row["coverage_start_date"],
                    **{k: json.dumps(v) if k == "dependents" else v for k, v in row.items()},
                }
                for n, row in enumerate(workers.covered)
            ],
        }
        for table, rows in workers.more.items():
            keys = whose if table in OF_PERSON else {"employee_id": me}
            if table == "coverage_basis":
                keys = {"enrollment_id": self.key(f"{name}/enrollment0")}
            found[table] = [*found.get(table, []), *own(table, rows, keys)]
        return found


def ein_of(name: str) -> str:
    """An employer number that nobody else of these situations has."""
    return f"00-{uuid5(NAMESPACE_OID, name).int % 10**7:07d}"
