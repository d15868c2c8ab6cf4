"""From a produced due date to rows of the outbox, and their re-check before every send.

Belongs here: who gets a row, and which rows may go now. Does not belong here: sending. Rights,
settings and approvals of this very pass decide, not those of the day the row was made.
"""

from __future__ import annotations

from collections.abc import Collection

from distribution import approval
from distribution.planning import Plan, RunContext
from distribution.recipients import Recipient
from ledger.rows import DeliveryRow, NewDelivery, OccurrenceRow
from ledger.states import State
from ledger.store import Ledger

NO_LONGER = "no longer a recipient of this report"
NOT_IN_FORCE = "the requirement is switched off, held or gone"
WAITING: frozenset[str] = frozenset({"held", "ready", "retry"})


def queue(
    plan: Plan, occurrence: OccurrenceRow, ledger: Ledger, run: RunContext, *, add: bool
) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of a due date, each ready or held by what is true now.

    Args:
        plan: the requirement, with its recipients as they are now.
        occurrence: the due date with its pinned documents.
        ledger: where the rows stand.
        run: who asks, and when.
        add: also make rows for recipients that have none yet.
    """
    wait = approval.hold_reason(ledger, occurrence, run.now.date())
    rows = {_way(row): row for row in ledger.outbox.rows(occurrence)}
    now: list[DeliveryRow] = []
    for recipient in plan.recipients:
        row = rows.pop((recipient.recipient, plan.channel, plan.destination), None)
        if row is not None:
            now.append(_rechecked(row, recipient, wait, ledger, run))
        elif add:
            now.append(_added(plan, occurrence, recipient, wait, ledger, run))
    return (*now, *(_withdrawn(row, NO_LONGER, ledger, run) for row in rows.values()))


def missing_recipients(
    plan: Plan, occurrence: OccurrenceRow, ledger: Ledger
) -> tuple[Recipient, ...]:
    """Return who would get a due date's documents and has no delivery of them yet."""
    known = {_way(row) for row in ledger.outbox.rows(occurrence)}
    return tuple(
        one
        for one in plan.recipients
        if (one.recipient, plan.channel, plan.destination) not in known
    )


def foreseen(
    row: DeliveryRow, plan: Plan | None, ledger: Ledger, run: RunContext
) -> tuple[State, str]:
    """Return the state and the reason that the next pass would give a delivery; change nothing."""
    if row.state not in WAITING:
        return row.state, row.reason
    if plan is None:
        return "held", NOT_IN_FORCE
    ways = {(one.recipient, plan.channel, plan.destination): one for one in plan.recipients}
    recipient = ways.get(_way(row))
    if recipient is None:
        return "held", NO_LONGER
    wait = approval.hold_reason(ledger, row.occurrence, run.now.date())
    return _decided(row, recipient, wait)


def withdraw_unplanned(ledger: Ledger, planned: Collection[int], run: RunContext) -> None:
    """Hold every waiting delivery of a requirement that is not in force in this pass."""
    for row in ledger.outbox.pending():
        if row.occurrence.occurrence_id not in planned:
            _withdrawn(row, NOT_IN_FORCE, ledger, run)


def _way(row: DeliveryRow) -> tuple[str, str, str]:
    return row.recipient, row.channel, row.destination


def _added(
    plan: Plan,
    occurrence: OccurrenceRow,
    recipient: Recipient,
    wait: str | None,
    ledger: Ledger,
    run: RunContext,
) -> DeliveryRow:
    reason = recipient.reason or wait
    wanted = NewDelivery(
        occurrence_id=occurrence.occurrence_id,
        recipient=recipient.recipient,
        channel=plan.channel,
        destination=plan.destination,
        address=recipient.address,
        state="held" if reason else "ready",
        reason=reason or "",
    )
    return ledger.outbox.enqueue(occurrence, wanted, actor=run.actor, at=run.now)


def _rechecked(
    row: DeliveryRow, recipient: Recipient, wait: str | None, ledger: Ledger, run: RunContext
) -> DeliveryRow:
    if row.state not in WAITING:
        return row
    after, reason = _decided(row, recipient, wait)
    return ledger.outbox.move(
        row.delivery_id, after, reason, actor=run.actor, at=run.now, address=recipient.address
    )


def _decided(row: DeliveryRow, recipient: Recipient, wait: str | None) -> tuple[State, str]:
    """Return the state of a waiting delivery by what is true now, and why."""
    reason = recipient.reason or wait
    if reason:
        return "held", reason
    return ("retry", row.reason) if row.state == "retry" else ("ready", "")


def _withdrawn(row: DeliveryRow, reason: str, ledger: Ledger, run: RunContext) -> DeliveryRow:
    if row.state not in WAITING:
        return row
    return ledger.outbox.move(row.delivery_id, "held", reason, actor=run.actor, at=run.now)
