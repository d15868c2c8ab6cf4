"""An independent recount of the cost analysis mart and the budget variances of one employer.

Belongs here: leaves, their budgets and comparisons. Does not: the cost of a month (`cost_oracle`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from tests.oracles.cost_oracle import MonthCost, month_costs
from tests.oracles.exact import month_end, percent, ratio, shifted, total
from tests.oracles.facts import Budget, Employer

Leaf = tuple[str | None, str, str | None, str]
Key = tuple[Leaf, date]
Figures = dict[str, object]


def recount(employer: Employer, as_of: date) -> dict[Key, Figures]:
    """Every row of the mart by leaf and month; the month as its first day."""
    costs: dict[Key, list[MonthCost]] = defaultdict(list)
    for cost in month_costs(employer, as_of):
        leaf = (cost.provider, cost.category, cost.department, cost.benefit_type)
        costs[leaf, cost.month].append(cost)
    budgets = _leaf_budgets(employer, as_of)
    keys = costs.keys() | budgets.keys()
    company: dict[date, list[Decimal | None]] = defaultdict(list)
    modelled: dict[date, bool] = defaultdict(bool)
    for (_, month), parts in costs.items():
        company[month] += [part.total for part in parts]
        modelled[month] |= any(part.is_modelled for part in parts)
    return {
        key: _row(key, costs, budgets.get(key), total(company[key[1]]), modelled[key[1]])
        for key in keys
    }


def _leaf_budgets(employer: Employer, as_of: date) -> dict[Key, Decimal]:
    budgets: dict[Key, Decimal] = defaultdict(Decimal)
    for budget in employer.budgets:
        if budget.benefit_type is None or not (budget.provider_config_id and budget.department_id):
            continue
        if budget.month <= month_end(as_of):
            leaf = (
                budget.provider_config_id, budget.cost_category, budget.department_id,
                budget.benefit_type,
            )  # fmt: skip
            budgets[leaf, budget.month] += budget.amount
    return dict(budgets)


def _row(
    key: Key,
    costs: dict[Key, list[MonthCost]],
    budget: Decimal | None,
    company: Decimal | None,
    is_company_modelled: bool,
) -> Figures:
    leaf, month = key
    parts = costs.get(key, [])
    cost = total([part.total for part in parts])
    count = None if any(part.is_conflict for part in parts) else len(parts)
    modelled = any(part.is_modelled for part in parts)
    variance = None if cost is None or budget is None else cost - budget
    row: Figures = {
        "cost_amount": cost,
        "cost_percentage": percent(cost, company),
        "budget_amount": budget,
        "variance_amount": variance,
        "variance_percentage": percent(variance, budget),
        "enrollment_count": count,
        "average_cost_per_enrollment": ratio(cost, count),
        "modelled": modelled,
        "share_modelled": modelled or is_company_modelled,
    }
    for name, back in (("period_over_period_change", 1), ("year_over_year_change", 12)):
        before = costs.get((leaf, shifted(month, -back)), [])
        base = total([part.total for part in before]) if before else None
        change = None if cost is None or base is None else cost - base
        row[name] = percent(change, base)
        row[f"{name}_modelled"] = modelled or any(part.is_modelled for part in before)
    return row


def recount_budgets(employer: Employer, as_of: date) -> dict[tuple[object, ...], Figures]:
    """Budgets at their own grain against the cost at that grain."""
    costs = month_costs(employer, as_of)
    groups: dict[tuple[object, ...], list[Budget]] = defaultdict(list)
    for budget in employer.budgets:
        groups[
            budget.department_id, budget.cost_category, budget.benefit_type,
            budget.provider_config_id, budget.month,
        ].append(budget)  # fmt: skip
    rows: dict[tuple[object, ...], Figures] = {}
    for key, budgets in groups.items():
        department, category, kind, provider, month = key
        spent = [
            c.total
            for c in costs
            if (c.month, c.category) == (month, category)
            and department in (None, c.department)
            and kind in (None, c.benefit_type)
            and provider in (None, c.provider)
        ]
        amount = sum((b.amount for b in budgets), Decimal(0))
        cost = total(spent) if budgets[0].month <= as_of else None
        variance = None if cost is None else cost - amount
        rows[key] = {
            "budget_amount": amount,
            "cost_amount": cost,
            "variance_amount": variance,
            "variance_percentage": percent(variance, amount),
        }
    return rows
