"""The tables and charts of cost on the executive page, from its rows.

Here: which columns stand in which order, and which specification draws them. Not here: how a table
or chart is drawn (renderers, `executive_page`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from reports.dashboards import figures, headings
from reports.dashboards.bar_chart import Bar, bar_chart
from reports.dashboards.cost_chart import Column, cost_chart, scale_of
from reports.dashboards.executive_rows import ZERO, Rows, budget
from reports.model import SUPPRESSED, Cell, Chart, Field, Table


def _money(name: str, label: str, **more: Any) -> Field:
    return Field(name, label, "money", unit="$", places=2, **more)


def cost_months(rows: Rows) -> tuple[Table, Chart | None]:
    """Cost against budget by month: the numbers, and the columns where every cost is known."""
    months = rows.cost_months
    compared, _ = budget(rows)
    names = [figures.month_name(at) for at in months["month_end"].to_list()]
    shown = _budgeted(months) if compared is not None else months
    variances = shown["variance_amount"].to_list() if compared is not None else []
    title = headings.cost_by_month(names, variances)
    fields = (*_month_fields(compared is not None), _cost_status(months))
    table = Table(
        "cost_by_month",
        "Cost against budget by month" if compared is not None else "Cost by month",
        fields,
        shown.with_columns(_unknown("cost_amount", "a part of the cost is unknown")),
        note=f"{_cost_words(rows)}, {figures.year_to_date(rows.period_end)} {rows.period_end.year}",
        totals=_totals(shown, [f.name for f in fields if f.type == "money"], {"month_end": None}),
        question="Which months were over budget",
    )
    if rows.is_suppressed or months["cost_amount"].null_count():
        return table, None
    return table, _month_chart(rows, shown, title, compared is not None)


def _budgeted(months: pl.DataFrame) -> pl.DataFrame:
    """The cost that has a budget, so that variance is cost less budget in every row."""
    return months.with_columns(pl.col("budgeted_cost_amount").alias("cost_amount"))


def _cost_words(rows: Rows) -> str:
    compared, _ = budget(rows)
    key = "total_benefits_cost" if compared is None or compared.is_whole else "budgeted_cost"
    return rows.definitions[key].name


def _month_fields(has_budget: bool) -> tuple[Field, ...]:
    start = (
        Field("month_end", "Month end", "date", width=12),
        _money("cost_amount", "Cost", reason="reason"),
    )
    if not has_budget:
        return start
    return (
        *start,
        _money("budget_amount", "Budget"),
        _money("variance_amount", "Variance", is_signed=True),
    )


def _month_chart(rows: Rows, months: pl.DataFrame, title: str, has_budget: bool) -> Chart:
    columns = [
        Column(figures.month_short(at), cost, amount if has_budget else None)
        for at, cost, amount in months.select("month_end", "cost_amount", "budget_amount").rows()
    ]
    scale = scale_of(columns)
    what = "Over or under budget each month" if has_budget else f"{_cost_words(rows)} each month"
    return Chart(
        name="cost_by_month_chart",
        title=title,
        spec=cost_chart(columns),
        alt=_month_alt(title, columns),
        table="cost_by_month",
        caption=f"{what}, {scale.words}",
        category="month_end",
        series=("cost_amount", "budget_amount") if has_budget else ("cost_amount",),
        kind="column",
    )


def _month_alt(title: str, columns: Sequence[Column]) -> str:
    highest = max(columns, key=lambda column: column.cost)
    parts = [("first", columns[0]), ("last", columns[-1]), ("highest", highest)]
    words = [f"{name} {c.label} {figures.money(c.cost)}{_alt_budget(c)}" for name, c in parts]
    return f"{title}: {', '.join(words)}."


def _alt_budget(column: Column) -> str:
    return "" if column.budget is None else f" of {figures.money(column.budget)}"


def _unknown(column: str, why: str) -> pl.Expr:
    return pl.when(pl.col(column).is_null()).then(pl.lit(why)).alias("reason")


def _totals(frame: pl.DataFrame, columns: Sequence[str], start: dict[str, Cell]) -> dict[str, Cell]:
    totals = dict(start)
    for column in columns:
        values = frame[column].to_list()
        if None not in values:
            totals[column] = sum(values, ZERO)
    return totals


def breakdown(rows: Rows, dimension: str, label: str, title: str, question: str) -> Table:
    """Cost by department, benefit or provider; with budget where every part has one."""
    part = _named_together(rows.part(dimension))
    fields = (*_part_fields(part, label, rows), _cost_status(part))
    frame = part.with_columns(*_part_reason(rows), _is_over())
    return Table(
        f"cost_by_{dimension}",
        title,
        fields,
        frame,
        note=_part_note(rows, fields),
        totals=_part_totals(rows, part, fields),
        question=question,
    )


def _named_together(part: pl.DataFrame) -> pl.DataFrame:
    """The row of the suppressed groups says which they are, or how many."""
    names = part.filter(pl.col("is_suppressed"))["item_name"].to_list()
    words = " and ".join(names) if len(names) == 2 else f"{len(names)} suppressed groups"
    named = pl.when(pl.col("is_combined")).then(pl.lit(f"{words} together"))
    return part.with_columns(named.otherwise(pl.col("item_name")).alias("item_name"))


def _part_fields(part: pl.DataFrame, label: str, rows: Rows) -> tuple[Field, ...]:
    month = figures.month_name(rows.period_end)
    start = (
        Field("item_name", label, width=28),
        Field("people_covered", f"Covered, {month}", "integer", reason="reason_people"),
        _money("cost_amount", "Cost", reason="reason"),
    )
    if headings.compares_budget(part):
        return (
            *start,
            _money("budget_amount", "Budget", reason="reason"),
            _money(
                "variance_amount", "Variance", reason="reason", is_signed=True, adverse="is_over"
            ),
            Field(
                "variance_pct",
                "Variance",
                "percent",
                null="not_applicable",
                reason="reason_change",
                unit="%",
                places=1,
                is_signed=True,
            ),
        )
    employer = _money("employer_amount", "Employer cost", reason="reason_employer")
    if rows.month["cost_ytd_year_before"] is None:
        return (*start, employer)
    return (
        *start,
        employer,
        _money("change_amount", "Change", reason="reason", is_signed=True),
        Field(
            "change_pct",
            "Change",
            "percent",
            null="not_applicable",
            reason="reason_change",
            unit="%",
            places=1,
            is_signed=True,
        ),
    )


def _cost_status(part: pl.DataFrame) -> Field:
    """What each cost is; on paper only where one is not simply measured."""
    is_plain = part["cost_status"].is_in(["measured", SUPPRESSED]).all()
    return Field(
        "cost_status", "Cost is", null="not_applicable", is_status=True, words={},
        on_paper=not is_plain,
        definition="measured, modelled or not measured: the worst of its parts",
    )  # fmt: skip


def _part_reason(rows: Rows) -> list[pl.Expr]:
    hidden = pl.lit(f"{SUPPRESSED}: fewer than {rows.month['suppression_minimum']} people")
    small = pl.when(pl.col("is_suppressed")).then(hidden)
    return [
        small.when(pl.col("cost_amount").is_null())
        .then(pl.lit("a part of the cost is unknown"))
        .alias("reason"),
        small.when(pl.col("people_covered").is_null())
        .then(pl.lit("people of several groups overlap"))
        .alias("reason_people"),
        small.when(pl.col("employer_amount").is_null())
        .then(pl.lit("a part of the employer cost is unknown"))
        .alias("reason_employer"),
        small.alias("reason_change"),
    ]


def _is_over() -> pl.Expr:
    beyond = pl.col("variance_amount") > pl.col("budget_amount").abs() / 100
    return beyond.fill_null(False).alias("is_over")


def _part_note(rows: Rows, fields: Sequence[Field]) -> str:
    words = (
        f"{rows.definitions['total_benefits_cost'].name}, {figures.year_to_date(rows.period_end)}"
    )
    if any(field.name == "change_amount" for field in fields):
        return f"{words}, against the same months of {rows.period_end.year - 1}"
    return f"{words} {rows.period_end.year}"


def _part_totals(rows: Rows, part: pl.DataFrame, fields: Sequence[Field]) -> dict[str, Cell]:
    month = rows.month
    known: dict[str, Cell] = {
        "item_name": "Total",
        "people_covered": month["people_covered"],
        "cost_amount": month["cost_ytd"],
        "employer_amount": month["employer_ytd"],
    }
    before, cost = month["cost_ytd_year_before"], month["cost_ytd"]
    if before is not None and cost is not None:
        known["change_amount"] = cost - before
        known["change_pct"] = figures.rounded(100 * (cost - before) / before, 2) if before else None
    shown = part.filter(~pl.col("is_suppressed"))
    is_all = not part["is_suppressed"].any() or bool(part["is_combined"].any())
    if headings.compares_budget(part) and is_all and cost is not None:
        amount = sum(shown["budget_amount"].to_list(), ZERO)
        known["budget_amount"], known["variance_amount"] = amount, cost - amount
        known["variance_pct"] = (
            figures.rounded(100 * (cost - amount) / amount, 2) if amount else None
        )
    names = [field.name for field in fields]
    return {name: value for name, value in known.items() if name in names and value is not None}


def benefit_chart(rows: Rows, table: Table) -> Chart | None:
    """Bars of the benefits on paper and in the workbook; the page has them inside its table."""
    part = table.frame.filter(~pl.col("is_suppressed"))
    if rows.is_suppressed or not part.height or part["cost_amount"].null_count():
        return None
    has_budget = any(field.name == "budget_amount" for field in table.fields)
    bars = [
        Bar(name, cost, amount if has_budget else None)
        for name, cost, amount in part.select("item_name", "cost_amount", "budget_amount").rows()
    ]
    scale = figures.money_scale([bar.value for bar in bars])
    return Chart(
        name="cost_by_benefit_chart",
        title=table.title,
        spec=bar_chart(bars, scale),
        alt=f"{table.title}: largest {bars[0].name} {figures.money(bars[0].value)}, "
        f"last {bars[-1].name} {figures.money(bars[-1].value)}.",
        table=table.name,
        caption=f"Bars: cost{', line: budget' if has_budget else ''}, {scale.words}",
        category="item_name",
        series=("cost_amount", "budget_amount") if has_budget else ("cost_amount",),
        kind="bar",
        formats=("pdf", "xlsx"),
    )
