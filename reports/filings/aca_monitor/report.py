"""The monthly monitor of the employer mandate, as of the business date: who needs what, by when.

Belongs here: the report's declaration and its pure build. Does not belong here: any rule or amount
(dbt). It reads the facts the forms are filled from, so that the two never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from reports.filings.aca_exposure.report import KINDS as EXPOSED
from reports.filings.employer import employer_of
from reports.model import DATA_FORMATS, Document, Facts, Field, Report, ReportRequest, Table
from reports.render.words import day

PERSON: Final = "rpt_aca_monitor__person"
MONTH: Final = "rpt_aca_monitor__month"
NOTHING: Final = (
    "Nothing is watched: no month has ended in which the employer is declared a large employer."
)
CALM: Final = "Nobody needs an offer that is not made, and nobody nears full-time."
KINDS: Final = {
    **EXPOSED,
    "offer_due": "offer due",
    "full_time_reached": "full-time hours reached",
    "trending": "on the way to full-time",
}
PERSON_FIELDS: Final = (
    Field("ein", "EIN", "identifier", on_paper=False),
    Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
    Field("kind", "What", sensitivity="pii", words=KINDS),
    Field("since", "Since", "date"),
    Field("due_date", "Offer from", "date", "not_applicable"),
    Field("days_left", "Days left", "integer", "not_applicable"),
    Field("month_count", "Months so far", "integer"),
    Field("hours", "Hours so far", "decimal", "not_applicable", "pii", places=2),
    Field("average_month_hours", "Hours a month", "decimal", "not_applicable", "pii", places=2),
    Field("hours_to_full_time", "Hours to full-time", "decimal", "not_applicable", "pii", places=2),
    Field("is_offered_then", "Offered from then", "boolean", "not_applicable"),
    Field(
        "month_amount",
        "A month of delay",
        "money",
        sensitivity="pii",
        reason="unknown_reason",
        unit="$",
    ),
    Field("amount_so_far", "So far", "money", sensitivity="pii", reason="unknown_reason", unit="$"),
    Field("unknown_reason", "Why not known", null="blank"),
)
MONTH_FIELDS: Final = (
    Field("tax_year", "Tax year", "year"),
    Field("month", "Month", "integer"),
    Field("mec_offer", "Column (a)", "boolean"),
    Field("full_time_count", "Full-time employees", "integer"),
    Field("exposed_count", "Unprotected", "integer"),
    Field("unknown_count", "Not known", "integer"),
    Field("margin_people", "Margin to the share, people", "integer"),
    Field("people_to_offer", "Offers that turn (a) to Yes", "integer"),
    Field("a_high", "(a) at most", "money", unit="$"),
    Field("b_high", "(b) at most", "money", unit="$"),
)


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The people of one company who need something done, the most urgent first."""
    order = (
        "urgency",
        "amount_so_far",
        "month_amount",
        "due_date",
        "employee_number",
        "employee_id",
        "kind",
    )
    down = [False, True, True, *[False] * 4]
    people = rows[PERSON].sort(order, descending=down, nulls_last=True)
    months = rows[MONTH].sort("tax_year", "month")
    return Document(
        report="aca_monitor",
        title=f"Employer mandate, watched on {day(request.as_of)}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=_verdict(people, months),
        lead="A month of delay is (b) of one employee, never more than (a) of the month before; "
        "where column (a) is No, (a) is due instead. Either is due only where a premium credit is "
        "allowed. Trending: the hours on file, kept up to "
        "the end of the measurement, make the person full-time.",
        blocks=(
            Table("people", "Who needs what, the most urgent first", PERSON_FIELDS, people),
            Table("months", "The year so far, by month", MONTH_FIELDS, months),
        ),
    )


def _verdict(people: pl.DataFrame, months: pl.DataFrame) -> str:
    """Return who needs what, and what a month costs: (a) as a whole where column (a) is not Yes."""
    if not months.height and not people.height:
        return NOTHING
    last = months.row(-1, named=True) if months.height else {}
    whole = last.get("a_high") or Decimal("0.00")
    if not people.height and not whole:
        return CALM
    counts = {level: people.filter(pl.col("urgency") == level).height for level in (1, 2, 3, 4)}
    parts = (
        f"{counts[1]} full-time without protection, {counts[2]} offers due, "
        f"{counts[3]} nearing full-time"
    )
    tail = f", {counts[4]} not known" if counts[4] else ""
    if last.get("mec_offer") is False:
        return f"{parts}{tail}; column (a) is No: a month costs up to ${whole:,}."
    exposed = min(_sum(people, 1), last.get("b_high") or _sum(people, 1))
    amount = max(whole, exposed + _sum(people, 2))
    return f"{parts}{tail}: a month of delay costs up to ${amount:,}."


def _sum(people: pl.DataFrame, urgency: int) -> Decimal:
    amounts = people.filter(pl.col("urgency") == urgency)["month_amount"].drop_nulls().to_list()
    return sum(amounts, Decimal("0.00"))


REPORT: Final = Report(
    name="aca_monitor",
    title="Who needs an offer of coverage next, by when, and what waiting costs",
    kind="dataset",
    rows=(PERSON, MONTH),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="pii",
    description="Unoffered full-timers, offers due with their day, people nearing full-time.",
)
