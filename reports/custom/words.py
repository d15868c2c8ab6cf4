"""The sentences of a custom report: fixed patterns filled with the figures of its own table.

Belongs here: verdict, lead and notes. Does not belong here: figures (`plan`), the document
(`report`), the mail (`distribution`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import polars as pl

from reports.custom.declaration import NUMERIC, Declaration
from reports.custom.plan import Result
from reports.dashboards import figures
from reports.model import STATUS, Cell, Field, Table
from reports.period import Span, span_words
from reports.render.cells import meanings
from reports.render.words import code_words

LONGEST_VERDICT: Final = 90


def figure(field: Field, value: object) -> str:
    """A figure as a sentence writes it: $59K a month, \u2212$1,075, 91.9%."""
    amount = Decimal(str(value))
    sign = "+" if field.is_signed and amount > 0 else ""
    if field.type == "money":
        rest = field.unit.removeprefix("$").strip()
        return f"{sign}{figures.money(amount)}" + (f" {rest}" if rest else "")
    if field.type == "percent":
        return sign + figures.percent(amount)
    places = 0 if amount == amount.to_integral_value() else 1
    return f"{sign}{figures.number(amount, places)}" + (f" {field.unit}" if field.unit else "")


def name_of(row: Mapping[str, Any], labels: tuple[Field, ...]) -> str:
    """What a row is about, in the words of its groups."""
    return ", ".join(_word(row[field.name], field) for field in labels)


def _word(value: object, field: Field) -> str:
    if value is None:
        return "unassigned" if field.null == "not_applicable" else "unknown"
    return figures.day(value) if isinstance(value, date) else code_words(field, str(value))


def status_column(field: Field) -> str:
    """The column of a figure's status: measured, modelled, not measured or why it is suppressed."""
    return field.reason or field.name + STATUS


def tag(table: pl.DataFrame, field: Field) -> str:
    """modelled or reported, where a figure of the column is; nothing where all are measured."""
    if status_column(field) not in table.columns:
        return ""
    found = set(table[status_column(field)].to_list())
    return next((word for word in ("modelled", "reported") if word in found), "")


def verdict(declaration: Declaration, result: Result, when: str) -> str:
    """One sentence with the number in it, or how many rows there are where no number is shown."""
    frame = result.frame
    if not frame.height:
        many = declaration.dataset.many if declaration.columns else "rows"
        return f"There are no {many}{when}."
    if result.hidden == frame.height:
        behind = "them" if frame.height == 1 else "each row"
        return f"Figures are suppressed: fewer than {result.minimum} people stand behind {behind}."
    measures = [m.field for m in declaration.measures]
    if declaration.columns:
        return _counted(declaration, result, when)
    return _sentence(result, measures[0], declaration.groups, when)


def _sentence(result: Result, field: Field, labels: tuple[Field, ...], when: str) -> str:
    frame = result.frame
    known = frame.filter(pl.col(field.name).is_not_null())
    if not known.height:
        return f"{field.label} is not known{when}."
    if field.type not in NUMERIC:
        return f"{figures.counted(frame.height, 'row')}{when}."
    largest = known.sort(field.name, descending=True, maintain_order=True).to_dicts()[0]
    amount = (result.totals or {}).get(field.name)
    if frame.height == 1:
        amount = largest[field.name]
    told = _told(result, field)
    if amount is None:
        most = f"{name_of(largest, labels)} has the largest {field.label.lower()}"
        return f"{most}{when}: {figure(field, largest[field.name])}{told}."
    total = f"{field.label} is {figure(field, amount)}{told}{when}"
    part = f"; {name_of(largest, labels)} is {figure(field, largest[field.name])} of it"
    is_part = frame.height > 1 and bool((known[field.name] >= 0).all())
    return total + (part if is_part and len(total + part) < LONGEST_VERDICT else "") + "."


def _told(result: Result, field: Field) -> str:
    word = tag(result.frame, field)
    return f" ({word})" if word else ""


def _counted(declaration: Declaration, result: Result, when: str) -> str:
    """How many rows of how many people, and how many in each other state: they are never added."""
    frame, state = result.frame, declaration.dataset.state
    if state is None:
        return f"{_rows(declaration, frame)}{when}."
    parts = [(word, frame.filter(pl.col(state.column) == key)) for key, word in state.words.items()]
    found = [(word, part) for word, part in parts if part.height]
    if not found:
        return f"{_rows(declaration, frame)}{when}."
    word, first = found[0]
    rest = "".join(f"; {part.height:,} {_are(part)} {other}" for other, part in found[1:])
    return f"{_rows(declaration, first)} {_are(first)} {word}{when}{rest}."


def _are(frame: pl.DataFrame) -> str:
    return "is" if frame.height == 1 else "are"


def _rows(declaration: Declaration, frame: pl.DataFrame) -> str:
    dataset = declaration.dataset
    words = figures.counted(frame.height, dataset.one, dataset.many)
    if dataset.people and dataset.people.model is None:
        people = frame[dataset.people.person].n_unique()
        words += f" of {figures.counted(people, 'person', 'people')}"
    return words


def lead(declaration: Declaration, result: Result, table: Table) -> str:
    """The totals the verdict does not say, then what is unknown or suppressed."""
    return " ".join(_lead(declaration, result, table))


def _lead(declaration: Declaration, result: Result, table: Table) -> Iterator[str]:
    said = [f for f in result.fields if _total(f, result) is not None]
    if not declaration.columns and said:
        said = said[1:] if said[0].name == declaration.measures[0].field.name else said
    words = [f"{f.label.lower()} {figure(f, _total(f, result))}{_told(result, f)}" for f in said]
    if words:
        yield f"Totals: {', '.join(words)}."
    if result.hidden:
        rows = "row is" if result.hidden == 1 else "rows are"
        yield f"{result.hidden:,} {rows} suppressed: {_few(result)}."
    unknown = _unknown_cells(table)
    if unknown:
        cells = "cells are" if unknown > 1 else "cell is"
        left_out = "; totals leave them out" if words else ""
        yield f"{unknown:,} {cells} unknown and shown as such{left_out}."
    if result.frame.height and not (words or result.hidden or unknown):
        yield "No figure is unknown."


def _few(result: Result) -> str:
    return f"fewer than {result.minimum} people, or the row they could be worked out from"


def _total(field: Field, result: Result) -> Cell:
    if field.type not in NUMERIC:
        return None
    value = (result.totals or {}).get(field.name)
    return None if isinstance(value, str) else value


def _unknown_cells(table: Table) -> int:
    return sum(
        int((table.frame[field.name].is_null() & (meanings(table, field) == "unknown")).sum())
        for field in table.fields
    )


def covers(declaration: Declaration, result: Result, period: Span | None) -> tuple[str, str] | None:
    """What the rows cover, where that is not just the period asked for."""
    found = result.covered
    if found is None:
        return None
    if not declaration.is_bound:
        return "Covers", f"{span_words(found)}, by its own filters, whatever the period it is for"
    if period is not None and (found.start > period.start or found.end < period.end):
        return "Covers", f"{span_words(found)}: there are no other rows in {span_words(period)}"
    return None
