"""Due dates: each is opened once, and its artifacts are pinned at first production.

Belongs here: insert-or-ignore by the business key, pinning, holding. Does not belong here: when
something is due (`distribution.schedule`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ledger import models
from ledger.audit import AuditChain
from ledger.rows import OccurrenceKey, OccurrenceRow


class Occurrences:
    """The due dates of one home."""

    def __init__(self, alias: str, audit: AuditChain) -> None:
        self._alias = alias
        self._audit = audit

    def open(
        self, key: OccurrenceKey, *, needs_approval: bool, actor: str, at: datetime
    ) -> OccurrenceRow:
        """Return the due date with this key, opened now unless it was before."""
        with transaction.atomic(using=self._alias):
            row, created = models.Occurrence.objects.using(self._alias).get_or_create(
                requirement_id=key.requirement_id,
                occurrence_key=key.occurrence_key,
                revision=key.revision,
                defaults={
                    "company_id": key.company_id,
                    "report": key.report,
                    "period": key.period,
                    "state": "due",
                    "needs_approval": needs_approval,
                    "created_at": at,
                },
            )
            if created:
                self._audit.append(at, actor, "occurrence.opened", _subject(row))
        return occurrence_row(row)

    def pin(
        self,
        occurrence: OccurrenceRow,
        artifacts: Sequence[str],
        data_version: str,
        *,
        actor: str,
        at: datetime,
    ) -> OccurrenceRow:
        """Return the due date with its artifacts; what was pinned first stays."""
        with transaction.atomic(using=self._alias):
            row = self._row(occurrence)
            if not row.artifacts:
                row.artifacts, row.data_version = list(artifacts), data_version
                row.state, row.reason = "produced", ""
                row.save(using=self._alias)
                details = {"artifacts": list(artifacts), "data_version": data_version}
                self._audit.append(at, actor, "occurrence.produced", _subject(row), details)
        return occurrence_row(row)

    def hold(
        self, occurrence: OccurrenceRow, reason: str, *, actor: str, at: datetime
    ) -> OccurrenceRow:
        """Return the due date, held with a reason; only one not yet produced can be held."""
        with transaction.atomic(using=self._alias):
            row = self._row(occurrence)
            if not row.artifacts and row.reason != reason[:500]:
                row.state, row.reason = "held", reason[:500]
                row.save(using=self._alias)
                details = {"reason": row.reason}
                self._audit.append(at, actor, "occurrence.held", _subject(row), details)
        return occurrence_row(row)

    def of_requirement(self, requirement_id: str) -> tuple[OccurrenceRow, ...]:
        """Return the due dates opened for one requirement, oldest first."""
        rows = models.Occurrence.objects.using(self._alias).filter(requirement_id=requirement_id)
        return tuple(occurrence_row(row) for row in rows.order_by("pk"))

    def unqueued(self, requirement_id: str) -> tuple[OccurrenceRow, ...]:
        """Return the produced due dates of a requirement that have no delivery at all yet."""
        rows = models.Occurrence.objects.using(self._alias).filter(
            requirement_id=requirement_id, state="produced", delivery=None
        )
        return tuple(occurrence_row(row) for row in rows.order_by("pk"))

    def with_artifact(self, sha256: str) -> tuple[OccurrenceRow, ...]:
        """Return the due dates to which a document is pinned."""
        rows = models.Occurrence.objects.using(self._alias).filter(state="produced")
        found = (occurrence_row(row) for row in rows.order_by("pk"))
        return tuple(row for row in found if sha256 in row.artifacts)

    def _row(self, occurrence: OccurrenceRow) -> models.Occurrence:
        rows = models.Occurrence.objects.using(self._alias)
        return rows.get(pk=occurrence.occurrence_id)  # type: ignore[no-any-return]


def _subject(row: models.Occurrence) -> str:
    return f"{row.requirement_id}/{row.occurrence_key}/{row.revision}"


def occurrence_row(row: models.Occurrence) -> OccurrenceRow:
    """Return the frozen form of a due date."""
    return OccurrenceRow(
        occurrence_id=row.pk,
        requirement_id=row.requirement_id,
        occurrence_key=row.occurrence_key,
        revision=row.revision,
        company_id=row.company_id,
        report=row.report,
        period=row.period,
        data_version=row.data_version,
        artifacts=tuple(row.artifacts),
        state=row.state,
        reason=row.reason,
        needs_approval=row.needs_approval,
        created_at=row.created_at,
    )
