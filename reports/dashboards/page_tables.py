"""Tables of a page as HTML: caption, scopes, one unit per column, totals in the foot.

Here: how cells, missing cells and bar cells are written. Not here: which tables stand where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape
from typing import Any

from reports.dashboards import figures
from reports.dashboards.page_shapes import bar, mark
from reports.model import SUPPRESSED, Cell, Field, Table
from reports.render.palette import ADVERSE, BLUE, FAVORABLE, INK_2

NO_BREAK = "\u00a0"
MOST_ROWS = 25
NUMBERS = ("integer", "decimal", "money", "percent")
TOLERANCE = Decimal("0.01")


TOLD = frozenset({"modelled", "reported"})


@dataclass(frozen=True)
class Look:
    """What a page adds to a table: which columns a phone keeps, which column gets bars.

    Columns of `statuses` are no columns of the page: what they say stands as a tag by the name.
    """

    phone: tuple[str, ...] = ()
    bars: str = ""
    css: str = ""
    hidden: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)


def table_html(table: Table, look: Look) -> str:
    """The table, its first rows, and how many more the workbook has."""
    look = replace(look, statuses=tuple(f.name for f in table.fields if f.is_status))
    kept = tuple(f for f in table.fields if f.name not in (*look.hidden, *look.statuses))
    totals = {k: v for k, v in (table.totals or {}).items() if k not in look.hidden}
    table = replace(table, fields=kept, totals=totals or None)
    shown = table.frame.head(MOST_ROWS).to_dicts()
    scale = money_scale(table)
    body = "".join(_row(table, row, look, scale) for row in shown)
    rest = table.frame.height - len(shown)
    more = f'<p class="more-rows">{rest} more in the workbook</p>' if rest > 0 else ""
    caption = escape(f"{table.title}. {table.note}" if table.note else table.title)
    return (
        f'<table class="{look.css}"><caption class="vh">{caption}</caption>'
        f"<thead><tr>{_heads(table, look, scale)}</tr></thead><tbody>{body}</tbody>"
        f"{_foot(table, look, scale)}</table>{more}"
    )


def money_scale(table: Table) -> figures.Scale:
    """One unit for every money column, with the digits its parts need to add up to the total."""
    money = [f.name for f in table.fields if f.type == "money"]
    columns = [[v for v in table.frame[name].to_list() if v is not None] for name in money]
    scale = figures.money_scale([value for column in columns for value in column])
    totals = table.totals or {}
    pairs = [
        (column, total)
        for name, column in zip(money, columns, strict=True)
        if isinstance(total := totals.get(name), Decimal) and sum(column, Decimal(0)) == total
    ]
    return figures.adding_up(scale, pairs)


def _heads(table: Table, look: Look, scale: figures.Scale) -> str:
    heads = "".join(
        f'<th scope="col" class="{_css(item, look, index)}">{escape(_head(item, scale))}</th>'
        for index, item in enumerate(table.fields)
    )
    return heads + (
        '<th scope="col" class="bar"><span class="vh">Bar</span></th>' if look.bars else ""
    )


def _head(item: Field, scale: figures.Scale) -> str:
    unit = scale.words if item.type == "money" else item.unit
    return f"{item.label}, {unit.replace(' ', NO_BREAK)}" if unit else item.label


def _css(item: Field, look: Look, index: int) -> str:
    keep = index == 0 or not look.phone or item.name in look.phone
    parts = [f"c-{item.name}", "n" if item.type in NUMBERS else "", "" if keep else "drop"]
    return " ".join(part for part in parts if part)


def _row(table: Table, row: Mapping[str, Any], look: Look, scale: figures.Scale) -> str:
    if _is_suppressed(table, row):
        return _suppressed_row(table, row, look)
    cells = []
    for index, item in enumerate(table.fields):
        tag, scope = ("th", ' scope="row"') if index == 0 else ("td", "")
        content = look.cells[item.name](row) if item.name in look.cells else cell(item, row, scale)
        content += _told(row, look) if index == 0 else ""
        cells.append(f'<{tag}{scope} class="{_css(item, look, index)}">{content}</{tag}>')
    return f"<tr>{''.join(cells)}{_bar_cell(table, row, look)}</tr>"


def _told(row: Mapping[str, Any], look: Look) -> str:
    """modelled or reported, as a tag, where a figure of the row is."""
    found = {row[name] for name in look.statuses} & TOLD
    return "".join(f' <span class="tag">{escape(word)}</span>' for word in sorted(found))


def _is_suppressed(table: Table, row: Mapping[str, Any]) -> bool:
    numbers = [f for f in table.fields if f.type in NUMBERS]
    reasons = [str(row[f.reason] or "") for f in numbers if f.reason]
    return bool(reasons) and all(reason.startswith(SUPPRESSED) for reason in reasons)


def _suppressed_row(table: Table, row: Mapping[str, Any], look: Look) -> str:
    name = escape(str(row[table.fields[0].name]))
    span = len(table.fields) - 1
    words = f'<span class="hidden-group">{mark("suppressed")}suppressed</span>'
    bars = '<td class="bar"></td>' if look.bars else ""
    return (
        f'<tr><th scope="row">{name}</th>'
        f'<td class="hidden-row" colspan="{span}">{words}</td>{bars}</tr>'
    )


def cell(item: Field, row: Mapping[str, Any], scale: figures.Scale) -> str:
    """One cell as a reader sees it; a missing one as its word."""
    value = row[item.name]
    if value is None:
        return _missing(item, row)
    return escape(write(item, value, scale))


def _missing(item: Field, row: Mapping[str, Any]) -> str:
    reason = str(row[item.reason] or "") if item.reason else ""
    if reason.startswith(SUPPRESSED):
        return f'<span class="hidden-group">{mark("suppressed")}suppressed</span>'
    if item.null == "blank" and not reason:
        return ""
    if item.null == "not_applicable" and not reason:
        return figures.EN_DASH
    word = "not measured" if item.type in NUMBERS else "unknown"
    return f'<span class="gap">{word}</span>'


def write(item: Field, value: Cell, scale: figures.Scale) -> str:
    """A value in the unit of its column."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if item.type == "money":
        amount = Decimal(str(value))
        return scale.change(amount) if item.is_signed else scale.text(amount)
    if item.type in NUMBERS:
        places = 0 if item.type == "integer" else (item.places if item.places is not None else 1)
        amount = Decimal(str(value))
        return figures.signed(amount, places) if item.is_signed else figures.number(amount, places)
    if item.type == "date":
        return figures.month(value) if item.name == "month_end" else figures.day(value)  # type: ignore[arg-type]
    return str(value)


def _bar_cell(table: Table, row: Mapping[str, Any], look: Look) -> str:
    if not look.bars:
        return ""
    value = row[look.bars]
    known = [v for v in table.frame[look.bars].to_list() if v is not None]
    low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
    drawn = "" if value is None else bar(value, low, high, _bar_color(row, look.bars))
    return f'<td class="bar">{drawn}</td>'


def _bar_color(row: Mapping[str, Any], column: str) -> str:
    value = row[column]
    if not column.startswith("variance"):
        return BLUE if value > 0 else FAVORABLE
    if abs(value) <= abs(row["budget_amount"] or Decimal(0)) * TOLERANCE:
        return INK_2
    return ADVERSE if value > 0 else FAVORABLE


def _foot(table: Table, look: Look, scale: figures.Scale) -> str:
    if not table.totals:
        return ""
    cells = []
    for index, item in enumerate(table.fields):
        value = table.totals.get(item.name)
        text = "Total" if index == 0 else "" if value is None else write(item, value, scale)
        tag, scope = ("th", ' scope="row"') if index == 0 else ("td", "")
        cells.append(f'<{tag}{scope} class="{_css(item, look, index)}">{escape(text)}</{tag}>')
    bars = '<td class="bar"></td>' if look.bars else ""
    return f"<tfoot><tr>{''.join(cells)}{bars}</tr></tfoot>"
