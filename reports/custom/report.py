"""A declaration as a report like any other: rows, pure build, document.

Belongs here: the words around a custom report's table. Does not belong here: its figures (`plan`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from reports.custom import words
from reports.custom.declaration import Declaration, read_declaration
from reports.custom.plan import Result, run_plan
from reports.dashboards import figures
from reports.errors import DeclarationError
from reports.model import (
    DATA_FORMATS,
    Build,
    Document,
    Facts,
    Report,
    ReportRequest,
    Table,
    period_end,
)
from reports.period import Span, period_span, span_words
from reports.render.cells import begins_like_formula, is_text
from reports.render.words import day

HERE: Final = Path(__file__).parent


def load_declared(name: str) -> Report:
    """A report of ours that is declared in a file of this folder."""
    return report_from_file(HERE / f"{name}.json")


def report_from_file(path: Path) -> Report:
    """The report that a file declares; its name is the file's."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DeclarationError(f"{path.name}: it is no readable JSON file") from error
    return custom_report(content, path.stem)


def custom_report(definition: object, name: str | None = None) -> Report:
    """The report a declaration describes; raises DeclarationError with one clear line."""
    declaration = read_declaration(name, definition)
    dataset = declaration.dataset
    return Report(
        name=declaration.name,
        title=declaration.title,
        kind="dataset",
        rows=dataset.models(is_listed=bool(declaration.columns)),
        formats=DATA_FORMATS,
        build=_builder(declaration),
        sensitivity=dataset.sensitivity,
        period="period" if declaration.takes_period else dataset.period,
        description=declaration.question or dataset.title,
        is_any_period=declaration.takes_period,
    )


def _builder(declaration: Declaration) -> Build:
    def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
        period = None
        if declaration.takes_period and request.period:
            period = period_span(request.period)
        result = run_plan(declaration, rows, request.parameters, period)
        return _document(declaration, result, request, facts, period)

    return build


def _document(
    declaration: Declaration,
    result: Result,
    request: ReportRequest,
    facts: Facts,
    period: Span | None,
) -> Document:
    when, subtitle = _when(declaration, result, request, period)
    table = Table(
        name=re.sub(r"[^a-z0-9_]+", "_", declaration.name.lower()) or "rows",
        title=declaration.title,
        fields=result.fields,
        frame=result.frame,
        note=_note(declaration, subtitle),
        totals=result.totals,
        question=declaration.question or declaration.dataset.title,
        key=tuple(f.name for f in declaration.groups) or declaration.dataset.key,
    )
    covered = words.covers(declaration, result, period)
    return Document(
        report=declaration.name,
        title=declaration.title,
        facts=facts,
        request=request,
        verdict=words.verdict(declaration, result, when),
        lead=words.lead(declaration, result, table),
        blocks=(table,),
        subtitle=subtitle,
        notes=(
            *((covered,) if covered else ()),
            *_left_out(declaration, result),
            *_formula_like(declaration, table),
        ),
        csv=declaration.csv,
        definitions=tuple(
            {f.label: (f.label, f.definition) for f in result.fields if f.definition}.values()
        ),
    )


def _when(
    declaration: Declaration, result: Result, request: ReportRequest, period: Span | None
) -> tuple[str, str]:
    """What the rows are of, as the end of a sentence and as a line of its own."""
    if declaration.dataset.period and request.period:
        on = day(period_end(request.period))
        return f" on {on}", on
    span = period if declaration.is_bound else result.covered
    return (f" for {span_words(span)}", span_words(span)) if span else ("", "")


def _note(declaration: Declaration, subtitle: str) -> str:
    if not declaration.sort:
        return subtitle
    labels = {field.name: field.label for field in declaration.dataset.fields.values()}
    labels |= {measure.field.name: measure.field.label for measure in declaration.measures}
    by = ", ".join(labels[column].lower() for column, _ in declaration.sort)
    return f"{subtitle}, sorted by {by}" if subtitle else f"Sorted by {by}"


def _formula_like(declaration: Declaration, table: Table) -> tuple[tuple[str, str], ...]:
    """Return the note of a file for a program in which text begins like a formula."""
    cells = sum(int(begins_like_formula(table, f).sum()) for f in table.fields if is_text(f))
    if not cells or declaration.csv == "people":
        return ()
    what = "1 cell begins" if cells == 1 else f"{cells:,} cells begin"
    return (("Formula-like text", f"{what} like a formula and stands as it is in the CSV file"),)


def _left_out(declaration: Declaration, result: Result) -> tuple[tuple[str, str], ...]:
    if not result.undecided:
        return ()
    rows = figures.counted(result.undecided, "row")
    columns = ", ".join(dict.fromkeys(f.column for f in declaration.filters))
    return (("Left out", f"{rows} for which a filter is unknown ({columns})"),)
