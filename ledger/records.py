"""Runs, loads and published versions: plain rows of what happened.

Belongs here: writing and reading those rows of one home, with the audit lines that go with them.
Does not belong here: documents (`ledger.artifacts`), deliveries (`ledger.outbox`), and what people
decided (`ledger.decisions`).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from ledger import models
from ledger.audit import AuditChain
from ledger.rows import LoadRow, RunRow, VersionRow
from ledger.states import FINAL


class Records:
    """The plain rows of one home's ledger."""

    def __init__(self, alias: str, audit: AuditChain) -> None:
        self._alias = alias
        self._audit = audit

    def start_run(self, as_of: date, actor: str, at: datetime) -> str:
        """Return the id of a run that has just begun; one still open then died, and is closed.

        The caller holds the home alone, so no other run can be on its way.
        """
        for dead in models.Run.objects.using(self._alias).filter(state="started"):
            self.finish_run(dead.run_id, "died", "", actor, at)
        run = models.Run(
            run_id=str(uuid4()), as_of=as_of, actor=actor, state="started", started_at=at
        )
        with transaction.atomic(using=self._alias):
            run.save(using=self._alias, force_insert=True)
            self._audit.append(at, actor, "run.started", run.run_id, {"as_of": as_of.isoformat()})
        return str(run.run_id)

    def finish_run(
        self, run_id: str, state: str, data_version: str, actor: str, at: datetime
    ) -> None:
        """Write down how a run ended."""
        details = {"state": state, "data_version": data_version}
        with transaction.atomic(using=self._alias):
            models.Run.objects.using(self._alias).filter(run_id=run_id).update(
                state=state, data_version=data_version, finished_at=at
            )
            self._audit.append(at, actor, "run.finished", run_id, details)

    def runs(self) -> tuple[RunRow, ...]:
        """Return the runs of this home, oldest first."""
        rows = models.Run.objects.using(self._alias).order_by("started_at", "finished_at", "pk")
        return tuple(
            RunRow(
                run_id=row.run_id,
                as_of=row.as_of,
                actor=row.actor,
                state=row.state,
                data_version=row.data_version,
                started_at=row.started_at,
                finished_at=row.finished_at,
            )
            for row in rows
        )

    def start_load(
        self, run_id: str, table_name: str, source: str, raw_sha256: str, at: datetime
    ) -> int:
        """Return the id of a load that has just begun."""
        load = models.Load(
            run_id=run_id,
            table_name=table_name,
            source=source,
            raw_sha256=raw_sha256,
            state="started",
            started_at=at,
        )
        load.save(using=self._alias, force_insert=True)
        return int(load.pk)

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
        models.Load.objects.using(self._alias).filter(pk=load_id).update(
            state=state,
            row_count=row_count,
            rejected_count=rejected_count,
            content_hash=content_hash,
            reason=reason[:500],
            finished_at=at,
        )

    def loads(self, run_id: str | None = None) -> tuple[LoadRow, ...]:
        """Return the loads of one run, or all of them, oldest first."""
        rows = models.Load.objects.using(self._alias).order_by("pk")
        if run_id is not None:
            rows = rows.filter(run_id=run_id)
        return tuple(_load_row(row) for row in rows)

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
        details = {"manifest_sha256": manifest_sha256, "parent": parent}
        with transaction.atomic(using=self._alias):
            _, created = models.Version.objects.using(self._alias).get_or_create(
                data_version=data_version,
                defaults={
                    "manifest_sha256": manifest_sha256,
                    "published_at": at,
                    "as_of": as_of,
                    "run_id": run_id,
                    "parent": parent,
                },
            )
            if created:
                self._audit.append(at, actor, "version.published", data_version, details)

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the published data versions, oldest first."""
        rows = models.Version.objects.using(self._alias).order_by("published_at", "data_version")
        return tuple(_version_row(row) for row in rows)

    def pinned_versions(self) -> frozenset[str]:
        """Return the data versions that must stay: of approved documents, of what is on its way."""
        approved = models.Approval.objects.using(self._alias).values("artifact_sha256")
        documents = models.Artifact.objects.using(self._alias).filter(sha256__in=approved)
        waiting = models.Delivery.objects.using(self._alias).exclude(state__in=FINAL)
        names = (
            *documents.values_list("data_version", flat=True),
            *waiting.values_list("occurrence__data_version", flat=True),
        )
        return frozenset(names) - {""}

    def record_retired(self, versions: tuple[str, ...], actor: str, at: datetime) -> None:
        """Write down that published versions were removed because nothing needs them."""
        if versions:
            details = {"versions": list(versions)}
            self._audit.append(at, actor, "version.retired", versions[0], details)


def _load_row(row: models.Load) -> LoadRow:
    return LoadRow(
        load_id=row.pk,
        run_id=row.run_id,
        table_name=row.table_name,
        source=row.source,
        state=row.state,
        raw_sha256=row.raw_sha256,
        row_count=row.row_count,
        rejected_count=row.rejected_count,
        content_hash=row.content_hash,
        reason=row.reason,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _version_row(row: models.Version) -> VersionRow:
    return VersionRow(
        data_version=row.data_version,
        manifest_sha256=row.manifest_sha256,
        as_of=row.as_of,
        published_at=row.published_at,
        run_id=row.run_id,
        parent=row.parent,
    )
