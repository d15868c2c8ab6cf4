"""Part III of Form 1094-C counted again from the facts of each person, in plain Python.

Belongs here: columns (a), (b) and (c) of a company's month. Does not belong here: the facts of a
person (aca_1095c_rules.py), or any SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracles.aca_1095c import Fact, Person, end_of
from tests.oracles.aca_1095c_forms import offer_share
from tests.oracles.aca_1095c_rules import Rules


@dataclass(frozen=True)
class MonthOfEmployer:
    """The columns of one month; None where not known."""

    offered: Fact
    full_time: int | None
    total: int | None


def months_of(people: Sequence[Person], as_of: date) -> list[MonthOfEmployer]:
    """The twelve months of a company."""
    rules = [Rules(person, as_of) for person in people]
    return [
        MonthOfEmployer(offer_share(rules, month), _full_time(rules, month), _total(rules, month))
        for month in rules[0].read.months
    ]


def _full_time(rules: Sequence[Rules], month: date) -> int | None:
    """Full-time people outside limited non-assessment periods."""
    count = 0
    for rule in rules:
        employed = rule.employed(month)
        if employed is False:
            continue
        if rule.blocked:
            return None
        waiting, full_time = rule.waiting(month), rule.full_time(month)
        if waiting or full_time is False:
            continue
        if employed is None or waiting is None or full_time is None:
            return None
        count += 1
    return count


def _total(rules: Sequence[Rules], month: date) -> int | None:
    """Everybody employed on the day chosen: the first of the month where none was."""
    chosen = rules[0].person.employer.get("column_c_day_rule") or "first_day"
    days = {
        "first_day": month,
        "twelfth_day": month + timedelta(days=11),
        "last_day": end_of(month),
    }
    if any(not rule.read.complete("employment_period", month) for rule in rules):
        return None
    if any(rule.blocked for rule in rules) or chosen not in days:
        return None
    return sum(
        any(first <= days[chosen] <= last for first, last in rule.read.spans)
        for rule in rules
        if rule.counted
    )
