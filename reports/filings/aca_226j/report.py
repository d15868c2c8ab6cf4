"""The pack that answers Letter 226-J: Forms 14764 and 14765 as data, each claim with its evidence.

Belongs here: the report's declaration and its pure build. Does not belong here: any code or amount
(dbt), the official forms themselves, or sending anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.aca_226j import answer
from reports.filings.aca_226j.listed import LISTED, matched, read_listed
from reports.filings.employer import PERSON_MONTH, employer_of
from reports.given import UNREAD, UNREAD_FIELDS, source_notes, unread_frame
from reports.model import (
    DATA_FORMATS,
    Cell,
    Document,
    Facts,
    Field,
    Report,
    ReportRequest,
    Table,
)
from reports.money import dollar_span

LAW: Final = "rpt_aca_audit__law_value"
NOBODY: Final = "Nobody to answer for: no month is assessable and no premium credit is on file."
POSITIONS: Final = {
    answer.AGREE: "agree: assessable",
    answer.DISAGREE: "disagree: not assessable",
    answer.OPEN: "not known here",
    answer.STRANGE: "nobody on file",
}
COUNTS: Final = ("listed_count", "agreed_count", "disputed_count", "open_count")
PEOPLE_FIELDS: Final = (
    Field("employee_number", "Employee number", "identifier", "blank", "pii"),
    Field("first_name", "First name", null="blank", sensitivity="pii"),
    Field("last_name", "Last name", null="blank", sensitivity="pii"),
    Field("ssn", "SSN, last four", "identifier", "blank", "pii"),
    Field("month", "Month", "integer"),
    Field("filed_14", "Line 14 in the letter", "identifier", "blank", "pii"),
    Field("filed_16", "Line 16 in the letter", "identifier", "blank", "pii"),
    Field("response_14", "Line 14", "identifier", "blank", "pii", reason="why_14"),
    Field("response_16", "Line 16", "identifier", "blank", "pii", reason="why_16"),
    Field("position", "Answer", words=POSITIONS, sensitivity="pii"),
    Field("has_credit", "Credit on file here", "boolean", "blank", "pii", on_paper=False),
    Field("rule_14", "Rule of line 14", "identifier", "blank"),
    Field("rule_16", "Rule of line 16", "identifier", "blank"),
    Field("first_exhibit", "Exhibits from", "identifier", "blank"),
    Field("last_exhibit", "to", "identifier", "blank"),
    Field("row", "Row of the list", "integer", "blank", on_paper=False),
)
MONTH_FIELDS: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("month", "Month", "integer"),
    Field("mec_offer", "Column (a)", "boolean"),
    Field("full_time_count", "Full-time employees", "integer"),
    Field("listed_count", "Listed", "integer"),
    Field("agreed_count", "Agreed", "integer"),
    Field("disputed_count", "Disputed", "integer"),
    Field("open_count", "Not known", "integer"),
    Field("amount_low", "Due at least", "money", unit="$"),
    Field("amount_high", "Due at most", "money", unit="$"),
)
BOX_FIELDS: Final = (
    Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
    Field("month", "Month", "integer"),
    Field("box", "Box"),
    Field("value", "Value", "identifier", "blank", "pii", reason="why_unknown"),
    Field("rule_id", "Rule", "identifier", "blank"),
    Field("condition", "Because", null="blank"),
    Field("citation", "Citation", null="blank"),
)
EXHIBIT_FIELDS: Final = (
    Field("exhibit", "Exhibit", "identifier"),
    Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
    Field("source_table", "Table"),
    Field("source_id", "Row", "identifier", "blank"),
    Field("from_date", "From", "date", "blank"),
    Field("to_date", "To", "date", "blank"),
)


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The answer for one employer and tax year, to the list given or to what could be listed."""
    if request.tax_year is None:
        raise RequestError("aca_226j needs a tax year")
    listed, others = _listed(rows, request, facts)
    found = answer.answered(rows, listed, request.tax_year)
    people = found.people.with_columns(
        pl.when(pl.col(f"is_line_{line}_unknown").fill_null(value=True))
        .then(pl.coalesce("unknown_reason", pl.lit("not determined")))
        .alias(f"why_{line}")
        for line in ("14", "16")
    )
    totals: dict[str, Cell] = {name: _total(found.months, name) for name in COUNTS}
    notes = source_notes(rows)
    if others:
        notes.append(("Not answered", f"{others:,} rows of another employer or year."))
    return Document(
        report="aca_226j",
        title=f"Answer to Letter 226-J, {request.tax_year}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=_verdict(found.months) if people.height else NOBODY,
        lead=_lead(rows),
        blocks=(
            Table("months", "By month (Form 14764)", MONTH_FIELDS, found.months, totals=totals),
            Table(
                "people",
                "By person and month (Form 14765)",
                PEOPLE_FIELDS,
                people,
                key=PERSON_MONTH,
            ),
            Table("boxes", "Why each box says what it says", BOX_FIELDS, found.boxes),
            Table("exhibits", "Source rows, numbered", EXHIBIT_FIELDS, found.exhibits),
            Table("unread", "Rows of the list not read", UNREAD_FIELDS, _unread(rows)),
        ),
        notes=tuple(notes),
    )


def _listed(
    rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts
) -> tuple[pl.DataFrame, int]:
    """The list with its people matched, and how many of its rows are not answered."""
    if LISTED not in rows:
        return answer.own_list(rows), 0
    ein = (facts.ein or "").replace("-", "")
    own = rows[LISTED].filter((pl.col("ein") == ein) & (pl.col("tax_year") == request.tax_year))
    if not own.height:
        raise RequestError(f"the list names nobody of this employer for {request.tax_year}")
    names = matched(own, rows[answer.PERSON]).drop("tax_year", "ein")
    return names, rows[LISTED].height - own.height


def _unread(rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return rows[UNREAD] if UNREAD in rows else unread_frame(())


def _lead(rows: Mapping[str, pl.DataFrame]) -> str:
    whose = (
        "The people of the list that came with the letter."
        if LISTED in rows
        else "No list was given: the months our own facts leave assessable, and those with a "
        "premium credit on file."
    )
    return (
        f"{whose} Lines 14 and 16 are the codes that stand; each answer names its rule and the "
        "exhibits behind it. At most: what is not known here stands as well."
    )


def _verdict(months: pl.DataFrame) -> str:
    listed, agreed, disputed, open_count = (_total(months, name) for name in COUNTS)
    known = months.filter(pl.col("amount_high").is_not_null())
    low, high = (sum(known[n].to_list(), Decimal("0.00")) for n in ("amount_low", "amount_high"))
    missing = months.filter((pl.col("listed_count") > 0) & pl.col("amount_high").is_null()).height
    tail = f" {missing} months have no amount: column (a) is not known." if missing else ""
    return (
        f"{listed:,} months listed: {agreed:,} agreed, {disputed:,} disputed, {open_count:,} not "
        f"known. {dollar_span(low, high)} would be due.{tail}"
    )


def _total(months: pl.DataFrame, name: str) -> int:
    return int(months[name].sum())


REPORT: Final = Report(
    name="aca_226j",
    title="Answer to Letter 226-J: Forms 14764 and 14765 as data, with the evidence",
    kind="dataset",
    rows=(*answer.ROWS, LAW),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="pii",
    period="tax_year",
    law=LAW,
    reader=read_listed,
    description="Each listed person and month: the codes that stand, the rule, the exhibits.",
)
