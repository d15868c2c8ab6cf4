"""The stage that makes documents: one report in five formats, recorded and handed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from cli.report import _write
from cli.report_call import Call
from cli.steps import Steps
from ledger.store import open_ledger
from reports.model import Document, Facts, Field, Format, Report, ReportRequest, Table
from tests.unit.distribution.stage import CANARY, Stage
from warehouse.home import Home

NOW = datetime(2025, 7, 1, 12, 0, tzinfo=UTC)
FORMATS: tuple[Format, ...] = ("pdf", "xlsx", "csv", "xml", "json")
OWN = "harness"


def _build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    fields = (Field("company_id", "Company"), Field("ssn", "SSN", "identifier", sensitivity="pii"))
    table = Table("people", "People", fields, rows["rpt_roster__person"])
    return Document("roster", "Roster", facts, request, "One person", "", (table,))


REPORT = Report("roster", "Roster", "dataset", ("rpt_roster__person",), FORMATS, _build, "pii")


def prepare(folder: Path) -> None:
    """Publish the stage's snapshot and open its ledger."""
    Stage(folder / "home").publish()
    open_ledger(folder / "home").audit.append(NOW, OWN, "stage.prepared", CANARY)
    (folder / "out").mkdir()


def write(folder: Path, now: datetime) -> None:
    """Write the report of one company in every format, as `benefits report` does."""
    call = Call(REPORT, FORMATS, "c1", {}, {}, folder / "out", OWN, now)
    _write(call, Home(folder / "home"), Steps(quiet=True))


def write_carelessly(folder: Path, now: datetime) -> None:
    """Write a document under its final name piece by piece and record it afterwards: all wrong."""
    content = b"half of it, and the other half"
    with (folder / "out" / "careless.csv").open("wb") as stream:
        stream.write(content[:10])
        stream.flush()
        stream.write(content[10:])
    ledger = open_ledger(folder / "home")
    ledger.documents.store(
        content, name="careless.csv", media_type="text/csv", report="roster", company_id="c1",
        format="csv", period="2025", data_version="v", status="final", at=now,
    )  # fmt: skip
