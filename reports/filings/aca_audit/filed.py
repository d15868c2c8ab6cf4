"""What somebody else's forms say, as frames: one row per person and month (lines 14 to 17), one per
employer month (lines 23 to 35), one per covered individual (Part III).

A row whose cell cannot be read stays as `is_unread`, so that nothing is said about its month, where
it is known whose it is.

Belongs here: the columns, the patterns of their cells, which reader takes which file. Does not
belong here: a format's own ways (filed_csv, filed_xml), or any comparison (differences).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.given import Given, Unread, sources_of

CODE: Final = "given.code"
MONTH: Final = "given.month"
COVERED: Final = "given.covered"
MOST_BYTES: Final = 2 * 1024**3
LINES: Final = ("line_14", "line_15", "line_16", "line_17", "plan_start_month", "age")

TICKS: Final = (
    *("is_jan", "is_feb", "is_mar", "is_apr", "is_may", "is_jun"),
    *("is_jul", "is_aug", "is_sep", "is_oct", "is_nov", "is_dec"),
)
PACK: Final = 50_000
Schema = Mapping[str, pl.DataType | type[pl.DataType]]

CODE_SCHEMA: Final[Schema] = {
    "file": pl.String,
    "row": pl.Int64,
    "form_key": pl.String,
    "tax_year": pl.Int32,
    "ein": pl.String,
    "employee_number": pl.String,
    "ssn": pl.String,
    "first_name": pl.String,
    "last_name": pl.String,
    "form": pl.String,
    "month": pl.Int32,
    "line_14": pl.String,
    "line_15": pl.Decimal(12, 2),
    "line_16": pl.String,
    "line_17": pl.String,
    "plan_start_month": pl.String,
    "age": pl.Int32,
    "has_part_iii": pl.Boolean,
    "is_unread": pl.Boolean,
}
MONTH_SCHEMA: Final[Schema] = {
    "file": pl.String,
    "row": pl.Int64,
    "tax_year": pl.Int32,
    "ein": pl.String,
    "month": pl.Int32,
    "mec_offer": pl.Boolean,
    "full_time_count": pl.Int64,
    "total_employee_count": pl.Int64,
}
COVERED_SCHEMA: Final[Schema] = {
    "file": pl.String,
    "row": pl.Int64,
    "form_key": pl.String,
    "tax_year": pl.Int32,
    "ein": pl.String,
    "employee_number": pl.String,
    "form": pl.String,
    "ssn": pl.String,
    "first_name": pl.String,
    "last_name": pl.String,
    "date_of_birth": pl.Date,
    "is_all_year": pl.Boolean,
    **dict.fromkeys(TICKS, pl.Boolean),
    "is_unread": pl.Boolean,
}
_TRUTH: Final = {
    **dict.fromkeys(("true", "yes", "1"), True),
    **dict.fromkeys(("false", "no", "2", "0"), False),  # the agency writes No as 2
}
_AMOUNT: Final = re.compile(r"\d{1,7}(\.\d{1,2})?")
_WORDS: Final = {
    "tax_year": "a year of four digits",
    "ein": "an EIN of nine digits",
    "month": "a month from 1 to 12",
    "code": "a code of two characters, or nothing",
    "amount": "an amount such as 98.00, or nothing",
    "zip": "a ZIP code of five digits, or nothing",
    "plan_start": "two digits from 00 to 12, or nothing",
    "count": "a whole number, or nothing",
    "boolean": "true or false, or nothing",
    "date": "a date such as 1980-12-31, or nothing",
    "tin": "digits and dashes, or nothing",
    "name": "a name of at most 100 characters",
    "number": "the number of an employee",
    "form": "1095-C, 1095-B, none or unknown",
}


class BadCell(Exception):
    """A cell that cannot be read; its words say what would be."""


@dataclass
class Rows:
    """Rows of one schema, packed into frames as they come so that they do not pile up."""

    schema: Schema
    frames: list[pl.DataFrame] = field(default_factory=list)
    waiting: list[tuple[object, ...]] = field(default_factory=list)

    def append(self, row: tuple[object, ...]) -> None:
        """Add one row."""
        self.waiting.append(row)
        if len(self.waiting) >= PACK:
            self._pack()

    def frame(self) -> pl.DataFrame:
        """Return all rows."""
        self._pack()
        return pl.concat(self.frames)

    def _pack(self) -> None:
        self.frames.append(pl.DataFrame(self.waiting, schema=self.schema, orient="row"))
        self.waiting = []


@dataclass
class Reading:
    """Rows read so far, and those put aside."""

    codes: Rows = field(default_factory=lambda: Rows(CODE_SCHEMA))
    months: Rows = field(default_factory=lambda: Rows(MONTH_SCHEMA))
    covered: Rows = field(default_factory=lambda: Rows(COVERED_SCHEMA))
    unread: list[Unread] = field(default_factory=list)

    def given(self, paths: Sequence[Path]) -> Given:
        """Return it as frames, with the files it was read from."""
        codes = self._once(self.codes.frame(), ["ein", "tax_year", "form_key", "month"])
        months = self._once(self.months.frame(), ["ein", "tax_year", "month"])
        frames = {CODE: codes, MONTH: months, COVERED: self.covered.frame()}
        eins = frozenset(ein for frame in frames.values() for ein in frame["ein"].unique())
        return Given(frames, eins, tuple(self.unread), sources_of(paths))

    def _once(self, frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
        """Return each month once, the first of it; put the others aside."""
        is_first = pl.struct(key).is_first_distinct()
        why = "this month stands in the files before; the first is read"
        again = frame.filter(~is_first).select("file", "row").iter_rows()
        self.unread += [Unread(file, row, "month", why) for file, row in again]
        return frame.filter(is_first)


def read_filed(paths: Sequence[Path]) -> Given:
    """Return what the files say; refuse a file that is none of the layouts."""
    from reports.filings.aca_audit.filed_csv import read_csv
    from reports.filings.aca_audit.filed_xml import read_xml

    reading = Reading()
    for path in paths:
        kind = path.suffix.lower()
        if kind not in (".csv", ".xml"):
            raise RequestError(f"{path.name}: name a .csv or an .xml file")
        (read_csv if kind == ".csv" else read_xml)(path, reading)
    given = reading.given(paths)
    if not given.eins:
        raise RequestError(f"{paths[0].name}: no row of it can be read" + _first(given))
    return given


def _first(given: Given) -> str:
    return f"; {given.unread[0].line()}" if given.unread else ""


@lru_cache(maxsize=1 << 16)
def cell(kind: str, text: str | None) -> object:
    """Return a cell as a value, empty as None; raise BadCell with what it should be."""
    value = (text or "").strip()
    if not value and kind not in ("tax_year", "ein", "month", "number"):
        return None
    found = _PARSERS[kind](value)
    if found is None:
        raise BadCell(f"it must be {_WORDS[kind]}")
    return found


def _ein(value: str) -> str | None:
    digits = value.replace("-", "")
    return digits if re.fullmatch(r"\d{9}", digits) else None


def _code(value: str) -> str | None:
    return value.upper() if re.fullmatch(r"[0-9A-Za-z]{2}", value) else None


def _amount(value: str) -> Decimal | None:
    return Decimal(value).quantize(Decimal("0.01")) if _AMOUNT.fullmatch(value) else None


def _between(low: int, high: int) -> Callable[[str], object]:
    def parse(value: str) -> int | None:
        is_number = re.fullmatch(r"\d{1,9}", value) is not None
        return int(value) if is_number and low <= int(value) <= high else None

    return parse


def _plan_start(value: str) -> str | None:
    is_month = re.fullmatch(r"\d{1,2}", value) is not None and int(value) <= 12
    return value.zfill(2) if is_month else None


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _boolean(value: str) -> bool | None:
    return _TRUTH.get(value.lower())


def _tin(value: str) -> str | None:
    return value.replace("-", "") if re.fullmatch(r"[0-9*X-]{1,11}", value) else None


def _name(value: str) -> str | None:
    return value if len(value) <= 100 else None


def _number(value: str) -> str | None:
    return _name(value) if value else None


def _zip(value: str) -> str | None:
    return value if re.fullmatch(r"\d{5}", value) else None


def _form(value: str) -> str | None:
    return value if value in ("1095-C", "1095-B", "none", "unknown") else None


_PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "tax_year": _between(1900, 2999),
    "ein": _ein,
    "month": _between(1, 12),
    "code": _code,
    "amount": _amount,
    "zip": _zip,
    "plan_start": _plan_start,
    "count": _between(0, 999_999_999),
    "boolean": _boolean,
    "date": _date,
    "tin": _tin,
    "name": _name,
    "number": _number,
    "form": _form,
}
