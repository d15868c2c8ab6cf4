"""The executive page as one self-contained HTML file: no script, no request, phone to print.

Here: the order and markup of the page. Not here: any figure or sentence (the document has them).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import Any, TypeVar

from reports.dashboards import figures
from reports.dashboards.cost_chart import SCREEN_DIGIT, at_size
from reports.dashboards.page_shapes import hatch, mark, spark
from reports.dashboards.page_style import style
from reports.dashboards.page_tables import Look, table_html
from reports.model import Block, Chart, Document, Metric, Metrics, Table
from reports.render.charts import chart_svg

B = TypeVar("B", bound=Block)
SEVERITIES = ("critical", "high", "medium", "low")
MORE = (
    ("cost_by_department", "Departments"),
    ("cost_by_provider", "Providers"),
    ("fees_by_plan_year", "Fees by plan year"),
    ("compliance_by_law", "Compliance by law"),
    ("notes", "What to know about these numbers"),
    ("definitions", "Definitions and owners of every number"),
)


def render_page(document: Document) -> str:
    """The whole page."""
    company = escape(document.facts.company_name)
    sections = (_attention, _cost, _details, _closed)
    main = "".join(section(document) for section in sections)
    return (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light"><meta name="robots" content="noindex">'
        f"<title>{escape(document.verdict)} {company}, {escape(document.title)}</title>"
        f"<style>{style()}</style></head><body>"
        '<a class="skip" href="#main">Skip to the numbers</a><div class="page">'
        f'{_header(document)}<main id="main"><h1>{escape(document.verdict)}</h1>'
        f'<p class="lead">{escape(document.lead)}</p>{_numbers(document)}{main}'
        f"</main>{_footer(document)}</div></body></html>\n"
    )


def _header(document: Document) -> str:
    facts = document.facts
    return (
        f'<header class="top"><div><strong>{escape(facts.company_name)}</strong>'
        f"<span>{escape(document.title)}</span></div>"
        f'<div class="facts">{escape(document.subtitle)}<span class="late"> · Data as of '
        f"{figures.day(facts.as_of)} · Data quality {escape(facts.grade)} (A is best)</span>"
        "</div></header>"
    )


def _find(document: Document, kind: type[B], name: str) -> B | None:
    for block in document.blocks:
        if isinstance(block, kind) and block.name == name:
            return block
    return None


def _numbers(document: Document) -> str:
    block = _find(document, Metrics, "verdict")
    if block is None:
        return ""
    first, *rest = block.metrics
    tiles = "".join(_tile(metric) for metric in rest)
    once = f'<p class="once">{escape(block.note)}</p>' if block.note else ""
    return (
        f'<div class="numbers"><div class="leading">{_leading(document, first)}</div>'
        f'<div><div class="tiles">{tiles}</div>{once}</div></div>'
    )


def _label(metric: Metric) -> str:
    return f'<span class="label"><a href="#definitions">{escape(metric.label)}</a></span>'


def _value(metric: Metric) -> str:
    if metric.value is None:
        return f'<div class="value none">{escape(metric.text)}</div>'
    tag = f'<span class="tag">{escape(metric.tag)}</span>' if metric.tag else ""
    return f'<div class="value">{escape(metric.text)}{tag}</div>'


def _leading(document: Document, metric: Metric) -> str:
    chart = _find(document, Chart, "cost_by_month_chart")
    rest = ""
    if metric.target is not None:
        rest = f' <span class="rest">of {escape(figures.money(Decimal(metric.target)))}</span>'
    who = f'<p class="who">{escape(metric.note)}</p>' if metric.note else ""
    return f"{_label(metric)}{_value(metric)}{_against(metric, rest)}{who}{_figure(chart)}"


def _against(metric: Metric, rest: str = "") -> str:
    if metric.status == "suppressed":
        return f'<p class="against">{mark("suppressed")}{escape(metric.why_missing)}</p>'
    if metric.value is None:
        return f'<p class="against">{escape(metric.why_missing)}</p>'
    text = metric.variance_text or metric.note
    if not text:
        return ""
    shape, css = _shape(metric)
    return f'<p class="against {css}">{mark(shape)}{escape(text)}{rest}</p>'


def _shape(metric: Metric) -> tuple[str, str]:
    if metric.is_adverse is None:
        return "information", ""
    if not metric.is_adverse:
        return ("down" if metric.variance and metric.variance < 0 else "on_target"), "good"
    return ("up" if metric.variance and metric.variance > 0 else "down"), "bad"


def _tile(metric: Metric) -> str:
    if metric.status == "not_measured":
        line = hatch()
    else:
        line = spark([value for _, value in metric.trend], metric.target)
    under = metric.note
    if metric.value is not None and (metric.trend or metric.target is None):
        has_target = metric.target is not None
        under = f"Target {metric.target_text}" if has_target else "No target set"
    return (
        f'<div class="tile">{_label(metric)}{_value(metric)}{_against(metric)}'
        f'<div class="foot"><span>{escape(under)}</span>{line}</div></div>'
    )


def _figure(chart: Chart | None) -> str:
    if chart is None:
        return ""
    wide = chart_svg(
        at_size(chart.spec, 520, 214, True, SCREEN_DIGIT),
        chart.alt,
        f"{chart.name}-wide",
        screen=True,
    )
    slim = chart_svg(
        at_size(chart.spec, 328, 214, False, SCREEN_DIGIT),
        chart.alt,
        f"{chart.name}-narrow",
        screen=True,
    )
    return (
        f"<figure><figcaption><strong>{escape(chart.title)}.</strong> {escape(chart.caption)}"
        "</figcaption>"
        f'<div class="wide-chart">{wide}</div><div class="narrow">{slim}</div></figure>'
    )


def _section(table: Table | None, look: Look, css: str = "") -> str:
    if table is None:
        return ""
    shown = table_html(table, look) if table.frame.height else ""
    return (
        f'<section id="{table.name}" class="{css}" aria-labelledby="{table.name}-h">'
        f'<h2 id="{table.name}-h">{escape(table.title)}</h2>'
        f'<p class="under">{escape(table.note)}</p>{shown}</section>'
    )


def _attention(document: Document) -> str:
    look = Look(css="cards", cells={"severity": _severity, "item_name": _finding})
    return _section(_find(document, Table, "attention"), look)


def _severity(row: Any) -> str:
    word = str(row["severity"])
    css = word.lower() if word.lower() in SEVERITIES else "low"
    return f'<span class="sev sev-{css}">{escape(word)}</span>'


def _finding(row: Any) -> str:
    return f'<span class="what">{escape(str(row["item_name"]))}</span>'


def _part_look(table: Table | None) -> Look:
    names = [item.name for item in table.fields] if table else []
    signed = next((n for n in ("variance_amount", "change_amount") if n in names), "")
    return Look(phone=("cost_amount", signed or "people_covered"), bars=signed)


def _cost(document: Document) -> str:
    benefits = _find(document, Table, "cost_by_benefit_type")
    departments = _find(document, Table, "cost_by_department")
    look = replace(_part_look(benefits), hidden=("people_covered",))
    left = _section(benefits, look)
    slim = replace(_part_look(departments), bars="", hidden=("employer_amount",))
    right = _section(departments, slim, "detail")
    return f'<div class="two">{left}{right}</div>' if left else right


def _status(row: Any) -> str:
    word = str(row["compliance_status"])
    shapes = {
        "Non-Compliant": ("refused", "bad"),
        "Warning": ("warning", ""),
        "Compliant": ("on_target", "good"),
    }
    shape, css = shapes.get(word, ("none" if word == "Exempt" else "information", ""))
    return f'<span class="{css}">{mark(shape)}{escape(word)}</span>'


def _details(document: Document) -> str:
    table = _find(document, Table, "cost_by_provider")
    law = _find(document, Table, "compliance_by_law")
    look = Look(
        phone=("compliance_status", "open_violations"), cells={"compliance_status": _status}
    )
    providers = _section(table, replace(_part_look(table), bars=""), "detail")
    fees = _find(document, Table, "fees_by_plan_year")
    paid = Look(phone=("plan_name", "paid_amount"), hidden=("indirect_amount",))
    left = providers + _section(fees, paid, "detail") + _section(law, look, "detail")
    return f'<div class="wide"><div>{left}</div><div>{_notes(document)}</div></div>'


def _notes(document: Document) -> str:
    notes = "".join(
        f"<p><strong>{escape(about)}.</strong> {escape(note)}</p>" for about, note in document.notes
    )
    if not notes:
        return ""
    return (
        '<section id="notes" class="notes detail" aria-labelledby="notes-h">'
        '<h2 id="notes-h">What to know about these numbers</h2>'
        f'<p class="under">Gaps, privacy and what stands as of when</p>{notes}</section>'
    )


def _closed(document: Document) -> str:
    """What a reader opens on purpose: the numbers behind the chart, and the definitions."""
    table = _find(document, Table, "cost_by_month")
    months = ""
    if table is not None:
        months = _folded(f"{table.title}, as a table", table_html(table, Look()))
    items = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(meaning)}</dd></div>"
        for term, meaning in document.definitions
    )
    words = _folded("Definitions and owners of every number", f"<dl>{items}</dl>")
    return (
        '<section id="definitions" aria-labelledby="definitions-h">'
        f'<h2 id="definitions-h" class="vh">Numbers and definitions</h2>{months}{words}</section>'
    )


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def _footer(document: Document) -> str:
    named = {block.name for block in document.blocks} | {"definitions"}
    named |= {"notes"} if document.notes else set()
    links = "".join(
        f'<li><a href="#{name}">{label}</a></li>' for name, label in MORE if name in named
    )
    facts = document.facts
    sample = " · Invented sample data" if facts.is_test_data else ""
    return (
        f'<footer class="foot-links"><nav aria-labelledby="more-h"><h2 id="more-h">More detail</h2>'
        f"<ul>{links}</ul></nav><div>Data as of {figures.day(facts.as_of)} · "
        f"Data quality {escape(facts.grade)} (A is best) · "
        f"Data version {escape(facts.data_version[:12])}{sample}</div></footer>"
    )
