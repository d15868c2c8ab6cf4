"""Approval before release: a named person's word about these very bytes.

Belongs here: which documents wait, and what becomes of the deliveries once all are approved.
Does not belong here: who may approve (roles come with the rights), and the rows themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from distribution.mail import MEDIA_TYPE
from ledger.rows import ArtifactRow, DeliveryRow, OccurrenceRow
from ledger.store import Ledger

WAITS = "waits for approval"


@dataclass(frozen=True)
class Approved:
    """A document now approved, and the deliveries that this released."""

    artifact: ArtifactRow
    released: tuple[DeliveryRow, ...]
    waiting: tuple[str, ...]


def missing_approvals(ledger: Ledger, occurrence: OccurrenceRow) -> tuple[str, ...]:
    """Return the documents of a due date that nobody has approved; the mail around them is one."""
    if not occurrence.needs_approval:
        return ()
    return tuple(
        sha256
        for sha256 in occurrence.artifacts
        if ledger.documents.find(sha256).media_type != MEDIA_TYPE
        and not ledger.documents.approvers(sha256)
    )


def hold_reason(ledger: Ledger, occurrence: OccurrenceRow) -> str | None:
    """Return why a due date must wait for a person, or None."""
    missing = missing_approvals(ledger, occurrence)
    if not missing:
        return None
    return f"{WAITS}: benefits approve {missing[0][:12]} --actor NAME"


def approve(ledger: Ledger, sha256: str, actor: str, at: datetime) -> Approved:
    """Return the document approved and the deliveries that became ready by it."""
    artifact = ledger.documents.approve(sha256, actor, at)
    released: list[DeliveryRow] = []
    waiting: list[str] = []
    for occurrence in ledger.occurrences.with_artifact(artifact.sha256):
        missing = missing_approvals(ledger, occurrence)
        waiting += missing
        if not missing:
            released += _release(ledger, occurrence, actor, at)
    return Approved(artifact, tuple(released), tuple(waiting))


def _release(
    ledger: Ledger, occurrence: OccurrenceRow, actor: str, at: datetime
) -> list[DeliveryRow]:
    held = [
        row
        for row in ledger.outbox.rows(occurrence)
        if row.state == "held" and row.reason.startswith(WAITS)
    ]
    return [ledger.outbox.move(row.delivery_id, "ready", "", actor=actor, at=at) for row in held]
