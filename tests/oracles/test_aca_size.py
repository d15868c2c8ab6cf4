"""Large or not, against plain arithmetic on a thousand random employers, alone and in groups."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from tests.oracles.build import build, write_landing

COMPANIES, YEAR = 1_000, 2024
LARGE, ONE, FORGIVEN, FORGIVEN_DAYS = 50, 120, 4, 120
GROUPED = ("int_law__aca_size_group_month", "int_law__aca_group_workforce_month")
SIZE = "int_law__aca_size_year"
Days = tuple[int, int]  # above the size by seasonal workers, at least and at most


@dataclass(frozen=True)
class Month:
    """Hours of equivalents of one company: known, at most (None: no bound), by seasonal workers."""

    least: Fraction
    most: Fraction | None
    seasonal: Fraction


def random_year(chance: random.Random) -> list[Month]:
    """Twelve months around the size, some of them with a season, with gaps in what is known."""
    base = chance.choice([LARGE * ONE, 3_000, 5_990, 6_010, chance.randrange(9_000)])
    season = chance.choice([0, 0, chance.randrange(1, 7)])
    months = []
    for number in range(12):
        extra = chance.choice([30, 3_000, 6_000]) if number < season else 0
        least = Fraction(base + extra) + Fraction(chance.choice([0, 0, 1, -1]), 10_000)
        known = chance.random() < 0.9
        most = least if known else least + ONE * chance.randrange(3)
        own = min(Fraction(extra + chance.choice([0, 0, -1])), least)
        months.append(Month(max(least, Fraction(0)), most, max(own, Fraction(0))))
    if chance.random() < 0.05:
        months[3] = Month(months[3].least, None, months[3].seasonal)
    return months


def expected(
    members: list[list[Month]], stranger: bool, days: Days
) -> tuple[int, int | None, str | None]:
    """The average at least and at most, cut off, and the status they give."""
    least = [sum((m[n].least for m in members), Fraction(0)) for n in range(12)]
    seasonal = [sum((m[n].seasonal for m in members), Fraction(0)) for n in range(12)]
    bounds = [[m[n].most for m in members] for n in range(12)]
    most = [None if stranger or None in b else sum(x for x in b if x is not None) for b in bounds]
    low = int(sum(least) / 12 / ONE)
    high = None if None in most else int(sum(x for x in most if x is not None) / 12 / ONE)
    above = [n for n in range(12) if least[n] > LARGE * ONE]
    by_season = all(least[n] - seasonal[n] <= LARGE * ONE for n in above)
    is_known = least == most
    is_short = len(above) <= FORGIVEN or days[1] <= FORGIVEN_DAYS
    is_long = len(above) > FORGIVEN and days[0] > FORGIVEN_DAYS
    is_forgiven = is_known and bool(above) and is_short and by_season
    is_sure = (is_known and not above) or is_long or not by_season
    status = None
    if max(least) > 0 and (is_forgiven or (high is not None and high < LARGE)):
        status = "not_ale"
    elif max(least) > 0 and low >= LARGE and is_sure:
        status = "ale"
    return low, high, status


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("size")
    write_landing(home, {})
    build(home, "2025-01-31", ("+int_law__aca_size_year",))
    place = home / "target" / "compiled"
    return {name: next(place.rglob(f"{name}.sql")).read_text() for name in (*GROUPED, SIZE)}


def test_a_thousand_employers_are_large_where_arithmetic_says_so(compiled: dict[str, str]) -> None:
    chance = random.Random(20)
    years = {f"c{n:04d}": random_year(chance) for n in range(COMPANIES)}
    groups: dict[str, list[str | None]] = {}
    names = list(years)
    for first in range(0, COMPANIES // 2, 3):
        members = names[first : first + chance.randrange(2, 4)]
        stranger: list[str | None] = [None] if chance.random() < 0.2 else []
        for one in members:
            groups[one] = [*(other for other in members if other != one), *stranger]
    seasons = {name: chance.choice([(90, 120), (120, 121), (121, 153)]) for name in names}
    found = run(compiled, years, groups, seasons)
    wanted = {}
    for name in names:
        others = groups.get(name, [])
        members_of = [years[name], *(years[o] for o in others if o)]
        wanted[name] = expected(members_of, None in others, seasons[name])
    assert found == wanted
    assert {status for _, _, status in wanted.values()} == {"ale", "not_ale", None}


def run(
    compiled: dict[str, str],
    years: dict[str, list[Month]],
    groups: dict[str, list[str | None]],
    seasons: dict[str, Days],
) -> dict[str, tuple[int, int | None, str | None]]:
    """The models' answer over these months, for each company."""
    seed = Path(__file__).resolve().parents[2] / "dbt" / "seeds" / "law" / "law_aca_size.csv"
    starts = [date(YEAR - 1, n, 1) for n in range(1, 13)]
    known: list[tuple[object, ...]] = [(name, day, False) for name in years for day in starts]
    work: list[tuple[object, ...]] = [
        (
            name,
            starts[n],
            float(m.least),
            None if m.most is None else float(m.most),
            float(m.seasonal),
        )
        for name, months in years.items()
        for n, m in enumerate(months)
    ]
    others: list[tuple[object, ...]] = [
        (c, d, o, o or "?") for c, found in groups.items() for o in found for d in starts
    ]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        for schema in ("intermediate", "staging", "seeds"):
            connection.execute(f"create schema warehouse.{schema}")
        place = "warehouse.intermediate.int_law__aca"
        tables: dict[str, list[tuple[object, ...]]] = {
            f"{place}_known_month (company_id varchar, month_start date, is_open boolean)": known,
            f"{place}_workforce_month (company_id varchar, month_start date, least_hours "
            "decimal(18,4), most_hours decimal(18,4), seasonal_hours decimal(18,4))": work,
            f"{place}_group_month (company_id varchar, month_start date, member_company_id "
            "varchar, member_ein varchar)": others,
            f"{place}_season (company_id varchar, tax_year integer, days_least integer, "
            "days_most integer)": [(name, YEAR, *days) for name, days in seasons.items()],
        }
        for table, rows in tables.items():
            connection.execute(f"create table {table}")
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"insert into {table.split(' ')[0]} values ({marks})", rows)
        connection.execute(f"create table warehouse.seeds.law_aca_size as from '{seed}'")
        connection.execute(
            "create table warehouse.staging.stg_hr__aca_employer_year "
            "(company_id varchar, tax_year integer, ale_status varchar)"
        )
        for model in GROUPED:
            connection.execute(f"create table warehouse.intermediate.{model} as {compiled[model]}")
        answer = connection.execute(
            "select company_id, average_least, average_most, computed_status "
            f"from ({compiled[SIZE]})"
        ).fetchall()
    return {company: (low, high, status) for company, low, high, status in answer}
