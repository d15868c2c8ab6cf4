"""The pieces of a mail's HTML and the words of a number: inline styles, characters as shapes.

Here: markup that mail programs show. Not here: what the mail says (`mail`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from reports.dashboards import figures
from reports.model import Document, Metric
from reports.render import palette as c

CHART_WIDTH = 536
UP, DOWN, ON_TARGET, INFORMATION = "\u25b2", "\u25bc", "\u25cf", "\u25cb"
SUPPRESSED = "\u2298"


def shape(metric: Metric) -> tuple[str, str]:
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


def words(metric: Metric) -> str:
    if metric.value is None:
        return metric.why_missing
    return metric.variance_text or metric.note


def number(metric: Metric) -> str:
    return _figure(metric) + (f" ({metric.tag})" if metric.tag else "")


def _figure(metric: Metric) -> str:
    if not metric.text and metric.value is not None:
        return f"{figures.number(Decimal(metric.value))} {metric.unit}".strip()
    return metric.text or metric.status.replace("_", " ")


def _tagged(metric: Metric) -> str:
    """The number with its tag as a small outlined word."""
    if not metric.tag:
        return escape(_figure(metric))
    return (
        f"{escape(_figure(metric))} "
        f'<span style="font-size:13px;line-height:16px;font-weight:400;color:{c.INK_2};'
        f"border:1px solid {c.INK_2};border-radius:2px;padding:0 4px;vertical-align:middle;"
        f'letter-spacing:0">{escape(metric.tag)}</span>'
    )


def opening(document: Document) -> str:
    return (
        '<p style="margin:0 0 14px;font-size:14px;line-height:20px">'
        f"<strong>{escape(document.facts.company_name)}</strong>&nbsp; "
        f'<span style="color:{c.INK_2}">{escape(document.subtitle or document.title)}</span></p>'
        '<h1 style="margin:0 0 8px;font-size:25px;line-height:32px;font-weight:700">'
        f"{escape(document.verdict or document.title)}</h1>"
        f'<p style="margin:0;font-size:16px;line-height:24px;color:{c.INK_2}">'
        f"{escape(document.lead)}</p>"
    )


def leading(metric: Metric) -> str:
    sign, color = shape(metric)
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
        f'<p style="margin:0;font-size:{size};font-weight:700">{_tagged(metric)}</p>'
        f'<p style="margin:0;font-size:16px;line-height:24px;font-weight:700;color:{color}">'
        f"{sign} {escape(words(metric))}{target}</p></div>"
    )


def picture(name: str, alt: str, caption_text: str) -> str:
    """The picture with the line that says what is shown."""
    caption = (
        f'<p style="margin:18px 0 0;font-size:14px;line-height:20px;color:{c.INK_2}">'
        f"{escape(caption_text)}</p>"
    )
    return (
        f'{caption}<img src="cid:{name}" width="{CHART_WIDTH}" alt="{escape(alt)}" '
        'style="display:block;width:100%;max-width:536px;height:auto;margin:8px 0 0;border:0;'
        f'font-size:14px;line-height:20px;color:{c.INK_2}">'
    )


def rows(numbers: list[Metric]) -> str:
    if not numbers:
        return ""
    rows = "".join(_row(metric) for metric in numbers)
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="margin:20px 0 0;border-collapse:collapse;border-top:1px solid {c.INK}">'
        f"{rows}</table>"
    )


def _row(metric: Metric) -> str:
    sign, color = shape(metric)
    cell = f"padding:10px 0;border-bottom:1px solid {c.LINE};vertical-align:baseline"
    size = "18px" if metric.value is not None else "14px"
    tone = c.INK if metric.value is not None else c.INK_2
    return (
        f'<tr><th scope="row" align="left" style="{cell};font-size:14px;line-height:20px;'
        f'font-weight:400">{escape(metric.label)}</th>'
        f'<td align="right" style="{cell};padding-left:12px;font-size:{size};line-height:22px;'
        f'font-weight:700;color:{tone};white-space:nowrap">{_tagged(metric)}</td>'
        f'<td style="{cell};padding-left:20px;font-size:14px;line-height:20px;font-weight:700;'
        f'color:{color}">{sign} {escape(words(metric))}</td></tr>'
    )


def attention(found: Sequence[Mapping[str, Any]]) -> str:
    """The first findings with size and owner left, severity right."""
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


def notes(pairs: Sequence[tuple[str, str]]) -> str:
    """What to know about the numbers, a line each."""
    return "".join(
        f'<p style="margin:16px 0 0;font-size:14px;line-height:20px;color:{c.INK_2}">'
        f"<strong>{escape(label)}.</strong> {escape(words)}</p>"
        for label, words in pairs
    )


def button(link: str | None) -> str:
    if not link:
        return ""
    return (
        f'<p style="margin:28px 0 0"><a href="{escape(link)}" style="display:inline-block;'
        f"background:{c.BLUE};color:#ffffff;text-decoration:none;font-size:16px;line-height:46px;"
        'padding:0 22px;border-radius:3px;font-weight:700">Open the dashboard</a></p>'
    )


def attached(attachments: tuple[str, ...]) -> str:
    if not attachments:
        return ""
    names = ", ".join(escape(name) for name in attachments)
    return (
        f'<p style="margin:24px 0 0;font-size:14px;line-height:20px;color:{c.INK_2}">'
        f"Attached: {names}</p>"
    )
