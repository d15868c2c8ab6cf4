"""Edge cases of Forms 1095-C and 1094-C that take several people, plans or companies to show.

One source of all employers, one run; each test names the case it is about.
"""

from __future__ import annotations

import calendar
import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.main import run as benefits
from dagster_project.execute import run_once
from reports.snapshot import open_snapshot
from tests.scenarios.aca_edge_cases.employers import JANUARY, YEAR, Employer, Employers
from warehouse.home import Home
from warehouse.settings import Run

JULY = date(YEAR, 7, 1)
MODELS = (
    "rpt_aca_1095c__code",
    "rpt_aca_1095c__covered_individual",
    "rpt_aca_1095c__law_value",
    "rpt_aca_1095c__recipient",
    "rpt_aca_1095c__work_item",
    "rpt_aca_1094c_monthly__month",
)
Lines = tuple[str | None, str | None, str | None]
NOT_HERE: Lines = ("1H", None, "2A")


def price_and_deduction(every: Employers) -> None:
    """X21: enrolled in a dearer plan, 55.38 deducted each pay period."""
    employer = Employer(every, "X21", "00-0000021")
    dear = employer.add_plan("dear")
    person = employer.hire("X21")
    employer.offer(person, JANUARY, "120.00", "waived")
    employer.offer(person, JANUARY, "180.00", "elected", plan=dear)
    employer.enroll(
        person,
        JANUARY,
        plan=dear,
        employee_contribution_amount="55.38",
        employer_contribution_amount="200.00",
        total_contribution_amount="255.38",
        contribution_frequency="Pay Period",
    )


def two_members(every: Employers) -> None:
    """X26: one person works for two members of a group, and the hours change sides in July."""
    members = (Employer(every, "X26a", "00-0000261"), Employer(every, "X26b", "00-0000262"))
    for employer in members:
        every.add(
            "ale_group_member",
            employer.name,
            group_name="X26",
            company_id=employer.key,
            name=f"Example {employer.name}",
            ein=employer.ein,
            from_date=date(2020, 1, 1),
        )
    hours = {"X26": ((120, 60), (80, 100)), "X26 even": ((90, 90), (90, 90))}
    for number, halves in hours.items():
        for employer, months in zip(members, halves, strict=True):
            person = employer.hire(f"{number} {employer.name}", person_key=number)
            employer.offer(person, JANUARY, "120.00", "elected")
            employer.enroll(person, JANUARY)
            for month in range(1, 13):
                start = date(YEAR, month, 1)
                every.add(
                    "hours_of_service",
                    f"{person}/{month}",
                    employee_id=person,
                    company_id=employer.key,
                    period_start=start,
                    period_end=date(YEAR, month, 28),
                    hours=months[month > 6],
                    basis="actual",
                )


def two_divisions(every: Employers) -> None:
    """X27: from one division to another of the same employer."""
    employer = Employer(every, "X27", "00-0000027")
    one, other = (
        every.add("department", f"X27/{name}", company_id=employer.key, name=name, code=name)
        for name in ("Mill", "Yard")
    )
    person = employer.hire("X27", end=date(YEAR, 6, 30))
    every.tables["employment_period"][-1]["department_id"] = one
    employer.employ(person, JULY, department_id=other)
    employer.offer(person, JANUARY, "120.00", "elected")
    employer.enroll(person, JANUARY)


def acquired(every: Employers) -> None:
    """X28, X53: the business, and the person, go from one employer to another on July 1."""
    before, after = Employer(every, "X28a", "00-0000281"), Employer(every, "X28b", "00-0000282")
    last = date(YEAR, 6, 30)
    old = before.hire("X28 before", end=last, person_key="X28")
    before.offer(old, JANUARY, "120.00", "elected")
    before.enroll(old, JANUARY, end=last)
    new = after.hire("X28 after", start=JULY, person_key="X28")
    after.offer(new, JULY, "130.00", "elected")
    after.enroll(new, JULY)


def offered_to_few(every: Employers) -> None:
    """X32: an allowance of five people without an offer, and one more than that."""
    for name, without in (("X32 five", 5), ("X32 six", 6)):
        employer = Employer(every, name, f"00-00032{without:02}", safe_harbor_order='["2G"]')
        person = employer.hire(name)
        employer.offer(person, JANUARY, "90.00", "waived")
        for number in range(without):
            employer.hire(f"{name} {number}")


def wages(every: Employers) -> None:
    """X37: 9,000 in box 1 x 5 months offered / 6 employed x 8.39 % / 5 = 125.85."""
    employer = Employer(every, "X37", "00-0000037", safe_harbor_order='["2F"]')
    for number, cost in (("X37 within", "125.85"), ("X37 over", "125.86")):
        person = employer.hire(number, start=JULY)
        employer.offer(person, date(YEAR, 8, 1), cost, "waived")
        cells = {"employee_id": person, "company_id": employer.key, "tax_year": YEAR}
        every.add("annual_wages", number, **cells, box_1="9000.00")


def price_change(every: Employers) -> None:
    """X52: the same codes all year and another price from July."""
    employer = Employer(every, "X52", "00-0000052")
    person = employer.hire("X52")
    employer.offer(person, JANUARY, "120.00", "elected", end=date(YEAR, 6, 30))
    employer.offer(person, JULY, "140.00", "elected")
    employer.enroll(person, JANUARY)


def seasonal(every: Employers) -> None:
    """X55: a seasonal employee under look-back: a first measurement, whatever the 120-day rule."""
    employer = Employer(every, "X55", "00-0000055", full_time_basis="hours")
    every.add(
        "measurement_policy",
        "X55",
        company_id=employer.key,
        valid_from=date(2020, 1, 1),
        method="look_back",
        standard_start_month_day="10-01",
        standard_length_months=12,
        admin_start_month_day="10-01",
        admin_length_days=92,
        stability_start_month_day="01-01",
        stability_length_months=12,
        initial_start_rule="hire_date",
        initial_length_months=11,
        initial_admin_length_days=30,
        weekly_rule=False,
        equivalency="actual",
        break_weeks=13,
        parity_rule=False,
        leave_treatment="exclude",
    )
    person = employer.hire("X55", date(YEAR, 6, 3), date(YEAR, 9, 20), "seasonal")
    for month in range(6, 10):
        every.add(
            "hours_of_service",
            f"{person}/{month}",
            employee_id=person,
            company_id=employer.key,
            period_start=date(YEAR, month, 3 if month == 6 else 1),
            period_end=date(YEAR, month, 20 if month == 9 else 30),
            hours=170,
            basis="actual",
        )


CASES = (
    *(price_and_deduction, two_members, two_divisions, acquired),
    *(offered_to_few, wages, price_change, seasonal),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, every = tmp_path_factory.mktemp("aca-edge-cases"), Employers()
    for case in CASES:
        case(every)
    source = every.write(folder / "source")
    now = datetime(2025, 2, 1, tzinfo=UTC)
    run = Run(date(2025, 1, 31), now, "ada", Home(folder / "home"), str(source))
    run_once(run, deliver=False, marts_only=MODELS)
    return folder / "home"


def lines(home: Path, number: str, *, computed: bool = False) -> list[Lines]:
    """The twelve months of a person."""
    with open_snapshot(home) as snapshot:
        wanted = {"employee_number": number, "tax_year": YEAR}
        rows = snapshot.where("rpt_aca_1095c__code", wanted).sort("month").to_dicts()
    assert [row["month"] for row in rows] == list(range(1, 13))
    if computed:
        assert {row["form"] for row in rows} == {"none"}
        return [(row["computed_14"], None, row["computed_16"]) for row in rows]
    assert {row["form"] for row in rows} == {"1095-C"}
    return [
        (row["line_14"], None if row["line_15"] is None else str(row["line_15"]), row["line_16"])
        for row in rows
    ]


def test_x21_line_15_is_the_cheapest_offer_and_not_what_is_deducted(home: Path) -> None:
    assert lines(home, "X21") == [("1E", "120.00", "2C")] * 12


def test_x26_of_two_members_the_one_with_more_hours_reports_the_month(home: Path) -> None:
    here: Lines = ("1E", "120.00", "2C")
    assert lines(home, "X26 X26a") == [here] * 6 + [NOT_HERE] * 6
    assert lines(home, "X26 X26b") == [NOT_HERE] * 6 + [here] * 6


def test_x26_of_two_members_with_equal_hours_one_reports(home: Path) -> None:
    with open_snapshot(home) as snapshot:
        rows = snapshot.table("rpt_aca_1095c__code").to_dicts()
    even = [row for row in rows if row["employee_number"].startswith("X26 even")]
    here = {(row["employee_number"], row["month"]) for row in even if row["line_14"] == "1E"}
    assert len(here) == 12
    assert {month for _, month in here} == set(range(1, 13))
    assert len({number for number, _ in here}) == 1


def test_x27_two_divisions_of_an_employer_are_one_form(home: Path) -> None:
    assert lines(home, "X27") == [("1E", "120.00", "2C")] * 12


def test_x28_each_employer_reports_its_own_months(home: Path) -> None:
    assert lines(home, "X28 before") == [("1E", "120.00", "2C")] * 6 + [NOT_HERE] * 6
    assert lines(home, "X28 after") == [NOT_HERE] * 6 + [("1E", "130.00", "2C")] * 6


@pytest.mark.parametrize(
    ("name", "harbor", "column_a"), [("five", "2G", True), ("six", None, False)]
)
def test_x32_no_safe_harbor_in_a_month_without_column_a(
    home: Path, name: str, harbor: str | None, column_a: bool
) -> None:
    assert lines(home, f"X32 {name}") == [("1E", "90.00", harbor)] * 12
    with open_snapshot(home) as snapshot:
        company = next(c for c in snapshot.companies if c.name == f"Example X32 {name}")
        months = snapshot.where("rpt_aca_1094c_monthly__month", {"company_id": company.company_id})
    found = months.filter(months["tax_year"] == YEAR)["mec_offer"].to_list()
    assert found == [column_a] * 12


@pytest.mark.parametrize(("number", "harbor"), [("within", "2F"), ("over", None)])
def test_x37_wages_count_by_the_share_of_months_offered(
    home: Path, number: str, harbor: str | None
) -> None:
    cost = {"within": "125.85", "over": "125.86"}[number]
    assert lines(home, f"X37 {number}") == [
        *[NOT_HERE] * 6,
        ("1H", None, "2D"),
        *[("1E", cost, harbor)] * 5,
    ]


def test_x52_each_line_has_its_own_column_for_all_months(home: Path, tmp_path: Path) -> None:
    call = ["report", "aca_1095c", "--company", "00-0000052", "--tax-year", str(YEAR)]
    more = ["--format", "csv", "--out", str(tmp_path), "--home", str(home)]
    benefits([*call, *more])
    with next(tmp_path.rglob("*-form.csv")).open(newline="", encoding="utf-8") as file:
        (form,) = csv.DictReader(file)
    assert (form["line_14_all"], form["line_15_all"], form["line_16_all"]) == ("1E", "", "2C")
    assert [form[f"line_15_{calendar.month_abbr[month].lower()}"] for month in (1, 6, 7, 12)] == [
        *("120.00", "120.00", "140.00", "140.00")
    ]
    assert {form[f"line_14_{calendar.month_abbr[month].lower()}"] for month in range(1, 13)} == {""}


def test_x53_no_month_of_a_form_is_without_a_code(home: Path) -> None:
    assert all(code for code, _, _ in lines(home, "X28 after"))


def test_x55_a_seasonal_employee_is_measured_first(home: Path) -> None:
    found = lines(home, "X55", computed=True)
    assert found == [*[NOT_HERE] * 5, *[("1H", None, "2D")] * 4, *[NOT_HERE] * 3]


def test_a_year_without_a_row_says_what_to_look_at(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["report", "aca_codes", "--company", "00-0000052", "--tax-year", "2027"]
    assert benefits([*call, "--format", "csv", "--out", str(tmp_path), "--home", str(home)]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "2027 has no rows: nobody is on file in that year, or aca_employer_year" in shown
