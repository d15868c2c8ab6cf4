"""What a report is, what is asked of it, and the document it builds.

Belongs here: frozen dataclasses without behaviour beyond checking themselves. Does not belong
here: reading rows (`snapshot`), turning a document into bytes (`render`), knowing which reports
exist (`registry`), or any figure.

A frame holds values, never words for their absence: an unknown cell is null, and the field says
what a null means (`Field.null`) and, if it can differ by row, in which column of the frame the
reason stands (`Field.reason`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from reports.errors import DocumentError, RequestError
from reports.metric import Format, Metric, Metrics, MetricStatus
from reports.period import period_span

if TYPE_CHECKING:
    from reports.given import Reader
    from reports.render.form_layout import FormPage, Layout

__all__ = ["Format", "Metric", "MetricStatus", "Metrics"]  # with everything declared below

Kind = Literal["filing", "dashboard", "dataset"]
Sensitivity = Literal["aggregate", "pii", "phi"]
PeriodKind = Literal["tax_year", "plan_year", "period"]
FieldType = Literal[
    "text", "identifier", "integer", "year", "decimal", "money", "percent", "date", "boolean"
]
NullMeaning = Literal["unknown", "blank", "not_applicable"]
CsvReader = Literal["people", "machine"]
DocumentStatus = Literal["final", "draft", "worksheet"]
Cell = str | int | Decimal | date | bool | None

FORMATS: tuple[Format, ...] = ("pdf", "xlsx", "csv", "xml", "json", "html")
DATA_FORMATS: tuple[Format, ...] = ("pdf", "xlsx", "csv", "xml", "json")
SUPPRESSED = "suppressed"
STATUS = "_status"
WORST_GRADE = "F"
_MONTH = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])")


def period_end(period: str) -> date:
    """The last day of a month written YYYY-MM."""
    if not _MONTH.fullmatch(period):
        raise RequestError(f"period {period!r}: it must be a month such as 2024-03")
    return period_span(period).end


@dataclass(frozen=True)
class ReportRequest:
    """What is asked: whose report, known as of which day, for which year or month."""

    company_id: str
    as_of: date
    tax_year: int | None = None
    plan_year: int | None = None
    period: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def period_label(self) -> str:
        """The year or period asked for, as it stands in a file name; the as-of day otherwise."""
        year = self.tax_year if self.tax_year is not None else self.plan_year
        if year is not None:
            return str(year)
        return self.period or self.as_of.isoformat()


@dataclass(frozen=True)
class Facts:
    """What every page says about where its numbers come from."""

    company_id: str
    company_name: str
    ein: str | None
    data_version: str
    as_of: date
    grade: str
    is_test_data: bool


@dataclass(frozen=True)
class Field:
    """One column of a table: what it is called, what type it has, what its nulls mean.

    `unit` completes the header ("$ thousand"), `places` fixes the decimals, `is_signed` shows a
    plus on a variance, `adverse` names a boolean column of the frame whose true cells are worse
    than target beyond tolerance, `width` is in characters (0: measured from the values). A field
    that is not `on_paper` stands in every format but the PDF, which says so; one that `is_status`
    says what another figure is. A field with `words` holds codes, which pages and workbooks show
    as words: those given, else the code itself without underscores.
    """

    name: str
    label: str
    type: FieldType = "text"
    null: NullMeaning = "unknown"
    sensitivity: str = "internal"
    width: int = 0
    unit: str = ""
    places: int | None = None
    is_signed: bool = False
    reason: str | None = None
    adverse: str | None = None
    definition: str = ""
    on_paper: bool = True
    is_status: bool = False
    words: Mapping[str, str] | None = field(default=None, hash=False)


@dataclass(frozen=True)
class Table:
    """Rows under a heading; the frame may hold more columns than the fields show.

    `totals` maps field names to values of the last line. `formats` narrows where the block
    appears (empty: everywhere). `file` fixes the name of its CSV file; `question` is the line on
    the workbook's cover. `key` names the fields that tell rows apart: where columns do not fit
    beside each other, they stand in every part.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    frame: pl.DataFrame
    note: str = ""
    totals: Mapping[str, Cell] | None = None
    formats: tuple[Format, ...] = ()
    file: str | None = None
    question: str = ""
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [item.name for item in self.fields]
        if len(set(names)) != len(names):
            raise DocumentError(f"table {self.name}: a field is listed twice")
        wanted = {*names, *(f.reason for f in self.fields), *(f.adverse for f in self.fields)}
        missing = sorted(wanted - {None} - set(self.frame.columns), key=str)
        if missing:
            raise DocumentError(f"table {self.name}: the frame has no column {missing[0]}")
        unknown = sorted(set(self.totals or ()) - set(names))
        if unknown:
            raise DocumentError(f"table {self.name}: a total for the unknown field {unknown[0]}")


@dataclass(frozen=True)
class Chart:
    """One Altair specification with its heading, its words for readers, and its numbers.

    `table` names the table of the same document that holds the numbers. The workbook draws a
    native chart of `category` (a field of that table) against `series` (one or two fields).
    """

    name: str
    title: str
    spec: Mapping[str, Any]
    alt: str
    table: str
    caption: str = ""
    category: str = ""
    series: tuple[str, ...] = ()
    kind: Literal["bar", "column", "line"] = "column"
    formats: tuple[Format, ...] = ()


@dataclass(frozen=True)
class FormPages:
    """Pages of a drawn form; only a PDF shows them, the other formats carry the tables."""

    name: str
    layout: Layout
    pages: tuple[FormPage, ...]
    formats: tuple[Format, ...] = ("pdf",)


@dataclass(frozen=True)
class Text:
    """A heading with paragraphs of plain text (never markup)."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    formats: tuple[Format, ...] = ()


Block = Table | Chart | Metrics | FormPages | Text


@dataclass(frozen=True)
class WorkItem:
    """One thing a person must settle before a document is final; it names no person's data."""

    what: str
    why: str
    owner: str
    table: str = ""
    column: str = ""
    key: str = ""
    is_blocking: bool = True


@dataclass(frozen=True)
class Document:
    """One finished answer, independent of its format.

    `notes` are pairs such as ("Restated", "September cost, +$6.4 thousand"); `definitions` pairs
    of a term and its meaning. `page` names the HTML template of a dashboard. `attestation` is the
    key of what somebody must answer for before the document may leave; `nothing_due` says in words
    that there is nothing to file; `csv` says who opens its CSV files: a person with a spreadsheet,
    or a program that takes every byte as it stands. `copy` says whose copy it is where one document
    has several; it stands in the file's name.
    """

    report: str
    title: str
    facts: Facts
    request: ReportRequest
    verdict: str
    lead: str
    blocks: tuple[Block, ...]
    status: DocumentStatus = "final"
    work_items: tuple[WorkItem, ...] = ()
    subtitle: str = ""
    made_for: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    page: str | None = None
    attestation: str = ""
    nothing_due: str = ""
    csv: CsvReader = "machine"
    language: str = "en-US"
    copy: str = ""

    def __post_init__(self) -> None:
        names = [block.name for block in self.blocks]
        if len(set(names)) != len(names):
            raise DocumentError(f"document {self.report}: two blocks have the same name")
        for block in self.blocks:
            if isinstance(block, Chart) and block.table not in names:
                raise DocumentError(f"chart {block.name}: there is no table {block.table}")

    def tables(self, format: Format | None = None) -> tuple[Table, ...]:
        """The tables, in order; with a format only those it shows."""
        return tuple(
            block
            for block in self.blocks
            if isinstance(block, Table) and (format is None or shows(block, format))
        )

    def is_refused(self) -> bool:
        """Whether something blocks: a draft, or an open item that must be settled first."""
        return self.status == "draft" or any(item.is_blocking for item in self.work_items)


def shows(block: Block, format: Format) -> bool:
    """Whether a block appears in a format."""
    return not block.formats or format in block.formats


Build = Callable[[Mapping[str, pl.DataFrame], ReportRequest, Facts], Document]


@dataclass(frozen=True)
class Report:
    """One report: its name, the models whose rows it reads, and the pure function that builds it.

    `rows` are model names (`rpt_<report>__<part>`, or a mart for dashboards); `period` says which
    of the request's years or months it needs, `is_any_period` that its period may also be a
    quarter, a year, a week or a day; `law` is the model of a filing's law values. A report with a
    `reader` also reads a file given beside the data; `is_file_needed` says it is nothing without.
    """

    name: str
    title: str
    kind: Kind
    rows: tuple[str, ...]
    formats: tuple[Format, ...]
    build: Build
    sensitivity: Sensitivity
    period: PeriodKind | None = None
    law: str = ""
    description: str = ""
    is_any_period: bool = False
    reader: Reader | None = None
    is_file_needed: bool = False
