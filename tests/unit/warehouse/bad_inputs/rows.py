"""Valid rows of any operational table, made from its contract, for tests that break one thing.

Belongs here: a row that lands, and a folder of CSV files with such rows. Does not belong here: what
is broken about one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from expectations.contract import Column, Contract, load_contracts

COMPANY, OTHER = (str(uuid5(NAMESPACE_OID, f"company {n}")) for n in (1, 2))
PERSON, STRANGER = (str(uuid5(NAMESPACE_OID, f"person {n}")) for n in (1, 2))
PADDING = 260
Row = dict[str, str]


def key_of(name: str) -> str:
    """Return the key of a named row, the same in every run."""
    return str(uuid5(NAMESPACE_OID, name))


def valid_row(contract: Contract, name: str) -> Row:
    """Return a row of a table that keeps every promise: keys, required and unique columns."""
    unique = {column for key in contract.unique for column in key}
    row = {
        column.name: _value(column, name)
        for column in contract.columns
        if column.required or column.name in contract.primary_key or column.name in unique
    }
    for column, value in (("company_id", COMPANY), ("employee_id", PERSON)):
        if any(c.name == column for c in contract.columns):
            row[column] = value
    return row


def _value(column: Column, name: str) -> str:
    """Return a value that fits a column."""
    if column.type == "enum":
        return column.values[0]
    fixed = {
        "uuid": key_of(name),
        "date": "2025-01-01",
        "timestamp": "2025-01-01T00:00:00Z",
        "bool": "true",
        "int": "1",
        "bigint": "1",
        "decimal": "1.00",
        "json": "{}",
    }
    formats = {"ein": "00-1234567", "ssn": "900-01-0001", "email": "a@b.example"}
    text = formats.get(column.format or "", f"X-{key_of(name)[:8]}")
    return fixed.get(column.type, text[: column.max_length] if column.max_length else text)


@dataclass
class Folder:
    """A source folder under construction: rows by table, and lines that are written as they are."""

    path: Path
    contracts: Mapping[str, Contract] = field(default_factory=load_contracts)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give every folder two companies with one person each."""
        for name, company, person in (("One", COMPANY, PERSON), ("Two", OTHER, STRANGER)):
            self.add("company", f"company {name}", id=company, legal_name=name, is_test_data="true")
            self.add("employee", f"person {name}", id=person, company_id=company, ssn="")

    def add(self, table: str, name: str, **cells: str) -> Row:
        """Add a valid row with some cells replaced; return it."""
        row = valid_row(self.contracts[table], name) | cells
        self.tables.setdefault(table, []).append(row)
        return row

    def pad(self, table: str, count: int = PADDING) -> None:
        """Add clean neighbours, so that a few bad rows are a small share."""
        for number in range(count):
            self.add(table, f"{table} neighbour {number}")

    def write(self, settings: str = "") -> Path:
        """Write the files; return the folder."""
        self.path.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            (self.path / f"{table}.csv").write_bytes(csv_bytes(rows))
        if settings:
            (self.path / "source.toml").write_text(settings, "utf-8")
        return self.path


def csv_bytes(rows: Sequence[Row]) -> bytes:
    """Return rows as CSV text, with every column that any of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
