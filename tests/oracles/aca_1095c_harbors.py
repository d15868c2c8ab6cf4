"""Whether an offer was affordable under a safe harbor (see aca_1095c_forms.py).

Belongs here: the poverty line, the rate of pay, Form W-2 wages.
Does not belong here: which of them is claimed.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracles.aca_1095c import GUIDELINES, PCT, Fact, days, end_of, months_on, to_of

if TYPE_CHECKING:
    from tests.oracles.aca_1095c_rules import Rules

Harbors = dict[str, Fact]


def poverty_lines(start: date, choice: str) -> dict[str, int] | None:
    """The guideline for a plan year that starts on a day."""
    after = [*(day for day, _ in GUIDELINES[1:]), date(9999, 12, 31)]
    usable = [
        (day, lines)
        for (day, lines), until in zip(GUIDELINES, after, strict=True)
        if day <= start and until > months_on(start, -6)
    ]
    if not usable:
        return None
    if choice == "at_plan_year_start":
        return usable[-1][1]
    return {area: max(lines[area] for _, lines in usable) for area in ("", "AK", "HI")}


def monthly_harbors(rule: Rules, month: date) -> tuple[Harbors, Fraction | None, Fact]:
    """2G and 2H of a month, its percentage, and whether it is within the mainland limit."""
    price, offer = rule.cheapest(month)
    if price is None or offer is None:
        return {"2G": None, "2H": None}, None, None
    years = [
        y
        for y in rule.person.of("plan_year")
        if y["benefit_plan_id"] == offer["row"]["benefit_plan_id"]
        and y["start_date"] <= month <= y["end_date"]
    ]
    if not years:
        return {"2G": None, "2H": None}, None, None
    start = years[0]["start_date"]
    pct = PCT[start.year]
    lines = poverty_lines(start, rule.person.employer.get("fpl_choice") or "highest")
    cost = Fraction(price)
    within = {area: cost * 1200 <= pct * line for area, line in (lines or {}).items()}
    harbor_2g = _poverty(rule, month, within) if lines else None
    harbor_2h = _rate_of_pay(rule, month, max(start, offer["row"]["coverage_from"]), cost, pct)
    return {"2G": harbor_2g, "2H": harbor_2h}, pct, within.get("")


def _poverty(rule: Rules, month: date, within: dict[str, bool]) -> Fact:
    states = {
        p.get("worksite_state")
        for p in rule.read.periods
        if p["start_date"] <= end_of(month) and to_of(p, "end_date") >= month
    }
    company = rule.person.of("company")[0].get("state")
    state = next(iter(states)) if len(states) == 1 else None
    state = state or company
    if state:
        return within[state if state in {"AK", "HI"} else ""]
    return True if within[""] else False if not within["AK"] else None


def _rate_of_pay(rule: Rules, month: date, start: date, cost: Fraction, pct: Fraction) -> Fact:
    rates = rule.person.rows.get("pay_rate", ())
    touching = [
        r for r in rates if r["from_date"] <= end_of(month) and to_of(r, "to_date") >= month
    ]
    worked = [
        d for d in days(month, end_of(month)) if any(s[0] <= d <= s[1] for s in rule.read.spans)
    ]
    span = rule.read.span_of(month)
    if not touching or span is None:
        return None
    within_span = [d for d in worked if span[0] <= d <= span[1]]
    paid = sum(r["from_date"] <= d <= to_of(r, "to_date") for r in touching for d in within_span)
    before = [r for r in rates if r["from_date"] <= start <= to_of(r, "to_date")]
    if paid != len(worked) or len({r["basis"] for r in touching}) > 1 or not before:
        return None
    basis, lowest = touching[0]["basis"], min(Fraction(r["amount"]) for r in touching)
    if max(r["basis"] for r in before) != basis:
        return None
    first = max(Fraction(r["amount"]) for r in before)
    if basis == "hourly":
        return cost * 100 <= pct * 130 * min(first, lowest)
    return False if lowest < first else cost * 100 <= pct * first


def wages_harbor(rule: Rules) -> Fact:
    """2F of the year: cost, constant within each plan year, against Form W-2 box 1."""
    wages = [
        w for w in rule.person.rows.get("annual_wages", ()) if w["tax_year"] == rule.person.year
    ]
    employed = [rule.employed(m) for m in rule.read.months]
    relieved: dict[str, Fact] = {"mv": False, "ichra": False}
    offered = [relieved if rule.relieved(m) else rule.offered(m) for m in rule.read.months]
    if None in employed or {} in offered or len(wages) != 1 or wages[0].get("box_1") is None:
        return None
    months = [
        m
        for m, e, o in zip(rule.read.months, employed, offered, strict=True)
        if e and (o["mv"] or o["ichra"])
    ]
    prices = [rule.cheapest(m)[0] for m in months]
    percents = [monthly_harbors(rule, m)[1] for m in months]
    if not months or None in prices or None in percents:
        return None
    if len(set(zip(percents, prices, strict=True))) > len(set(percents)):
        return False  # the cost changed within a plan year, which its percentage tells apart
    total = sum(Fraction(p) for p in prices if p is not None)
    passed = {
        total * 100 * sum(map(bool, employed)) <= pct * Fraction(wages[0]["box_1"]) * len(months)
        for pct in percents
        if pct is not None
    }
    return passed.pop() if len(passed) == 1 else None
