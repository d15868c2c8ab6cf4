"""The mail that carries a document's verdict: subject, preheader, HTML, text and one picture.

Here: the body, from any document, with figures that are already in it. Not here: who gets it, how
it is sent (`distribution`). Aggregates only: of tables it reads only `attention`, which counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from reports.dashboards import figures
from reports.dashboards.cost_chart import at_size
from reports.model import Chart, Document, Metric, Metrics, Table
from reports.render import palette as c
from reports.render.charts import chart_png

LONGEST_SUBJECT = 60
CHART_WIDTH, CHART_HEIGHT = 536, 190
MOST_FINDINGS = 3
FONT = "Arial,'Liberation Sans',Helvetica,sans-serif"
UP, DOWN, ON_TARGET, INFORMATION = "\u25b2", "\u25bc", "\u25cf", "\u25cb"
SUPPRESSED = "\u2298"


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
    candidates = [document.verdict.rstrip("."), f"{document.title}, {period}", document.title]
    if numbers and document.page:
        lead = numbers[0].variance_text or numbers[0].text
        start = f"{period} benefits: {lead[:1].lower()}{lead[1:]}" if lead else ""
        critical = next((m.variance_text for m in numbers if m.name == "open_violations"), "")
        ends = [f"; {critical}"] if critical and numbers[-1].is_adverse else []
        candidates = [start + end for end in ends] + [start, *candidates]
    fitting = (text for text in candidates if text and len(text) <= LONGEST_SUBJECT)
    return next(fitting, document.title[: LONGEST_SUBJECT - 1] + "\u2026")


def _period(document: Document) -> str:
    label = document.request.period_label()
    if document.request.period:
        year, month = label.split("-")[:2]
        return f"{figures.MONTHS[int(month) - 1]} {year}" if not document.page else _month(month)
    return label


def _month(month: str) -> str:
    return figures.MONTHS[int(month) - 1]


def _image(document: Document) -> MailImage | None:
    chart = next((block for block in document.blocks if isinstance(block, Chart)), None)
    if chart is None:
        return None
    if chart.name == "cost_by_month_chart":
        return MailImage(
            "chart", chart_png(at_size(chart.spec, *_inner())), chart.alt, chart.caption
        )
    width = float(chart.spec.get("width") or CHART_WIDTH)
    return MailImage(
        "chart", chart_png(chart.spec, 2 * CHART_WIDTH / width), chart.alt, chart.caption
    )


def _inner() -> tuple[int, int]:
    """Plot size: the picture is two units wider than the plot."""
    return CHART_WIDTH - 2, CHART_HEIGHT


def _findings(document: Document) -> Sequence[Mapping[str, Any]]:
    for block in document.blocks:
        if isinstance(block, Table) and block.name == "attention":
            return block.frame.head(MOST_FINDINGS).to_dicts()
    return []


def _sign(metric: Metric) -> tuple[str, str]:
    """The character and color before the words."""
    if metric.status == "suppressed":
        return SUPPRESSED, c.INK
    if metric.value is None:
        return INFORMATION, c.INK_2
    if metric.is_adverse is None:
        return INFORMATION, c.INK
    if not metric.is_adverse:
        return ON_TARGET, c.FAVORABLE
    return (DOWN if metric.variance is not None and metric.variance < 0 else UP), c.ADVERSE


def _words(metric: Metric) -> str:
    if metric.value is None:
        return metric.why_missing
    return metric.variance_text or metric.note


def _number(metric: Metric) -> str:
    tag = f" ({metric.tag})" if metric.tag else ""
    text = metric.text or metric.status.replace("_", " ")
    if not metric.text and metric.value is not None:
        text = f"{figures.number(Decimal(metric.value))} {metric.unit}".strip()
    return text + tag


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
    lines += [f"{m.label}: {_number(m)}. {_sign(m)[0]} {_words(m)}".rstrip() for m in numbers]
    lines += ["", image.alt] if image else []
    found = _findings(document)
    lines += ["", "Needs attention"] if found else []
    lines += [
        f"- {row['severity']}: {row['item_name']} ({row['size_words']}, {row['owner']})"
        for row in found
    ]
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
            _opening(document),
            _leading(first, document) if first else "",
            _picture(image),
            _rows(rest),
            _attention(document),
            _button(link),
            _attached(attachments),
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


def _opening(document: Document) -> str:
    return (
        '<p style="margin:0 0 14px;font-size:14px;line-height:20px">'
        f"<strong>{escape(document.facts.company_name)}</strong>&nbsp; "
        f'<span style="color:{c.INK_2}">{escape(document.subtitle or document.title)}</span></p>'
        '<h1 style="margin:0 0 8px;font-size:25px;line-height:32px;font-weight:700">'
        f"{escape(document.verdict or document.title)}</h1>"
        f'<p style="margin:0;font-size:16px;line-height:24px;color:{c.INK_2}">'
        f"{escape(document.lead)}</p>"
    )


def _leading(metric: Metric, document: Document) -> str:
    sign, color = _sign(metric)
    target = ""
    if metric.target_text:
        target = (
            f' <span style="color:{c.INK_2};font-weight:400">of {escape(metric.target_text)}</span>'
        )
    size = "46px;line-height:52px" if metric.value is not None else "24px;line-height:34px"
    return (
        f'<div style="margin:22px 0 0;border-top:2px solid {c.INK};padding-top:16px">'
        '<p style="margin:0;font-size:15px;line-height:20px;font-weight:700">'
        f"{escape(metric.label)}</p>"
        f'<p style="margin:0;font-size:{size};font-weight:700">{escape(_number(metric))}</p>'
        f'<p style="margin:0;font-size:16px;line-height:24px;font-weight:700;color:{color}">'
        f"{sign} {escape(_words(metric))}{target}</p></div>"
    )


def _picture(image: MailImage | None) -> str:
    if image is None:
        return ""
    caption = (
        f'<p style="margin:18px 0 0;font-size:14px;line-height:20px;color:{c.INK_2}">'
        f"{escape(image.caption)}</p>"
    )
    return (
        f'{caption}<img src="cid:{image.name}" width="{CHART_WIDTH}" alt="{escape(image.alt)}" '
        'style="display:block;width:100%;max-width:536px;height:auto;margin:8px 0 0;border:0;'
        f'font-size:14px;line-height:20px;color:{c.INK_2}">'
    )


def _rows(numbers: list[Metric]) -> str:
    if not numbers:
        return ""
    rows = "".join(_row(metric) for metric in numbers)
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="margin:20px 0 0;border-collapse:collapse;border-top:1px solid {c.INK}">'
        f"{rows}</table>"
    )


def _row(metric: Metric) -> str:
    sign, color = _sign(metric)
    cell = f"padding:10px 0;border-bottom:1px solid {c.LINE};vertical-align:baseline"
    size = "18px" if metric.value is not None else "14px"
    tone = c.INK if metric.value is not None else c.INK_2
    return (
        f'<tr><th scope="row" align="left" style="{cell};font-size:14px;line-height:20px;'
        f'font-weight:400">{escape(metric.label)}</th>'
        f'<td align="right" style="{cell};padding-left:12px;font-size:{size};line-height:22px;'
        f'font-weight:700;color:{tone};white-space:nowrap">{escape(_number(metric))}</td>'
        f'<td style="{cell};padding-left:20px;font-size:14px;line-height:20px;font-weight:700;'
        f'color:{color}">{sign} {escape(_words(metric))}</td></tr>'
    )


def _attention(document: Document) -> str:
    found = _findings(document)
    if not found:
        return ""
    rows = "".join(_finding(row) for row in found)
    return (
        '<h2 style="margin:32px 0 8px;font-size:18px;line-height:24px;font-weight:700">'
        "Needs attention</h2>"
        '<table width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="border-collapse:collapse;border-top:1px solid {c.INK}">{rows}</table>'
    )


def _finding(row: Mapping[str, Any]) -> str:
    cell = f"padding:10px 0;border-bottom:1px solid {c.LINE};font-size:14px;line-height:20px"
    is_red = row["severity"] in ("Critical", "High")
    color = c.ADVERSE if is_red else c.INK_2
    return (
        f'<tr><td style="{cell}"><strong>{escape(str(row["item_name"]))}</strong><br>'
        f'<span style="color:{c.INK_2}">{escape(str(row["size_words"]))}, '
        f"{escape(str(row['owner']))}</span></td>"
        f'<td align="right" valign="top" style="{cell};padding-left:16px;color:{color};'
        f'font-weight:700">{escape(str(row["severity"]))}</td></tr>'
    )


def _button(link: str | None) -> str:
    if not link:
        return ""
    return (
        f'<p style="margin:28px 0 0"><a href="{escape(link)}" style="display:inline-block;'
        f"background:{c.BLUE};color:#ffffff;text-decoration:none;font-size:16px;line-height:46px;"
        'padding:0 22px;border-radius:3px;font-weight:700">Open the dashboard</a></p>'
    )


def _attached(attachments: tuple[str, ...]) -> str:
    if not attachments:
        return ""
    names = ", ".join(escape(name) for name in attachments)
    return (
        f'<p style="margin:24px 0 0;font-size:14px;line-height:20px;color:{c.INK_2}">'
        f"Attached: {names}</p>"
    )
