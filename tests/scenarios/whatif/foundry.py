"""The files of Heron Quay Foundry, as rows (see case.md). Not here: what follows from them."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]
COMPANY, PLAN = "0c000000-0000-4000-8000-000000000009", "0b000000-0000-4000-8000-000000000009"
YEAR = {"from_date": "2024-01-01", "to_date": "2024-12-31"}
FULL_TIME = [f"H-{number:02}" for number in range(1, 41)]
PART_TIME = "P-01"
ENROLLED = "H-02"


def _id(kind: int, number: int) -> str:
    return f"{kind:08x}-0000-4000-8000-{number:012}"


def _people() -> list[tuple[str, str]]:
    return [(n, _id(0xE, i)) for i, n in enumerate([*FULL_TIME, PART_TIME], 1)]


def tables() -> dict[str, list[Row]]:
    """Every file by its table."""
    people = _people()
    full_time = people[:-1]
    company = {"company_id": COMPANY}
    return {
        "company": [_company()],
        "aca_employer_year": [
            {"id": _id(1, 1), "tax_year": "2024", "ale_status": "ale", "full_time_basis": "class"}
            | company
        ],
        "employee": [_employee(n, key, i) | company for i, (n, key) in enumerate(people, 1)],
        "employment_period": [
            {
                "id": _id(2, i),
                "employee_id": key,
                "start_date": "2020-01-01",
                "employment_class": "part_time" if number == PART_TIME else "full_time",
                "pay_frequency": "monthly",
            }
            | company
            for i, (number, key) in enumerate(people, 1)
        ],
        "benefit_plan": [_plan() | company],
        "plan_year": [
            {"id": _id(3, 1), "benefit_plan_id": PLAN}
            | {"start_date": "2024-01-01", "end_date": "2024-12-31"}
        ],
        "plan_rate": [
            {"id": _id(4, 1), "benefit_plan_id": PLAN, "coverage_level": "Employee Only"}
            | {"total_premium_monthly": "500.00", "employee_cost_monthly": "98.00"}
            | YEAR
        ],
        "benefit_offer": [
            {"id": _id(5, i), "employee_id": key, "benefit_plan_id": PLAN, "reason": "active"}
            | {"coverage_from": "2024-01-01", "offered_to_spouse": "true"}
            | {"offered_to_dependents": "true", "employee_self_only_cost": "98.00"}
            | {"response": "elected" if number == ENROLLED else "waived"}
            | company
            for i, (number, key) in enumerate(full_time, 1)
        ],
        "benefits_enrollment": [_enrollment(dict(people)[ENROLLED]) | company],
        "pay_rate": [
            {"id": _id(6, i), "employee_id": key, "basis": "salary_monthly"}
            | {"amount": "1500.00" if number == "H-01" else "9000.00", "from_date": "2020-01-01"}
            | company
            for i, (number, key) in enumerate(full_time, 1)
        ],
        "annual_wages": [
            {"id": _id(7, i), "employee_id": key, "tax_year": "2024"}
            | {"box_1": "18000.00" if number == "H-01" else "108000.00"}
            | company
            for i, (number, key) in enumerate(full_time, 1)
        ],
        "hours_of_service": [
            {"id": _id(8, month), "employee_id": dict(people)[PART_TIME], "hours": "100"}
            | {"period_start": f"2024-{month:02}-01", "period_end": f"2024-{month:02}-{last}"}
            | {"basis": "actual"}
            | company
            for month, last in enumerate(_LAST_DAYS, 1)
        ],
    }


_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _company() -> Row:
    return {
        "id": COMPANY,
        "legal_name": "Heron Quay Foundry",
        "ein": "00-0000109",
        "address_line1": "1 Quay Road",
        "city": "Heron Quay",
        "state": "OR",
        "zip": "97301",
        "country": "US",
        "contact_phone": "503-555-0109",
        "is_test_data": "true",
        "is_active": "true",
    }


def _employee(number: str, key: str, place: int) -> Row:
    return {
        "id": key,
        "employee_number": number,
        "first_name": "Ash",
        "last_name": "Rowan",
        "ssn": f"900-15-{place:04}",
        "date_of_birth": "1985-05-05",
        "worker_type": "employee",
    }


def _plan() -> Row:
    return {
        "id": PLAN,
        "plan_name": "Heron PPO",
        "plan_code": "PPO",
        "benefit_type": "health",
        "is_mec": "true",
        "is_minimum_value": "true",
        "is_self_insured": "false",
        "coverage_ends": "end_of_month",
    }


def _enrollment(employee: str) -> Row:
    return {
        "id": _id(9, 1),
        "employee_id": employee,
        "enrollment_number": "EN-1",
        "benefit_plan_id": PLAN,
        "enrollment_type": "Open Enrollment",
        "enrollment_status": "Active",
        "coverage_start_date": "2024-01-01",
        "effective_date": "2024-01-01",
        "coverage_level": "Employee Only",
        "contribution_frequency": "Monthly",
        "employee_contribution_amount": "98.00",
        "employer_contribution_amount": "402.00",
    }


def write(folder: Path) -> Path:
    """Write the files into a folder and return it; a file without rows says: in no group."""
    folder.mkdir(parents=True)
    (folder / "ale_group_member.csv").write_text("id,group_name,company_id,name,ein,from_date\n")
    for table, rows in tables().items():
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
