"""The outbox: what leaves, claimed by one worker at a time, settled once.

Belongs here: the rows' moves through the states of `ledger.states`, leases with fencing, and
what becomes of a delivery whose worker died. Does not belong here: sending (`distribution`).
Every move writes its audit line in the same transaction; none of them waits for a network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from ledger import models, states
from ledger.audit import AuditChain, scrubbed
from ledger.errors import LeaseLost
from ledger.leases import Worker, boot_id, boot_seconds, is_alive
from ledger.occurrences import occurrence_row
from ledger.rows import Claim, DeliveryRow, NewDelivery, OccurrenceRow, Settlement
from ledger.states import State

TRANSMITTING = "transmitting"


def dedupe_key(occurrence: OccurrenceRow, recipient: str, channel: str, destination: str) -> str:
    """Return the key that lets one thing reach one recipient once."""
    parts = (
        occurrence.requirement_id,
        occurrence.occurrence_key,
        str(occurrence.revision),
        recipient,
        channel,
        destination,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


class Outbox:
    """The deliveries of one home."""

    def __init__(self, home: Path, alias: str, audit: AuditChain) -> None:
        self._home = home
        self._alias = alias
        self._audit = audit

    def enqueue(
        self, occurrence: OccurrenceRow, wanted: NewDelivery, *, actor: str, at: datetime
    ) -> DeliveryRow:
        """Return the delivery with this key, put in now unless it was there before."""
        key = dedupe_key(occurrence, wanted.recipient, wanted.channel, wanted.destination)
        with transaction.atomic(using=self._alias):
            row, created = self._deliveries().get_or_create(
                dedupe_key=key,
                defaults={
                    "occurrence_id": wanted.occurrence_id,
                    "recipient": wanted.recipient,
                    "channel": wanted.channel,
                    "destination": wanted.destination,
                    "address": wanted.address,
                    "state": wanted.state,
                    "reason": wanted.reason[:500],
                    "created_at": at,
                },
            )
            if created:
                details = {"state": wanted.state, "channel": wanted.channel}
                self._audit.append(
                    at, actor, "delivery.queued", key, {**details, "reason": wanted.reason}
                )
        return delivery_row(row)

    def move(
        self,
        delivery_id: int,
        after: State,
        reason: str,
        *,
        actor: str,
        at: datetime,
        by_person: bool = False,
        address: str | None = None,
    ) -> DeliveryRow:
        """Return a delivery moved outside of sending: held, released, or settled by a person."""
        with transaction.atomic(using=self._alias):
            row = self._deliveries().get(pk=delivery_id)
            if address is not None and row.address != address:
                row.address = address
                row.save(using=self._alias)
            if (row.state, row.reason) != (after, reason[:500]):
                if row.state != after:
                    states.check(row.state, after, by_person=by_person)
                self._audit_move(row, after, reason, actor, at)
                row.state, row.reason, row.phase = after, reason[:500], ""
                row.save(using=self._alias)
        return delivery_row(row)

    def claim(self, worker: Worker, *, lease_seconds: float, at: datetime) -> Claim | None:
        """Return the right to send the next due delivery, or None when nothing is due."""
        with transaction.atomic(using=self._alias):
            due = Q(next_at=None) | Q(next_at__lte=at)
            waiting = self._deliveries().filter(due, state__in=states.CLAIMABLE)
            row = waiting.order_by("created_at", "pk").first()
            if row is None:
                return None
            states.check(row.state, "sending")
            row.state, row.reason, row.phase = "sending", "", ""
            row.epoch, row.attempts = row.epoch + 1, row.attempts + 1
            row.lease_owner, row.lease_boot = worker.worker_id, worker.boot
            row.lease_until = worker.clock() + lease_seconds
            row.save(using=self._alias)
            models.DeliveryAttempt(
                delivery=row, number=row.attempts, epoch=row.epoch, started_at=at
            ).save(using=self._alias, force_insert=True)
        return Claim(delivery_row(row), row.epoch, worker.worker_id)

    def begin_transmission(self, claim: Claim, worker: Worker) -> None:
        """Note that what follows may be seen by the other side; raise if the lease was lost."""
        mine = self._deliveries().filter(
            pk=claim.delivery.delivery_id,
            epoch=claim.epoch,
            state="sending",
            lease_until__gt=worker.clock(),
        )
        if not mine.update(phase=TRANSMITTING):
            raise LeaseLost("the lease on this delivery is over")

    def settle(self, claim: Claim, result: Settlement, *, actor: str, at: datetime) -> DeliveryRow:
        """Return the delivery with the outcome of its attempt; raise if the lease was lost."""
        with transaction.atomic(using=self._alias):
            mine = self._deliveries().filter(
                pk=claim.delivery.delivery_id, epoch=claim.epoch, state="sending"
            )
            row = mine.first()
            if row is None:
                raise LeaseLost("another worker has taken this delivery over")
            self._end(row, result, actor, at)
        return delivery_row(row)

    def recover(
        self,
        ambiguous: frozenset[str],
        *,
        actor: str,
        at: datetime,
        clock: Callable[[], float] = boot_seconds,
    ) -> tuple[DeliveryRow, ...]:
        """Return the deliveries whose worker is gone: to try again, or not to be known.

        Args:
            ambiguous: channels on which nobody can ask whether what was sent arrived.
            actor: who is recorded as having found them.
            at: when.
            clock: the clock of the leases.
        """
        with transaction.atomic(using=self._alias):
            rows = [row for row in self._sending() if self._is_over(row, clock())]
            for row in rows:
                self._end(row, _after_loss(row, ambiguous), actor, at)
        return tuple(delivery_row(row) for row in rows)

    def rows(self, occurrence: OccurrenceRow | None = None) -> tuple[DeliveryRow, ...]:
        """Return the deliveries of one due date, or all, oldest first."""
        rows = self._deliveries().order_by("pk")
        if occurrence is not None:
            rows = rows.filter(occurrence_id=occurrence.occurrence_id)
        return tuple(delivery_row(row) for row in rows)

    def pending(self) -> tuple[DeliveryRow, ...]:
        """Return the deliveries that are not at their end: also those a person must settle."""
        rows = self._deliveries().exclude(state__in=states.FINAL).order_by("pk")
        return tuple(delivery_row(row) for row in rows)

    def attempts(self, delivery_id: int) -> tuple[Mapping[str, object], ...]:
        """Return the attempts at one delivery, in order."""
        rows = models.DeliveryAttempt.objects.using(self._alias).filter(delivery_id=delivery_id)
        return tuple(rows.order_by("number").values("number", "epoch", "outcome", "code"))

    def _deliveries(self) -> QuerySet:
        return models.Delivery.objects.using(self._alias).select_related("occurrence")

    def _sending(self) -> QuerySet:
        return self._deliveries().filter(state="sending").order_by("pk")

    def _is_over(self, row: models.Delivery, now: float) -> bool:
        if row.lease_boot != boot_id() or row.lease_until <= now:
            return True
        return not is_alive(self._home, row.lease_owner)

    def _end(self, row: models.Delivery, result: Settlement, actor: str, at: datetime) -> None:
        states.check(row.state, result.state)
        self._audit_move(row, result.state, result.reason, actor, at, result)
        row.state, row.reason, row.next_at = (
            result.state,
            scrubbed(result.reason)[:500],
            result.next_at,
        )
        row.phase, row.lease_owner, row.lease_until = "", "", 0
        row.remote_name = result.remote_name or row.remote_name
        row.message_id = result.message_id or row.message_id
        row.delivered_at = at if result.state == "delivered" else None
        row.save(using=self._alias)
        models.DeliveryAttempt.objects.using(self._alias).filter(
            delivery=row, epoch=row.epoch
        ).update(finished_at=at, outcome=result.outcome, code=result.code[:40])

    def _audit_move(
        self,
        row: models.Delivery,
        after: State,
        reason: str,
        actor: str,
        at: datetime,
        result: Settlement | None = None,
    ) -> None:
        details: dict[str, object] = {
            "from": row.state,
            "to": after,
            "channel": row.channel,
            "recipient": row.recipient,
            "reason": reason,
            "attempt": row.attempts,
            "company_id": row.occurrence.company_id,
            "report": row.occurrence.report,
            "artifacts": list(row.occurrence.artifacts),
            "data_version": row.occurrence.data_version,
        }
        if result is not None:
            details |= {"outcome": result.outcome, "code": result.code, **result.details}
        self._audit.append(at, actor, f"delivery.{after}", row.dedupe_key, details)


def _after_loss(row: models.Delivery, ambiguous: frozenset[str]) -> Settlement:
    if row.phase == TRANSMITTING and row.channel in ambiguous:
        reason = "the sender stopped after the message had begun to leave; it may have arrived"
        return Settlement("unknown", "lost after data", reason=reason)
    return Settlement("retry", "lost before data", reason="the sender stopped; it is tried again")


def delivery_row(row: models.Delivery) -> DeliveryRow:
    """Return the frozen form of a delivery."""
    return DeliveryRow(
        delivery_id=row.pk,
        dedupe_key=row.dedupe_key,
        occurrence=occurrence_row(row.occurrence),
        recipient=row.recipient,
        channel=row.channel,
        destination=row.destination,
        address=row.address,
        state=row.state,
        reason=row.reason,
        attempts=row.attempts,
        next_at=row.next_at,
        epoch=row.epoch,
        phase=row.phase,
        lease_owner=row.lease_owner,
        remote_name=row.remote_name,
        message_id=row.message_id,
        delivered_at=row.delivered_at,
    )
