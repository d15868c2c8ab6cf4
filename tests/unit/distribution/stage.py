"""A small published home to deliver from: two companies, their people, three reports.

Here: building it, and running one pass in this or in a child process. Not here: any assertion.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from distribution.deliver import deliver_due
from distribution.result import DeliveryReport
from ledger.store import open_ledger
from reports import registry
from reports.model import (
    Chart,
    Document,
    DocumentStatus,
    Facts,
    Field,
    Metric,
    Metrics,
    Report,
    ReportRequest,
    Table,
    WorkItem,
)
from reports.snapshot import open_snapshot

ROOT = Path(__file__).resolve().parents[3]
AS_OF = date(2025, 1, 31)
NOW = datetime(2025, 2, 3, 12, 0, tzinfo=UTC)
CANARY = "900-01-2345"
VERSION = "7c1e04b9" * 8
CHART = {
    "data": {"values": [{"month": "Jan", "people": 3}]},
    "mark": "bar",
    "encoding": {"x": {"field": "month"}, "y": {"field": "people", "type": "quantitative"}},
}
REQUIREMENT = {
    "reporting_requirements_id": "r1",
    "company_id": "c1",
    "report_type": "Custom Report",
    "report_name": "Heads each month",
    "reporting_frequency": "Monthly",
    "report_format": "CSV",
    "delivery_method": "Email",
    "data_source": None,
    "recipient_roles": '["Lead"]',
    "distribution_list": None,
    "template_config": '{"report": "headcount"}',
    "scheduling_config": None,
    "approval_workflow_id": None,
    "approval_workflow_name": None,
    "auto_generate": True,
    "is_active": True,
    "unreadable_columns": None,
}
PERSON = {
    "report_recipient_id": "a1",
    "company_id": "c1",
    "user_id": "u1",
    "email": "ada@northmere.example",
    "role_name": "Lead",
    "role_type": "BENEFITS_MANAGER",
    "can_receive": True,
    "hold_reason": None,
}


@dataclass(frozen=True)
class StageRun:
    """The arguments of a pass."""

    as_of: date = AS_OF
    now: datetime = NOW
    actor: str = "ada"


@dataclass
class Stage:
    """What the snapshot will hold."""

    home: Path
    requirements: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[str | None] = field(default_factory=lambda: ["1A"])
    active: bool | None = True

    def require(self, **changes: object) -> str:
        """Add one requirement that differs from the usual one; return its id."""
        number = len(self.requirements) + 1
        row = REQUIREMENT | {"reporting_requirements_id": f"r{number}"} | changes
        for column, value in row.items():
            if isinstance(value, dict | list):
                row[column] = json.dumps(value)
        self.requirements.append(row)
        return str(row["reporting_requirements_id"])

    def person(self, user: str, reason: str | None = None, **changes: object) -> None:
        """Add one user under one role."""
        self.people.append(
            PERSON
            | {
                "report_recipient_id": f"a{len(self.people)}-{user}",
                "user_id": user,
                "email": f"{user}@northmere.example",
                "can_receive": reason is None,
                "hold_reason": reason,
            }
            | changes
        )

    def publish(self, version: str = VERSION) -> None:
        """Write the snapshot with its manifest and point to it."""
        folder = self.home / "published" / version
        folder.mkdir(parents=True)
        connection = duckdb.connect(str(folder / "snapshot.duckdb"))
        connection.execute("create schema marts; create schema reports; create schema quality")
        for table, frame in self._tables().items():
            connection.register("incoming", frame)
            connection.execute(f"create table {table} as select * from incoming")
            connection.unregister("incoming")
        connection.close()
        digest = hashlib.sha256((folder / "snapshot.duckdb").read_bytes()).hexdigest()
        facts = {"as_of": AS_OF.isoformat(), "snapshot_sha256": digest}
        body = json.dumps(facts).encode()
        (folder / "manifest.json").write_bytes(body)
        pointer = {"version": version, "manifest_sha256": hashlib.sha256(body).hexdigest()}
        (self.home / "published" / "current").write_text(json.dumps(pointer))

    def _tables(self) -> dict[str, pl.DataFrame]:
        companies = [
            ("c1", "Northmere Instruments, Inc.", "123456789", self.active, True),
            ("c2", "Southmere Foods LLC", "987654321", True, False),
        ]
        names = ["company_id", "legal_name", "ein", "is_active", "is_test_data"]
        ids = ["c1", "c2"]
        people = pl.DataFrame({"company_id": ids, "period_end": [AS_OF] * 2, "people": [3, 8]})
        boxes = [("c1", 2024, f"n{number}", box) for number, box in enumerate(self.boxes)]
        return {
            "marts.dim_company": pl.DataFrame(companies, schema=names, orient="row"),
            "quality.certificate": pl.DataFrame({"company_id": ids, "grade": ["B", "A"]}),
            "reports.rpt_headcount__month": people,
            "reports.rpt_roster__person": pl.DataFrame({"company_id": ids, "ssn": [CANARY] * 2}),
            "reports.rpt_form__person": pl.DataFrame(
                boxes,
                schema={
                    "company_id": pl.String,
                    "tax_year": pl.Int32,
                    "number": pl.String,
                    "box": pl.String,
                },
                orient="row",
            ),
            "reports.rpt_distribution__requirement": _frame(self.requirements, REQUIREMENT),
            "reports.rpt_distribution__recipient": _frame(self.people, PERSON),
            "reports.rpt_distribution__holiday": pl.DataFrame(
                {
                    "company_id": ids,
                    "calendar": ["us_federal"] * 2,
                    "holiday_date": [date(2025, 1, 1)] * 2,
                }
            ),
        }

    def deliver(self, run: StageRun | None = None, *, dry_run: bool = False) -> DeliveryReport:
        """Return what one pass did."""
        with open_snapshot(self.home) as snapshot:
            ledger = open_ledger(self.home)
            return deliver_due(self.home, ledger, snapshot, run or StageRun(), dry_run=dry_run)

    def states(self) -> dict[str, str]:
        """Return the state of every delivery by recipient."""
        return {row.recipient: row.state for row in open_ledger(self.home).outbox.rows()}


def _frame(rows: Sequence[Mapping[str, Any]], like: Mapping[str, Any]) -> pl.DataFrame:
    flags = {"auto_generate", "is_active", "can_receive"}
    schema = {name: pl.Boolean if name in flags else pl.String for name in like}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def _headcount(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    frame = rows["rpt_headcount__month"]
    people = int(frame["people"].sum())
    return Document(
        report="headcount",
        title="Headcount",
        facts=facts,
        request=request,
        verdict=f"{people} people are covered",
        lead="One more than a month ago.",
        blocks=(
            Metrics("numbers", "Numbers", (Metric("people", "People", people, "people"),)),
            Chart("chart", "Heads", CHART, "Three people in January", "months"),
            Table("months", "Months", (Field("people", "People", "integer"),), frame),
        ),
    )


def _roster(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    fields = (Field("ssn", "SSN", "identifier", sensitivity="pii"),)
    table = Table("people", "People", fields, rows["rpt_roster__person"])
    return Document("roster", "Roster", facts, request, "One person", "", (table,))


def _form(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    frame = rows["rpt_form__person"]
    open_items = tuple(
        WorkItem("line 14 is unknown", "no offer", "Compliance")
        for _ in range(frame["box"].null_count())
    )
    table = Table("people", "People", (Field("number", "Number"), Field("box", "Box")), frame)
    status: DocumentStatus = "draft" if open_items else "final"
    key = "law/aca_1095c|2024|abc" if "recalled" in frame["box"] else ""
    return Document(
        "aca_1095c", "Form", facts, request, "Forms", "", (table,), status, open_items,
        attestation=key, nothing_due="no form due" if set(frame["box"]) == {"none"} else "",
    )  # fmt: skip


STAGE_REPORTS = (
    Report(
        "headcount",
        "Headcount",
        "dashboard",
        ("rpt_headcount__month",),
        ("csv", "json"),
        _headcount,
        "aggregate",
        "period",
    ),
    Report("roster", "Roster", "dataset", ("rpt_roster__person",), ("csv",), _roster, "pii"),
    Report(
        "aca_1095c", "Form", "filing", ("rpt_form__person",), ("csv",), _form, "pii", "tax_year"
    ),
)
registry.REPORTS = STAGE_REPORTS if os.environ.get("STAGE_CHILD") else registry.REPORTS


def child(home: Path, die_at: str = "nowhere") -> subprocess.Popen[bytes]:
    """Start one pass in a process of its own, which kills itself at a named place."""
    script = (
        f"from tests.unit.distribution.stage import run_child; run_child({str(home)!r}, {die_at!r})"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "STAGE_CHILD": "1"}
    return subprocess.Popen([sys.executable, "-c", script], env=environment, cwd=ROOT)


def _die_after(owner: type, name: str, die: Callable[..., None]) -> None:
    real = getattr(owner, name)

    def dying(*arguments: object) -> None:
        real(*arguments)
        die()

    setattr(owner, name, dying)


def run_child(home: str, die_at: str) -> None:
    """Deliver once, and die where told."""
    open_ledger(Path(home))
    from distribution import deliver, production
    from distribution.channels import sftp
    from ledger.artifacts import Artifacts
    from ledger.outbox import Outbox

    def die(*arguments: object, **named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if die_at == "after rendering":
        production.keep_files = die  # type: ignore[attr-defined, assignment]
    elif die_at == "after the file, before its line":
        _die_after(Artifacts, "_place", die)
    elif die_at == "before queueing":
        deliver.queue = die  # type: ignore[attr-defined, assignment]
    elif die_at == "before the final dot":
        Outbox.begin_transmission = die  # type: ignore[method-assign]
    elif die_at == "after the rename":
        sftp._remove_own_parts = die  # type: ignore[assignment]
    elif die_at == "after the upload":
        sftp._rename = die  # type: ignore[assignment]
    elif die_at == "before settling":
        Outbox.settle = die  # type: ignore[method-assign, assignment]
    Stage(Path(home)).deliver()
