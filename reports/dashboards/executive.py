"""The executive dashboard: are we on budget, and what needs me?

Here: the order of the page and its notes. Not here: figures (dbt), words (`verdict`, `headings`),
drawing.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from reports.dashboards import executive_costs as costs
from reports.dashboards import executive_fees as fees
from reports.dashboards import executive_tables as tables
from reports.dashboards import figures, headings
from reports.dashboards.executive_numbers import metrics
from reports.dashboards.executive_rows import PARTS, PREFIX, Rows, budget, read, standing
from reports.dashboards.figures import counted
from reports.dashboards.verdict import lead, verdict
from reports.model import Block, Document, Facts, Metric, Metrics, Report, ReportRequest, Table

NAME = "executive_dashboard"
TITLE = "Executive benefits dashboard"


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The page of one company and month."""
    read_rows = read(rows, request, facts)
    numbers = metrics(read_rows)
    at = standing(read_rows)
    return Document(
        report=NAME,
        title=TITLE,
        facts=facts,
        request=request,
        verdict=verdict(at),
        lead=lead(at),
        blocks=_blocks(read_rows, numbers),
        subtitle=f"{figures.month(read_rows.period_end)} and year to date",
        made_for="Executive role, all departments",
        notes=_notes(read_rows, numbers),
        definitions=_definitions(read_rows),
        page="executive_page",
    )


def _blocks(rows: Rows, numbers: tuple[Metric, ...]) -> tuple[Block, ...]:
    first: list[Block] = [
        Metrics(
            "verdict", "The numbers", numbers, _trend_note(rows), "The numbers and their trend"
        ),
        tables.numbers(numbers),
        tables.attention(rows),
    ]
    if rows.is_suppressed:
        return (*first, tables.compliance(rows))
    months, month_chart = costs.cost_months(rows)
    benefits = _benefits(rows)
    charts = [month_chart, costs.benefit_chart(rows, benefits)]
    return (
        *first,
        *(chart for chart in charts if chart is not None),
        months,
        benefits,
        costs.breakdown(
            rows,
            "department",
            "Department",
            headings.cost_by_department(rows.part("department")),
            "Which departments cost more",
        ),
        costs.breakdown(
            rows,
            "provider",
            "Provider",
            headings.cost_by_provider(rows.part("provider"), rows.month["cost_ytd"]),
            "Which provider is paid what",
        ),
        *((paid,) if (paid := fees.plan_fees(rows)) else ()),
        tables.compliance(rows),
    )


def _benefits(rows: Rows) -> Table:
    compared, _ = budget(rows)
    title = headings.cost_by_benefit(rows.part("benefit_type"), compared)
    return costs.breakdown(rows, "benefit_type", "Benefit", title, "Which benefit is off")


def _trend_note(rows: Rows) -> str:
    last = figures.month(rows.period_end)
    return f"Lines show up to twelve months to {last}, each on its own scale."


def _notes(rows: Rows, numbers: tuple[Metric, ...]) -> tuple[tuple[str, str], ...]:
    found = [
        ("Not measured", _not_measured(rows, numbers)),
        ("Suppressed", _suppressed(rows)),
        ("Modelled", _modelled(numbers)),
        ("Budget", _budget(rows)),
        ("Plan fees", "" if rows.is_suppressed else fees.note(rows)),
        ("As of", _as_of(rows)),
    ]
    return tuple((about, note) for about, note in found if note)


def _not_measured(rows: Rows, numbers: tuple[Metric, ...]) -> str:
    missing = [
        f"{m.label}: {_lower(m.why_missing)}." for m in numbers if m.status == "not_measured"
    ]
    others = [rows.definitions[name] for name in ("utilization_rate", "roi_analysis")]
    missing += [f"{other.name}: {_lower(other.missing)}." for other in others]
    return " ".join(missing)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _suppressed(rows: Rows) -> str:
    minimum = rows.month["suppression_minimum"]
    if rows.is_suppressed:
        return f"Fewer than {minimum} people are covered: counts and money are not shown."
    hidden = rows.breakdown.filter(pl.col("is_suppressed"))
    if not hidden.height:
        return ""
    groups = counted(hidden.height, "group has", "groups have")
    return (
        f"{groups} fewer than {minimum} covered people or would give such a group away. "
        "Totals include them."
    )


def _modelled(numbers: tuple[Metric, ...]) -> str:
    names = [m.label for m in numbers if m.status == "modelled"]
    if not names:
        return ""
    return f"{'; '.join(names)}: self-insured coverage is counted at its premium-equivalent rate."


def _budget(rows: Rows) -> str:
    compared, state = budget(rows)
    if compared is not None and not compared.is_whole:
        return "Some cost has no budget; variance speaks only of the cost that has one."
    if state == "overlapping":
        return (
            "Two budget lines cover the same cost and neither holds the other, so none is added up."
        )
    if state == "partly_absent":
        return "Not every month of the year to date has a budget, so the year is not compared."
    return ""


def _as_of(rows: Rows) -> str:
    day = figures.day(rows.facts.as_of)
    return f"Findings stand as of {day}; history of findings by month is not kept yet."


def _definitions(rows: Rows) -> tuple[tuple[str, str], ...]:
    return tuple(
        (item.name, f"{item.formula}. Owner: {item.owner}.")
        for item in sorted(rows.definitions.values(), key=lambda item: item.name)
    )


REPORT = Report(
    name=NAME,
    title=TITLE,
    kind="dashboard",
    rows=tuple(PREFIX + part for part in PARTS),
    formats=("html", "pdf", "xlsx", "csv", "xml", "json"),
    build=build,
    sensitivity="aggregate",
    period="period",
    description="Are we on budget, and what needs me? Cost, coverage and compliance of one month.",
)
