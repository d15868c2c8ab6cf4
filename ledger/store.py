"""The one door to the ledger of a home.

Belongs here: opening it, and the few calls everybody makes. Does not belong here: how rows are
kept (the modules beside this one). Django is imported only when a ledger is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import database
from ledger.rows import ArtifactRow, AuditFinding, Decision, LoadRow, VersionRow

if TYPE_CHECKING:
    from ledger.artifacts import Artifacts
    from ledger.audit import AuditChain
    from ledger.occurrences import Occurrences
    from ledger.outbox import Outbox
    from ledger.records import Records


@dataclass(frozen=True)
class Ledger:
    """What happened in one home: loads, versions, artifacts, approvals, deliveries, audit."""

    home: Path
    alias: str
    records: Records
    documents: Artifacts
    audit: AuditChain
    occurrences: Occurrences
    outbox: Outbox

    def start_run(self, as_of: date, actor: str, at: datetime) -> str:
        """Return the id of a run that has just begun."""
        run_id = self.records.start_run(as_of, actor, at)
        self.append_audit(at, actor, "run.started", run_id, {"as_of": as_of.isoformat()})
        return run_id

    def finish_run(
        self, run_id: str, state: str, data_version: str, actor: str, at: datetime
    ) -> None:
        """Write down how a run ended."""
        self.records.finish_run(run_id, state, data_version, at)
        details = {"state": state, "data_version": data_version}
        self.append_audit(at, actor, "run.finished", run_id, details)

    def start_load(
        self, run_id: str | None, table_name: str, source: str, raw_sha256: str, at: datetime
    ) -> int:
        """Return the id of a load that has just begun."""
        return self.records.start_load(run_id, table_name, source, raw_sha256, at)

    def finish_load(
        self,
        load_id: int,
        state: str,
        at: datetime,
        *,
        row_count: int | None = None,
        rejected_count: int | None = None,
        content_hash: str = "",
        reason: str = "",
    ) -> None:
        """Write down how a load ended: landed, held, refused or unchanged."""
        self.records.finish_load(
            load_id,
            state,
            at,
            row_count=row_count,
            rejected_count=rejected_count,
            content_hash=content_hash,
            reason=reason,
        )

    def loads(self, run_id: str | None = None) -> tuple[LoadRow, ...]:
        """Return the loads of one run, or all of them, oldest first."""
        return self.records.loads(run_id)

    def record_version(
        self,
        data_version: str,
        manifest_sha256: str,
        at: datetime,
        *,
        actor: str = "system",
        as_of: date | None = None,
        run_id: str | None = None,
        parent: str = "",
    ) -> None:
        """Write down that a data version was published; publishing it again changes nothing."""
        new = self.records.record_version(
            data_version, manifest_sha256, at, as_of=as_of, run_id=run_id, parent=parent
        )
        if new:
            details = {"manifest_sha256": manifest_sha256, "parent": parent}
            self.append_audit(at, actor, "version.published", data_version, details)

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the published data versions, oldest first."""
        return self.records.versions()

    def store_artifact(
        self,
        content: bytes,
        *,
        name: str,
        media_type: str,
        report: str,
        company_id: str,
        format: str,
        period: str,
        data_version: str,
        status: str,
        at: datetime,
        actor: str = "system",
        row_count: int | None = None,
    ) -> str:
        """Return the SHA-256 of a document that is now on disk, on record and in the audit."""
        sha256 = self.documents.store(
            content,
            name=name,
            media_type=media_type,
            report=report,
            company_id=company_id,
            format=format,
            period=period,
            data_version=data_version,
            status=status,
            at=at,
            row_count=row_count,
        )
        details = {"report": report, "format": format, "company_id": company_id, "status": status}
        self.append_audit(at, actor, "artifact.stored", sha256, details)
        return sha256

    def artifacts(self) -> tuple[ArtifactRow, ...]:
        """Return all documents, oldest first."""
        return self.documents.rows()

    def approve(self, sha256: str, actor: str, at: datetime) -> ArtifactRow:
        """Return the document that a named person has approved; its file is proved first."""
        artifact = self.documents.find(sha256)
        self.documents.read(artifact)
        if self.documents.approve(artifact.sha256, actor, at):
            details = {"report": artifact.report, "company_id": artifact.company_id}
            self.append_audit(at, actor, "artifact.approved", artifact.sha256, details)
        return artifact

    def record_decision(self, decision: Decision, at: datetime) -> int:
        """Return the id of a person's override, waiver or attestation, now on record."""
        number = self.records.record_decision(decision, at)
        details = {"rule_id": decision.rule_id, "company_id": decision.company_id, "row": number}
        self.append_audit(
            at, decision.actor, f"{decision.kind}.recorded", decision.rule_id, details
        )
        return number

    def export_rows(self) -> dict[str, list[dict[str, object]]]:
        """Return the decisions in force, by contract table, for the next run to land."""
        return self.records.export_rows()

    def append_audit(
        self,
        at: datetime,
        actor: str,
        action: str,
        subject: str,
        details: Mapping[str, object] | None = None,
    ) -> int:
        """Return the number of the audit line appended."""
        return self.audit.append(at, actor, action, subject, details)

    def verify_audit(self) -> tuple[AuditFinding, ...]:
        """Return every place where the audit chain is not what was written."""
        return self.audit.verify()

    def close(self) -> None:
        """Close this thread's connection; the next call opens it again."""
        from django.db import connections

        connections[self.alias].close()


def open_ledger(home: Path) -> Ledger:
    """Return the ledger of a home, made and migrated where need be."""
    alias = database.connect(home)
    from ledger.artifacts import Artifacts
    from ledger.audit import AuditChain
    from ledger.occurrences import Occurrences
    from ledger.outbox import Outbox
    from ledger.records import Records

    audit = AuditChain(alias)
    return Ledger(
        home=home,
        alias=alias,
        records=Records(alias),
        documents=Artifacts(home, alias),
        audit=audit,
        occurrences=Occurrences(alias, audit),
        outbox=Outbox(home, alias, audit),
    )
