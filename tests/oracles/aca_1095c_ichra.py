"""Individual coverage arrangements: whose ZIP code, what age, which allowance and premium.

Belongs here: what such an offer costs in a month. Does not belong here: whether that is affordable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c import Person, Reading, Row, end_of, to_of


@dataclass(frozen=True)
class Arrangement:
    """What is known of the offer in the month; None where it is not."""

    price: Decimal | None
    location: str | None
    zip: str | None


NOTHING = Arrangement(None, None, None)


def years_old(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def arrangement(person: Person, read: Reading, offer: dict[str, Any], month: date) -> Arrangement:
    """Price and place of an offer that covers the whole month."""
    stated: Decimal | None = offer["row"].get("employee_self_only_cost")
    years = [
        y
        for y in person.of("plan_year")
        if y["benefit_plan_id"] == offer["row"]["benefit_plan_id"]
        and y["start_date"] <= month <= y["end_date"]
    ]
    born = person.employee.get("date_of_birth")
    if not years or born is None:
        return Arrangement(stated, None, None)
    start = years[0]["start_date"]
    age = years_old(born, max(start, offer["from"]))
    allowance = _allowance(person, read, offer, month, age)
    if allowance is None:
        return Arrangement(stated, None, None)
    amount, basis = allowance
    place, state = _place(person, read, month, basis)
    if place is None:
        return Arrangement(stated, None, None)
    premium = _premium(person, month, start, place, state, age)
    price = None if premium is None else max(Decimal(0), premium - amount)
    return Arrangement(price if stated is None else stated, basis, place)


def _allowance(
    person: Person, read: Reading, offer: dict[str, Any], month: date, age: int
) -> tuple[Decimal, str] | None:
    last = end_of(month)
    classes = {
        p.get("employee_class")
        for p in read.periods
        if p["start_date"] <= last and to_of(p, "end_date") >= month
    }
    if len(classes) > 1:
        return None
    mine = next(iter(classes))
    found = [
        a
        for a in person.of("ichra_allowance")
        if a["benefit_plan_id"] == offer["row"]["benefit_plan_id"]
        and a.get("employee_class") in {None, mine}
        and (a.get("age_from") is None or a["age_from"] <= age)
        and (a.get("age_to") is None or age <= a["age_to"])
        and a["from_date"] <= last
        and to_of(a, "to_date") >= month
    ]
    named = [a for a in found if a.get("employee_class") is not None]
    found = named or found
    whole = all(a["from_date"] <= month and to_of(a, "to_date") >= last for a in found)
    answers = {(a["amount_monthly"], a["location_basis"]) for a in found}
    return answers.pop() if len(answers) == 1 and whole else None


def _place(person: Person, read: Reading, month: date, basis: str) -> tuple[str | None, str | None]:
    rows: list[Row]
    if basis == "worksite":
        column = ("worksite_zip", "worksite_state")
        rows = [p for p in read.periods if p["start_date"] <= month <= to_of(p, "end_date")]
    else:
        column = ("zip", "state")
        rows = [
            a
            for a in person.rows.get("employee_address", ())
            if a["from_date"] <= month <= to_of(a, "to_date")
        ]
        rows = [r for r in rows if r["from_date"] == max(a["from_date"] for a in rows)]
    found = [{r.get(name) for r in rows} - {None} for name in column]
    places = [values.pop() if len(values) == 1 else None for values in found]
    return (places[0][:5] if places[0] else None), places[1]


def _premium(
    person: Person, month: date, start: date, place: str, state: str | None, age: int
) -> Decimal | None:
    """The lowest silver premium: of the month, or of the January looked back to."""
    asked = month
    if person.employer.get("silver_month_rule") == "look_back":
        is_calendar = (start.month, start.day) == (1, 1)
        asked = date(start.year - 1 if is_calendar else start.year, 1, 1)
    rows = [
        r
        for r in person.of("silver_premium")
        if r["plan_year"] == asked.year
        and r["age"] == age
        and r.get("month") in {None, asked.month}
    ]
    local = [r for r in rows if r.get("zip") == place]
    wide = [
        r
        for r in rows
        if r.get("zip") is None and r.get("rating_area") is None and r["state"] == state
    ]
    rows = local or wide
    monthly = [r for r in rows if r.get("month") is not None]
    found = {r["premium_monthly"] for r in monthly or rows}
    return found.pop() if len(found) == 1 else None
