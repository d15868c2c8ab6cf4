"""The looks of a workbook: fonts, fills, borders and number formats, each registered once.

Belongs here: turning a look into the style id that a cell of the sheet's XML carries. Does not
belong here: what stands where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reports.model import Field
from reports.render import palette
from reports.render.cells import is_number

FACE: Final = "Arial"
ROW_HEIGHT: Final = 18
MINUS: Final = '"\u2212"'
YES_NO: Final = '"Yes";"Yes";"No"'  # for programs that show a truth value as a number
DATE_FORMAT: Final = "mmm d, yyyy"


@dataclass(frozen=True)
class Look:
    """How a cell looks; equal looks share one style id."""

    format: str = "General"
    size: int = 10
    is_bold: bool = False
    color: str = palette.INK
    align: str = "left"
    fill: str = ""
    line_above: bool = False
    line_below: bool = False
    is_wrapped: bool = False
    is_text: bool = False
    is_link: bool = False


def apply(cell: Any, look: Look) -> None:
    """Give a cell its look."""
    side = Side(style="thin", color=_argb(palette.INK))
    cell.font = Font(
        name=FACE,
        size=look.size,
        bold=look.is_bold,
        color=_argb(look.color),
        underline="single" if look.is_link else None,
    )
    cell.number_format = look.format
    vertical = "bottom" if look.is_wrapped and look.line_below else "center"
    cell.alignment = Alignment(
        horizontal=look.align,
        vertical=vertical,
        wrap_text=look.is_wrapped or None,
        indent=1 if look.align == "right" else 0,  # so that no figure touches the next column
    )
    if look.line_above or look.line_below:
        cell.border = Border(
            top=side if look.line_above else None, bottom=side if look.line_below else None
        )
    if look.fill == "hatch":
        cell.fill = PatternFill("lightUp", fgColor=_argb(palette.PRIOR), bgColor="FFFFFFFF")
    elif look.fill:
        cell.fill = PatternFill("solid", fgColor=_argb(look.fill))
    if look.is_text:
        cell.quotePrefix = True


def _argb(color: str) -> str:
    return "FF" + color.lstrip("#")


class Styles:
    """The style ids of one workbook."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._ids: dict[Look, int] = {}

    def id(self, look: Look) -> int:
        """The style id of a look."""
        if look not in self._ids:
            probe = Cell(self._sheet, row=1, column=1)
            apply(probe, look)
            self._ids[look] = int(probe.style_id)
        return self._ids[look]


def places_of(field: Field, scale: int) -> int:
    """How many decimals a field shows: its own figure, else those of its column."""
    return scale if field.places is None else field.places


def number_format(field: Field, scale: int) -> str:
    """The number format of a field: separator, decimals, true minus, sign on a variance."""
    if field.type == "year":
        return "0"
    places = 0 if field.type == "integer" else places_of(field, scale)
    digits = "#,##0" + ("." + "0" * places if places else "")
    suffix = '"%"' if field.type == "percent" and not field.unit else ""
    plus = "+" if field.is_signed else ""
    zero = f";{digits}{suffix}" if field.is_signed else ""
    return f"{plus}{digits}{suffix};{MINUS}{digits}{suffix}{zero}"


def look_of(field: Field, scale: int) -> Look:
    """The look of a field's plain cells."""
    if is_number(field):
        return Look(format=number_format(field, scale), align="right")
    if field.type == "date":
        return Look(format=DATE_FORMAT, align="right")
    if field.type == "boolean":
        return Look(format=YES_NO, align="center")
    return Look(format="@", is_text=True)
