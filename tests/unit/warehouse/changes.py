"""Changes of a few people's rows in a source folder, of every kind an operational system makes.

Belongs here: what is done to the files, by seed. Does not: what a build makes of it.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Row = dict[str, str]
OWN = (
    "employment_period", "benefit_offer", "benefits_enrollment", "hours_of_service", "pay_rate",
    "leave_period", "employee_address", "annual_wages",
)  # fmt: skip


@dataclass
class Folder:
    """The tables of a source folder, read when asked for and written back together."""

    path: Path
    rnd: Random
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table; what is done to the list is kept."""
        if table not in self.tables:
            with (self.path / f"{table}.csv").open(newline="", encoding="utf-8") as lines:
                self.tables[table] = list(csv.DictReader(lines))
        return self.tables[table]

    def of(self, table: str, person: Row) -> list[Row]:
        """Return the rows of one person in a table."""
        return [r for r in self.rows(table) if r["employee_id"] == person["id"]]

    def new_id(self) -> str:
        """Return an id no row has."""
        return str(uuid.UUID(int=self.rnd.getrandbits(128), version=4))

    def write(self) -> None:
        """Write every table that was read."""
        for table, rows in self.tables.items():
            with (self.path / f"{table}.csv").open("w", newline="", encoding="utf-8") as lines:
                writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def dearer(folder: Folder, person: Row) -> None:
    """An enrollment costs a cent more."""
    for row in folder.of("benefits_enrollment", person)[:1]:
        for column in ("employee_contribution_amount", "total_contribution_amount"):
            row[column] = f"{float(row[column] or 0) + 0.01:.2f}"


def ended(folder: Folder, person: Row) -> None:
    """An enrollment ends in the middle of a month."""
    for row in folder.of("benefits_enrollment", person)[-2:]:
        row["enrollment_status"], row["coverage_end_date"] = "Terminated", "2025-05-15"
        row["termination_date"] = "2025-05-15"


def dropped(folder: Folder, person: Row) -> None:
    """Enrollments and an offer are deleted."""
    gone = [r["id"] for r in folder.of("benefits_enrollment", person)[:2]]
    gone += [r["id"] for r in folder.of("benefit_offer", person)[:1]]
    for table in ("benefits_enrollment", "benefit_offer"):
        folder.rows(table)[:] = [r for r in folder.rows(table) if r["id"] not in gone]


def dated_back(folder: Folder, person: Row) -> None:
    """Somebody was hired, and paid, half a year earlier than known."""
    for row in folder.of("employment_period", person)[:1]:
        day = row["start_date"]
        row["start_date"] = f"{int(day[:4]) - 1}{day[4:]}"


def left(folder: Folder, person: Row) -> None:
    """Somebody left in the year of the forms."""
    for row in folder.of("employment_period", person):
        if not row["end_date"] and row["start_date"] < "2024-08-20":
            row["end_date"], row["end_reason"] = "2024-08-20", "voluntary"


def waived(folder: Folder, person: Row) -> None:
    """Offers were answered otherwise, and cost something else."""
    for row in folder.of("benefit_offer", person):
        row["response"] = "waived" if row["response"] == "elected" else "elected"
        row["employee_self_only_cost"] = f"{folder.rnd.randrange(90, 400)}.25"


def worked(folder: Folder, person: Row) -> None:
    """Hours, pay and address were corrected."""
    for row in folder.of("hours_of_service", person):
        row["hours"] = f"{folder.rnd.randrange(5, 60)}.50"
    for row in folder.of("pay_rate", person):
        row["amount"] = f"{folder.rnd.randrange(3000, 9000)}.0000"
    for row in folder.of("employee_address", person):
        row["line1"] = "1 Corrected Lane"


def hired(folder: Folder, person: Row) -> None:
    """A new person with rows like somebody else's."""
    new = folder.new_id()
    number = f"N{folder.rnd.randrange(10**6):06d}"
    ssn = f"9{folder.rnd.randrange(10**8):08d}"
    folder.rows("employee").append(
        {**person, "id": new, "employee_number": number, "person_key": "", "ssn": ssn}
    )
    for table in OWN:
        for row in folder.of(table, person):
            copy = {**row, "id": folder.new_id(), "employee_id": new}
            if "enrollment_number" in copy:
                copy["enrollment_number"] = f"X-{copy['id'][:13]}"
            folder.rows(table).append(copy)


def removed(folder: Folder, person: Row) -> None:
    """A person is deleted with everything that was theirs."""
    folder.rows("employee").remove(person)
    for table in OWN:
        folder.rows(table)[:] = [r for r in folder.rows(table) if r["employee_id"] != person["id"]]


def moved(folder: Folder, person: Row) -> None:
    """A person moves to another company, with the rows that name it."""
    others = {r["company_id"] for r in folder.rows("employee")} - {person["company_id"]}
    company = folder.rnd.choice(sorted(others))
    person["company_id"] = company
    for table in OWN:
        for row in folder.of(table, person):
            if "company_id" in row:
                row["company_id"] = company


def joined(folder: Folder, person: Row) -> None:
    """Two records turn out to be one person."""
    other = folder.rnd.choice([r for r in folder.rows("employee") if r is not person])
    person["person_key"] = other["person_key"] or other["id"]
    other["person_key"] = person["person_key"]


def broken(folder: Folder, person: Row) -> None:
    """Rows arrive that break the contract."""
    for row in folder.of("benefits_enrollment", person)[:1]:
        row["coverage_start_date"] = "2024-13-45"
    for row in folder.of("employment_period", person)[:1]:
        row["start_date"] = "soon"


KINDS: tuple[Callable[[Folder, Row], None], ...] = (
    dearer, ended, dropped, dated_back, left, waived, worked, hired, removed, moved, joined, broken,
)  # fmt: skip


def change(path: Path, seed: int, kinds: tuple[Callable[[Folder, Row], None], ...]) -> None:
    """Do each of these to a person of one company whom it changes, somebody else each time."""
    folder = Folder(path, Random(seed))
    everybody = sorted(folder.rows("employee"), key=lambda r: r["id"])
    company = folder.rnd.choice(everybody)["company_id"]
    colleagues = [r for r in everybody if r["company_id"] == company]
    people = folder.rnd.sample(colleagues, len(colleagues))
    for table in OWN:
        folder.rows(table)
    for kind in kinds:
        before = repr(folder.tables)
        while people and repr(folder.tables) == before:
            kind(folder, people.pop())
    folder.write()
