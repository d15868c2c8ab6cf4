"""XML: our own canonical form of a document, the same elements in the same order every time.

One `row` per row, in it one element per field, named after the field. A missing cell is an empty
element: plain where blank, else with the attribute `unknown`, `suppressed` or `not_applicable`
holding the reason. Not here: the XML of any agency, which the filing's own module writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from reports.errors import RenderError
from reports.model import Cell, Chart, Document, Field, Metric, Metrics, Table, Text, shows
from reports.render.cells import (
    canonical,
    is_text,
    meanings,
    reasons,
    refuse_text,
    refuse_uncarried,
)
from reports.render.files import RenderedFile, rendered
from reports.render.json import dumps

VERSION: Final = "1"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_QUOTES: Final = _ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_NAME: Final = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]*$")


def render(document: Document) -> tuple[RenderedFile, ...]:
    """The one XML file of a document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_document(document), ""]
    return (rendered(document, "xml", "\n".join(lines).encode("utf-8")),)


def _document(document: Document) -> Iterator[str]:
    blocks = [block for block in document.blocks if shows(block, "xml")]
    yield (
        f'<document version="{VERSION}"{_attribute("report", document.report)}'
        f'{_attribute("status", document.status)} refused="{_word(document.is_refused())}">'
    )
    yield from _head(document)
    for block in blocks:
        if isinstance(block, Metrics):
            yield from _metrics(block)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Chart):
            yield _element("chart", block.alt, name=block.name, title=block.title, of=block.table)
        elif isinstance(block, Text):
            yield f"<text{_attribute('name', block.name)}{_attribute('title', block.title)}>"
            yield from (_element("p", paragraph) for paragraph in block.paragraphs)
            yield "</text>"
    yield from (_element("note", note, about=about) for about, note in document.notes)
    yield from (_element("definition", text, term=term) for term, text in document.definitions)
    for item in document.work_items:
        yield _element(
            "work_item",
            item.why,
            what=item.what,
            owner=item.owner,
            table=item.table,
            column=item.column,
            key=item.key,
            blocking=_word(item.is_blocking),
        )
    yield "</document>"


def _head(document: Document) -> Iterator[str]:
    facts, request = document.facts, document.request
    yield _element("title", document.title)
    yield _element("subtitle", document.subtitle)
    yield _element(
        "company",
        facts.company_name,
        id=facts.company_id,
        ein=facts.ein or "",
        test_data=_word(facts.is_test_data),
    )
    yield _element(
        "data", "", as_of=facts.as_of.isoformat(), version=facts.data_version, grade=facts.grade
    )
    asked = {
        "tax_year": request.tax_year,
        "plan_year": request.plan_year,
        "period": request.period,
    }
    given = {name: str(value) for name, value in asked.items() if value is not None}
    yield f"<request{''.join(_attribute(*pair) for pair in given.items())}>"
    for name, value in sorted(request.parameters.items()):
        yield _element("parameter", value if isinstance(value, str) else dumps(value), name=name)
    yield "</request>"
    yield _element("verdict", document.verdict)
    yield _element("lead", document.lead)


def _metrics(block: Metrics) -> Iterator[str]:
    yield f"<metrics{_attribute('name', block.name)}{_attribute('title', block.title)}>"
    for metric in block.metrics:
        yield from _metric(metric)
    yield "</metrics>"


def _metric(metric: Metric) -> Iterator[str]:
    yield (
        f"<metric{_attribute('name', metric.name)}{_attribute('label', metric.label)}"
        f"{_attribute('unit', metric.unit)}{_attribute('status', metric.status)}"
        f"{_attribute('tag', metric.tag)}>"
    )
    yield _figure("value", metric.value, metric.why_missing)
    yield _figure("target", metric.target)
    yield _figure("variance", metric.variance)
    yield _element("variance_text", metric.variance_text)
    yield _element("note", metric.note)
    for period, value in metric.trend:
        yield f"<point{_attribute('period', period)}>{_number(value)}</point>"
    yield "</metric>"


def _figure(name: str, value: Cell, reason: str = "") -> str:
    unknown = _attribute("unknown", reason) if value is None and reason else ""
    return (
        f"<{name}{unknown}>{_number(value)}</{name}>"
        if value is not None
        else f"<{name}{unknown}/>"
    )


def _number(value: Cell) -> str:
    return "" if value is None else _escaped(_total(value))


def _table(table: Table) -> Iterator[str]:
    refuse_uncarried(table, table.frame, "xml")
    for field in table.fields:
        if not _NAME.match(field.name):
            raise RenderError(f"table {table.name}: {field.name!r} cannot be an XML element")
    yield (
        f"<table{_attribute('name', table.name)}{_attribute('title', table.title)}"
        f'{_attribute("note", table.note)} rows="{table.frame.height}">'
    )
    yield "<columns>"
    for field in table.fields:
        yield _element("column", field.label, name=field.name, type=field.type, unit=field.unit)
    yield "</columns>"
    yield from _rows(table)
    if table.totals is not None:
        cells = "".join(
            f"<{f.name}>{_number(table.totals[f.name])}</{f.name}>"
            for f in table.fields
            if table.totals.get(f.name) is not None
        )
        yield f"<totals>{cells}</totals>"
    yield "</table>"


def _rows(table: Table) -> list[str]:
    if not table.frame.height:
        return []
    text = canonical(table)
    frame = pl.DataFrame([_column(table, field, text[field.name]) for field in table.fields])
    line = pl.concat_str([pl.lit("<row>"), pl.concat_str(pl.all()), pl.lit("</row>")])
    return frame.select(line).to_series().to_list()


def _column(table: Table, field: Field, text: pl.Series) -> pl.Series:
    value = pl.col("text")
    if is_text(field):
        value = value.str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
    name = field.name
    cell = pl.concat_str([pl.lit(f"<{name}>"), value, pl.lit(f"</{name}>")])
    frame = pl.DataFrame({"text": text})
    if text.null_count():
        frame = frame.with_columns(meaning=meanings(table, field), reason=reasons(table, field))
        cell = cell.fill_null(_missing(name))
    return frame.select(cell.alias(name)).to_series()


def _missing(name: str) -> pl.Expr:
    reason = pl.col("reason").str.replace_many(list(_IN_QUOTES), list(_IN_QUOTES.values()))
    stated = pl.concat_str(
        [pl.lit(f"<{name} "), pl.col("meaning"), pl.lit('="'), reason, pl.lit('"/>')]
    )
    return pl.when(pl.col("meaning") == "blank").then(pl.lit(f"<{name}/>")).otherwise(stated)


def _element(tag: str, text: str, /, **attributes: str) -> str:
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    return f"<{tag}{given}>{_escaped(text)}</{tag}>" if text else f"<{tag}{given}/>"


def _attribute(name: str, value: str) -> str:
    text = refuse_text(value, name, "xml")
    for character, escape in _IN_QUOTES.items():
        text = text.replace(character, escape)
    return f' {name}="{text}"'


def _escaped(text: str) -> str:
    text = refuse_text(text, "text", "xml")
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _word(value: bool) -> str:
    return "true" if value else "false"


def _total(value: Cell) -> str:
    return value if isinstance(value, str) else dumps(value).strip('"')
