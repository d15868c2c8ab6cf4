"""JSON: the whole document as one canonical object; numbers keep the digits of their column.

Rows are objects by field name. A missing cell is null where blank, else {"unknown": reason},
{"suppressed": reason} or {"not_applicable": reason}. Decimals are JSON numbers: read them with a
decimal parser. Rows are written by column expressions, everything else is small.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import polars as pl

from reports.model import Chart, Document, Field, Metric, Metrics, Table, Text, shows
from reports.render.cells import canonical, check_types, is_text, meanings, reasons
from reports.render.files import RenderedFile, rendered

VERSION: Final = 1
_ESCAPES: Final = {
    **{chr(code): f"\\u{code:04x}" for code in range(32)},
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def render(document: Document) -> tuple[RenderedFile, ...]:
    """The one JSON file of a document."""
    blocks = [block for block in document.blocks if shows(block, "json")]
    parts = [
        *_head(document),
        _member(
            "metrics", [_metric(m) for b in blocks if isinstance(b, Metrics) for m in b.metrics]
        ),
        '"tables":[' + ",".join(_table(table) for table in document.tables("json")) + "]",
        _member("charts", [_chart(block) for block in blocks if isinstance(block, Chart)]),
        _member("texts", [_text(block) for block in blocks if isinstance(block, Text)]),
        _member("notes", [{"about": a, "note": b} for a, b in document.notes]),
        _member("definitions", [{"term": a, "meaning": b} for a, b in document.definitions]),
        _member("work_items", [_work_item(item) for item in document.work_items]),
    ]
    text = "{" + ",\n".join(parts) + "}\n"
    return (rendered(document, "json", text.encode("utf-8")),)


def _head(document: Document) -> list[str]:
    facts, request = document.facts, document.request
    company = {"id": facts.company_id, "name": facts.company_name, "ein": facts.ein}
    source = {"as_of": facts.as_of, "version": facts.data_version, "grade": facts.grade}
    asked = {
        "tax_year": request.tax_year,
        "plan_year": request.plan_year,
        "period": request.period,
        "parameters": dict(request.parameters),
    }
    return [
        _member("document_version", VERSION),
        _member("report", document.report),
        _member("title", document.title),
        _member("subtitle", document.subtitle),
        _member("status", document.status),
        _member("is_refused", document.is_refused()),
        _member("company", company | {"is_test_data": facts.is_test_data}),
        _member("data", source),
        _member("request", asked),
        _member("verdict", document.verdict),
        _member("lead", document.lead),
    ]


def _member(name: str, value: Any) -> str:
    return f'"{name}":{dumps(value)}'


def dumps(value: Any) -> str:
    """A value as canonical JSON text; decimals and dates keep their exact form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{dumps(str(k))}:{dumps(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(dumps(item) for item in value) + "]"
    if isinstance(value, float):
        raise TypeError("a document holds no binary fractions")
    return json.dumps(value, ensure_ascii=False)


def _table(table: Table) -> str:
    columns = [
        {"name": f.name, "label": f.label, "type": f.type, "unit": f.unit, "null": f.null}
        for f in table.fields
    ]
    head = {"name": table.name, "title": table.title, "note": table.note, "columns": columns}
    rows = ",\n".join(_rows(table))
    totals = "" if table.totals is None else "," + _member("totals", dict(table.totals))
    return dumps(head)[:-1] + ',"rows":[' + rows + "]" + totals + "}"


def _rows(table: Table) -> list[str]:
    check_types(table)
    if not table.frame.height:
        return []
    text = canonical(table)
    columns = [_column(table, field, text[field.name]) for field in table.fields]
    frame = pl.DataFrame(columns)
    line = pl.concat_str([pl.lit("{"), pl.concat_str(pl.all(), separator=","), pl.lit("}")])
    return frame.select(line).to_series().to_list()


def _column(table: Table, field: Field, text: pl.Series) -> pl.Series:
    value = pl.col("text")
    if is_text(field):
        value = value.str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
    if is_text(field) or field.type == "date":
        value = pl.concat_str([pl.lit('"'), value, pl.lit('"')])
    frame = pl.DataFrame({"text": text})
    if text.null_count():
        frame = frame.with_columns(meaning=meanings(table, field), reason=reasons(table, field))
        value = value.fill_null(_missing())
    name = pl.lit(f'"{field.name}":')
    return frame.select(pl.concat_str([name, value]).alias(field.name)).to_series()


def _missing() -> pl.Expr:
    reason = pl.col("reason").str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
    stated = pl.concat_str([pl.lit('{"'), pl.col("meaning"), pl.lit('":"'), reason, pl.lit('"}')])
    return pl.when(pl.col("meaning") == "blank").then(pl.lit("null")).otherwise(stated)


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "label": metric.label,
        "value": metric.value,
        "unit": metric.unit,
        "status": metric.status,
        "target": metric.target,
        "variance": metric.variance,
        "variance_text": metric.variance_text,
        "is_adverse": metric.is_adverse,
        "trend": [{"period": period, "value": value} for period, value in metric.trend],
        "tag": metric.tag,
        "note": metric.note,
        "why_missing": metric.why_missing,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {"name": chart.name, "title": chart.title, "alt": chart.alt, "table": chart.table}


def _text(text: Text) -> dict[str, Any]:
    return {"name": text.name, "title": text.title, "paragraphs": list(text.paragraphs)}


def _work_item(item: Any) -> dict[str, Any]:
    names = ("what", "why", "owner", "table", "column", "key", "is_blocking")
    return {name: getattr(item, name) for name in names}
