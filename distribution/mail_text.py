"""A mail for any document: verdict, lead, the numbers as a table, one chart, where they come from.

Belongs here: the plain form that fits every report. Does not belong here: the mail of a
dashboard, which has a design of its own (`reports.dashboards`).
"""

from __future__ import annotations

from html import escape

from distribution.mail import MailBody, MailImage
from reports.model import Chart, Document, Metric, Metrics
from reports.render.charts import chart_png

INK, QUIET, RULE = "#16202c", "#4b5a68", "#d5dbe1"
FONT = "-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="color-scheme" content="light"><title>{title}</title></head>'
    '<body style="margin:0;background:#ffffff;color:{ink};font:16px/1.5 {font}">'
    '<table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" '
    'style="max-width:600px;width:100%"><tr><td style="padding:24px 32px">{body}</td></tr></table>'
    "</body></html>"
)


def plain_mail(document: Document, attached: tuple[str, ...]) -> MailBody:
    """Return the mail of a document: the same order in the plain and in the HTML part."""
    metrics = [m for block in document.blocks if isinstance(block, Metrics) for m in block.metrics]
    chart = next((block for block in document.blocks if isinstance(block, Chart)), None)
    images = (MailImage("chart", chart_png(chart.spec)),) if chart else ()
    return MailBody(
        subject=document.verdict or document.title,
        text=_text(document, metrics, chart, attached),
        html=_html(document, metrics, chart, attached),
        images=images,
    )


def value_of(metric: Metric) -> str:
    """Return a number as words; an unknown one says that it is unknown."""
    if metric.text:
        return metric.text
    if metric.value is None:
        return metric.why_missing or "not measured"
    if metric.unit == "$":
        return f"${metric.value:,}"
    return f"{metric.value:,}{'%' if metric.unit == '%' else ' ' + metric.unit}".strip()


def _source(document: Document) -> str:
    facts = document.facts
    return (
        f"Data as of {facts.as_of:%b} {facts.as_of.day}, {facts.as_of.year}. "
        f"Data quality {facts.grade} (A is best). Data version {facts.data_version[:8]}."
    )


def _why(document: Document) -> str:
    return f"You get this because of your role at {document.facts.company_name}."


def _text(
    document: Document, metrics: list[Metric], chart: Chart | None, attached: tuple[str, ...]
) -> str:
    lines = [document.facts.company_name, "", document.verdict or document.title, document.lead, ""]
    lines += [f"{metric.label}: {value_of(metric)} {metric.variance_text}" for metric in metrics]
    if chart:
        lines += ["", chart.alt]
    if attached:
        lines += ["", f"Attached: {', '.join(attached)}"]
    lines += ["", _why(document), _source(document)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _html(
    document: Document, metrics: list[Metric], chart: Chart | None, attached: tuple[str, ...]
) -> str:
    quiet = f"color:{QUIET};margin:0 0 16px"
    parts = [
        f'<p style="{quiet}">{escape(document.facts.company_name)}</p>',
        f'<h1 style="font-size:26px;line-height:1.25;margin:0 0 8px">'
        f"{escape(document.verdict or document.title)}</h1>",
        f'<p style="{quiet}">{escape(document.lead)}</p>',
    ]
    if chart:
        parts.append(
            f'<img src="cid:chart" width="536" alt="{escape(chart.alt)}" '
            'style="display:block;width:100%;max-width:536px;height:auto;margin:0 0 16px">'
        )
    if metrics:
        parts.append(_table(metrics))
    if attached:
        parts.append(f'<p style="{quiet}">Attached: {escape(", ".join(attached))}</p>')
    parts.append(f'<p style="{quiet}">{escape(_why(document))}<br>{escape(_source(document))}</p>')
    return PAGE.format(
        title=escape(document.title), ink=INK, font=FONT.replace("'", "&#39;"), body="".join(parts)
    )


def _table(metrics: list[Metric]) -> str:
    cell = f"padding:8px 0;border-top:1px solid {RULE};"
    rows = [
        f'<tr><th scope="row" align="left" style="{cell}font-weight:400">'
        f"{escape(metric.label)}</th>"
        f'<td align="right" style="{cell}font-weight:600">{escape(value_of(metric))}</td>'
        f'<td style="{cell}padding-left:16px">{escape(metric.variance_text)}</td></tr>'
        for metric in metrics
    ]
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" '
        f'style="border-collapse:collapse;margin:0 0 16px"><tbody>{"".join(rows)}</tbody></table>'
    )
