"""Operational rows for the Form 5500 tests: one invented employer after another.

Belongs here: making rows. Does not belong here: what they lead to (form_5500.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tests.oracles.build import Cell, Row

SPACE = uuid.UUID("00000000-0000-4000-8000-00005500aaaa")
TABLES = (
    "company", "employee", "benefit_plan", "plan_year", "plan_contract", "plan_fee",
    "plan_participant", "plan_filing", "benefits_enrollment", "coverage_basis", "benefit_offer",
)  # fmt: skip


@dataclass
class Book:
    """Rows by table; every table of the report is present, if only empty."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, table: str, key: str, **values: Cell) -> str:
        """The id of a new row, made of its table and key."""
        row_id = str(uuid.uuid5(SPACE, f"{table} {key}"))
        self.rows[table].append({"id": row_id, **values})
        return row_id


class Employer:
    """One company with one welfare plan, added to a book."""

    def __init__(self, book: Book, name: str, **plan: Cell) -> None:
        self.book = book
        self.name = name
        number = uuid.uuid5(SPACE, name).int
        self.company_id = book.add(
            "company", name, legal_name=f"{name} Works", ein=f"9{number % 10**8:08d}",
            address_line1="4 Mill Lane", city="Alder", state="OR", zip="97001",
            phone="503-555-0100", business_code="336100", is_test_data=True,
        )  # fmt: skip
        self.plan_id = self.plan("wrap", **{"plan_number": "501", **plan})

    def plan(self, key: str, **values: Cell) -> str:
        """The id of a plan; what is not said is the plain case."""
        plain: dict[str, Cell] = {
            "company_id": self.company_id, "plan_name": f"{self.name} {key}", "plan_code": key,
            "benefit_type": "other", "welfare_or_pension": "welfare",
            "plan_entity": "single_employer", "has_trust": False, "m1_required": False,
            "is_self_insured": False, "is_collectively_bargained": False,
            "effective_date": "2001-01-01",
        }  # fmt: skip
        return self.book.add("benefit_plan", f"{self.name} {key}", **{**plain, **values})

    def year(self, start: str, end: str) -> None:
        """A plan year with an ordinary return."""
        key = f"{self.name} {start}"
        self.book.add(
            "plan_year", key, benefit_plan_id=self.plan_id, start_date=start, end_date=end
        )
        self.book.add("plan_filing", key, benefit_plan_id=self.plan_id, plan_year=int(start[:4]))

    def listed(self, day: str, status: str, count: int, first: int = 0) -> None:
        """People on the participant list of a day."""
        for number in range(first, first + count):
            self.book.add(
                "plan_participant", f"{self.name} {day} {status} {number}",
                benefit_plan_id=self.plan_id, person_key=f"{self.name} {number}",
                as_of_date=day, status=status,
            )  # fmt: skip

    def people(self, count: int) -> list[str]:
        """The ids of that many employees."""
        return [
            self.book.add(
                "employee",
                f"{self.name} {number}",
                company_id=self.company_id,
                employee_number=f"{number:04d}",
                first_name="Sam",
                last_name="Reed",
            )
            for number in range(count)
        ]

    def cover(
        self, plan_id: str, people: Iterable[str], start: str, end: str | None = None,
        status: str = "Active",
    ) -> list[str]:  # fmt: skip
        """The ids of enrollments of people in a plan."""
        return [
            self.book.add(
                "benefits_enrollment",
                f"{plan_id} {person} {start}",
                enrollment_number=str(uuid.uuid5(SPACE, f"{plan_id} {person} {start}"))[:18],
                company_id=self.company_id,
                employee_id=person,
                benefit_plan_id=plan_id,
                enrollment_status=status,
                coverage_start_date=start,
                coverage_end_date=end,
                effective_date=start,
            )
            for person in people
        ]

    def contract(self, key: str, types: str, start: str, end: str, **values: Cell) -> str:
        """The id of a contract that is complete and not experience-rated."""
        plain: dict[str, Cell] = {
            "benefit_plan_id": self.plan_id, "carrier_name": f"Carrier {key}",
            "carrier_ein": "91-2345678", "carrier_naic_code": "12345", "contract_number": key,
            "contract_kind": "insured", "policy_from": start, "policy_to": end,
            "persons_covered_end": 10, "benefit_types": types, "is_experience_rated": False,
            "nonexperience_premiums": "1000.00", "failed_to_provide": False,
        }  # fmt: skip
        return self.book.add("plan_contract", f"{self.name} {key} {end}", **{**plain, **values})

    def fee(self, contract_id: str, name: str, plan_year: int, **values: Cell) -> str:
        """The id of a recipient of a contract."""
        plain: dict[str, Cell] = {
            "plan_contract_id": contract_id, "plan_year": plan_year, "recipient_name": name,
            "address_line1": "1 High St", "city": "Alder", "state": "OR", "zip": "97001",
            "organization_code": "3",
        }  # fmt: skip
        return self.book.add("plan_fee", f"{contract_id} {name}", **{**plain, **values})


def day(text: Cell) -> date:
    """The date a cell holds."""
    return date.fromisoformat(str(text))
