"""Approval before release: a named person's word about these very bytes, and about their law.

Belongs here: which documents wait for an approval or an attestation, and what becomes of the
deliveries once nothing is missing.
Does not belong here: who may approve (roles come with the rights), and the rows themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from distribution.errors import Held
from distribution.mail import MEDIA_TYPE
from ledger.rows import ArtifactRow, Decision, DeliveryRow, OccurrenceRow
from ledger.store import Ledger

APPROVAL = "waits for approval"
ATTESTATION = "waits for an attestation of its law values"
WAITS = (APPROVAL, ATTESTATION)


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


def unattested(ledger: Ledger, occurrence: OccurrenceRow, on: date) -> tuple[str, ...]:
    """Return the documents of a due date whose law values nobody answers for on that day."""
    documents = (ledger.documents.find(sha256) for sha256 in occurrence.artifacts)
    return tuple(
        row.sha256
        for row in documents
        if not is_attested(ledger, row.company_id, row.attestation, on)
    )


def is_attested(ledger: Ledger, company_id: str, attestation: str, on: date) -> bool:
    """Return whether somebody answers, on that day, for what a document asks to be attested."""
    rule, _, key = attestation.partition("|")
    return not attestation or ledger.decisions.is_attested(company_id, rule, key, on)


def hold_reason(ledger: Ledger, occurrence: OccurrenceRow, on: date) -> str | None:
    """Return why a due date must wait for a person on that day, or None."""
    if open_law := unattested(ledger, occurrence, on):
        return f"{ATTESTATION}: {_attest_call(open_law[0])}"
    missing = missing_approvals(ledger, occurrence)
    if not missing:
        return None
    return f"{APPROVAL}: benefits approve {missing[0][:12]} --actor NAME"


def _attest_call(sha256: str) -> str:
    return f"benefits attest {sha256[:12]} --actor NAME --reason TEXT"


def attest(
    ledger: Ledger, sha256: str, actor: str, reason: str, at: datetime, until: date | None = None
) -> tuple[ArtifactRow, str]:
    """Return the document and the id of the word given for its recalled law values.

    The word counts for every document of that company and year on the same values. Raises Held
    where the document asks for none.
    """
    artifact = ledger.documents.find(sha256)
    if not artifact.attestation:
        raise Held(f"{artifact.name} stands on checked law values only: nothing to attest")
    rule, _, key = artifact.attestation.partition("|")
    decision = Decision(
        kind="attestation",
        company_id=artifact.company_id,
        rule_id=rule,
        grain_key=key,
        field="",
        value="",
        reason=reason,
        actor=actor,
        expires_on=until,
    )
    return artifact, ledger.decisions.record(decision, at)


def approve(ledger: Ledger, sha256: str, actor: str, at: datetime) -> Approved:
    """Return the document approved and the deliveries that became ready by it.

    Raises Held while nobody answers for the law values the document stands on.
    """
    found = ledger.documents.find(sha256)
    if not is_attested(ledger, found.company_id, found.attestation, at.date()):
        raise Held(f"{found.name} {ATTESTATION}: {_attest_call(found.sha256)}")
    artifact = ledger.documents.approve(sha256, actor, at)
    released: list[DeliveryRow] = []
    waiting: list[str] = []
    for occurrence in ledger.occurrences.with_artifact(artifact.sha256):
        missing = missing_approvals(ledger, occurrence)
        waiting += missing
        if not missing and not unattested(ledger, occurrence, at.date()):
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
