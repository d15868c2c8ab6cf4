"""Whole files that are not what they say, one a table, and what must become of each.

Numbers are those of the public corpus of bad inputs. Every maker gets clean rows and writes one
file. Does not belong here: single values, and what two loads show.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from tests.unit.warehouse.bad_inputs.rows import Row, csv_bytes

CLEAN = 30
Maker = Callable[[Path, list[Row]], None]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class FileCase:
    """A file in the place of a table: its outcome, reason code, and how many rows land."""

    number: int
    make: Maker
    outcome: str
    code: str = ""
    landed: int = CLEAN
    settings: str = ""
    words: str = ""

    @property
    def name(self) -> str:
        """Return the case's name in the corpus."""
        return f"BI-{self.number:03d}"


def bytes_of(change: Callable[[bytes], bytes], suffix: str = ".csv") -> Maker:
    """Return a maker that changes the bytes of a clean CSV file."""

    def make(path: Path, rows: list[Row]) -> None:
        path.with_suffix(suffix).write_bytes(change(csv_bytes(rows)))

    return make


def line(number: int, change: Callable[[bytes], bytes]) -> Maker:
    """Return a maker that changes one line; the header is line 0."""

    def changed(body: bytes) -> bytes:
        lines = body.split(b"\n")
        lines[number] = change(lines[number])
        return b"\n".join(lines)

    return bytes_of(changed)


def replaced(column: str, value: bytes, row: int = 10) -> Maker:
    """Return a maker that puts bytes into one cell, unquoted."""

    def make(path: Path, rows: list[Row]) -> None:
        marked = [dict(r) for r in rows]
        marked[row][column] = "MARK"
        path.write_bytes(csv_bytes(marked).replace(b"MARK", value))

    return make


def without(column: str) -> Maker:
    """Return a maker that leaves out a column."""

    def make(path: Path, rows: list[Row]) -> None:
        path.write_bytes(csv_bytes([{k: v for k, v in r.items() if k != column} for r in rows]))

    return make


def workbook(change: Callable[[Any, list[Row]], None]) -> Maker:
    """Return a maker of a workbook, changed before it is saved."""

    def make(path: Path, rows: list[Row]) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
        change(book, rows)
        book.save(path.with_suffix(".xlsx"))

    return make


def bomb(path: Path, rows: list[Row]) -> None:
    """Write a workbook with a part that inflates to 300 MB."""
    workbook(lambda book, rows: None)(path, rows)
    with zipfile.ZipFile(path.with_suffix(".xlsx"), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 300_000_000)


def liar(path: Path, rows: list[Row]) -> None:
    """Write a workbook with a part that declares a hundredth of what it inflates to."""
    bomb(path, rows)
    target = path.with_suffix(".xlsx")
    body = target.read_bytes()
    size = (300_000_000).to_bytes(4, "little")
    target.write_bytes(body.replace(size, (30_000).to_bytes(4, "little")))


def json_lines(path: Path, rows: list[Row]) -> None:
    """Write JSON lines whose third line breaks off."""
    lines = [json.dumps(row) for row in rows]
    lines[2] = '{"id": 1,'
    path.with_suffix(".jsonl").write_text("\n".join(lines) + "\n")


def json_array(path: Path, rows: list[Row]) -> None:
    """Write one JSON array."""
    path.with_suffix(".jsonl").write_text(json.dumps(rows))


def cut_parquet(path: Path, rows: list[Row]) -> None:
    """Write a Parquet file without its last bytes."""
    out = io.BytesIO()
    pl.DataFrame(rows).write_parquet(out)
    path.with_suffix(".parquet").write_bytes(out.getvalue()[:-8])


def two_files(path: Path, rows: list[Row]) -> None:
    """Write the same table in two formats."""
    path.write_bytes(csv_bytes(rows))
    pl.DataFrame(rows).write_parquet(path.with_suffix(".parquet"))


def calendar_of_1904(book: Any, rows: list[Row]) -> None:
    """Give a workbook the other calendar and a date of its own."""
    from datetime import datetime

    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    column = list(rows[0]).index("from_date") + 1
    book.active.cell(2, column).value = datetime(2024, 2, 29)


def second_sheet(book: Any, rows: list[Row]) -> None:
    """Give a workbook another sheet with data."""
    book.create_sheet("Notes").append(["id"])


def macros(path: Path, rows: list[Row]) -> None:
    """Write a workbook that says it holds macros."""
    workbook(lambda book, rows: None)(path, rows)
    path.with_suffix(".xlsx").rename(path.with_suffix(".xlsm"))


def formula(column: str) -> Callable[[Any, list[Row]], None]:
    """Return a change that puts a formula without a value into a cell."""

    def change(book: Any, rows: list[Row]) -> None:
        book.active.cell(5, list(rows[0]).index(column) + 1).value = "=A1&B1"

    return change


def counted_formula(path: Path, rows: list[Row]) -> None:
    """Write a workbook with a formula that carries the value a program worked out."""
    column = next(n for n, name in enumerate(rows[0]) if name.endswith("amount"))

    def change(book: Any, rows: list[Row]) -> None:
        book.active.cell(2, column + 1).value = "=12.5*2"

    workbook(change)(path, rows)
    target, body = path.with_suffix(".xlsx"), io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(body, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                assert b"<f>12.5*2</f><v />" in text or b"<f>12.5*2</f><v></v>" in text
                text = text.replace(b"<f>12.5*2</f><v />", b"<f>12.5*2</f><v>25.00</v>")
                text = text.replace(b"<f>12.5*2</f><v></v>", b"<f>12.5*2</f><v>25.00</v>")
            new.writestr(part, text)
    target.write_bytes(body.getvalue())


def lying_suffix(body: bytes) -> Maker:
    """Return a maker of a CSV file that is something else."""
    return lambda path, rows: path.write_bytes(body)  # type: ignore[return-value]


UTF16 = 'encoding = "utf-16"\n'
HEADER_ONLY = 0
CASES: dict[str, FileCase] = {
    "region": FileCase(1, lying_suffix(b""), "refused", "file.empty"),
    "pay_calendar": FileCase(2, bytes_of(lambda b: b.split(b"\n")[0] + b"\n"), "accepted", "", 0),
    "department": FileCase(4, replaced("name", b"Jos\xe9"), "aside", "encoding.invalid", 29),
    "silver_premium": FileCase(5, bytes_of(lambda b: b.decode().encode("utf-16")), "refused",
                               "file.encoding", words='set encoding = "utf-16"'),
    "leave_period": FileCase(6, bytes_of(lambda b: b.decode().encode("utf-16")), "accepted",
                             settings=UTF16),
    "annual_wages": FileCase(7, bytes_of(lambda b: b"\xef\xbb\xbf" + b), "noted", "file.bom"),
    "tin_solicitation": FileCase(8, line(3, lambda t: t + b"\r"), "noted", "file.line_ends"),
    "statement_consent": FileCase(9, bytes_of(lambda b: b.replace(b"\n", b"\r")), "noted",
                                  "file.line_ends"),
    "training_record": FileCase(10, bytes_of(lambda b: b.replace(b",", b";")), "refused",
                                "drift.header", words="separator looks like ';'"),
    "hours_of_service": FileCase(11, line(7, lambda t: t.rpartition(b",")[0]), "aside",
                                 "row.short", 29),
    "pay_rate": FileCase(12, line(7, lambda t: t + b",more"), "aside", "row.long", 29),
    "employment_period": FileCase(13, line(28, lambda t: t.replace(b",", b',"', 1)), "aside",
                                  "row.unclosed_quote", 27),
    "notice_event": FileCase(14, replaced("method", b'"by\nhand"'), "accepted"),
    "kpi_target": FileCase(15, replaced("metric_id", b"a\x00b"), "aside", "value.control_char", 29),
    "security_incident": FileCase(16, replaced("state", b"x" * 3_000_000), "aside",
                                  "value.too_long", 29),
    "business_associate_agreement": FileCase(
        17, line(0, lambda t: t + b",id"), "refused", "drift.duplicate_column", words="id"),
    "plan_year": FileCase(18, line(0, lambda t: t.replace(b"id,", b" ID ,", 1)), "noted",
                          "drift.header_spelling"),
    "program_investment": FileCase(19, without("program"), "refused", "drift.missing_required",
                                   words="column program"),
    "contribution_adjustment": FileCase(20, without("updated_at"), "noted",
                                        "drift.missing_optional"),
    "cobra_event": FileCase(21, bytes_of(lambda b: b"".join(
        text + b",1\n" if n else text + b",salary_secret\n"
        for n, text in enumerate(b.rstrip(b"\n").split(b"\n")))), "noted", "drift.extra_column"),
    "measurement_policy": FileCase(23, lambda path, rows: (path.write_bytes(csv_bytes(
        [dict(reversed(list(r.items()))) for r in rows])), None)[1], "accepted"),
    "plan_rate": FileCase(24, bytes_of(lambda b: b[: b.rstrip(b"\n").rfind(b",")]), "aside",
                          "row.short", 29),
    "ichra_allowance": FileCase(25, bytes_of(lambda b: b.rstrip(b"\n")), "accepted"),
    "ptc_notice": FileCase(26, bytes_of(lambda b: gzip.compress(b, mtime=0)), "refused",
                           "file.type", words="gzip"),
    "plan_contract": FileCase(27, lying_suffix(b"%PDF-1.7 rest"), "refused", "file.type"),
    "plan_fee": FileCase(28, bomb, "refused", "file.bomb"),
    "plan_filing": FileCase(29, liar, "refused", "file.bomb"),
    "plan_financials": FileCase(30, macros, "refused", "file.macro", words="macro workbook"),
    "plan_participant": FileCase(31, workbook(formula("employee_id")), "aside",
                                 "value.formula_without_value", 29),
    "cobra_payment": FileCase(32, counted_formula, "noted", "value.from_formula"),
    "claims_summary": FileCase(33, lambda path, rows: (path.with_suffix(".xlsx").write_bytes(
        OLE + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")), None)[1], "refused",
        "file.encrypted", words="protected workbook"),
    "employee_address": FileCase(34, workbook(calendar_of_1904), "noted", "value.date_1904"),
    "carrier_roster": FileCase(36, workbook(second_sheet), "refused", "file.sheet",
                               words="Notes"),
    "carrier_invoice_line": FileCase(38, cut_parquet, "refused", "file.corrupt"),
    "benefits_audit_trail": FileCase(39, json_lines, "aside", "json.syntax", 29),
    "benefits_archival_log": FileCase(40, json_array, "accepted"),
    "benefit_survey": FileCase(41, two_files, "refused", "file.ambiguous", words=".parquet"),
    "dsar": FileCase(42, lambda path, rows: path.symlink_to("/etc/passwd"), "refused",
                     "file.symlink"),
    "document": FileCase(43, lambda path, rows: os.mkfifo(path), "refused", "file.not_regular"),
    "multiemployer_contribution": FileCase(153, bytes_of(lambda b: b), "refused", "file.encoding",
                                           settings='encoding = "utf-7"\n', words="utf-7"),
    "provider_sla": FileCase(48, lying_suffix(
        ",".join(f"c{n}" for n in range(20_000)).encode() + b"\n1\n"), "refused",
        "drift.header", words="20000 columns"),
}  # fmt: skip
