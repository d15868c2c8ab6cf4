"""Random hours, leaves and measurement policies for the Form 1095-C oracle.

Belongs here: rows. Does not belong here: people and companies (aca_1095c_people.py), any rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

ROW = dict[str, Any]
POLICY_STARTS = (("10-15", "01-01"), ("11-01", "01-01"), ("01-01", "01-01"), ("05-03", "07-01"))


class Chances(Protocol):
    """What the makers need of the dice (aca_1095c_people.Dice)."""

    r: Any

    def id(self) -> str: ...
    def some(self, share: float) -> bool: ...


def random_policies(dice: Chances, key: str) -> list[ROW]:
    """One policy of a company, sometimes a second one for a group of employees."""
    first = _policy(dice, key, None)
    if not dice.some(0.3):
        return [first]
    condition = dice.r.choice(
        [
            '{"employment_class": "variable_hour"}',
            '{"employment_class": ["variable_hour", "seasonal"]}',
            '{"is_union": true}',
            '{"shift": "night"}',
        ]
    )
    return [first, _policy(dice, key, condition)]


def _policy(dice: Chances, key: str, condition: str | None) -> ROW:
    start, stable = dice.r.choice(POLICY_STARTS)
    length = dice.r.choice([12, 12, 12, 6, 11])
    return {
        "id": dice.id(),
        "company_id": key,
        "valid_from": dice.r.choice([date(2020, 1, 1), date(2020, 1, 1), date(2025, 4, 1)]),
        "valid_to": None,
        "applies_to": condition,
        "method": dice.r.choice(["monthly", "look_back", "look_back", "look_back"]),
        "weekly_rule": dice.r.choice([None, False, True]),
        "standard_start_month_day": start if dice.some(0.95) else None,
        "standard_length_months": length,
        "stability_start_month_day": stable if dice.some(0.8) else None,
        "admin_length_days": dice.r.choice([None, 31, 60, 78]),
        "stability_length_months": dice.r.choice([12 if length > 6 else 6, None]),
        "initial_start_rule": dice.r.choice([None, "hire_date", "first_of_month_after_hire"]),
        "initial_length_months": dice.r.choice([12, 11, 6, 3, None]),
        "initial_admin_length_days": dice.r.choice([None, 30, 60]),
        "equivalency": dice.r.choice([None, None, "actual", "days_worked", "weeks_worked"]),
        "break_weeks": dice.r.choice([None, None, 13, 26]),
        "parity_rule": dice.r.choice([None, False, True]),
        "leave_treatment": dice.r.choice([None, "exclude", "credit_average"]),
    }


def random_hours(dice: Chances, me: str, key: str, first: date, last: date) -> list[ROW]:
    """Hours from one day to another, in months, weeks, fortnights or days, with a hole at times."""
    kind = dice.r.choice(["month", "week", "fortnight", "half", "day"])
    level = dice.r.choice([0.62, 0.9, 0.99, 1.0, 1.0, 1.02, 1.3])
    basis = dice.r.choice([None, "actual", "actual", "days_worked", "weeks_worked"])
    rows: list[ROW] = []
    start = first
    while start <= last:
        end = min(_end(kind, start), last) if kind in {"month", "half"} else _end(kind, start)
        span = (end - start).days + 1
        hours = _hours(dice, kind, start, span, level, basis)
        if not dice.some(0.004) and not (kind == "day" and start.weekday() > 4):
            rows.append(
                {
                    "id": dice.id(),
                    "employee_id": me,
                    "company_id": key,
                    "period_start": start - timedelta(days=1 if dice.some(0.002) else 0),
                    "period_end": end,
                    "hours": hours,
                    "basis": basis,
                }
            )
        if dice.some(0.01):
            level = dice.r.choice([0.3, 0.9, 1.1])
        start = end + timedelta(days=1)
    return rows


def _end(kind: str, start: date) -> date:
    following = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    if kind == "half" and start.day < 16:
        return start.replace(day=15)
    if kind in {"month", "half"}:
        return following - timedelta(days=1)
    return start + timedelta(days={"week": 6, "fortnight": 13, "day": 0}[kind])


def _hours(
    dice: Chances, kind: str, start: date, span: int, level: float, basis: str | None
) -> Decimal:
    if basis == "days_worked" and dice.some(0.5):
        return Decimal(min(span, round(span * 5 * level / 7)))
    if basis == "weeks_worked" and dice.some(0.5):
        return Decimal(min(5, max(1, span // 7)))
    if kind == "month" and span > 27:
        return Decimal("130.00") * Decimal(str(level))
    if kind == "day":
        return Decimal("6.00") * Decimal(str(level))
    return (Decimal(30 * span) / 7 * Decimal(str(level))).quantize(Decimal("0.01"))


def random_leaves(dice: Chances, me: str, first: date) -> list[ROW]:
    """A leave or two."""
    rows = []
    for _ in range(dice.r.choice([0, 0, 0, 1, 2])):
        start = first + timedelta(days=dice.r.randrange(700))
        rows.append(
            {
                "id": dice.id(),
                "employee_id": me,
                "from_date": start,
                "to_date": start + timedelta(days=dice.r.choice([10, 27, 40, 84])),
                "kind": dice.r.choice(
                    ["fmla", "userra", "jury_duty", "educational_break", "educational_break",
                     "other_paid", "other_unpaid"]
                ),
                "is_paid": dice.r.choice([None, False, False, True]),
            }
        )  # fmt: skip
    return rows
