"""The verdict and the lead of the executive page: fixed sentence patterns filled with figures.

Here: which pattern fits, and its words. Not here: any figure that is not handed in; free text. A
cause is named only where the rows prove it; otherwise the sentence says where.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reports.dashboards import figures
from reports.dashboards.figures import counted, money, percent

TOLERANCE = Decimal("0.01")
MOST_WORDS_OF_LEAD = 35
Missing = Literal["measured", "absent", "partly_absent", "overlapping", "cost_unknown"]
_BUDGET_MISSING = {
    "absent": "No budget is loaded",
    "partly_absent": "Some months have no budget",
    "overlapping": "Budget lines overlap",
    "cost_unknown": "A part of the budgeted cost is unknown",
}


@dataclass(frozen=True)
class Budget:
    """Cost and budget of the same scope, year to date."""

    cost: Decimal
    amount: Decimal
    is_whole: bool

    @property
    def variance(self) -> Decimal:
        """Cost less budget."""
        return self.cost - self.amount

    @property
    def share(self) -> Decimal | None:
        """The variance in percent of the budget; nothing on a budget of zero."""
        return None if not self.amount else 100 * self.variance / self.amount

    def is_within_tolerance(self) -> bool:
        """Whether the variance is at most 1 % of the budget."""
        return abs(self.variance) <= abs(self.amount) * TOLERANCE

    def size(self) -> str:
        """$908K (3.9%), the percentage only where there is one."""
        share = "" if self.share is None else f" ({percent(abs(self.share))})"
        return f"{money(abs(self.variance))}{share}"


@dataclass(frozen=True)
class Part:
    """A part of the whole and what it adds to the difference."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Standing:
    """Everything the two sentences may speak of; None is not measured."""

    period_end: dt.date
    cost_name: str
    cost: Decimal | None
    cost_year_before: Decimal | None
    budget: Budget | None
    budget_missing: Missing
    people: int | None
    people_name: str
    is_suppressed: bool
    minimum: int
    largest_over: Part | None
    largest_rise: Part | None
    open_findings: int | None
    critical_findings: int | None
    feeds_below: int
    feeds_reported: int
    is_feed_finding_open: bool
    grade: str


def verdict(at: Standing) -> str:
    """One sentence: subject, size, comparison."""
    if at.is_suppressed:
        return f"Fewer than {at.minimum} people are covered, so figures are suppressed."
    if at.budget is not None:
        return _against_budget(at, at.budget)
    if at.cost is None:
        return _without_cost(at)
    if at.people == 0 and at.cost == 0:
        return f"Nobody is covered in {figures.month(at.period_end)}."
    return _against_year_before(at, at.cost)


def subject(at: Standing) -> str:
    """The cost that is compared: the whole, or the part that has a budget."""
    is_whole = at.budget is None or at.budget.is_whole
    return at.cost_name if is_whole else "Budgeted benefits cost"


def _against_budget(at: Standing, budget: Budget) -> str:
    through = f"through {figures.month_name(at.period_end)}"
    if budget.variance == 0:
        return f"{subject(at)} is exactly on budget {through}."
    side = "over" if budget.variance > 0 else "under"
    if budget.is_within_tolerance():
        return f"{subject(at)} is on budget {through}: {budget.size()} {side}."
    return f"{subject(at)} is {budget.size()} {side} budget {through}."


def _against_year_before(at: Standing, cost: Decimal) -> str:
    start = f"{at.cost_name} is {money(cost)} through {figures.month_name(at.period_end)}"
    before = at.cost_year_before
    if not before:
        return f"{start}."
    share = 100 * (cost - before) / before
    if figures.rounded(share, 1) == 0:
        return f"{start}, the same as a year ago."
    return f"{start}, {percent(abs(share))} {'more' if share > 0 else 'less'} than a year ago."


def _without_cost(at: Standing) -> str:
    month = figures.month(at.period_end)
    if at.people is None:
        return f"Cost and people covered are not measured for {month}."
    people = counted(at.people, "person is", "people are")
    return f"{people} covered in {month}; cost is not measured."


def lead(at: Standing) -> str:
    """At most 35 words: where, what is fine, what needs a decision, what is not measured."""
    if at.is_suppressed:
        return f"Counts and money are shown for groups of at least {at.minimum} people."
    sentences = [*_where(at), *_decisions(at), *_fine(at)]
    missing = _missing(at)
    room = MOST_WORDS_OF_LEAD - len(" ".join(missing).split())
    kept: list[str] = []
    for sentence in sentences:
        if len(" ".join([*kept, sentence]).split()) <= room:
            kept.append(sentence)
    return " ".join([*kept, *missing])


def _where(at: Standing) -> list[str]:
    budget, over = at.budget, at.largest_over
    if budget is not None and over is not None and not budget.is_within_tolerance():
        side = "over" if budget.variance > 0 else "under"
        if abs(over.amount) <= abs(budget.variance):
            return [f"{over.name} is {money(abs(over.amount))} of that."]
        return [f"{over.name} alone is {money(abs(over.amount))} {side} budget."]
    if budget is None and at.largest_rise is not None:
        return [f"{at.largest_rise.name} rose most, by {money(at.largest_rise.amount)}."]
    return []


def _decisions(at: Standing) -> list[str]:
    needs = []
    if at.critical_findings:
        needs.append(counted(at.critical_findings, "critical finding is", "critical findings are"))
    elif at.open_findings:
        needs.append(counted(at.open_findings, "compliance finding is", "compliance findings are"))
    sentences = [f"{text} open." for text in needs]
    if at.feeds_below:
        verb = "is" if at.feeds_below == 1 else "are"
        feeds = counted(at.feeds_below, "provider feed")
        sentences.append(f"{feeds} {verb} below service level.")
    if at.grade in ("D", "E", "F"):
        sentences.append(f"Data quality is grade {at.grade}.")
    return sentences


def _fine(at: Standing) -> list[str]:
    if at.open_findings == 0:
        return ["No compliance finding is open."]
    if at.critical_findings == 0:
        return ["None is critical."]
    if at.feeds_reported and not at.feeds_below and not at.is_feed_finding_open:
        month = figures.month_name(at.period_end)
        return [f"Every provider feed met its service level in {month}."]
    return []


def _missing(at: Standing) -> list[str]:
    sentences = []
    if at.cost is None and at.budget is None:
        sentences.append("A part of the cost is unknown, so cost is not measured.")
    elif at.budget is None:
        reason = _BUDGET_MISSING.get(at.budget_missing, _BUDGET_MISSING["absent"])
        sentences.append(f"{reason}, so variance is not measured.")
    if at.open_findings is None:
        sentences.append("Compliance is not measured.")
    return sentences
