"""Headings that are findings, and the plain names they fall back to where the rows prove none.

Here: one function per heading. Not here: the verdict and lead (`verdict`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

import polars as pl

from reports.dashboards.executive_rows import largest
from reports.dashboards.figures import counted, money
from reports.dashboards.verdict import Budget

LEAST_RUN = 3
LARGE_SHARE = Decimal("0.5")


def cost_by_month(months: Sequence[str], variances: Sequence[Decimal | None]) -> str:
    """Over budget every month since February, where the last three months at least say so."""
    known = [value for value in variances if value is not None]
    if not known or len(known) != len(variances):
        return "Cost against budget by month" if known else "Total benefits cost by month"
    for sign, side in ((1, "Over"), (-1, "Under")):
        run = list(takewhile(lambda value: sign * value > 0, reversed(known)))  # noqa: B023
        if len(run) == len(known) and len(run) >= LEAST_RUN:
            return f"{side} budget every month this year"
        if len(run) >= LEAST_RUN:
            return f"{side} budget every month since {months[-len(run)]}"
    over = sum(1 for value in known if value > 0)
    if len(known) >= LEAST_RUN and over:
        return f"Over budget in {over} of {len(known)} months"
    return "Cost against budget by month"


def cost_by_benefit(rows: pl.DataFrame, budget: Budget | None) -> str:
    """Health is $858K of the $908K overrun, where one part is at least half of it."""
    if budget is not None and budget.is_whole and not budget.is_within_tolerance():
        sign = 1 if budget.variance > 0 else -1
        part = largest(rows, "variance_amount", sign)
        if part is not None:
            share = abs(part.amount) / abs(budget.variance)
            whole = money(abs(budget.variance))
            word = "overrun" if sign > 0 else "amount under budget"
            if LARGE_SHARE <= share <= 1:
                return f"{part.name} is {money(abs(part.amount))} of the {whole} {word}"
    plain = "Cost by benefit"
    return _over(rows, plain) if compares_budget(rows) else _rise(rows, plain)


def compares_budget(rows: pl.DataFrame) -> bool:
    """Whether every part that is shown has a budget of its own grain."""
    shown = rows.filter(~pl.col("is_suppressed"))
    return bool(shown.height) and not shown["budget_amount"].null_count()


def _over(rows: pl.DataFrame, plain: str) -> str:
    beyond = rows.filter(pl.col("variance_amount") > pl.col("budget_amount").abs() / 100)
    part = largest(beyond, "variance_amount", 1)
    return f"{part.name} is furthest over budget, by {money(part.amount)}" if part else plain


def _rise(rows: pl.DataFrame, plain: str) -> str:
    part = largest(rows, "change_amount", 1)
    return f"{part.name} rose most, by {money(part.amount)}" if part is not None else plain


def cost_by_department(rows: pl.DataFrame) -> str:
    """Every department costs more; Engineering rose fastest, where the rows say so."""
    if compares_budget(rows):
        return _over(rows, "Cost by department")
    named = rows.filter(
        ~pl.col("is_suppressed") & ~pl.col("is_combined") & (pl.col("item_id") != "")
    )
    if not named.height or named["change_pct"].null_count():
        return "Cost by department"
    changes = named["change_amount"].to_list()
    top = named.sort("change_pct", "item_name", descending=[True, False])
    fastest = str(top["item_name"][0])
    if len(changes) > 1 and min(changes) > 0:
        return f"Every department costs more; {fastest} rose fastest"
    if max(changes) > 0:
        return f"{fastest} rose fastest"
    return "No department costs more than a year ago" if len(changes) > 1 else "Cost by department"


def cost_by_provider(rows: pl.DataFrame, total: Decimal | None) -> str:
    """Which provider carries most of the cost, where one carries at least half."""
    named = rows.filter(~pl.col("is_suppressed") & (pl.col("item_id") != ""))
    if total and named.height > 1 and not named["cost_amount"].null_count():
        name, cost = (
            named.sort("cost_amount", descending=True).select("item_name", "cost_amount").row(0)
        )
        if cost >= total * LARGE_SHARE:
            return f"{name} carries {int(100 * cost / total)}% of the cost"
    return "Cost by provider"


def compliance(rows: pl.DataFrame) -> str:
    """ACA and COBRA are not compliant, or the plain name."""
    failing = rows.filter(pl.col("compliance_status") == "Non-Compliant")[
        "compliance_type"
    ].to_list()
    if len(failing) == 1:
        return f"By law: {failing[0]} is not compliant"
    if len(failing) > 1:
        return f"By law: {', '.join(failing[:-1])} and {failing[-1]} are not compliant"
    return "Compliance by law"


def attention(rows: pl.DataFrame) -> str:
    """The plain heading; the count is said in the line under it."""
    return "Needs attention" if rows.height else "Nothing needs attention"


def attention_note(rows: pl.DataFrame, as_of: str, month: str) -> str:
    """What is listed, in which order, as of when."""
    if not rows.height:
        return f"No finding is open as of {as_of}, and no feed fell short in {month}"
    things = counted(rows.height, "item")
    return f"{things}, most severe first. Findings as of {as_of}, feeds in {month}"
