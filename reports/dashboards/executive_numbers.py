"""The seven numbers of the executive page: value, what it is measured against, trend, or why not.

Here: one metric per question, built from the rows. Not here: sentences about them (`verdict`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl

from reports.dashboards import figures
from reports.dashboards.executive_monthly import MONTHLY, Monthly, money_change
from reports.dashboards.executive_rows import Definition, Rows, budget, total_or_none
from reports.dashboards.figures import counted, money, number
from reports.dashboards.verdict import Budget
from reports.model import Metric, MetricStatus

TAGS = {"modelled": "modelled", "reported": "reported", "out_of_range": "out of range"}
LOADED = "Loaded"
SUPPRESSED_WHY = "A group has fewer than {minimum} people"


def metrics(rows: Rows) -> tuple[Metric, ...]:
    """The leading number, five numbers of the month, and what compliance has open."""
    return (
        leading(rows),
        *(_monthly(rows, spec) for spec in MONTHLY),
        _findings(rows),
    )


def leading(rows: Rows) -> Metric:
    """Cost of the year to date, against its budget where there is one."""
    definition = rows.definitions["total_benefits_cost"]
    period = figures.year_to_date_short(rows.period_end)
    compared, _ = budget(rows)
    status = str(rows.month["cost_ytd_status"])
    if rows.is_suppressed:
        return _suppressed(rows, definition, f"{definition.name}, {period}")
    if compared is not None and not compared.is_whole:
        part = rows.definitions["budgeted_cost"]
        return _cost(rows, part, f"{part.name}, {period}", compared.cost, status, compared)
    cost = rows.month["cost_ytd"]
    if cost is None:
        return _unmeasured(definition, f"{definition.name}, {period}", *_gap(rows, definition))
    return _cost(rows, definition, f"{definition.name}, {period}", cost, status, compared)


def _cost(
    rows: Rows,
    definition: Definition,
    label: str,
    cost: Decimal,
    status: str,
    against: Budget | None,
) -> Metric:
    return Metric(
        name=definition.metric_id,
        label=label,
        value=cost,
        unit="$",
        status=_status(status),
        text=money(cost),
        target=against.amount if against else None,
        target_text=money(against.amount) if against else "",
        variance=against.variance if against else None,
        variance_text=_budget_words(against) if against else _year_words(rows, cost),
        is_adverse=_is_adverse(against),
        tag=TAGS.get(status, ""),
        note=_who_pays(rows, cost, against),
        definition=definition.formula,
    )


def _budget_words(against: Budget) -> str:
    if against.variance == 0:
        return "On budget"
    return f"{against.size()} {'over' if against.variance > 0 else 'under'} budget"


def _is_adverse(against: Budget | None) -> bool | None:
    if against is None or (against.is_within_tolerance() and against.variance != 0):
        return None
    return against.variance > 0


def _year_words(rows: Rows, cost: Decimal) -> str:
    before = rows.month["cost_ytd_year_before"]
    if before is None:
        return "No earlier year to compare"
    if cost == before:
        return "The same as a year ago"
    return f"{money_change(cost - before, before)} a year ago"


def _who_pays(rows: Rows, cost: Decimal, against: Budget | None) -> str:
    if against is not None and not against.is_whole:
        total = rows.month["cost_ytd"]
        return f"Of {money(total)} in all" if total is not None else ""
    employer, employee = rows.month["employer_ytd"], rows.month["employee_ytd"]
    if employer is None or employee is None or employer + employee != cost:
        return ""
    return f"Employer pays {money(employer)} of it"


def _monthly(rows: Rows, spec: Monthly) -> Metric:
    definition = rows.definitions[spec.metric_id]
    label = f"{definition.name}, {figures.month_short(rows.period_end)}"
    value, before = rows.month[spec.column], rows.month[f"{spec.column}_month_before"]
    status = str(rows.month.get(f"{spec.column}_status") or "measured")
    if rows.is_suppressed:
        return _suppressed(rows, definition, label)
    if value is None:
        return _unmeasured(definition, label, *_why(rows, spec, definition))
    target, amount = rows.targets.get(spec.metric_id), Decimal(value)
    return Metric(
        name=spec.metric_id,
        label=label,
        value=value,
        unit=spec.unit,
        status=_status(status),
        text=spec.text(amount),
        target=target.value if target else None,
        target_text=spec.text(target.value) if target else "",
        variance=amount - target.value if target else None,
        variance_text=_target_words(spec, amount, target.value) if target else "",
        is_adverse=target.is_adverse(amount) if target else None,
        note=_change(rows, spec, value, before),
        trend=rows.trend_of(spec.metric_id),
        tag=TAGS.get(status, ""),
        definition=definition.formula,
    )


def _target_words(spec: Monthly, value: Decimal, target: Decimal) -> str:
    if spec.text(value) == spec.text(target):
        return "On target"
    change = value - target
    size = spec.change(change, target).rsplit(" ", 2)[0]
    return f"{size} {'above' if change > 0 else 'below'} target"


def _change(rows: Rows, spec: Monthly, value: Decimal | int, before: Decimal | int | None) -> str:
    month = figures.month_short(rows.period_end.replace(day=1) - dt.timedelta(days=1))
    if before is None:
        return f"No figure of {month} to compare"
    change = Decimal(value) - Decimal(before)
    if spec.text(Decimal(value)) == spec.text(Decimal(before)):
        return f"The same as in {month}"
    return f"{spec.change(change, Decimal(before))} in {month}"


def _findings(rows: Rows) -> Metric:
    definition = rows.definitions["open_violations"]
    label = f"{definition.name}, {figures.month_day(rows.facts.as_of)}"
    found = total_or_none(rows.compliance, "open_violations")
    if found is None:
        return _unmeasured(definition, label, definition.missing, definition.needs)
    critical = total_or_none(rows.compliance, "critical_violations") or 0
    known = rows.compliance.filter(pl.col("rules_evaluated") > 0)
    rules, evaluated = (int(rows.compliance[c].sum() or 0) for c in ("rules", "rules_evaluated"))
    return Metric(
        name="open_violations",
        label=label,
        value=found,
        unit="count",
        text=number(Decimal(found)),
        target=0,
        target_text="0",
        variance=found,
        variance_text=_open_words(found, critical),
        is_adverse=bool(critical) if critical or not found else None,
        note=f"{evaluated} of {counted(rules, 'rule')} evaluated, {counted(known.height, 'law')}",
        definition=definition.formula,
    )


def _open_words(found: int, critical: int) -> str:
    if not found:
        return "None open"
    return f"{number(Decimal(critical))} critical" if critical else "None critical"


def _status(status: str) -> MetricStatus:
    return status if status in ("modelled", "reported") else "measured"  # type: ignore[return-value]


def _suppressed(rows: Rows, definition: Definition, label: str) -> Metric:
    why = SUPPRESSED_WHY.format(minimum=rows.month["suppression_minimum"])
    return Metric(
        definition.metric_id,
        label,
        None,
        status="suppressed",
        text="Suppressed",
        why_missing=why,
        definition=definition.formula,
    )


def _unmeasured(definition: Definition, label: str, why: str, needs: str) -> Metric:
    return Metric(
        definition.metric_id,
        label,
        None,
        status="not_measured",
        text="Not measured",
        why_missing=why,
        note=needs if needs.startswith(LOADED) else f"Needs {needs}",
        definition=definition.formula,
    )


def _why(rows: Rows, spec: Monthly, definition: Definition) -> tuple[str, str]:
    """Why it is not measured, and what it needs; a month with nothing to measure needs nothing."""
    if spec.metric_id == "average_cost_per_employee":
        return _gap(rows, definition)
    loaded = _loaded(rows, spec)
    if not spec.empty or not loaded:
        return definition.missing, definition.needs
    return f"{spec.empty} {figures.month_name(rows.period_end)}", f"{LOADED}: {loaded}"


def _loaded(rows: Rows, spec: Monthly) -> str:
    """What of its input there is in other months; empty where the input itself is missing."""
    if spec.counts and rows.month[spec.counts]:
        return counted(rows.month[spec.counts], "offer") + " of other months"
    known = [at for at, value in rows.trend_of(spec.metric_id) if value is not None]
    return f"figures of {counted(len(known), 'other month')}" if known else ""


def _gap(rows: Rows, definition: Definition) -> tuple[str, str]:
    """Why cost is unknown: how many enrollment months lack which input."""
    gaps, inputs = rows.month["cost_gap_enrollments"], rows.month["cost_gap_inputs"]
    if not gaps:
        return definition.missing, definition.needs
    more = f" and {inputs - 1} more" if inputs > 1 else ""
    why = counted(gaps, "enrollment month has", "enrollment months have")
    return f"{why} no cost", f"{rows.month['cost_gap_input']}{more}"
