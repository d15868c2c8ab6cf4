"""A declaration as a report like any other: rows, pure build, document.

Belongs here: the words around a custom report's table. Does not belong here: its figures (`plan`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl

from reports.custom.declaration import Declaration, read_declaration
from reports.custom.plan import Result, run_plan
from reports.errors import DeclarationError
from reports.model import (
    DATA_FORMATS,
    Build,
    Cell,
    Document,
    Facts,
    Field,
    Report,
    ReportRequest,
    Table,
    period_end,
)
from reports.render.cells import begins_like_formula, is_number, is_text, meanings
from reports.render.words import MINUS, day, number

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


def custom_report(definition: object, name: str = "custom") -> Report:
    """The report a declaration describes; raises DeclarationError with one clear line."""
    declaration = read_declaration(name, definition)
    dataset = declaration.dataset
    return Report(
        name=name,
        title=declaration.title,
        kind="dataset",
        rows=(dataset.model,),
        formats=DATA_FORMATS,
        build=_builder(declaration),
        sensitivity=dataset.sensitivity,
        period=dataset.period,
        description=declaration.question or dataset.title,
    )


def _builder(declaration: Declaration) -> Build:
    def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
        result = run_plan(declaration, rows[declaration.dataset.model], request.parameters)
        return _document(declaration, result, request, facts)

    return build


def _document(
    declaration: Declaration, result: Result, request: ReportRequest, facts: Facts
) -> Document:
    when = f" on {day(period_end(request.period))}" if request.period else ""
    table = Table(
        name=re.sub(r"[^a-z0-9_]+", "_", declaration.name.lower()) or "rows",
        title=declaration.title,
        fields=result.fields,
        frame=result.frame,
        note=_note(declaration),
        totals=result.totals,
        question=declaration.question or declaration.dataset.title,
    )
    return Document(
        report=declaration.name,
        title=declaration.title,
        facts=facts,
        request=request,
        verdict=_counted(declaration, result) + when + ".",
        lead=_lead(_unknown_cells(table), result),
        blocks=(table,),
        subtitle=day(period_end(request.period)) if request.period else "",
        notes=(*_left_out(declaration, result), *_formula_like(declaration, table)),
        csv=declaration.csv,
        definitions=tuple((f.label, f.definition) for f in result.fields if f.definition),
    )


def _counted(declaration: Declaration, result: Result) -> str:
    dataset, count = declaration.dataset, result.frame.height
    one, many = (dataset.one, dataset.many) if declaration.columns else ("row", "rows")
    if not count:
        return f"There are no {many}"
    words = f"{count:,} {one if count == 1 else many}"
    if declaration.columns and dataset.person:
        people = result.frame[dataset.person].n_unique()
        words += f" of {people:,} {'person' if people == 1 else 'people'}"
    return words


def _unknown_cells(table: Table) -> int:
    return sum(
        int((table.frame[field.name].is_null() & (meanings(table, field) == "unknown")).sum())
        for field in table.fields
    )


def _lead(unknown: int, result: Result) -> str:
    totals = result.totals or {}
    figures = [
        f"{field.label.lower()} {_figure(field, totals[field.name])}"
        for field in result.fields
        if is_number(field) and field.name in totals
    ]
    sentences = [f"Totals: {', '.join(figures)}."] if figures else []
    if unknown:
        cells = "cells are" if unknown > 1 else "cell is"
        left_out = "; totals leave them out" if figures else ""
        sentences.append(f"{unknown:,} {cells} unknown and shown as such{left_out}.")
    return " ".join(sentences) or "Every cell is known."


def _figure(field: Field, value: Cell) -> str:
    amount = Decimal(str(value))
    sign = MINUS if amount < 0 else ""
    words = number(abs(amount), field.places if field.places is not None else 0)
    unit = "$" if field.unit.startswith("$") else ""
    rest = field.unit.removeprefix("$").strip()
    return f"{sign}{unit}{words}" + (f" {rest}" if rest else "")


def _note(declaration: Declaration) -> str:
    if not declaration.sort:
        return ""
    labels = {field.name: field.label for field in declaration.dataset.fields.values()}
    labels |= {measure.field.name: measure.field.label for measure in declaration.measures}
    words = ", ".join(labels[column].lower() for column, _ in declaration.sort)
    return f"Sorted by {words}"


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
    rows = "row" if result.undecided == 1 else "rows"
    columns = ", ".join(dict.fromkeys(f.column for f in declaration.filters))
    return (("Left out", f"{result.undecided:,} {rows} for which a filter is unknown ({columns})"),)
