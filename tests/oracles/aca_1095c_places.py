"""Random places, ages, allowances and silver premiums for the Form 1095-C oracle.

Belongs here: rows. Does not belong here: people and companies (aca_1095c_people.py), any rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_time import Chances

ROW = dict[str, Any]
ZIPS = (("97201", "OR"), ("98101", "WA"), ("99501", "AK"))
BIRTHDAYS = (date(1984, 1, 1), date(1984, 1, 2), date(1984, 7, 1), date(1984, 7, 2))
AGES = (40, 41)


def random_birthday(dice: Chances) -> date | None:
    """A birthday that makes the age hang on the day asked."""
    return None if dice.some(0.05) else dice.r.choice(BIRTHDAYS)


def random_addresses(dice: Chances, me: str) -> list[ROW]:
    """One home, at times a move, at times none on file."""
    if dice.some(0.05):
        return []
    moved = date(2025, 4, 1) + timedelta(days=dice.r.choice([0, 1, 90]))
    spans: list[tuple[date, date | None]] = [(date(2020, 1, 1), None)]
    if dice.some(0.3):
        spans = [(date(2020, 1, 1), moved - timedelta(days=1)), (moved, None)]
    rows = []
    for first, last in spans:
        zip_code, state = dice.r.choice(ZIPS)
        rows.append(
            {
                "id": dice.id(),
                "employee_id": me,
                "from_date": first,
                "to_date": last,
                "line1": "1 Street",
                "city": "Town",
                "state": state,
                "zip": dice.r.choice([zip_code, zip_code, f"{zip_code}-1234", None]),
            }
        )
    return rows


def random_allowances(dice: Chances, plan: str) -> list[ROW]:
    """Allowances of an arrangement, by class and age at times, with a gap at times."""
    rows = []
    for group in dice.r.choice([[None], [None], [None, "remote"], ["remote"]]):
        bands: list[tuple[int | None, int | None]] = [(None, None)]
        if dice.some(0.3):
            bands = [(None, 40), (41, None)]
        for first, last in bands:
            rows.append(
                {
                    "id": dice.id(),
                    "benefit_plan_id": plan,
                    "employee_class": group,
                    "age_from": first,
                    "age_to": last,
                    "from_date": dice.r.choice([date(2024, 1, 1), date(2025, 2, 10)]),
                    "to_date": dice.r.choice([None, None, date(2025, 10, 31)]),
                    "amount_monthly": Decimal(
                        dice.r.choice(["40.00", "40.00", "286.80", "286.79", "400.00"])
                    ),
                    "location_basis": dice.r.choice(["residence", "worksite"]),
                }
            )
    return rows


def premiums() -> list[ROW]:
    """The silver premiums of every place, the same for all companies."""
    rows: list[ROW] = []
    for year in (2024, 2025):
        for age in AGES:
            base = Decimal(400) + (year - 2025) * 7 + (age - 41) * 3
            rows += [
                _premium(f"{year}/{age}/97201", year, age, "OR", "97201", None, base),
                _premium(f"{year}/{age}/OR", year, age, "OR", None, None, base + 50),
                _premium(f"{year}/{age}/WA", year, age, "WA", None, None, base + 11),
                _premium(f"{year}/{age}/98101", year, age, "WA", "98101", 6, base + 90),
            ]
    rows.append(_premium("twice", 2025, 40, "AK", "99501", None, Decimal(1)))
    rows.append({**rows[-1], "id": "twice again", "premium_monthly": Decimal(2)})
    return rows


def _premium(
    name: str, year: int, age: int, state: str, place: str | None, month: int | None, cost: Decimal
) -> ROW:
    return {
        "id": name,
        "plan_year": year,
        "state": state,
        "zip": place,
        "age": age,
        "month": month,
        "premium_monthly": cost,
    }
