"""Somebody else's Forms 1095-C, box by box against ours, the costliest difference first.

Belongs here: the report's declaration and its pure build. Does not belong here: reading the file
(filed), the comparison (differences), any amount (dbt).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.aca_audit import not_compared
from reports.filings.aca_audit.differences import ROWS, Compared, compare
from reports.filings.aca_audit.filed import CODE, COVERED, MONTH, read_filed
from reports.filings.employer import PERSON_MONTH, employer_of
from reports.given import UNREAD, UNREAD_FIELDS, source_notes
from reports.model import (
    DATA_FORMATS,
    Document,
    Facts,
    Field,
    Report,
    ReportRequest,
    Table,
)
from reports.money import dollar_span

LAW: Final = "rpt_aca_audit__law_value"
SAME: Final = "No difference."
LEAD: Final = (
    "At least: premium credits on file only, wrong returns corrected within 30 days. At most: a "
    "credit for everybody and returns never corrected, no more than the yearly caps. "
    "What is not known here has no price and is no finding against the form."
)
_KEY: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
)
FIELDS: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
    Field("employee_number", "Employee number", "identifier", "blank", "pii"),
    Field("month", "Month", "integer", "blank"),
    Field("box", "Box"),
    Field("individual", "Covered individual", null="blank", sensitivity="phi"),
    Field("theirs", "Theirs", "identifier", "blank", "pii"),
    Field("ours", "Ours", "identifier", "blank", "pii", reason="ours_why"),
    Field("rule_id", "Difference", "identifier"),
    Field("our_rule", "Our rule", "identifier", "blank"),
    Field("why", "Why"),
    Field("assessed_low", "4980H at least", "money", sensitivity="pii", on_paper=False, unit="$"),
    Field("assessed_high", "4980H at most", "money", sensitivity="pii", on_paper=False, unit="$"),
    Field("return_low", "6721 and 6722 at least", "money", on_paper=False, unit="$"),
    Field("return_high", "6721 and 6722 at most", "money", on_paper=False, unit="$"),
    Field("dollars_low", "At least", "money", sensitivity="pii", unit="$"),
    Field("dollars_high", "At most", "money", sensitivity="pii", unit="$"),
    Field("suggested_fix", "What to do"),
    Field("citation", "Citation", on_paper=False),
    Field("file", "File", null="blank", on_paper=False),
    Field("row", "Row of the file", "integer", "blank", on_paper=False),
)
MONTH_FIELDS: Final = (
    *_KEY,
    Field("month", "Month", "integer"),
    Field("mec_offer", "Column (a), ours", "boolean"),
    Field("mec_offer_theirs", "Column (a), theirs", "boolean", "blank"),
    Field("missed_count", "Protection not claimed, people", "integer"),
    Field("unsupported_count", "Protection not supported, people", "integer"),
    Field("unknown_count", "Not known, people", "integer"),
    Field("b_low", "(b) at least", "money", unit="$"),
    Field("b_high", "(b) at most", "money", unit="$"),
    Field("a_low", "(a) at least", "money", unit="$"),
    Field("a_high", "(a) at most", "money", unit="$"),
)


TOTAL_FIELDS: Final = (
    Field("section", "Section", "identifier"),
    Field("what", "What"),
    Field("count", "Number", "integer"),
    Field("low", "At least", "money", unit="$"),
    Field("high", "At most", "money", unit="$"),
    Field("cap_low", "Yearly cap, at least", "money", "blank", unit="$"),
    Field("cap_high", "Yearly cap, at most", "money", "blank", unit="$"),
)


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The differences of one employer and tax year; refused without a file."""
    if request.tax_year is None:
        raise RequestError("aca_audit needs a tax year")
    if CODE not in rows:
        raise RequestError("aca_audit compares a file: name it with --file")
    ein = (facts.ein or "").replace("-", "")
    is_own = (pl.col("ein") == ein) & (pl.col("tax_year") == request.tax_year)
    given = [rows[name] for name in (CODE, MONTH, COVERED)]
    codes, months, covered = (frame.filter(is_own) for frame in given)
    if not codes.height:
        words = " beside its covered individuals" if covered.height else ""
        raise RequestError(f"the file holds no form of this employer for {request.tax_year}{words}")
    compared = compare(rows, codes, months, covered)
    found = compared.rows.with_columns(
        pl.lit(request.tax_year).alias("tax_year"),
        pl.lit(facts.ein).alias("ein"),
        pl.col("fix").alias("suggested_fix"),
    )
    open_cells = not_compared.not_compared(found)
    found = found.filter(pl.col("difference") != not_compared.UNKNOWN)
    others = sum(frame.height - frame.filter(is_own).height for frame in given)
    return Document(
        report="aca_audit",
        title=f"Another vendor's Forms 1095-C against ours, {request.tax_year}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=_verdict(compared) if compared.rows.height else SAME,
        lead=LEAD,
        blocks=(
            Table(
                "totals",
                "What the differences could cost, section by section",
                TOTAL_FIELDS,
                compared.totals,
                totals=_together(compared),
            ),
            Table(
                "differences", "Differences, the costliest first", FIELDS, found, key=PERSON_MONTH
            ),
            Table(
                "not_compared",
                "What could not be compared, and why",
                not_compared.FIELDS,
                open_cells,
                key=("employee_number", "box"),
            ),
            Table("months", "By month, under the caps", MONTH_FIELDS, compared.months),
            Table("unread", "Rows of the file that were not read", UNREAD_FIELDS, rows[UNREAD]),
        ),
        notes=(*source_notes(rows), *_notes(compared, others)),
    )


def _verdict(compared: Compared) -> str:
    unknown = int(compared.rows["dollars_high"].is_null().sum())
    known = compared.rows.height - unknown
    low, high = _together(compared).values()
    tail = f" {unknown:,} more cannot be compared." if unknown else ""
    many = f"{known:,} difference{'s' if known != 1 else ''}"
    return f"{many}, {dollar_span(low, high)} at risk, an estimate.{tail}"


def _together(compared: Compared) -> dict[str, Decimal]:
    """Return the whole year under all caps, by its two ends."""
    return {end: sum(compared.totals[end].to_list(), Decimal("0.00")) for end in ("low", "high")}


def _notes(compared: Compared, others: int) -> tuple[tuple[str, str], ...]:
    words = f"{compared.forms:,} in the file, {compared.matched:,} of people in this data."
    notes = [("Forms", words)]
    if compared.with_part_iii:
        words = f"compared on {compared.with_part_iii:,} of the forms."
        if compared.strays:
            words += f" {compared.strays:,} listed individuals belong to no form in the file."
    else:
        words = "not compared: the file does not say who is covered."
    notes.append(("Part III", words))
    if others:
        notes.append(("Not compared", f"{others:,} rows of another employer or year."))
    return tuple(notes)


REPORT: Final = Report(
    name="aca_audit",
    title="Another vendor's Forms 1095-C against ours, the costliest difference first",
    kind="dataset",
    rows=(*ROWS, LAW),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="phi",
    period="tax_year",
    law=LAW,
    reader=read_filed,
    is_file_needed=True,
    description="Each box that differs: theirs, ours, the rule, the dollars, what to do.",
)
