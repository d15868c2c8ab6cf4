"""The list of assessable people that came with Letter 226-J, as a CSV file.

Belongs here: its columns and the match to employees. Does not belong here: what a cell may hold
(aca_audit.filed), what is answered (answer).

One row per person and month: `tax_year, ein, month`, and `employee_number` or, as the letter gives
it, `first_name, last_name` and `ssn` by its last four digits; `line_14` and `line_16` as the letter
repeats them, where given.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.aca_audit.filed import BadCell, cell
from reports.filings.aca_audit.filed_csv import KINDS, header_of, rows_of
from reports.given import Given, Unread, sources_of

LISTED: Final = "given.listed"
SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "file": pl.String,
    "row": pl.Int64,
    "tax_year": pl.Int32,
    "ein": pl.String,
    "month": pl.Int32,
    "employee_number": pl.String,
    "ssn": pl.String,
    "first_name": pl.String,
    "last_name": pl.String,
    "line_14": pl.String,
    "line_16": pl.String,
}
NEEDED: Final = ("tax_year", "ein", "month")
PERSON: Final = ("employee_number", "last_name")


def read_listed(paths: Sequence[Path]) -> Given:
    """Return the people and months of the files; refuse a file without the columns."""
    found: list[tuple[object, ...]] = []
    unread: list[Unread] = []
    for path in paths:
        rows = rows_of(path)
        header = header_of(path.name, next(rows, (1, []))[1], NEEDED, SCHEMA)
        if not set(PERSON) & set(header):
            raise RequestError(f"{path.name}: row 1: name people: employee_number or last_name")
        for row, cells in rows:
            if not cells:
                continue
            read = _read(path.name, row, header, cells)
            if isinstance(read, Unread):
                unread.append(read)
            else:
                found.append(read)
    frame = pl.DataFrame(found, schema=SCHEMA, orient="row")
    key = ["tax_year", "ein", "month", "employee_number", "ssn", "first_name", "last_name"]
    again = frame.filter(~pl.struct(key).is_first_distinct())
    why = "this month of the person stands in the list before; the first is read"
    unread += [Unread(file, row, "month", why) for file, row in again.select("file", "row").rows()]
    frame = frame.filter(pl.struct(key).is_first_distinct())
    if not frame.height:
        raise RequestError(f"{paths[0].name}: no row of it can be read" + _first(unread))
    eins = frozenset(frame["ein"].to_list())
    return Given({LISTED: frame}, eins, tuple(unread), sources_of(paths))


def _first(unread: list[Unread]) -> str:
    return f"; {unread[0].line()}" if unread else ""


def _read(file: str, row: int, header: list[str], cells: list[str]) -> Unread | tuple[object, ...]:
    if len(cells) != len(header):
        words = f"{len(cells)} cells where the header has {len(header)}"
        return Unread(file, row, "the whole row", words)
    given = dict(zip(header, cells, strict=True))
    values: dict[str, object] = {"file": file, "row": row}
    for name in SCHEMA:
        if name in KINDS:
            is_empty_number = name == "employee_number" and not given.get(name, "").strip()
            try:
                values[name] = None if is_empty_number else _cell(name, given)
            except BadCell as error:
                return Unread(file, row, name, str(error))
    if values["employee_number"] is None and values["last_name"] is None:
        return Unread(file, row, "employee_number", "neither a number nor a name says who it is")
    return tuple(values[name] for name in SCHEMA)


def _cell(name: str, given: dict[str, str]) -> object:
    return cell(KINDS[name], given[name]) if name in given else None


def matched(listed: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return the list with `employee_id`, empty where nobody or several fit.

    By number; else by name together with the last four digits of the taxpayer number, which must
    both be the only ones of the employer.
    """
    number = _single(people, pl.col("employee_number")).rename({"_key": "_number"})
    name = _single(people, _name_key(pl.col("ssn"))).rename({"_key": "_name"})
    return (
        listed.with_columns(
            pl.col("employee_number").alias("_number"), _name_key(pl.col("ssn")).alias("_name")
        )
        .join(number.rename({"employee_id": "_by_number"}), on="_number", how="left")
        .join(name.rename({"employee_id": "_by_name"}), on="_name", how="left")
        .with_columns(pl.coalesce("_by_number", "_by_name").alias("employee_id"))
        .drop("_number", "_name", "_by_number", "_by_name")
    )


def _single(people: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    keyed = people.select(key.alias("_key"), "employee_id").drop_nulls()
    return keyed.filter(pl.len().over("_key") == 1)


def _name_key(ssn: pl.Expr) -> pl.Expr:
    name = (pl.col("first_name") + " " + pl.col("last_name")).str.to_lowercase()
    return (
        name.str.replace_all(r"[^\p{L}]+", " ").str.strip_chars()
        + "|"
        + ssn.str.replace_all(r"[^0-9]", "").str.tail(4)
    )
