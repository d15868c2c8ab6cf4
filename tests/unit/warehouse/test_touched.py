"""Whose rows an increment makes again: told from the rows, whoever they are shared with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from expectations.contract import Contract
from tests.unit.warehouse.conftest import COMPANY, no_judge, run_of, uid, write_source
from warehouse.database_file import DatabaseFile
from warehouse.increment import touched
from warehouse.increment.touched import NotByPeopleError
from warehouse.landing.ingest import ingest

OFFERS = (
    "id,employee_id,company_id,benefit_plan_id,offer_date,coverage_from,reason,offered_to_spouse,"
    "spouse_conditional,offered_to_dependents,response"
)
ADJUSTMENTS = "id,employee_id,benefit_plan_id,kind,amount_monthly,from_date"


class Builds:
    """Two builds of one home: what the first kept, and who is touched in the second."""

    def __init__(self, folder: Path, contracts: dict[str, Contract]) -> None:
        self.source, self.contracts = folder / "source", contracts
        self.run = run_of(folder / "home", self.source, tuple(contracts))
        self.build = DatabaseFile(folder / "build.duckdb")

    def land(self, schema: str) -> None:
        """Land the source as it stands, and write what a build keeps."""
        ingest(self.run, self.contracts, no_judge)
        with self.build.open() as connection:
            self.run.home.landing.attach(connection, "operational")
            touched.begin(connection, schema)
            touched.write(connection, self.contracts, schema)

    def touched_people(self, limit: float = 1.0) -> set[str]:
        """Land the changed source and return who is touched."""
        self.land("next")
        with self.build.open() as connection:
            tables = touched.changed_tables(connection) | {touched.REJECTED}
            touched.find_people(connection, tables, limit)
            rows = connection.execute("select employee_id from next.touched").fetchall()
        return {str(person) for (person,) in rows}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, contracts: dict[str, Contract]) -> Path:
    """Return the folder of a home that has built once, with an offer for each of three people."""
    folder = tmp_path_factory.mktemp("first")
    source = write_source(folder / "source")
    write(source, "benefit_offer", OFFERS, [offer(n) for n in (1, 2, 3)])
    write(source, "contribution_adjustment", ADJUSTMENTS, [adjustment(1, uid(1)), adjustment(2)])
    Builds(folder, contracts).land("kept")
    return folder


@pytest.fixture
def builds(first: Path, tmp_path: Path, contracts: dict[str, Contract]) -> Builds:
    """Return a copy of that home, for a second build."""
    shutil.copytree(first, tmp_path / "second")
    return Builds(tmp_path / "second", contracts)


def write(source: Path, table: str, header: str, rows: list[str]) -> None:
    """Write one table of the source."""
    (source / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n")


def offer(person: int, day: str = "2024-01-01") -> str:
    """Return an offer of one person."""
    ids = f"{uid(100 + person)},{uid(person)},{COMPANY},{uid(900)}"
    return f"{ids},2023-11-01,{day},active,true,false,true,elected"


def adjustment(number: int, person: str = "", amount: str = "10.00") -> str:
    """Return an adjustment of one person, or of everybody in a plan."""
    return f"{uid(200 + number)},{person},{uid(900)},wellness_nontobacco,{amount},2024-01-01"


def change_people(source: Path, old: str, new: str) -> None:
    """Change the text of the employees' file."""
    path = source / "employee.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_changed_new_deleted_and_refused_rows_touch_their_person(builds: Builds) -> None:
    rows = [offer(1, "2024-02-01"), offer(2, "soon"), offer(4)]
    write(builds.source, "benefit_offer", OFFERS, rows)
    assert builds.touched_people() == {uid(1), uid(2), uid(3), uid(4)}


def test_who_shares_a_number_now_or_before_is_touched_together(builds: Builds) -> None:
    change_people(builds.source, "900-01-0005", "900-01-0006")
    assert builds.touched_people() == {uid(5), uid(6)}


def test_a_changed_row_that_is_nobodys_is_not_told_by_people(builds: Builds) -> None:
    write(
        builds.source,
        "contribution_adjustment",
        ADJUSTMENTS,
        [adjustment(1, uid(1)), adjustment(2, "", "11.00")],
    )
    with pytest.raises(NotByPeopleError, match="nobody's"):
        builds.touched_people()


def test_a_table_that_came_is_not_told_by_people(builds: Builds) -> None:
    write(builds.source, "leave_period", "id,employee_id,from_date,to_date,kind", [])
    with pytest.raises(NotByPeopleError, match="came"):
        builds.touched_people()


def test_more_people_than_the_limit_are_not_told_one_by_one(builds: Builds) -> None:
    write(builds.source, "benefit_offer", OFFERS, [offer(n) for n in range(1, 20)])
    with pytest.raises(NotByPeopleError, match="too many"):
        builds.touched_people(limit=0.5)
