"""Native charts of a workbook: one blue series, at most one comparison in ink, no legend.

Belongs here: a chart over cells that stand on the same sheet. Does not belong here: the pictures
of pages and mails, which are Altair specifications.
"""

from __future__ import annotations

from typing import Any, Final

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from reports.errors import RenderError
from reports.model import Chart, Table
from reports.render import palette
from reports.render.excel_styles import FACE

WIDTH_CM: Final = 17.0
ROW_CM: Final = 0.9


def add_chart(sheet: Any, chart: Chart, table: Table, first: int, anchor: str) -> None:
    """Draw a chart of a table's columns at an anchor cell of its sheet."""
    names = [field.name for field in table.fields]
    wanted = (chart.category, *chart.series)
    missing = [name for name in wanted if name not in names]
    if missing or len(chart.series) > 2:
        raise RenderError(f"chart {chart.name}: it needs one or two shown fields of {table.name}")
    last = first + table.frame.height - 1
    drawn = _plot(chart, table, sheet, names, first, last)
    drawn.title = _title(chart, table)
    drawn.width = WIDTH_CM
    drawn.height = max(6.5, 3 + ROW_CM * table.frame.height) if chart.kind == "bar" else 8.5
    sheet.add_chart(drawn, anchor)


def _plot(chart: Chart, table: Table, sheet: Any, names: list[str], first: int, last: int) -> Any:
    categories = Reference(
        sheet, min_col=names.index(chart.category) + 1, min_row=first, max_row=last
    )
    blue, *ink = [
        _series(sheet, table, names.index(name) + 1, first, last) for name in chart.series
    ]
    plot = _base(chart)
    if table.fields[names.index(chart.category)].type == "date":
        plot.x_axis.number_format = "mmm yyyy"
    if chart.kind != "line" and not _has_negative(chart, table):
        plot.y_axis.scaling.min = 0
    _paint(blue, palette.BLUE, is_line=chart.kind == "line")
    blue.dLbls = _labels(chart, table)
    plot.series.append(blue)
    plot.set_categories(categories)
    for comparison in ink:
        is_line = chart.kind != "bar"
        _paint(comparison, palette.INK, is_line=is_line)
        if chart.kind == "column":
            line = LineChart()
            line.series.append(comparison)
            line.set_categories(categories)
            plot += line
        else:
            plot.series.append(comparison)
    return plot


def _base(chart: Chart) -> Any:
    plot: Any = LineChart() if chart.kind == "line" else BarChart()
    if chart.kind != "line":
        plot.type = "bar" if chart.kind == "bar" else "col"
        plot.gapWidth = 50
        plot.overlap = 0
    plot.legend = None
    plot.y_axis.majorGridlines = None
    plot.y_axis.delete = True
    plot.x_axis.delete = False
    plot.x_axis.majorTickMark = "none"
    plot.x_axis.tickLblPos = "low"
    plot.x_axis.txPr = _rich(10, palette.INK_2)
    plot.x_axis.graphicalProperties = GraphicalProperties(ln=_line(palette.INK, 9525))
    if chart.kind == "bar":
        plot.x_axis.scaling.orientation = "maxMin"
    return plot


def _has_negative(chart: Chart, table: Table) -> bool:
    return any(bool((table.frame[name] < 0).any()) for name in chart.series)


def _series(sheet: Any, table: Table, column: int, first: int, last: int) -> Any:
    values = Reference(sheet, min_col=column, min_row=first, max_row=last)
    return Series(values, title=table.fields[column - 1].label)


def _paint(series: Any, color: str, is_line: bool) -> None:
    if is_line:
        series.graphicalProperties = GraphicalProperties(ln=_line(color, 22225))
        series.marker.symbol = "none"
        series.smooth = False
    else:
        series.graphicalProperties = GraphicalProperties(solidFill=color.lstrip("#"))
        series.invertIfNegative = False


def _line(color: str, width: int) -> LineProperties:
    return LineProperties(solidFill=color.lstrip("#"), w=width)


def _labels(chart: Chart, table: Table) -> DataLabelList:
    """The values on the marks, as their cells have them but without cents."""
    labels = DataLabelList()
    field = next(field for field in table.fields if field.name == chart.series[0])
    if field.type == "money" and "thousand" not in field.unit:
        labels.numFmt = "#,##0"
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _rich(10, palette.INK_2)
    return labels


def _title(chart: Chart, table: Table) -> Title:
    lines = [_paragraph(chart.title, 1200, True, palette.INK)]
    if caption := _caption(chart, table):
        lines.append(_paragraph(caption, 1000, False, palette.INK_2))
    title = Title(tx=Text(rich=RichText(p=lines)))
    title.overlay = False
    return title


def _caption(chart: Chart, table: Table) -> str:
    """What the marks are; amounts are whole here, not thousands."""
    labels = {field.name: field.label.lower() for field in table.fields}
    if len(chart.series) != 2:
        return chart.caption.replace("$ thousand", "$")
    first, second = (labels[name] for name in chart.series)
    if chart.kind == "bar":
        return f"Blue: {first}, dark: {second}, $"
    return f"Bars: {first}, line: {second}, $"


def _paragraph(text: str, size: int, is_bold: bool, color: str) -> Paragraph:
    look = _look(size, is_bold, color)
    run = RegularTextRun(rPr=look, t=text)
    return Paragraph(pPr=ParagraphProperties(algn="l", defRPr=look), r=[run])


def _rich(points: int, color: str) -> RichText:
    look = _look(points * 100, False, color)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def _look(size: int, is_bold: bool, color: str) -> CharacterProperties:
    return CharacterProperties(
        sz=size, b=is_bold, solidFill=color.lstrip("#"), latin=Font(typeface=FACE)
    )
