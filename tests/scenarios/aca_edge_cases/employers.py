"""Small employers for edge cases that need several people, plans or companies.

Belongs here: their operational rows. Does not belong here: what the forms must say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import polars as pl

from tests.oracles.aca_1095c_example import Row

YEAR = 2024
JANUARY, LONG_AGO = date(YEAR, 1, 1), date(2018, 3, 1)


@dataclass
class Employers:
    """The rows of several companies, by table."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, name: str, /, **cells: object) -> str:
        """Return the id of a row that is added."""
        key = str(uuid5(NAMESPACE_OID, f"{table}/{name}"))
        self.tables.setdefault(table, []).append({"id": key, **cells})
        return key

    def write(self, folder: Path) -> Path:
        """Return the folder, now with one CSV file a table."""
        folder.mkdir()
        for table, rows in self.tables.items():
            names = list(dict.fromkeys(name for row in rows for name in row))
            columns = {name: [_text(row.get(name)) for row in rows] for name in names}
            pl.DataFrame(columns).write_csv(folder / f"{table}.csv")
        return folder


def _text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class Employer:
    """One company with one health plan, a large employer in 2024."""

    def __init__(self, all_of_them: Employers, name: str, ein: str, **year: object) -> None:
        self.all, self.name, self.ein = all_of_them, name, ein
        self.key = self.all.add(
            "company", name, legal_name=f"Example {name}", ein=ein, state="OR", is_test_data=True
        )
        facts = {"ale_status": "ale", "full_time_basis": "class", **year}
        self.all.add("aca_employer_year", name, company_id=self.key, tax_year=YEAR, **facts)
        self.plan = self.add_plan("plan")

    def add_plan(self, name: str) -> str:
        """Return the id of an insured plan of minimum value over the calendar year."""
        plan = self.all.add(
            "benefit_plan",
            f"{self.name}/{name}",
            company_id=self.key,
            plan_name=name,
            plan_code=name,
            benefit_type="health",
            is_mec=True,
            is_minimum_value=True,
            is_self_insured=False,
            coverage_ends="end_of_month",
        )
        for year in (YEAR, YEAR + 1):
            self.all.add(
                "plan_year",
                f"{plan}/{year}",
                benefit_plan_id=plan,
                company_id=self.key,
                start_date=date(year, 1, 1),
                end_date=date(year, 12, 31),
            )
        return plan

    def hire(
        self,
        number: str,
        start: date = LONG_AGO,
        end: date | None = None,
        kind: str = "full_time",
        **more: object,
    ) -> str:
        """Return the id of an employee with one period of employment."""
        person = self.all.add(
            "employee",
            number,
            company_id=self.key,
            employee_number=number,
            first_name="Ren",
            last_name="Alder",
            worker_type="employee",
            **{"person_key": None, **more},
        )
        self.employ(person, start, end, kind)
        return person

    def employ(
        self,
        person: str,
        start: date,
        end: date | None = None,
        kind: str = "full_time",
        **more: str,
    ) -> None:
        """Add a period of employment."""
        cells: Mapping[str, object] = {"department_id": None, "pay_frequency": None, **more}
        self.all.add(
            "employment_period",
            f"{person}/{start}",
            company_id=self.key,
            employee_id=person,
            start_date=start,
            end_date=end,
            employment_class=kind,
            **cells,
        )

    def offer(
        self,
        person: str,
        start: date,
        cost: str,
        response: str,
        plan: str = "",
        end: date | None = None,
    ) -> None:
        """Offer the plan to the person, the spouse and the children."""
        self.all.add(
            "benefit_offer",
            f"{person}/{plan}/{start}",
            company_id=self.key,
            employee_id=person,
            benefit_plan_id=plan or self.plan,
            coverage_from=start,
            coverage_to=end,
            reason="active",
            offered_to_spouse=True,
            spouse_conditional=False,
            offered_to_dependents=True,
            response=response,
            employee_self_only_cost=cost,
        )

    def enroll(
        self, person: str, start: date, plan: str = "", end: date | None = None, **pay: object
    ) -> None:
        """Enroll the person; `pay` is what is really deducted."""
        cells = {"contribution_frequency": None, **pay}
        self.all.add(
            "benefits_enrollment",
            f"{person}/{start}",
            company_id=self.key,
            employee_id=person,
            benefit_plan_id=plan or self.plan,
            enrollment_number=f"E-{person[:8]}-{start}",
            enrollment_type="Open Enrollment",
            enrollment_status="Active" if end is None else "Terminated",
            coverage_start_date=start,
            coverage_end_date=end,
            effective_date=start,
            termination_date=end,
            coverage_level="Employee Only",
            dependents="[]",
            **cells,
        )
