"""Due dates of Forms 1094-C and 1095-C against dates worked out from the statute, day by day."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.oracles.build import build, rows_of, write_landing

YEARS = range(2015, 2027)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
BY_NOTICE = {  # Notice 2016-4 moved the first year's dates, all of them business days
    "furnish": date(2016, 3, 31),
    "file_on_paper": date(2016, 5, 31),
    "file_electronically": date(2016, 6, 30),
    "file_with_form_8809": None,
}


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th such weekday of a month; from the end where the number is negative."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    found = [day for day in days if day.month == month and day.weekday() == weekday]
    return found[number - 1] if number > 0 else found[number]


def holidays(year: int) -> set[date]:
    """Federal holidays as observed, 5 U.S.C. 6103, and Juneteenth from 2021."""
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    fixed += [date(year, 6, 19)] if year >= 2021 else []
    shift = {SATURDAY: -1, SUNDAY: 1}
    observed = {day + timedelta(days=shift.get(day.weekday(), 0)) for day in fixed}
    moving = [(1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, -1), (9, MONDAY, 1), (10, MONDAY, 2)]
    return observed | {nth(year, *one) for one in [*moving, (11, THURSDAY, 4)]}


def moved(day: date) -> date:
    """The day, or the first one after it that is no weekend and no holiday (IRC 7503)."""
    while day.weekday() >= SATURDAY or day in holidays(day.year):
        day += timedelta(days=1)
    return day


def expected(tax_year: int) -> dict[str, date | None]:
    """Every duty of a year with its last day."""
    after = tax_year + 1
    duties: dict[str, date | None] = {
        "furnish": moved(date(after, 1, 31) + timedelta(days=30)),
        "file_on_paper": moved(date(after, 2, 28)),
        "file_electronically": moved(date(after, 3, 31)),
        "file_with_form_8809": moved(date(after, 3, 31) + timedelta(days=30)),
        "correct_at_lower_penalty": date(after, 8, 1),
    }
    if tax_year == YEARS[0]:
        duties |= BY_NOTICE
    if tax_year >= 2024:  # P.L. 118-167, statements on request
        duties["keep_website_notice"] = date(after, 10, 15)
    return duties


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("due")
    write_landing(home, {})
    return build(home, "2026-01-31", ("+int_law__aca_due_date", "+int_law__aca_state_duty"))


def test_every_year_has_every_duty_on_the_day_the_statute_gives(warehouse: Path) -> None:
    rows = rows_of(warehouse, "intermediate.int_law__aca_due_date", "tax_year, duty")
    found: dict[object, dict[object, object]] = {}
    for row in rows:
        found.setdefault(row["tax_year"], {})[row["duty"]] = row["due_date"]
    assert found == {year: expected(year) for year in YEARS}


def test_the_days_that_people_remember(warehouse: Path) -> None:
    rows = rows_of(warehouse, "intermediate.int_law__aca_due_date", "tax_year, duty")
    days = {(row["tax_year"], row["duty"]): str(row["due_date"]) for row in rows}
    assert days[2023, "furnish"] == "2024-03-01"  # 2024 is a leap year
    assert days[2024, "furnish"] == "2025-03-03"  # a Sunday before
    assert days[2025, "file_on_paper"] == "2026-03-02"  # a Saturday before
    assert days[2021, "file_with_form_8809"] == "2022-05-02"


def test_state_dates_move_or_stay_as_the_state_says(warehouse: Path) -> None:
    rows = rows_of(warehouse, "intermediate.int_law__aca_state_duty", "tax_year, state")
    of_2025 = {row["state"]: (row["file_date"], row["furnish_date"]) for row in rows
               if row["tax_year"] == 2025}  # fmt: skip
    assert of_2025 == {
        "CA": (date(2026, 3, 31), date(2026, 1, 31)),
        "DC": (date(2026, 4, 30), None),
        "MA": (date(2026, 2, 2), date(2026, 2, 2)),
        "NJ": (date(2026, 3, 31), date(2026, 3, 2)),
        "RI": (date(2026, 3, 31), date(2026, 3, 2)),
        "VT": (None, None),
    }
    unknown = [row for row in rows if row["status"] == "unknown"]
    assert {row["file_date"] for row in unknown} == {None}
    assert {row["tax_year"] for row in unknown} >= {2024, 2026}


def test_each_state_has_a_row_for_every_year_of_its_mandate() -> None:
    seed = Path(__file__).resolve().parents[2] / "dbt" / "seeds" / "law" / "law_aca_state.csv"
    with seed.open(newline="", encoding="utf-8") as file:
        found = {(row["state"], int(row["tax_year"])) for row in csv.DictReader(file)}
    begun = {"CA": 2020, "DC": 2019, "MA": 2015, "NJ": 2019, "RI": 2020, "VT": 2020}
    assert found == {(s, y) for s, first in begun.items() for y in YEARS if y >= first}
