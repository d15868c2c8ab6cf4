"""The lowest self-only cost of a month, offer by offer (see aca_1095c_rules.py).

Belongs here: line 15 from the offer's own cost and the plan's rates. Does not belong here: harbors.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c import SELF_LEVELS, Person, Reading, days, end_of, to_of
from tests.oracles.aca_1095c_ichra import arrangement


def cheapest(
    person: Person, read: Reading, month: date
) -> tuple[Decimal | None, dict[str, Any] | None]:
    """The lowest self-only cost of minimum value over the offers that run the whole month."""
    best: tuple[Decimal, str] | None = None
    chosen = None
    for offer in read.offers:
        if (
            not (offer["mv"] or offer["ichra"])
            or offer["from"] > month
            or offer["to"] < end_of(month)
        ):
            continue
        price = _price(person, read, offer, month)
        if price is None:
            return None, None
        if best is None or (price, offer["row"]["id"]) < best:
            best, chosen = (price, offer["row"]["id"]), offer
    return (best[0], chosen) if best else (None, None)


def _price(person: Person, read: Reading, offer: dict[str, Any], month: date) -> Decimal | None:
    row = offer["row"]
    change = _change(person, row, month)
    if offer["ichra"]:
        price = arrangement(person, read, offer, month).price
    else:
        price = _before(person, read, row, month)
    if change is None or price is None:
        return None
    return max(Decimal(0), price + change)


def _before(person: Person, read: Reading, row: Any, month: date) -> Decimal | None:
    """The cost as the offer or the plan's rates state it."""
    stated: Decimal | None = row.get("employee_self_only_cost")
    classes = {
        p.get("contribution_class")
        for p in read.periods
        if p["start_date"] <= end_of(month) and to_of(p, "end_date") >= month
    }
    if stated is None and len(classes) > 1:
        return None
    group = next(iter(classes)) if len(classes) == 1 else None
    column = "cobra_premium_monthly" if row["reason"] == "cobra_hours" else "employee_cost_monthly"
    rates = [(r, r.get(column)) for r in _rates(person, row, month, group)]
    if not rates:
        return stated
    now = {_rate_on(rates, d) for d in days(month, end_of(month))} - {None}
    first, last = _rate_on(rates, month), _rate_on(rates, end_of(month))
    before = _rate_on(rates, row["coverage_from"])
    if len(now) > 1 or (first is not None and last is not None and first != last):
        return None
    if stated is None:
        return first if last is not None else None
    if first is None:
        return stated if before is None else None
    if before is None:
        return stated if first == stated else None
    if first == before:
        return stated
    return first if before == stated else None


def _change(person: Person, row: Any, month: date) -> Decimal | None:
    """What payments and credits beside the plan add to the contribution of a whole month."""
    total = Decimal(0)
    for change in person.of("contribution_adjustment"):
        mine = change.get("employee_id") in {None, row["employee_id"]}
        same = change.get("benefit_plan_id") in {None, row["benefit_plan_id"]}
        in_force = change["from_date"] <= end_of(month) and to_of(change, "to_date") >= month
        sign = {"opt_out_unconditional": 1, "health_flex": -1, "hra": -1}.get(change["kind"])
        if not (mine and same and in_force) or sign is None:
            continue
        adopted = change.get("adopted_on")
        if sign == 1 and adopted is not None and adopted <= date(2015, 12, 16):
            continue
        if sign == 1 and adopted is None:
            return None
        if change["from_date"] > month or to_of(change, "to_date") < end_of(month):
            return None
        total += sign * change["amount_monthly"]
    return total


def _rates(person: Person, row: Any, month: date, group: str | None) -> list[Any]:
    found = [
        r
        for r in person.of("plan_rate")
        if r["benefit_plan_id"] == row["benefit_plan_id"]
        and r["coverage_level"] in SELF_LEVELS
        and not r.get("is_tobacco_user")
        and r.get("contribution_class") in {None, group}
        and r["from_date"] <= end_of(month)
        and to_of(r, "to_date") >= row["coverage_from"]
    ]
    exact = [r for r in found if r.get("contribution_class") is not None]
    return exact or found


def _rate_on(rates: list[tuple[Any, Decimal | None]], day: date) -> Decimal | None:
    costs = [
        cost
        for r, cost in rates
        if cost is not None and r["from_date"] <= day <= to_of(r, "to_date")
    ]
    return max(costs, default=None)
