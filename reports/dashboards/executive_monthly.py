"""The numbers of the month on the executive page: where each stands and how it is written.

Here: a table of them. Not here: their values, targets or words of why one is missing
(`executive_numbers`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reports.dashboards.figures import exact_money, money, number, percent, points

WHOLE, MOST_EXACT = 100, 10_000


@dataclass(frozen=True)
class Monthly:
    """A number of the month: where it stands, how it is written, how a change is written.

    `empty` are the words of a month in which there is nothing to measure though its input is
    loaded, `counts` names the count of that input.
    """

    metric_id: str
    column: str
    unit: str
    text: Callable[[Decimal], str]
    change: Callable[[Decimal, Decimal], str]
    empty: str = ""
    counts: str = ""


def money_change(change: Decimal, before: Decimal) -> str:
    share = f" ({percent(abs(100 * change / before))})" if before else ""
    size = exact_money(abs(change)) if WHOLE <= before < MOST_EXACT else money(abs(change))
    return f"{size}{share} {'more' if change > 0 else 'less'} than"


def _count_change(change: Decimal, _: Decimal) -> str:
    return f"{number(abs(change))} {'more' if change > 0 else 'fewer'} than"


def _points_change(change: Decimal, _: Decimal) -> str:
    return f"{points(change)} {'more' if change > 0 else 'less'} than"


def _score(value: Decimal) -> str:
    return number(value, 1)


MONTHLY = (
    Monthly("average_cost_per_employee", "average_cost", "$", money, money_change),
    Monthly("people_covered", "people_covered", "people", number, _count_change),
    Monthly(
        "benefits_participation_rate",
        "participation",
        "%",
        percent,
        _points_change,
        "No offer is in force in",
        "offers_on_record",
    ),
    Monthly(
        "enrollment_completion_rate",
        "completion",
        "%",
        percent,
        _points_change,
        "No offer starts in",
        "offers_on_record",
    ),
    Monthly(
        "employee_satisfaction_score",
        "satisfaction",
        "points",
        _score,
        _points_change,
        "No survey is of",
    ),
)
