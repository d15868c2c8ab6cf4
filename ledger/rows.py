"""What the ledger hands out: frozen rows, free of Django, so that callers need not know it.

Belongs here: the shapes. Does not belong here: the tables (`ledger.models`) and any query.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ledger.states import State


@dataclass(frozen=True)
class LoadRow:
    """One reading of one operational table."""

    load_id: int
    run_id: str | None
    table_name: str
    source: str
    state: str
    raw_sha256: str
    row_count: int | None
    rejected_count: int | None
    content_hash: str
    reason: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class RunRow:
    """One run: started, then published, repeat, failed, or died where its process ended."""

    run_id: str
    as_of: date
    actor: str
    state: str
    data_version: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class VersionRow:
    """One published data version."""

    data_version: str
    manifest_sha256: str
    as_of: date | None
    published_at: datetime
    run_id: str | None
    parent: str


@dataclass(frozen=True)
class ArtifactRow:
    """One document as it was produced, and where its bytes lie."""

    sha256: str
    name: str
    media_type: str
    report: str
    company_id: str
    format: str
    period: str
    data_version: str
    path: str
    status: str
    byte_count: int
    row_count: int | None
    created_at: datetime
    attestation: str = ""


@dataclass(frozen=True)
class OccurrenceKey:
    """What makes a due date unique, in the words of the business."""

    requirement_id: str
    occurrence_key: str
    company_id: str
    report: str
    period: str
    revision: int = 0


@dataclass(frozen=True)
class OccurrenceRow:
    """One due date of one requirement, with the artifacts pinned to it."""

    occurrence_id: int
    requirement_id: str
    occurrence_key: str
    revision: int
    company_id: str
    report: str
    period: str
    data_version: str
    artifacts: tuple[str, ...]
    state: str
    reason: str
    needs_approval: bool
    created_at: datetime


@dataclass(frozen=True)
class NewDelivery:
    """A delivery about to be put into the outbox."""

    occurrence_id: int
    recipient: str
    channel: str
    destination: str
    state: State
    reason: str
    address: str = ""


@dataclass(frozen=True)
class DeliveryRow:
    """One occurrence for one recipient over one channel, and how far it came."""

    delivery_id: int
    dedupe_key: str
    occurrence: OccurrenceRow
    recipient: str
    channel: str
    destination: str
    address: str
    state: State
    reason: str
    attempts: int
    next_at: datetime | None
    epoch: int
    phase: str
    lease_owner: str
    remote_name: str
    message_id: str
    delivered_at: datetime | None


@dataclass(frozen=True)
class Claim:
    """The right of one worker to send one delivery, until it settles or its lease ends."""

    delivery: DeliveryRow
    epoch: int
    owner: str


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit chain."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, object]
    previous: str
    digest: str


@dataclass(frozen=True)
class AuditFinding:
    """One place where the audit chain is not what was written."""

    seq: int
    kind: str
    message: str


DECISION_KINDS = ("override", "waiver", "attestation")


@dataclass(frozen=True)
class Decision:
    """An override, waiver or attestation by a named person."""

    kind: str
    company_id: str
    rule_id: str
    grain_key: str
    field: str
    value: str
    reason: str
    actor: str
    tax_year: int | None = None
    expires_on: date | None = None
    replaced_value: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """A decision on record: its id (kind and number) and when it was taken."""

    decision_id: str
    decision: Decision
    decided_at: datetime


@dataclass(frozen=True)
class Settlement:
    """How an attempt to deliver ended."""

    state: State
    outcome: str
    code: str = ""
    reason: str = ""
    next_at: datetime | None = None
    remote_name: str = ""
    message_id: str = ""
    details: dict[str, object] = field(default_factory=dict)
