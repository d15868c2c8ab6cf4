"""Forms as an AIR file: the 1094-C transmittal with its 1095-C records, read record by record.

Belongs here: the elements of the agency's schema that are compared, by their local names (the
namespace changes with the year). Does not belong here: what a cell may hold (filed), or
judging the file against the schema. A file with a document type is refused, so that no entity is
ever expanded; nothing is fetched; a record is let go as soon as it is read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from lxml import etree

from reports.errors import RequestError
from reports.filings.aca_audit.filed import (
    CODE_SCHEMA,
    COVERED_SCHEMA,
    MONTH_SCHEMA,
    TICKS,
    BadCell,
    Reading,
    cell,
)
from reports.given import Unread, checked_size

MOST_BYTES: Final = 128 * 1024**2  # the agency takes no file above 100 MB
ROOT: Final = "Form109495CTransmittalUpstream"
TRANSMITTAL: Final = "Form1094CUpstreamDetail"
RECORD: Final = "Form1095CUpstreamDetail"
MONTH_NAMES: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_LINES: Final = {
    "line_14": ("code", "AnnualOfferOfCoverageCd", "MonthlyOfferCoverageGrp"),
    "line_15": (
        "amount",
        "AnnlEmployeeRequiredContriAmt",
        "MonthlyEmployeeRequiredContriGrp",
    ),
    "line_16": ("code", "AnnualSafeHarborCd", "MonthlySafeHarborGrp"),
    "line_17": ("zip", "AnnualICHRAZipCd", "MonthlyICHRAZipCdGrp"),
}
_ONCE: Final = {
    "tax_year": ("tax_year", "TaxYr"),
    "ssn": ("tin", "EmployeeInfoGrp/SSN"),
    "first_name": ("name", "EmployeeInfoGrp/OtherCompletePersonName/PersonFirstNm"),
    "last_name": ("name", "EmployeeInfoGrp/OtherCompletePersonName/PersonLastNm"),
    "plan_start_month": ("plan_start", "StartMonthNumberCd"),
    "age": ("count", "EmployeeOfferAndCoverageGrp/AgeNum"),
}
_COLUMNS: Final = {
    "mec_offer": ("boolean", "MinEssentialCvrOffrCd"),
    "full_time_count": ("count", "ALEMemberFTECnt"),
    "total_employee_count": ("count", "TotalEmployeeCnt"),
}
_INDIVIDUAL: Final = {
    "ssn": ("tin", "SSN"),
    "first_name": ("name", "CoveredIndividualName/PersonFirstNm"),
    "last_name": ("name", "CoveredIndividualName/PersonLastNm"),
    "date_of_birth": ("date", "BirthDt"),
    "is_all_year": ("boolean", "CoveredIndividualAnnualInd"),
}
_EMPLOYER: Final = "EmployerInformationGrp"
_MEMBER: Final = "ALEMemberInformationGrp"


def read_xml(path: Path, reading: Reading) -> None:
    """Add the records and months of an AIR file; refuse what is no such file."""
    content = checked_size(path, MOST_BYTES).read_bytes()
    employer: dict[str, object] = {}
    try:
        for node in _nodes(path.name, content):
            name = _local(node)
            if name == "TaxYr" and _local(node.getparent()) == TRANSMITTAL:
                employer = {"tax_year": cell("tax_year", node.text)}
            elif name == _EMPLOYER:
                employer["ein"] = cell("ein", _text(node, "EmployerEIN"))
            elif name == _MEMBER:
                _months(path.name, node, employer, reading)
                node.clear()
            elif name == RECORD:
                _record(path.name, node, employer, reading)
                _let_go(node)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise RequestError(f"{path.name}: line {line}: it is not well-formed XML") from error
    except BadCell as error:
        raise RequestError(f"{path.name}: {TRANSMITTAL}: its year or EIN: {error}") from error


def _nodes(name: str, content: bytes) -> Iterator[Any]:
    """Return the elements read here as they end; refuse a document type or another root."""
    names = {_EMPLOYER, "TaxYr", _MEMBER, RECORD}
    walk = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    is_first = True
    for event, node in walk:
        if is_first:
            _checked(name, node)
            is_first = False
        if event == "end" and _local(node) in names:
            yield node


def _checked(name: str, root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise RequestError(f"{name}: it has a document type: not read")
    if _local(root) != ROOT:
        raise RequestError(f"{name}: its first element is not {ROOT}")


def _local(node: Any) -> str:
    return str(node.tag.rpartition("}")[2]) if isinstance(node.tag, str) else ""


def _child(node: Any, path: str) -> Any:
    """Return the first descendant by a path of local names, or None."""
    for step in path.split("/"):
        node = next((item for item in node if _local(item) == step), None)
        if node is None:
            return None
    return node


def _text(node: Any, path: str) -> str | None:
    found = _child(node, path)
    return None if found is None else found.text


def _let_go(node: Any) -> None:
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def _record(file: str, node: Any, employer: Mapping[str, object], reading: Reading) -> None:
    """Add the twelve months and the covered individuals of one record."""
    row = int(node.sourceline)
    once: dict[str, object] = {
        **{"file": file, "row": row, "form_key": f"{file}:{row}", "employee_number": None},
        **{"ein": employer.get("ein"), "form": "1095-C", "has_part_iii": True, "is_unread": False},
    }
    if once["ein"] is None:
        reading.unread.append(Unread(file, row, "EmployerEIN", "its transmittal has no employer"))
        return
    read = partial(_read, once, reading)
    for column, (kind, path) in _ONCE.items():
        once[column] = read(column, partial(cell, kind, _text(node, path)), None)
    lines = {
        column: read(column, partial(_twelve, node, *where), [None] * 12)
        for column, where in _LINES.items()
    }
    for month in range(12):
        values = once | {name: cells[month] for name, cells in lines.items()} | {"month": month + 1}
        reading.codes.append(tuple(values[name] for name in CODE_SCHEMA))
    for part in node:
        if _local(part) == "CoveredIndividualGrp":
            _individual(part, once, reading)


def _read(
    values: dict[str, object], reading: Reading, column: str, take: Callable[[], Any], instead: Any
) -> Any:
    """Return a cell; one that cannot be read is said and marks its row."""
    try:
        return take()
    except BadCell as error:
        row = int(str(values["row"]))
        reading.unread.append(Unread(str(values["file"]), row, column, str(error)))
        values["is_unread"] = True
        return instead


def _individual(node: Any, form: Mapping[str, object], reading: Reading) -> None:
    """Add one covered individual of a record, with the months ticked."""
    values: dict[str, object] = {**form, "row": int(node.sourceline), "is_unread": False}
    read = partial(_read, values, reading)
    for column, (kind, path) in _INDIVIDUAL.items():
        values[column] = read(column, partial(cell, kind, _text(node, path)), None)
    months = _child(node, "CoveredIndividualMonthlyIndGrp")
    ticks = read(
        "CoveredIndividualMonthlyIndGrp", partial(_monthly, months, "boolean"), [None] * 12
    )
    values |= dict(zip(TICKS, ticks, strict=True))
    reading.covered.append(tuple(values[name] for name in COVERED_SCHEMA))


def _twelve(node: Any, kind: str, annual: str, monthly: str) -> list[object]:
    """Return the twelve cells of a line: the box for all months, else each month's own."""
    group = _child(node, "EmployeeOfferAndCoverageGrp")
    whole = None if group is None else _text(group, annual)
    if whole is not None:
        return [cell(kind, whole)] * 12
    return _monthly(None if group is None else _child(group, monthly), kind)


def _monthly(group: Any, kind: str) -> list[object]:
    """Return the twelve cells of a group of months, those it lacks as empty."""
    months: list[object] = [None] * 12
    for item in () if group is None else group:
        months[_month(item)] = cell(kind, item.text)
    return months


def _month(node: Any) -> int:
    name = _local(node)[:3].lower()
    if name not in MONTH_NAMES:
        raise BadCell(f"{_local(node)} names no month")
    return MONTH_NAMES.index(name)


def _months(file: str, node: Any, employer: Mapping[str, object], reading: Reading) -> None:
    """Add lines 23 to 35: the year's box where it is filled, else each month's own."""
    row, column = int(node.sourceline), "EmployerEIN"
    columns: dict[str, list[object]] = {name: [None] * 12 for name in _COLUMNS}
    try:
        if len(employer) < 2:
            raise BadCell("its transmittal has no year or employer")
        for part in node:
            is_year = _local(part) == "YearlyALEMemberDetail"
            places = range(12) if is_year else [_month(part)]
            for column, (kind, element) in _COLUMNS.items():
                value = cell(kind, _text(part, element))
                for place in places if value is not None else ():
                    columns[column][place] = value
    except BadCell as error:
        reading.unread.append(Unread(file, row, column, str(error)))
        return
    for month in range(12):
        values: dict[str, object] = {"file": file, "row": row, "month": month + 1, **employer}
        values |= {name: cells[month] for name, cells in columns.items()}
        reading.months.append(tuple(values[name] for name in MONTH_SCHEMA))
