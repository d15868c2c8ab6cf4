"""The mail that carries a document's verdict: subject, preheader, HTML, text and one picture.

Here: the body, from any document, with figures that are already in it. Not here: who gets it, how
it is sent (`distribution`). Aggregates only: of tables it reads only `attention`, which counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from reports.dashboards import figures
from reports.dashboards import mail_parts as parts
from reports.dashboards.cost_chart import at_size
from reports.model import Chart, Document, Metric, Metrics, Table
from reports.period import period_span, span_words
from reports.render import palette as c
from reports.render.charts import chart_png

LONGEST_SUBJECT = 60
CHART_HEIGHT = 190
MOST_FINDINGS = 3
FONT = "Arial,'Liberation Sans',Helvetica,sans-serif"


@dataclass(frozen=True)
class MailImage:
    """One picture inside the mail; the HTML names it `cid:<name>`."""

    name: str
    content: bytes
    alt: str
    caption: str


@dataclass(frozen=True)
class MailBody:
    """What a mail says, in both forms and in the same order."""

    subject: str
    preheader: str
    html: str
    text: str
    images: tuple[MailImage, ...]


def mail_body(
    document: Document,
    attachments: tuple[str, ...] = (),
    link: str | None = None,
    reason: str = "",
) -> MailBody:
    """The mail of a document; `link` gets the button, `reason` says why the reader gets it."""
    numbers = [m for b in document.blocks if isinstance(b, Metrics) for m in b.metrics]
    image = _image(document)
    why = reason or f"You get this because of your role at {document.facts.company_name}."
    return MailBody(
        subject=subject(document, numbers),
        preheader=document.lead or document.subtitle,
        html=_html(document, numbers, image, attachments, link, why),
        text=_text(document, numbers, image, attachments, link, why),
        images=(image,) if image else (),
    )


def subject(document: Document, numbers: list[Metric]) -> str:
    """At most 60 characters with the number in it: the shortest true words of the verdict."""
    period = _period(document)
    verdict = document.verdict.rstrip(".")
    candidates = [verdict, verdict.partition(";")[0], f"{document.title}, {period}", document.title]
    if numbers and document.page:
        lead = numbers[0].variance_text or numbers[0].text
        start = f"{period} benefits: {lead[:1].lower()}{lead[1:]}" if lead else ""
        critical = next((m.variance_text for m in numbers if m.name == "open_violations"), "")
        ends = [f"; {critical}"] if critical and numbers[-1].is_adverse else []
        candidates = [start + end for end in ends] + [start, *candidates]
    fitting = (text for text in candidates if text and len(text) <= LONGEST_SUBJECT)
    return next(fitting, document.title[: LONGEST_SUBJECT - 1] + "\u2026")


def _period(document: Document) -> str:
    request = document.request
    if request.period:
        words = span_words(period_span(request.period))
        return words.rpartition(" ")[0] if document.page else words
    return request.period_label() if request.tax_year or request.plan_year else document.subtitle


def _image(document: Document) -> MailImage | None:
    chart = next((block for block in document.blocks if isinstance(block, Chart)), None)
    if chart is None:
        return None
    if chart.name == "cost_by_month_chart":
        return MailImage(
            "chart", chart_png(at_size(chart.spec, *_inner())), chart.alt, chart.caption
        )
    width = float(chart.spec.get("width") or parts.CHART_WIDTH)
    return MailImage(
        "chart", chart_png(chart.spec, 2 * parts.CHART_WIDTH / width), chart.alt, chart.caption
    )


def _inner() -> tuple[int, int]:
    """Plot size: the picture is two units wider than the plot."""
    return parts.CHART_WIDTH - 2, CHART_HEIGHT


def _findings(document: Document) -> Sequence[Mapping[str, Any]]:
    for block in document.blocks:
        if isinstance(block, Table) and block.name == "attention":
            return block.frame.head(MOST_FINDINGS).to_dicts()
    return []


def _notes(document: Document) -> tuple[tuple[str, str], ...]:
    """What to know about the numbers; a dashboard says it on its page."""
    return () if document.page else document.notes


def _source(document: Document) -> str:
    facts = document.facts
    sample = " Invented sample data." if facts.is_test_data else ""
    return (
        f"Data as of {figures.day(facts.as_of)}. Data quality {facts.grade} (A is best). "
        f"Data version {facts.data_version[:12]}.{sample}"
    )


def _text(
    document: Document,
    numbers: list[Metric],
    image: MailImage | None,
    attachments: tuple[str, ...],
    link: str | None,
    why: str,
) -> str:
    lines = [f"{document.facts.company_name}  {document.subtitle}", "", document.verdict]
    lines += [document.lead, ""]
    lines += [
        f"{m.label}: {parts.number(m)}. {parts.shape(m)[0]} {parts.words(m)}".rstrip()
        for m in numbers
    ]
    lines += ["", image.alt] if image else []
    found = _findings(document)
    lines += ["", "Needs attention"] if found else []
    lines += [
        f"- {row['severity']}: {row['item_name']} ({row['size_words']}, {row['owner']})"
        for row in found
    ]
    lines += [f"{label}. {words}" for label, words in _notes(document)]
    lines += ["", f"Open the dashboard: {link}"] if link else []
    lines += ["", f"Attached: {', '.join(attachments)}"] if attachments else []
    return "\n".join([*lines, "", why, _source(document), ""])


def _html(
    document: Document,
    numbers: list[Metric],
    image: MailImage | None,
    attachments: tuple[str, ...],
    link: str | None,
    why: str,
) -> str:
    first, rest = (numbers[0], numbers[1:]) if numbers else (None, [])
    body = "".join(
        (
            parts.opening(document),
            parts.leading(first) if first else "",
            parts.picture(image.name, image.alt, image.caption) if image else "",
            parts.rows(rest),
            parts.attention(_findings(document)),
            parts.notes(_notes(document)),
            parts.button(link),
            parts.attached(attachments),
        )
    )
    return (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light"><meta name="supported-color-schemes" '
        f'content="light"><title>{escape(document.verdict or document.title)}</title></head>'
        f'<body style="margin:0;padding:0;background:#ffffff;color:{c.INK};font-family:{FONT}">'
        '<div style="display:none;max-height:0;overflow:hidden">'
        f"{escape(document.lead or document.subtitle)}</div>"
        '<table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" '
        'border="0" style="width:100%;max-width:600px;margin:0 auto">'
        f'<tr><td style="padding:28px 32px 32px">{body}</td></tr>'
        f'<tr><td style="padding:20px 32px;background:{c.PANEL};color:{c.MUTED};'
        f'font-size:13px;line-height:18px">{escape(why)} All figures are totals.<br>'
        f"{escape(_source(document))}</td></tr></table></body></html>\n"
    )
