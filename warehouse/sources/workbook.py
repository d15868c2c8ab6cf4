"""The parts of an Excel workbook as plain values: sheets, shared strings, styles, cells.

Formulas are never evaluated; a cell says whether it came from one. Not here: the container's
limits (`container`), and which sheet a table reads (`parse_xlsx`).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from lxml import etree

DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
FILLED = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]|<(?:\w+:)?f[\s/>]")
ROW_START = re.compile(rb"<(?:\w+:)?row[\s>]")


class WorkbookError(Exception):
    """A workbook whose parts cannot be read."""


@dataclass(frozen=True)
class Cell:
    """One filled cell: its text, and what is odd about it ("" if nothing).

    `kind` is text, number, date, bool or error; `formula` is "", "cached" or "no_value".
    """

    column: int
    text: str
    kind: str = "text"
    formula: str = ""


@dataclass(frozen=True)
class Workbook:
    """An opened workbook; rows are read one by one."""

    archive: zipfile.ZipFile
    sheets: dict[str, str]
    is_1904: bool
    strings: tuple[str, ...]
    date_styles: frozenset[int]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Yield (row number, filled cells) of a sheet; rows without a filled cell are passed."""
        number = 0
        for row in _elements(self.archive, self.sheets[sheet], "row"):
            number = int(row.get("r") or number + 1)
            cells, column = [], -1
            for element in row:
                place = element.get("r")
                column = _column(place) if place else column + 1
                cell = self._cell(element, column)
                if cell is not None:
                    cells.append(cell)
            if cells:
                yield number, cells

    def count_rows(self, sheet: str) -> int:
        """Return the number of rows with a filled cell, counted in the bytes, not the parser."""
        parts = ROW_START.split(self.archive.read(self.sheets[sheet]))[1:]
        return sum(1 for part in parts if FILLED.search(part))

    def _cell(self, element: etree._Element, column: int) -> Cell | None:
        kind = element.get("t", "n")
        value, formula = None, ""
        for child in element:
            name = etree.QName(child).localname
            if name == "v":
                value = child.text or ""
            elif name == "is":
                value = _string(child)
            elif name == "f":
                formula = "cached"
        if formula and not value and kind != "str":
            return Cell(column, "", "text", "no_value")
        if value is None or (not value and not formula):
            return None
        return self._typed(column, kind, value, int(element.get("s", 0)), formula)

    def _typed(self, column: int, kind: str, value: str, style: int, formula: str) -> Cell:
        if kind == "s":
            return Cell(column, self.strings[int(value)], "text", formula)
        if kind == "b":
            return Cell(column, "true" if value == "1" else "false", "bool", formula)
        if kind == "e":
            return Cell(column, value, "error", formula)
        if kind == "d":
            return Cell(column, value, "date", formula)
        if kind != "n":
            return Cell(column, value, "text", formula)
        moment = _moment(value, self.is_1904) if style in self.date_styles else None
        if moment is not None:
            return Cell(column, moment, "date", formula)
        return Cell(column, _number(value), "number", formula)


def read_workbook(archive: zipfile.ZipFile) -> Workbook:
    """Return the workbook of an opened container; raise WorkbookError where it is none."""
    try:
        book = _root(archive, "xl/workbook.xml")
        targets = {
            r.get("Id"): r.get("Target") for r in _root(archive, "xl/_rels/workbook.xml.rels")
        }
        sheets, is_1904 = {}, False
        for element in book.iter():
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name == "sheet":
                relation = next(v for k, v in element.items() if k.endswith("}id"))
                target = str(targets[relation])
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                if part in archive.namelist() and "worksheets/" in part:
                    sheets[str(element.get("name"))] = part
            elif name == "workbookPr":
                is_1904 = element.get("date1904", "0").lower() in ("1", "true")
        return Workbook(archive, sheets, is_1904, _strings(archive), _date_styles(archive))
    except (KeyError, ValueError, StopIteration, etree.XMLSyntaxError, zipfile.BadZipFile):
        raise WorkbookError from None


def _strings(archive: zipfile.ZipFile) -> tuple[str, ...]:
    part = "xl/sharedStrings.xml"
    if part not in archive.namelist():
        return ()
    return tuple(_string(item) for item in _elements(archive, part, "si"))


def _string(item: etree._Element) -> str:
    """Return the text of a string item, phonetic hints left out."""
    texts = []
    for node in item.iter():
        if isinstance(node.tag, str) and etree.QName(node).localname == "t":
            parent = node.getparent()
            if parent is None or etree.QName(parent).localname != "rPh":
                texts.append(node.text or "")
    return "".join(texts)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a date or a time."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = _root(archive, "xl/styles.xml")
    custom: dict[int, str] = {}
    styles: list[int] = []
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "numFmt":
            custom[int(element.get("numFmtId"))] = element.get("formatCode", "")
        elif name == "cellXfs":
            styles = [int(xf.get("numFmtId", 0)) for xf in element]
    dated = DATE_FORMATS | {n for n, code in custom.items() if _shows_date(code)}
    dated -= {n for n, code in custom.items() if not _shows_date(code)}
    return frozenset(n for n, number in enumerate(styles) if number in dated)


def _shows_date(code: str) -> bool:
    return bool(re.search("[ymdhs]", LITERALS.sub("", code).lower()))


def _moment(value: str, is_1904: bool) -> str | None:
    """Return a serial number as an ISO date or time stamp; None where no calendar has it."""
    serial = Decimal(value)
    days, part = int(serial // 1), serial % 1
    if is_1904:
        start = datetime(1904, 1, 1)
    elif days > 60:
        start = datetime(1899, 12, 30)
    elif 0 < days < 60:
        start = datetime(1899, 12, 31)
    else:
        return None
    if not 0 <= days < 2_958_466:
        return None
    moment = start + timedelta(days=days, milliseconds=round(part * 86_400_000))
    if (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def _number(value: str) -> str:
    """Return a number in plain digits: the shortest text of the binary number Excel stores."""
    plain = format(Decimal(repr(float(value))), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _column(place: str) -> int:
    number = 0
    for letter in place:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


def _root(archive: zipfile.ZipFile, part: str) -> etree._Element:
    data = archive.read(part)
    if b"<!DOCTYPE" in data[:4096]:
        raise WorkbookError
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(data, parser)


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[etree._Element]:
    """Yield the elements of that name; each is emptied afterwards, so memory stays flat."""
    with archive.open(part) as stream:
        if b"<!DOCTYPE" in stream.read(4096):
            raise WorkbookError
    with archive.open(part) as stream:
        events = etree.iterparse(
            stream,
            tag=f"{{*}}{name}",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
