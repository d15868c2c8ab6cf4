"""The document of a public data set: its returns drawn again, and its files as they stand.

Belongs here: turning text rows into the same document a report builds. Does not belong here:
reading files (dataset.py), or judging what was filed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from reports.errors import RequestError
from reports.filings.form_5500.dataset import Dataset
from reports.filings.form_5500.lines import BROKER, FORM, SCHEDULE, TABLES, edition_of, load_lines
from reports.filings.form_5500.pages import Filing
from reports.filings.form_5500.public import public_table
from reports.filings.form_5500.report import form_blocks
from reports.model import Document, Facts, Field, ReportRequest, Table

SOURCE: Final = "public data set"


def build_imported(dataset: Dataset) -> Document:
    """The document of every return in the data set."""
    form = dataset.frames[FORM]
    if not form.height:
        raise RequestError(f"{FORM}: the data set holds no return")
    years = form["FORM_PLAN_YEAR_BEGIN_DATE"].str.slice(0, 4).unique().to_list()
    filings = tuple(_filings(dataset))
    contracts = dataset.frames[SCHEDULE].height
    return Document(
        report="form_5500",
        title="Form 5500, as filed",
        facts=_facts(dataset, form),
        request=ReportRequest(
            company_id="filed",
            as_of=_last_day(form),
            plan_year=int(years[0]) if len(years) == 1 and str(years[0]).isdigit() else None,
        ),
        verdict=f"{_count(form.height, 'return')} read, with {_count(contracts, 'Schedule')} A.",
        lead="Values stand as they were filed; nothing was computed.",
        blocks=(
            *form_blocks(filings),
            *(public_table(table, dataset.frames[table]) for table in TABLES),
            _unmodelled(dataset.unmodelled),
        ),
        status="worksheet",
        subtitle=f"{load_lines().title}. Worksheet, not for filing.",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _facts(dataset: Dataset, form: pl.DataFrame) -> Facts:
    names = form["SPONSOR_DFE_NAME"].drop_nulls().unique()
    eins = form["SPONS_DFE_EIN"].drop_nulls().unique()
    return Facts(
        company_id="filed",
        company_name=str(names[0]) if names.len() == 1 else f"{names.len()} sponsors",
        ein=str(eins[0]) if eins.len() == 1 else None,
        data_version=dataset.digest,
        as_of=_last_day(form),
        grade="not judged",
        is_test_data=False,
    )


def _last_day(form: pl.DataFrame) -> date:
    """The last day of the latest plan year: the only day a data set speaks of."""
    days = form.select(pl.col("FORM_TAX_PRD").str.to_date("%Y-%m-%d", strict=False)).to_series()
    latest = days.max()
    if not isinstance(latest, date):
        raise RequestError(f"{FORM}: no row gives the last day of its plan year")
    return latest


def _filings(dataset: Dataset) -> Iterator[Filing]:
    schedules = dataset.frames[SCHEDULE].partition_by("_filing_id", as_dict=True)
    brokers = dataset.frames[BROKER].partition_by("_filing_id", "FORM_ID", as_dict=True)
    for row in dataset.frames[FORM].iter_rows(named=True):
        year = _year(row)
        mine = schedules.get((row["_filing_id"],))
        yield Filing(
            row=row,
            schedules=tuple(
                (_named(schedule, row), _recipients(brokers, row, schedule))
                for schedule in (() if mine is None else mine.iter_rows(named=True))
            ),
            year=year,
            edition=edition_of(year),
            version=dataset.digest[:8],
            is_specimen=False,
        )


def _year(row: Mapping[str, Any]) -> int:
    text = str(row["FORM_PLAN_YEAR_BEGIN_DATE"] or "")[:4]
    if not text.isdigit():
        raise RequestError(f"{FORM}: row {row['_position'] + 1} has no first day of the plan year")
    return int(text)


def _named(schedule: dict[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    """A schedule with boxes A and C, which the data set gives on Form 5500 only."""
    names = {
        "SCH_A_PLAN_NAME": form["PLAN_NAME"],
        "SCH_A_SPONSOR_NAME": form["SPONSOR_DFE_NAME"],
    }
    return {**schedule, **names}


def _recipients(
    brokers: Mapping[tuple[Any, ...], pl.DataFrame],
    form: Mapping[str, Any],
    schedule: Mapping[str, Any],
) -> tuple[dict[str, Any], ...]:
    frame = brokers.get((form["_filing_id"], schedule["FORM_ID"]))
    return () if frame is None else tuple(frame.iter_rows(named=True))


def _unmodelled(frame: pl.DataFrame) -> Table:
    return Table(
        name="unmodelled",
        title="What the document does not hold",
        note="One row per file or column.",
        fields=(
            Field("file", "File"),
            Field("column", "Column", "identifier", null="blank"),
            Field("reason", "Reason"),
        ),
        frame=frame,
        file="unmodelled.csv",
        question="Which files and columns are not in the document, and why?",
    )
